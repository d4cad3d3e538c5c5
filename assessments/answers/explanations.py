"""What an answer counts as, in one sentence: the same words beside the answer, on the results page and in print.

One function per rule of the scoring (`ItemValue.rule`) and per reason why something does not count yet.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.answers.counting import item_answer, item_spec
from assessments.answers.value import NOT_APPLICABLE, AnswerContent, lines_without_reason
from assessments.scoring import ItemValue, one_decimal, score_item
from assessments.vocabulary import EvidenceClass
from attributes.catalogue.types import CatalogueItem

NOT_SCORED = "not_scored"
REASON_MISSING = "reason_missing"


@dataclass(frozen=True, slots=True)
class Standing:
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


def standing_of(item: CatalogueItem, content: AnswerContent, *, has_files: bool) -> Standing:
    """Return where one answer stands now; pure, no query."""
    if not item.scored:
        return Standing(NOT_SCORED)
    answer = item_answer(item, content, has_files=has_files)
    spec = item_spec(item)
    value = score_item(spec, answer)
    waiting = content.state == NOT_APPLICABLE and answer.state.value != NOT_APPLICABLE
    wordless = len(lines_without_reason(item, content))
    left_out = sum(line.state == NOT_APPLICABLE for line in answer.options)
    applicable = len(spec.options) - left_out
    return Standing(
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


def explain(standing: Standing) -> str:
    """Return the sentence for one answer; KeyError for a rule that has none."""
    return " ".join(part for part in (RULES[standing.rule](standing), _wordless(standing)) if part)


def _percent(value: Fraction | None) -> str:
    return one_decimal(100 * (value or Fraction(0)))


def _counts_as(letter: str | None, value: Fraction | None) -> str:
    if letter is None:
        return _("%(percent)s %% of full") % {"percent": _percent(value)}
    return _("%(letter)s (%(percent)s %% of full)") % {"letter": letter, "percent": _percent(value)}


def _plain_value(standing: Standing) -> str:
    return _("Counts as %(what)s.") % {"what": _counts_as(standing.letter, standing.supported)}


def _lines(standing: Standing) -> str:
    counts = {"known": standing.known, "applicable": standing.applicable}
    if standing.applicable <= 1:
        return _plain_value(standing)
    if standing.known == standing.applicable:
        return _plain_value(standing)
    sentence = _("%(known)d of %(applicable)d lines known: the rest lowers the coverage.") % counts
    return f"{_plain_value(standing)} {sentence}"


def _capped(standing: Standing) -> str:
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


def _wordless(standing: Standing) -> str:
    if not standing.wordless:
        return ""
    if standing.applicable <= 1:
        return _("Not counted until you say why.")
    return ngettext(
        "%(count)d line is not counted until you say why.",
        "%(count)d lines are not counted until you say why.",
        standing.wordless,
    ) % {"count": standing.wordless}


def _no_line(standing: Standing) -> str:
    if standing.wordless and standing.applicable <= 1:
        return ""
    return _("Counts as unknown until at least one line is known: that lowers the coverage, not the score.")


RULES: dict[str, Callable[[Standing], str]] = {
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
