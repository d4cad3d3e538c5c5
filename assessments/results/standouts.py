"""What stands out of a result: how much is open, how far others can check it, what contradicts what, and what is not
known. Pure: values of the scoring and parts of a document in, parts of a document out."""

from collections.abc import Iterable
from dataclasses import asdict

from assessments.answers.evidence import file_reference
from assessments.answers.value import DONT_KNOW, NOT_APPLICABLE, UNANSWERED
from assessments.documents.result import ItemResult
from assessments.documents.standouts import ContradictionPart, LineRef, OpenCountsPart, RulePart, TransparencyPart
from assessments.documents.values import share
from assessments.scoring.evidence import Contradiction, ContradictionRule, OpenCounts, TransparencyFigures


def open_counts_part(counts: OpenCounts) -> OpenCountsPart:
    """What page 1 counts."""
    return OpenCountsPart(**asdict(counts))


def transparency_part(figures: TransparencyFigures, items: Iterable[ItemResult]) -> TransparencyPart:
    """How far others can check the evidence; files under the names they were given."""
    names = {file_reference(file.sha256): file.name for item in items for file in item.evidence_files}
    return TransparencyPart(
        full=figures.full,
        opened=figures.opened,
        opened_share=None if figures.opened_share is None else share(figures.opened_share),
        only_described=figures.only_described,
        most_on_one=figures.most_on_one,
        documents=[names.get(name, name) for name in figures.documents],
    )


def rule_part(rule: ContradictionRule) -> RulePart:
    """A rule as the document carries it."""
    return RulePart(
        code=rule.code,
        a=rule.a,
        a_states=sorted(rule.a_states),
        b=rule.b,
        b_states=sorted(rule.b_states),
        named_states=sorted(rule.named),
    )


def contradiction_part(found: Contradiction) -> ContradictionPart:
    """Two lines that contradict each other, as the document carries them."""
    return ContradictionPart(
        rule=found.rule,
        a=LineRef(item=found.a, option=found.a_option),
        b=LineRef(item=found.b, option=found.b_option),
        is_unknown=found.is_unknown,
    )


def not_known(items: Iterable[ItemResult]) -> list[str]:
    """The codes of scored items that are not known."""
    return [item.code for item in items if item.scored and item.state in (UNANSWERED, DONT_KNOW)]


def does_not_apply(items: Iterable[ItemResult]) -> list[str]:
    """The codes of items that do not apply, those by kind of process aside."""
    return [item.code for item in items if item.state == NOT_APPLICABLE and not item.by_kind]
