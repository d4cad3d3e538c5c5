"""The process statement in words: what each fact is called, and what is said of it. From the document alone."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.documents.report import FactKey, StatementFact, StatementPart
from assessments.documents.values import day_words
from assessments.headlines import Name, Sentence
from assessments.headlines.asked import form_asked

NAMES: dict[FactKey, Promise] = {
    "commissioned": gettext_lazy("Commissioned by"),
    "asked": gettext_lazy("Groups asked"),
    "response": gettext_lazy("Response"),
    "second_rater": gettext_lazy("Second rater"),
    "reviewed": gettext_lazy("Reviewed"),
    "reply": gettext_lazy("Reply of the organiser"),
    "opened": gettext_lazy("Evidence opened by a second person"),
    "actions": gettext_lazy("Actions from last time"),
    "published": gettext_lazy("Published"),
    "conflicts": gettext_lazy("Conflicts of interest declared"),
}
SAID: dict[str, Promise] = {
    "yes": gettext_lazy("Yes"),
    "no": gettext_lazy("No"),
    "not_said": gettext_lazy("Not said"),
}


@dataclass(frozen=True)
class FactLine:
    """A fact in words: its name, yes, no or not said, and the rest in sentences; what people wrote is apart."""

    key: FactKey
    name: str
    said: str
    sentences: list[str]
    own_words: list[tuple[str, str]]


def fact_lines(statement: StatementPart) -> list[FactLine]:
    """Return the ten facts in words, in the active language."""
    return [
        FactLine(
            key=fact.key,
            name=str(NAMES[fact.key]),
            said=str(SAID[fact.said]),
            sentences=[sentence for sentence in WORDS[fact.key](fact) if sentence],
            own_words=_own_words(fact),
        )
        for fact in statement.facts
    ]


def _commissioned(fact: StatementFact) -> list[str]:
    return [_names(fact.who)]


def _asked(fact: StatementFact) -> list[str]:
    if fact.said == "no":
        return [_("No stakeholder group was asked here.")]
    if fact.said == "not_said" or fact.count is None or fact.of is None:
        return []
    words = ngettext("%(n)s of %(all)s group was asked.", "%(n)s of %(all)s groups were asked.", fact.of)
    return [words % {"n": fact.count, "all": fact.of}, _first_day(fact.on)]


def _response(fact: StatementFact) -> list[str]:
    if fact.said == "no":
        return [_("Nobody was asked here.")]
    if fact.said == "not_said" or fact.of is None:
        return []
    if fact.count is None:
        first = ngettext(
            "%(all)s person was invited. How many answered in all is not told: a group is too small to be counted.",
            "%(all)s people were invited. How many answered in all is not told: a group is too small to be counted.",
            fact.of,
        ) % {"all": fact.of}
    else:
        first = ngettext("%(n)s of %(all)s invited answered.", "%(n)s of %(all)s invited answered.", fact.count) % {
            "n": fact.count,
            "all": fact.of,
        }
    closed = _("Closed on %(day)s.") % {"day": day_words(fact.on)} if fact.on else ""
    form = form_asked(fact.short_form) or ""
    return [first, form, *(_of_group(line.of_group, line.invited, line.answered) for line in fact.groups), closed]


def _of_group(name: str, invited: int, answered: int | None) -> str:
    group = Name.of_people(name)
    if answered is None:
        return Sentence(_("%(group)s: not told, of %(all)s."), group=group, all=invited)
    return Sentence(_("%(group)s: %(n)s of %(all)s."), group=group, n=answered, all=invited)


def _second_rater(fact: StatementFact) -> list[str]:
    if fact.said == "no":
        return [_("No second rating is part of this result.")]
    said = [_names(fact.who)]
    if fact.count is not None:
        words = ngettext("%(n)s item was rated a second time.", "%(n)s items were rated a second time.", fact.count)
        said.append(words % {"n": fact.count})
    if fact.is_blind is not None:
        blind = _("Blind: the first rating was not seen.")
        said.append(blind if fact.is_blind else _("Not blind: the first rating could be seen."))
    return [*said, _finished(fact.on)]


def _reviewed(fact: StatementFact) -> list[str]:
    if fact.said == "no":
        return [_("No signed review is part of this result.")]
    said = [_names(fact.who)]
    if fact.count is not None and fact.of is not None:
        words = ngettext(
            "%(n)s of %(all)s attribute counts as reviewed.", "%(n)s of %(all)s attributes count as reviewed.", fact.of
        )
        said.append(words % {"n": fact.count, "all": fact.of})
    return [*said, _("Signed on %(day)s.") % {"day": day_words(fact.on)} if fact.on else ""]


def _reply(fact: StatementFact) -> list[str]:
    if fact.count is None or fact.of is None:
        return []
    if not fact.of:
        return [_("The review proposed and asked nothing that called for a reply.")]
    words = ngettext(
        "%(n)s of %(all)s proposal or question of the review was replied to.",
        "%(n)s of %(all)s proposals and questions of the review were replied to.",
        fact.of,
    )
    last = _("The last reply is of %(day)s.") % {"day": day_words(fact.on)} if fact.on else ""
    return [words % {"n": fact.count, "all": fact.of}, last]


def _opened(fact: StatementFact) -> list[str]:
    if not fact.of:
        return [_("No link or file was given as evidence.")]
    words = ngettext("%(n)s of %(all)s link or file.", "%(n)s of %(all)s links and files.", fact.of)
    said = [words % {"n": fact.count or 0, "all": fact.of}]
    if fact.count:
        found = ngettext(
            "%(n)s shows what it is given for.", "%(n)s show what they are given for.", fact.shown or 0
        ) % {"n": fact.shown or 0}
        said += [found, _("The last was opened on %(day)s.") % {"day": day_words(fact.on)} if fact.on else ""]
    return said


def _actions(fact: StatementFact) -> list[str]:
    if fact.said == "not_said" or fact.of is None:
        return []
    values = {"n": fact.of, "round": fact.number, "done": fact.count, "open": fact.open, "dropped": fact.dropped}
    words = ngettext(
        "%(n)s public action was promised on round %(round)s: %(done)s done, %(open)s open, %(dropped)s dropped.",
        "%(n)s public actions were promised on round %(round)s: %(done)s done, %(open)s open, %(dropped)s dropped.",
        fact.of,
    )
    return [words % values]


def _published(fact: StatementFact) -> list[str]:
    if fact.said == "no":
        return [_("Not in the public record, and not open to everybody here.")]
    if fact.number:
        words = _("In the public record as %(number)s since %(day)s.")
        return [words % {"number": fact.number, "day": day_words(fact.on)}]
    return [_("Everybody may read it here. It is not in the public record.")]


def _conflicts(fact: StatementFact) -> list[str]:
    return []


def _own_words(fact: StatementFact) -> list[tuple[str, str]]:
    """Who declared, and what, word for word."""
    return [(_declared_by(entry.role, entry.by), entry.words) for entry in fact.declared]


def _declared_by(role: str, by: str) -> str:
    if role == "reviewer":
        return Sentence(_("By the reviewer, %(name)s"), name=Name.of_people(by)) if by else _("By the reviewer")
    return Sentence(_("By the organiser, %(name)s"), name=Name.of_people(by)) if by else _("By the organiser")


def _first_day(iso: str) -> str:
    return _("The first day was %(day)s.") % {"day": day_words(iso)} if iso else ""


def _finished(iso: str) -> str:
    return _("Finished on %(day)s.") % {"day": day_words(iso)} if iso else ""


def _names(names: list[str]) -> str:
    """Names as a sentence of their own: nothing but what people gave."""
    return Sentence(_("%(names)s."), names=Name.of_people(", ".join(names))) if names else ""


WORDS: dict[FactKey, Callable[[StatementFact], list[str]]] = {
    "commissioned": _commissioned,
    "asked": _asked,
    "response": _response,
    "second_rater": _second_rater,
    "reviewed": _reviewed,
    "reply": _reply,
    "opened": _opened,
    "actions": _actions,
    "published": _published,
    "conflicts": _conflicts,
}
