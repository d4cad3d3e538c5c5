"""What a quick check claims: letters, and what to show first. The method counts, on these items alone.

A claim needs no reasons and no evidence here, so the lines of a list count as they are chosen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from assessments.answers.counting import given_answer, item_spec
from assessments.answers.value import AnswerContent
from assessments.quick.asked import quick_items
from assessments.quick.kept import KeptCheck, content_of_choices
from assessments.scoring import ItemState
from assessments.scoring.evidence import ActionStep, StepKind, choose_steps, score_evidence, step_bases
from attributes.catalogue.types import CatalogueSet


@dataclass(frozen=True)
class QuickClaims:
    """By item: the letter claimed, None where it is not known; `left_out` are those that do not apply.

    `first` is what to show or to improve first, in the method's order.
    """

    letters: Mapping[str, str | None]
    left_out: frozenset[str]
    first: tuple[ActionStep, ...]

    @property
    def to_show(self) -> str:
        """The item to show first; "" where nothing is claimed above what counts without evidence."""
        return next((step.code for step in self.first if step.kind is StepKind.SHOW_IT), "")


def contents_of_check(catalogue: CatalogueSet, check: KeptCheck) -> dict[str, AnswerContent]:
    """Return the answers of a quick check by item, without those that were left open."""
    found = {item.code: content_of_choices(item, check.of(item)) for item in quick_items(catalogue)}
    return {code: content for code, content in found.items() if content is not None}


def claims_of(catalogue: CatalogueSet, check: KeptCheck) -> QuickClaims:
    """Return what the choices claim."""
    items = quick_items(catalogue)
    contents = contents_of_check(catalogue, check)
    specs = [item_spec(item) for item in items]
    answers = [given_answer(catalogue.items[code], content) for code, content in contents.items()]
    result = score_evidence(
        specs,
        [
            replace(answer, has_reason=True, options=tuple(replace(line, has_text=True) for line in answer.options))
            for answer in answers
        ],
    )
    # What is not known is named in the picture; nobody has to find it out before the first look.
    steps = choose_steps([basis for basis in step_bases(specs, result) if basis.is_known])
    left_out = {code for code, found in result.items.items() if found.state is ItemState.NOT_APPLICABLE}
    return QuickClaims(
        letters={code: found.claimed_letter for code, found in result.items.items() if code not in left_out},
        left_out=frozenset(left_out),
        first=steps.head,
    )
