"""What a comparison says before any table: what can be learnt and from whom, and what can be told apart.

Page and PDF say it in the same words. Nothing here puts processes in an order: who stands higher than whom is said
where the method says so of two, one attribute at a time.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from assessments.comparing import words
from assessments.documents.comparison import AttributeVerdict, ComparisonDocument, Pair
from assessments.documents.comparison_parts import ItemStanding, LearnFrom
from assessments.headlines import short_title
from assessments.headlines.standard import OVERLAP, is_first_set

CLAUSES, CLAUSES_OF_MANY = 3, 1  # of who stands higher than whom that fit one sentence
MANY = 6  # pairs of each attribute grow with the square of the processes
NAMED = 3  # names that are told one by one
GAPS = 3


@dataclass(frozen=True)
class Teacher:
    """A process to look at, with addresses that show it."""

    name: str
    links: list[str]


@dataclass(frozen=True)
class Learnt:
    """What can be learnt on one item: at whom to look, and whom it would help."""

    entry: LearnFrom
    look_at: list[Teacher]
    would_help: list[str]

    @property
    def would_help_briefly(self) -> str:
        """The same, and only how many there are beyond a few."""
        return listed_briefly(self.would_help)

    @property
    def look_at_briefly(self) -> str:
        """One to look at, and how many there are besides."""
        first, more = self.look_at[0].name, len(self.look_at) - 1
        if not more:
            return first
        return ngettext("%(name)s, %(n)d more", "%(name)s, %(n)d more", more) % {"name": first, "n": more}


@dataclass(frozen=True)
class ToldApart:
    """What can be told apart on one attribute, in a sentence."""

    title: str
    sentence: str


def listed(names: Sequence[str]) -> str:
    """Several names as one: A, B and C."""
    if len(names) < 2:
        return "".join(names)
    return gettext("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def listed_briefly(names: Sequence[str]) -> str:
    """The same, and only how many there are beyond a few."""
    if len(names) <= NAMED:
        return listed(names)
    more = len(names) - NAMED + 1
    return ngettext("%(names)s and %(n)d other", "%(names)s and %(n)d others", more) % {
        "names": ", ".join(names[: NAMED - 1]),
        "n": more,
    }


def learnt(document: ComparisonDocument, names: Mapping[str, str]) -> list[Learnt]:
    """What can be learnt: first what the reference can learn, then what can be learnt from it, then the rest."""
    reference = document.reference
    found = [
        Learnt(
            entry,
            [Teacher(names[each.code], each.links) for each in _reference_first(entry.teachers, reference)],
            [names[each.code] for each in _reference_first(entry.learners, reference)],
        )
        for entry in document.learn_from
    ]
    return sorted(found, key=lambda line: _nearness(line.entry, reference)) if reference else found


def _reference_first(standings: Sequence[ItemStanding], reference: str) -> list[ItemStanding]:
    return sorted(standings, key=lambda each: each.code != reference)


def _nearness(entry: LearnFrom, reference: str) -> int:
    def has(standings: Iterable[ItemStanding]) -> bool:
        return any(each.code == reference for each in standings)

    return 0 if has(entry.learners) else 1 if has(entry.teachers) else 2


def told_apart(document: ComparisonDocument, names: Mapping[str, str]) -> list[ToldApart]:
    """Of each attribute what can be told apart: of the reference where there is one, else of all."""
    if not document.pairs:
        return []
    found = []
    for head in document.attributes:
        verdicts = [(pair, _on(pair, head.code)) for pair in document.pairs]
        said = _from_reference(document.reference, verdicts, names) if document.reference else _of_all(verdicts, names)
        found.append(ToldApart(short_title(head), said))
    return found


def _on(pair: Pair, attribute: str) -> AttributeVerdict:
    return next(entry for entry in pair.attributes if entry.attribute == attribute)


def _of_all(verdicts: Sequence[tuple[Pair, AttributeVerdict]], names: Mapping[str, str]) -> str:
    lower: dict[str, list[str]] = {}
    for pair, entry in verdicts:
        if entry.verdict == "first_higher":
            lower.setdefault(pair.first, []).append(pair.second)
        elif entry.verdict == "second_higher":
            lower.setdefault(pair.second, []).append(pair.first)
    compared = sum(entry.verdict != "not_compared" for _pair, entry in verdicts)
    if not compared:
        return gettext("Nothing can be compared.")
    if not lower:
        return gettext("Nothing can be told apart.")
    alike: dict[tuple[str, ...], list[str]] = {}
    for code in sorted(lower, key=list(names).index):
        alike.setdefault(tuple(sorted(lower[code], key=list(names).index)), []).append(code)
    if (
        len(alike) > (CLAUSES_OF_MANY if len(names) > MANY else CLAUSES)
        or max(map(len, alike)) > NAMED
        or max(map(len, alike.values())) > NAMED
    ):
        apart = sum(map(len, lower.values()))
        return ngettext(
            "Of %(all)d pair %(n)d can be told apart; who from whom stands in the annex.",
            "Of %(all)d pairs %(n)d can be told apart; who from whom stands in the annex.",
            compared,
        ) % {"all": compared, "n": apart}
    return " ".join(
        _higher([names[code] for code in above], [names[c] for c in below]) for below, above in alike.items()
    )


def _higher(above: Sequence[str], below: Sequence[str]) -> str:
    text = ngettext("%(above)s stands higher than %(below)s.", "%(above)s stand higher than %(below)s.", len(above))
    return text % {"above": listed(above), "below": listed(below)}


def _from_reference(reference: str, verdicts: Sequence[tuple[Pair, AttributeVerdict]], names: Mapping[str, str]) -> str:
    groups: dict[str, list[str]] = {"below": [], "above": [], "same": [], "left_out": []}
    for pair, entry in verdicts:
        if reference not in (pair.first, pair.second):
            continue
        other = pair.second if pair.first == reference else pair.first
        groups[_side(entry, is_first=pair.first == reference)].append(names[other])
    return " ".join(_told_of(names[reference], groups))


def _side(entry: AttributeVerdict, *, is_first: bool) -> str:
    if entry.verdict == "not_compared":
        return "left_out"
    if entry.verdict == "cannot_be_told_apart":
        return "same"
    return "below" if (entry.verdict == "first_higher") == is_first else "above"


def _told_of(name: str, groups: Mapping[str, Sequence[str]]) -> list[str]:
    said = []
    if groups["below"]:
        said.append(_higher([name], groups["below"]))
    if groups["above"]:
        said.append(_higher(groups["above"], [name]))
    if groups["same"]:
        said.append(_same(name, groups["same"], is_rest=bool(said or groups["left_out"])))
    if groups["left_out"] and not said:
        return [gettext("%(name)s can be compared with none of them.") % {"name": name}]
    if groups["left_out"]:
        said.append(gettext("Not compared: %(names)s.") % {"names": listed_briefly(groups["left_out"])})
    return said


def _same(name: str, others: Sequence[str], *, is_rest: bool) -> str:
    """From whom it cannot be told apart: by name where they are few; `is_rest`: there are others besides."""
    if len(others) <= NAMED:
        values = {"name": name, "others": listed(others)}
        return gettext("%(name)s cannot be told apart from %(others)s.") % values
    if not is_rest:
        return gettext("%(name)s cannot be told apart from any of the others.") % {"name": name}
    return gettext("%(name)s cannot be told apart from the other %(n)d.") % {"name": name, "n": len(others)}


def common_gaps(document: ComparisonDocument) -> list[tuple[object, str]]:
    """The items that most say of themselves are lacking, each with of how many."""
    return [
        (
            entry.short,
            ngettext("%(weak)d of %(n)d", "%(weak)d of %(n)d", entry.answered)
            % {"weak": len(entry.weak), "n": entry.answered},
        )
        for entry in document.shared_weaknesses[:GAPS]
    ]


def how_sure(document: ComparisonDocument, names: Mapping[str, str]) -> list[str]:
    """How much may be read into it, in a few lines."""
    if not document.processes:
        return []
    lines = [words.who_assessed(document)]
    thresholds = [e.threshold for pair in document.pairs for e in pair.attributes if e.threshold]
    if thresholds:
        values = {"low": min(thresholds), "high": max(thresholds)}
        text = (
            gettext("Two people who rate the same process can differ by up to %(high)d points.")
            if values["low"] == values["high"]
            else gettext("Two people who rate the same process can differ by %(low)d to %(high)d points.")
        )
        lines.append(text % values)
    if document.pairs and len(document.attributes) == words.FOUR_ATTRIBUTES:
        lines.append(str(words.BY_CHANCE))
    lines += _without_score(document, names)
    lines.append(str(words.SHOWS_LITTLE))
    if is_first_set(document.question_set, document.processes[0].question_set_version):
        lines.append(str(OVERLAP))
    return lines


def _without_score(document: ComparisonDocument, names: Mapping[str, str]) -> list[str]:
    """Which figures are not compared, by reason; only how many there are where they are many."""
    found = [
        (names[process.code], own.not_compared)
        for process in document.processes
        for own in process.attributes
        if own.not_compared
    ]
    counts = Counter(reason for _name, reason in found)
    lines = []
    for reason, count in counts.items():
        who = list(dict.fromkeys(name for name, why in found if why == reason))
        values = {"names": listed_briefly(who), "n": count, "why": str(words.NOT_COMPARED[reason])}
        text = ngettext(
            "%(n)d figure is not compared (%(names)s): %(why)s.",
            "%(n)d figures are not compared (%(names)s): %(why)s.",
            count,
        )
        lines.append(text % values)
    return lines
