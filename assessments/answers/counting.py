"""What of a stored answer counts, and why: from rows to what the scoring takes, and the sentence beside the answer, on
the results page and in print."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.answers.value import (
    ANSWERED,
    NOT_APPLICABLE,
    AnswerContent,
    content_of,
    has_named_options,
    lines_without_reason,
    option_keys,
    web_links,
)
from assessments.scoring import (
    ItemAnswer,
    ItemKind,
    ItemState,
    ItemValue,
    OptionAnswer,
    ScoringItem,
    StateCredit,
    one_decimal,
    score_item,
)
from assessments.vocabulary import EvidenceClass
from attributes.catalogue.types import CatalogueItem, CatalogueSet
from attributes.kinds import Kind

if TYPE_CHECKING:
    from assessments.models import Answer


NOTHING, INSIDE, OPEN = EvidenceClass.values


def item_spec(item: CatalogueItem) -> ScoringItem:
    """Return the scoring specification of one scored item."""
    rating = item.kind is Kind.RATING
    return ScoringItem(
        code=item.code,
        revision=item.revision,
        question=item.question_code,
        attribute=item.attribute_code,
        kind=ItemKind.RATING if rating else ItemKind.CHOICE,
        critical=item.critical,
        na_allowed=item.na_allowed,
        options=() if rating else option_keys(item),
        states=()
        if rating
        else tuple(
            StateCredit(state.key, state.credit, state.needs_text) for state in item.states if state.credit is not None
        ),
        stakeholder_primary=item.stakeholder_primary,
        top_level=item.top_level,
    )


def item_specs(catalogue: CatalogueSet) -> tuple[ScoringItem, ...]:
    """Return the specifications of the scored items of a question set, in its order."""
    return tuple(item_spec(item) for item in catalogue.items.values() if item.scored)


def item_answers(catalogue: CatalogueSet, answers: "Iterable[Answer]", files: Collection[int]) -> list[ItemAnswer]:
    """Return the scored answers of one response, for `assessments.scoring.score`.

    `files` holds the ids (`Answer.item_id`) of the items for which at least one evidence file is stored.
    Answers that do not count yet (a "not applicable" without its reason) come out as unanswered.
    """
    rows = {row.item_id: row for row in answers}
    return [
        item_answer(item, content_of(item, rows.get(item.pk)), has_files=item.pk in files)
        for item in catalogue.items.values()
        if item.scored
    ]


def item_answer(item: CatalogueItem, content: AnswerContent, *, has_files: bool) -> ItemAnswer:
    """Return one scored answer; one that does not count yet comes out as unanswered, never as an error."""
    evidence_class = effective_class(item, content, has_files=has_files)
    has_reason = item.na_allowed and bool(content.not_applicable_reason.strip())
    if content.state == NOT_APPLICABLE and not has_reason:
        return ItemAnswer(item.code, ItemState.UNANSWERED, evidence_class=evidence_class)
    answered = content.state == ANSWERED
    return ItemAnswer(
        code=item.code,
        state=ItemState(content.state),
        level=content.level if answered and item.kind is Kind.RATING else None,
        options=_options(item, content) if answered else (),
        evidence_class=evidence_class,
        has_na_reason=has_reason,
    )


def _options(item: CatalogueItem, content: AnswerContent) -> tuple[OptionAnswer, ...]:
    return tuple(
        OptionAnswer(key, line.state, has_text=bool(line.text.strip()))
        for key, line in content.options.items()
        # The one unnamed option is the item itself: whether it applies is said of the item.
        if has_named_options(item) or line.state != NOT_APPLICABLE
    )


def evidence_given(content: AnswerContent, *, has_files: bool) -> bool:
    """Whether there is any evidence at all: words, a link or a file."""
    return has_files or bool(content.evidence_text.strip() or content.evidence_links.strip())


def suggested_class(item: CatalogueItem, content: AnswerContent, *, has_files: bool) -> str:
    """Return the evidence class that fits what is given.

    A link counts as open to others, except where only a record by the stakeholder groups or a survey would
    (method 3.4): whether a link leads to one is for the person who gives it to say.
    """
    if not evidence_given(content, has_files=has_files):
        return NOTHING
    if web_links(content.evidence_links) and not item.stakeholder_primary:
        return OPEN
    return INSIDE


def effective_class(item: CatalogueItem, content: AnswerContent, *, has_files: bool) -> str:
    """Return the evidence class that holds: the one chosen, else the suggested one; E0 where nothing is given."""
    if not evidence_given(content, has_files=has_files):
        return NOTHING
    return content.evidence_class or suggested_class(item, content, has_files=has_files)


NOT_SCORED = "not_scored"
REASON_MISSING = "reason_missing"


@dataclass(frozen=True, slots=True)
class CountingStanding:
    """What is needed to say what an answer counts as.

    Values are shares of full achievement (0 to 1), None without a value. `known` and `applicable` count the
    lines of a checklist; `wordless` those whose state does not count until words are added.
    """

    rule: str
    supported: Fraction | None = None
    claimed: Fraction | None = None
    letter: str | None = None
    claimed_letter: str | None = None
    evidence_class: str = ""
    known: int = 0
    applicable: int = 0
    wordless: int = 0


def standing_of(item: CatalogueItem, content: AnswerContent, *, has_files: bool) -> CountingStanding:
    """Return where one answer stands now; pure, no query."""
    if not item.scored:
        return CountingStanding(NOT_SCORED)
    answer = item_answer(item, content, has_files=has_files)
    spec = item_spec(item)
    value = score_item(spec, answer)
    waiting = content.state == NOT_APPLICABLE and answer.state.value != NOT_APPLICABLE
    wordless = len(lines_without_reason(item, content))
    left_out = sum(line.state == NOT_APPLICABLE for line in answer.options)
    applicable = len(spec.options) - left_out
    return CountingStanding(
        rule=REASON_MISSING if waiting else value.rule,
        supported=value.supported,
        claimed=value.claimed,
        letter=value.letter,
        claimed_letter=value.claimed_letter,
        evidence_class=answer.evidence_class,
        known=_known(value, applicable),
        applicable=applicable,
        wordless=wordless,
    )


def _known(value: ItemValue, applicable: int) -> int:
    return int(value.share_known * applicable)


def explain(standing: CountingStanding) -> str:
    """Return the sentence for one answer; KeyError for a rule that has none."""
    return " ".join(part for part in (RULES[standing.rule](standing), _wordless(standing)) if part)


def _percent(value: Fraction | None) -> str:
    return one_decimal(100 * (value or Fraction(0)))


def _counts_as(letter: str | None, value: Fraction | None) -> str:
    if letter is None:
        return _("%(percent)s %% of full") % {"percent": _percent(value)}
    return _("%(letter)s (%(percent)s %% of full)") % {"letter": letter, "percent": _percent(value)}


def _plain_value(standing: CountingStanding) -> str:
    return _("Counts as %(what)s.") % {"what": _counts_as(standing.letter, standing.supported)}


def _lines(standing: CountingStanding) -> str:
    counts = {"known": standing.known, "applicable": standing.applicable}
    if standing.applicable <= 1:
        return _plain_value(standing)
    if standing.known == standing.applicable:
        return _plain_value(standing)
    sentence = _("%(known)d of %(applicable)d lines known: the rest lowers the coverage.") % counts
    return f"{_plain_value(standing)} {sentence}"


def _capped(standing: CountingStanding) -> str:
    what = {
        "now": _counts_as(standing.letter, standing.supported),
        "claimed": _counts_as(standing.claimed_letter, standing.claimed),
    }
    if standing.evidence_class == EvidenceClass.NONE:
        text = _("Counts as %(now)s until evidence is added; the answer claims %(claimed)s.") % what
    else:
        text = _("Counts as %(now)s until others can open the evidence; the answer claims %(claimed)s.") % what
    if standing.applicable > 1 and standing.known < standing.applicable:
        counts = {"known": standing.known, "applicable": standing.applicable}
        text += " " + _("%(known)d of %(applicable)d lines known: the rest lowers the coverage.") % counts
    return text


def _wordless(standing: CountingStanding) -> str:
    if not standing.wordless:
        return ""
    if standing.applicable <= 1:
        return _("Not counted until you say why.")
    return ngettext(
        "%(count)d line is not counted until you say why.",
        "%(count)d lines are not counted until you say why.",
        standing.wordless,
    ) % {"count": standing.wordless}


def _no_line(standing: CountingStanding) -> str:
    if standing.wordless and standing.applicable <= 1:
        return ""
    return _("Counts as unknown until at least one line is known: that lowers the coverage, not the score.")


# One sentence for every rule of the scoring (`ItemValue.rule`) and for every reason why something does not count yet.
RULES: dict[str, Callable[[CountingStanding], str]] = {
    NOT_SCORED: lambda standing: _("Not scored."),
    REASON_MISSING: lambda standing: _("Not counted until you say why it is not applicable."),
    "unanswered": lambda standing: _("Not answered yet: that lowers the coverage, not the score."),
    "dont_know": lambda standing: _("Counts as unknown: that lowers the coverage, not the score."),
    "not_applicable": lambda standing: _("Left out of the score: not applicable."),
    "all_options_not_applicable": lambda standing: _("Left out of the score: nothing in the list applies."),
    "no_option_known": _no_line,
    "level": _plain_value,
    "credits": _lines,
    "capped_by_evidence": _capped,
    "moderated": lambda standing: (
        _("A reviewer set this to %(what)s.") % {"what": _counts_as(standing.letter, standing.supported)}
    ),
}
