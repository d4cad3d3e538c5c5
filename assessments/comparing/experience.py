"""What stakeholders of several processes said, side by side: the experience track, never blended with evidence.

Pure: public documents in, a document out. What two processes can be told apart by are public figures alone: the score
in whole points and its sampling range (method 3.10).
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from assessments.comparing.arranged import split_heads
from assessments.comparing.pairs import heads_of, verdict_of
from assessments.documents.comparison import (
    ApartWhy,
    AttributeHead,
    AttributeVerdict,
    ExperienceAttribute,
    ExperiencePart,
    ExperienceProfile,
    Pair,
)
from assessments.documents.panel import PanelAttribute, PanelDocument
from assessments.documents.values import exact
from assessments.matching.comparability import not_compared
from assessments.scoring import parse_fraction
from assessments.scoring.comparison import ComparedResult, ComparedScore, compare_processes, variance_of
from assessments.scoring.experience import SamplingRange
from assessments.scoring.model import ScoreStatus

Asked = frozenset[tuple[str, int, str]]


def panel_profiles(
    documents: Sequence[PanelDocument],
    attributes: Sequence[str] = (),
) -> ExperiencePart | None:
    """Return the experience track of the assessments that have one, in the order given; None without any.

    Raises ValueError unless all documents are public ones. Those of another question set, major version or minor
    version of the method than the first are left out. `attributes` are those wished for, all where empty.
    """
    if any(document.version != "public" for document in documents):
        raise ValueError("a comparison may hold nothing restricted")
    kept = [document for document in documents if _key(document) == _key(documents[0])]
    if not kept:
        return None
    heads, _left_aside = split_heads(
        heads_of(attribute for document in kept for attribute in document.attributes), attributes
    )
    return ExperiencePart(
        attributes=heads,
        profiles=[_profile(document, heads) for document in kept],
        pairs=[_pair(one, other, heads) for one, other in combinations(kept, 2)],
    )


def _key(document: PanelDocument) -> tuple[str, str, list[str]]:
    return (
        document.question_set.slug,
        document.question_set.version.partition(".")[0],
        document.method_version.split(".")[:2],
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
        short_form=document.short_form,
    )


def _attribute(attribute: PanelAttribute) -> ExperienceAttribute:
    return ExperienceAttribute.from_part(attribute, not_compared=not_compared(attribute.status, attribute.scope))


def _pair(one: PanelDocument, other: PanelDocument, heads: Sequence[AttributeHead]) -> Pair:
    found = compare_processes(_result(one), _result(other)).attributes
    verdicts = []
    for head in heads:
        why = _not_alike(one, other, head.code)
        verdicts.append(_without(head.code, why) if why else verdict_of(head.code, found.get(head.code)))
    return Pair(first=one.assessment, second=other.assessment, attributes=verdicts, matched=[])


def _without(code: str, why: ApartWhy) -> AttributeVerdict:
    return AttributeVerdict(attribute=code, verdict="not_compared", why=why, difference=None, threshold=None)


def _result(document: PanelDocument) -> ComparedResult:
    return ComparedResult(
        attributes={attribute.code: _score(attribute) for attribute in document.attributes},
        method_version=document.method_version,
        set_major=document.question_set.slug,
        experience=True,
    )


def _score(attribute: PanelAttribute) -> ComparedScore:
    score, found = exact(attribute.score), attribute.sampling
    t = None if found.t is None else parse_fraction(found.t)
    sampling = SamplingRange(found.low, found.high, t, found.at_most, found.missing_a_unit)
    return ComparedScore(
        score=score,
        low=_points(found.low),
        high=_points(found.high),
        status=ScoreStatus(attribute.status),
        scope=attribute.scope.value,
        variance=None if score is None else variance_of(score, sampling),
    )


def _points(value: int | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _not_alike(one: PanelDocument, other: PanelDocument, code: str) -> ApartWhy | None:
    """Why nothing is compared: one was not asked it, both were asked different items, or a score is not public."""
    first, second = one.attribute(code), other.attribute(code)
    if first is None or second is None:
        return "missing"
    if _asked(one, code) != _asked(other, code):
        return "asked_otherwise"
    return "not_told" if first.score_hidden or second.score_hidden else None


def _asked(document: PanelDocument, code: str) -> Asked:
    return frozenset((item.code, item.revision, item.kind) for item in document.items if item.attribute == code)
