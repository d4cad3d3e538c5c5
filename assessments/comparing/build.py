"""Several frozen results side by side (method 3.10). Pure: documents in, a document out."""

from collections.abc import Mapping, Sequence
from typing import Any

from assessments.comparing.arranged import Arrangement, order_of, ordered, reference_in, split_heads
from assessments.comparing.experience import panel_profiles
from assessments.comparing.items import compared_items
from assessments.comparing.lessons import learn_from, shared_weaknesses
from assessments.comparing.pairs import build_pairs, heads_of
from assessments.documents.about import FIRST_SET
from assessments.documents.comparison import (
    FORMAT,
    AttributeHead,
    ComparedAttribute,
    ComparedProcess,
    ComparisonDocument,
    ExcludedProcess,
    ExperiencePart,
    NoisePart,
    Reason,
    Record,
)
from assessments.documents.panel import PanelDocument
from assessments.documents.result import AttributeResult, ResultDocument
from assessments.matching.comparability import candidate, not_compared, reasons, record_of
from assessments.matching.versions import AskedMatches, Inputs
from assessments.scoring import fraction_text
from assessments.scoring.comparison import RaterNoise
from assessments.scoring.method import METHOD_VERSION, TOP_LEVEL

__all__ = ["ComparisonDocument", "build_comparison", "split"]

LIST_PAIRS_UP_TO = 5
MINIMUM = 2
MAXIMUM = 12


def build_comparison(
    results: Sequence[ResultDocument],
    panels: Mapping[str, PanelDocument] | None = None,
    arrangement: Arrangement | None = None,
    *,
    noise: RaterNoise | None = None,
) -> ComparisonDocument:
    """Return the comparison of the given results: as arranged, or in order of name.

    `panels` are the public documents of closed waves by code of assessment; `noise` is how far two raters differ, where
    it was measured.

    What the larger part has in common (sort of record, track, question set, major version, assurance, method) decides
    what is compared; the rest is listed with the reason. Of several rounds of one process the newest is compared.
    """
    kept, excluded = split(results)
    wanted = arrangement or Arrangement()
    kept = ordered(kept, wanted.first)
    heads, left_aside = split_heads(
        heads_of(attribute for result in kept for attribute in result.attributes), wanted.attributes
    )
    codes = {head.code for head in heads}
    processes = [_process(result, heads) for result in kept]
    inputs = [Inputs(result) for result in kept]
    matches = AskedMatches(inputs)
    noise = noise or RaterNoise()
    record = _record(kept)
    # Examples are of processes that are over: they learn nothing any more.
    learning = [] if record == "example" else kept
    return ComparisonDocument(
        format=FORMAT,
        method_version=METHOD_VERSION,
        record=record,
        **_set_of(kept),
        top_level=kept[0].question_set.top_level if kept else TOP_LEVEL,
        noise=_noise(noise),
        order=order_of(kept, wanted),
        reference=reference_in(kept, wanted.reference),
        attributes=heads,
        left_aside=left_aside,
        processes=processes,
        excluded=[_excluded(result, reason) for result, reason in excluded],
        pairs=build_pairs(inputs, processes, heads, matches, noise),
        list_pairs=len(processes) <= LIST_PAIRS_UP_TO,
        learn_from=[entry for entry in learn_from(learning, panels) if entry.attribute in codes],
        shared_weaknesses=[entry for entry in shared_weaknesses(learning) if entry.attribute in codes],
        items=compared_items(kept, [head.code for head in heads]),
        asked=[match.part(head.code for head in heads) for match in matches.all()],
        experience=_experience(kept, panels or {}, wanted),
    )


def _experience(
    kept: Sequence[ResultDocument], panels: Mapping[str, PanelDocument], wanted: Arrangement
) -> ExperiencePart | None:
    asked = [panels[result.assessment.code] for result in kept if result.assessment.code in panels]
    return panel_profiles(asked, wanted.attributes)


def _set_of(kept: Sequence[ResultDocument]) -> dict[str, Any]:
    """Which set was answered, where it is not the first one; what is compared is all of one set."""
    other = [result.question_set for result in kept if result.question_set.slug != FIRST_SET]
    return {"question_set": other[0].slug, "credit": other[0].credit} if other else {}


def _record(kept: Sequence[ResultDocument]) -> Record:
    """What is compared is all of one sort."""
    if not kept:
        return "own"
    return record_of(is_invented=kept[0].process.is_invented, is_example=kept[0].process.is_example)


def _noise(noise: RaterNoise) -> NoisePart:
    return NoisePart(different=fraction_text(noise.different), same=fraction_text(noise.same), measured=noise.measured)


def split(
    results: Sequence[ResultDocument],
) -> tuple[list[ResultDocument], list[tuple[ResultDocument, Reason]]]:
    """Return the results that can be compared with each other, and the others with the reason, in order."""
    found = reasons([candidate(result) for result in results])
    kept = [result for result in results if result.assessment.code not in found]
    excluded = [result for result in results if result.assessment.code in found]
    return kept, [(result, found[result.assessment.code]) for result in excluded]


def _process(result: ResultDocument, heads: Sequence[AttributeHead]) -> ComparedProcess:
    by_code = {attribute.code: attribute for attribute in result.attributes}
    return ComparedProcess(
        code=result.assessment.code,
        number=result.assessment.number,
        name=result.process.name,
        process_code=result.process.code,
        kind=result.process.kind,
        organisation=result.process.organisation,
        period=result.process.period,
        round=result.assessment.round,
        submitted_on=result.assessment.submitted_on,
        track=result.assessment.track,
        assurance=result.assessment.assurance,
        is_partly_reviewed=result.review is not None and not result.review.is_reviewed,
        question_set_title=result.question_set.title,
        question_set_version=result.question_set.version,
        experimental=result.question_set.experimental,
        is_invented=result.process.is_invented,
        is_example=result.process.is_example,
        attributes=[_attribute(by_code[head.code]) for head in heads if head.code in by_code],
    )


def _attribute(attribute: AttributeResult) -> ComparedAttribute:
    return ComparedAttribute.from_part(attribute, not_compared=not_compared(attribute.status, attribute.scope))


def _excluded(result: ResultDocument, reason: Reason) -> ExcludedProcess:
    return ExcludedProcess(
        code=result.assessment.code,
        number=result.assessment.number,
        name=result.process.name,
        process_code=result.process.code,
        round=result.assessment.round,
        question_set_title=result.question_set.title,
        question_set_version=result.question_set.version,
        reason=reason,
    )
