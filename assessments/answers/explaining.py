"""What an answer counts as, in a sentence: beside the answer, on the results page and in print."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import ngettext

from assessments.answers.counting import counts_as, given_answer, item_spec
from assessments.answers.evidence import NO_EVIDENCE, GivenEvidence
from assessments.answers.value import NOT_APPLICABLE, AnswerContent
from assessments.documents.values import day_words
from assessments.scoring.evidence import (
    CapReason,
    CountedItem,
    EvidenceGrade,
    EvidencePiece,
    OpenReason,
    PieceKind,
    PieceSource,
    count_item,
    is_sentence,
    item_evidence,
)
from assessments.scoring.evidence.pieces import last_mark
from assessments.scoring.method import OPTION_NOT_APPLICABLE, SENTENCE_LENGTH, UNNAMED_OPTION
from attributes.catalogue.types import CatalogueItem
from attributes.memory import gettext as _

NOT_SCORED = "not_scored"
BY_KIND = "by_kind"
NO_LINE = "no_line"
VALUE = "value"


@dataclass(frozen=True, slots=True)
class CountingStanding:
    """What is needed to say what an answer counts as.

    Values are shares of full achievement (0 to 1), None without a value. `rule` names the sentence. `known` and
    `applicable` count the lines of a list; `wordless` those that are open because a reason is missing and
    `contradictory` those that are because they contradict another answer. `against` names the items of those answers.
    """

    rule: str
    counted: Fraction | None = None
    claimed: Fraction | None = None
    letter: str | None = None
    claimed_letter: str | None = None
    capped_because: str = ""
    # Whether it takes a record made by the stakeholders to count in full.
    takes_record: bool = False
    known: int = 0
    applicable: int = 0
    wordless: int = 0
    contradictory: int = 0
    against: tuple[str, ...] = ()


def standing_from(counted: CountedItem, against: Sequence[str] = (), *, takes_record: bool = False) -> CountingStanding:
    """Return where one scored answer stands, from what it counts as; `against` are the items that it contradicts, and
    `takes_record` says that stakeholders have the first word on it."""
    lines = [line for line in counted.lines if line.option != UNNAMED_OPTION]
    applicable = [line for line in lines if line.counts_as != OPTION_NOT_APPLICABLE]
    return CountingStanding(
        rule=rule_of(
            counted.state, counted.counted, counted.open_because or "", [line.open_because or "" for line in lines]
        ),
        counted=counted.counted,
        claimed=counted.claimed,
        letter=counted.letter,
        claimed_letter=counted.claimed_letter,
        capped_because=counted.capped_because or "",
        takes_record=takes_record,
        known=sum(line.open_because is None for line in applicable),
        applicable=len(applicable),
        wordless=sum(line.reason_missing for line in lines),
        contradictory=sum(line.open_because is OpenReason.CONTRADICTORY for line in lines),
        against=tuple(against),
    )


def rule_of(state: str, counted: Fraction | None, open_because: str, lines: Iterable[str]) -> str:
    """Return which sentence explains an item: by its value, by why it is open (`lines`: why each of its lines is), or
    by the state it counts as."""
    if counted is not None:
        return VALUE
    if OpenReason.NOTHING_LEFT in lines:
        return OpenReason.NOTHING_LEFT
    return open_because or (NOT_APPLICABLE if state == NOT_APPLICABLE else NO_LINE)


def standing_of(
    item: CatalogueItem,
    content: AnswerContent,
    evidence: GivenEvidence = NO_EVIDENCE,
    *,
    contradictory: Mapping[str, str] | None = None,
) -> CountingStanding:
    """Return where one answer stands now; pure, no query.

    `contradictory` holds the item that each option contradicts, by option ("" for the item itself).
    """
    if not item.scored:
        return CountingStanding(NOT_SCORED)
    found = contradictory or {}
    counted = count_item(item_spec(item), given_answer(item, content, evidence), found)
    against = tuple(dict.fromkeys(found.values()))
    return standing_from(counted, against, takes_record=item.stakeholder_primary)


def explain(standing: CountingStanding) -> str:
    """Return the sentence for one answer; KeyError for a rule that has none."""
    parts = (RULES[standing.rule](standing), _lines_known(standing), _wordless(standing), _contradictory(standing))
    return " ".join(part for part in parts if part)


def _value(standing: CountingStanding) -> str:
    what = {
        "now": counts_as(standing.letter, standing.counted),
        "claimed": counts_as(standing.claimed_letter, standing.claimed),
    }
    if standing.capped_because == CapReason.ONLY_DESCRIBED and standing.takes_record:
        return _takes_record() % what
    if standing.capped_because:
        return CAPPED[standing.capped_because]() % what
    return _("Counts as %(now)s.") % what


def _takes_record() -> str:
    return _(
        "Claims %(claimed)s; counts as %(now)s until there is a record made by the stakeholder groups, or a survey of "
        "them, that others can open, with a sentence on what in it shows this."
    )


# Both values beside each other: what is claimed, and what it counts as until what is done.
CAPPED: dict[str, Callable[[], str]] = {
    CapReason.NOTHING_GIVEN: lambda: _("Claims %(claimed)s; counts as %(now)s until evidence is given."),
    CapReason.ONLY_DESCRIBED: lambda: _(
        "Claims %(claimed)s; counts as %(now)s until there is a link or file that others can open, with a sentence on "
        "what in it shows this."
    ),
    CapReason.NOT_OPENED: lambda: _(
        "Claims %(claimed)s; counts as %(now)s until a second person has opened the evidence."
    ),
    CapReason.DISPUTED: lambda: _("Claims %(claimed)s; counts as %(now)s: the reviewer disputes it."),
}


def _lines_known(standing: CountingStanding) -> str:
    if standing.counted is None or standing.applicable <= 1 or standing.known == standing.applicable:
        return ""
    counts = {"known": standing.known, "applicable": standing.applicable}
    return _("%(known)d of %(applicable)d lines known: the rest lowers the coverage.") % counts


def _wordless(standing: CountingStanding) -> str:
    if not standing.wordless:
        return ""
    return ngettext(
        "%(count)d line is not counted until you say why.",
        "%(count)d lines are not counted until you say why.",
        standing.wordless,
    ) % {"count": standing.wordless}


def _contradictory(standing: CountingStanding) -> str:
    if not standing.contradictory:
        return ""
    return ngettext(
        "%(count)d line contradicts the answer to %(items)s and counts as unknown until one of the two is changed.",
        "%(count)d lines contradict the answer to %(items)s and count as unknown until one of the two is changed.",
        standing.contradictory,
    ) % {"count": standing.contradictory, "items": ", ".join(standing.against)}


def class_sentence(item: CatalogueItem, content: AnswerContent, evidence: GivenEvidence = NO_EVIDENCE) -> str:
    """Say which class the evidence given makes, and what keeps it from a better one; empty before there is anything."""
    answer = given_answer(item, content, evidence)
    if not item.scored or not (answer.evidence or content.evidence_class):
        return ""
    primary = item.stakeholder_primary
    best = item_evidence(answer.evidence, stakeholder_primary=primary).grade
    found = item_evidence(answer.evidence, stakeholder_primary=primary, chosen=answer.chosen)
    if found.grade < best:
        return _("Evidence: %(class)s, as you chose.") % {"class": found.grade.value}
    if found.opened:
        return _("Evidence: E2, opened by a second person on %(day)s.") % {"day": day_words(found.opened.day)}
    if best is EvidenceGrade.OPEN and (failed := _failed(answer.evidence)):
        return _("Evidence: E2, public, says the organiser; a second person could not open it on %(day)s.") % {
            "day": day_words(failed)
        }
    if best is EvidenceGrade.OPEN:
        return _("Evidence: E2, public, says the organiser; nobody else has opened it yet.")
    return _("Evidence: %(class)s. %(missing)s") % {
        "class": best.value,
        "missing": _missing(answer.evidence, best, primary=primary),
    }


def _failed(pieces: Sequence[EvidencePiece]) -> str:
    """The last day on which a second person could not open a document, "" where none failed to open."""
    marks = [mark for mark in map(last_mark, pieces) if mark is not None and not mark.opened]
    return max((mark.day for mark in marks), default="")


def _missing(pieces: Sequence[EvidencePiece], best: EvidenceGrade, *, primary: bool) -> str:
    """What keeps evidence from the next class."""
    documents = [piece for piece in pieces if piece.kind is not PieceKind.TEXT]
    if not documents and best is EvidenceGrade.NOTHING:
        return _("It takes a sentence of at least %(n)d characters, a link or a file.") % {"n": SENTENCE_LENGTH}
    if not documents:
        return _("E2 takes a link or file that others can open.")
    if not is_sentence(documents[0].sentence):
        return _("E2 takes a sentence on what in it shows this.")
    if any(mark is not None and mark.opened and not mark.shows for mark in map(last_mark, documents)):
        return _("A second person opened it and found that it does not show this.")
    if primary and documents[0].source is PieceSource.ORGANISER:
        return _("E2 takes a record made by the stakeholder groups themselves, or a survey of them.")
    return _("E2 takes a link or file that others can open.")


# One sentence for every reason why an answer counts or does not.
RULES: dict[str, Callable[[CountingStanding], str]] = {
    NOT_SCORED: lambda standing: _("Not scored."),
    BY_KIND: lambda standing: _("Left out of the score: it does not apply to this kind of process."),
    VALUE: _value,
    NOT_APPLICABLE: lambda standing: _("Left out of the score: not applicable."),
    OpenReason.NOT_ANSWERED: lambda standing: _("Not answered yet: that lowers the coverage, not the score."),
    OpenReason.DONT_KNOW: lambda standing: _("Counts as unknown: that lowers the coverage, not the score."),
    OpenReason.REASON_MISSING: lambda standing: _("No reason given: treated as open, not counted until you say why."),
    OpenReason.CONTRADICTORY: lambda standing: (
        _("Contradicts the answer to %(items)s: counts as unknown until one of the two is changed.")
        % {"items": ", ".join(standing.against)}
    ),
    OpenReason.NOTHING_LEFT: lambda standing: _(
        "Counts as unknown: this item has to be answered, so not all of its lines can be not applicable."
    ),
    NO_LINE: lambda standing: _(
        "Counts as unknown until at least one line is known: that lowers the coverage, not the score."
    ),
}
