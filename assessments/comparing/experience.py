"""What stakeholders of several processes said, side by side: the experience track, never blended with evidence.

Pure: public documents in, a document out. The rules are those of 3.10: same track, same question set and major
version, scope of at least two thirds, differences that one answer cannot cause, dominance and no ranking.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from assessments.comparing.comparability import not_compared
from assessments.comparing.pairs import difference_of, heads_of
from assessments.documents.comparison import AttributeHead, ExperienceAttribute, ExperiencePart, ExperienceProfile, Pair
from assessments.documents.panel import PanelAttribute, PanelDocument
from assessments.documents.values import exact
from assessments.scoring import compare_profiles

Asked = frozenset[tuple[str, int, str]]


def panel_profiles(
    documents: Sequence[PanelDocument], process_of: Mapping[str, str] | None = None
) -> ExperiencePart | None:
    """Return the experience track of the assessments that have one, in the order given; None without any.

    Documents of another question set, major version or method than the first are left out. `process_of` gives the
    process of an assessment by its code, so that rounds of one process are not judged as two processes.
    """
    kept = [document for document in documents if _key(document) == _key(documents[0])]
    if not kept:
        return None
    heads = heads_of(attribute for document in kept for attribute in document.attributes)
    processes = process_of or {}
    return ExperiencePart(
        attributes=heads,
        profiles=[_profile(document, heads) for document in kept],
        pairs=[
            _pair(one, other, heads)
            for one, other in combinations(kept, 2)
            if processes.get(one.assessment, one.assessment) != processes.get(other.assessment, other.assessment)
        ],
    )


def _key(document: PanelDocument) -> tuple[str, str, str]:
    return (
        document.question_set.slug,
        document.question_set.version.partition(".")[0],
        document.method_version.partition(".")[0],
    )


def _profile(document: PanelDocument, heads: Sequence[AttributeHead]) -> ExperienceProfile:
    attributes = [document.attribute(head.code) for head in heads]
    return ExperienceProfile(
        code=document.assessment,
        wave=document.wave.number,
        closed_on=document.wave.closed_on,
        time_zone=document.wave.time_zone,
        threshold=document.wave.threshold,
        groups=len(document.units),
        invited=document.invited,
        received=document.received,
        withheld=document.withheld,
        attributes=[_attribute(attribute) for attribute in attributes if attribute is not None],
    )


def _attribute(attribute: PanelAttribute) -> ExperienceAttribute:
    return ExperienceAttribute.from_part(attribute, not_compared=not_compared(attribute.status, attribute.scope))


def _pair(one: PanelDocument, other: PanelDocument, heads: Sequence[AttributeHead]) -> Pair:
    steps = {head.code: head.step.value for head in heads}
    found = compare_profiles(
        {code: _score(one, other, code) for code in steps},
        {code: _score(other, one, code) for code in steps},
        steps,
        _ranges(one),
        _ranges(other),
    )
    return Pair(
        first=one.assessment,
        second=other.assessment,
        differences=[difference_of(code, found.differences.get(code)) for code in steps],
        first_ahead_on=list(found.first_ahead_on),
        second_ahead_on=list(found.second_ahead_on),
        not_compared=list(found.not_compared),
        verdict=found.verdict,  # type: ignore[arg-type]  # scoring promises these keys
    )


def _score(one: PanelDocument, other: PanelDocument, code: str) -> Fraction | None:
    """The score of an attribute, None where it may not be compared or the other was not asked the same."""
    attribute = one.attribute(code)
    if attribute is None or not_compared(attribute.status, attribute.scope) or _asked(one, code) != _asked(other, code):
        return None
    return exact(attribute.score)


def _asked(document: PanelDocument, code: str) -> Asked:
    return frozenset((item.code, item.revision, item.kind) for item in document.items if item.attribute == code)


def _ranges(document: PanelDocument) -> dict[str, tuple[Fraction, Fraction]]:
    return {
        attribute.code: (attribute.low.value, attribute.high.value)
        for attribute in document.attributes
        if attribute.low is not None and attribute.high is not None
    }
