"""The round before, seen from the later one. Pure: two frozen results in, a part of a document out."""

from assessments.documents.comparison import AttributeHead, Reason
from assessments.documents.comparison_parts import RoundAttribute
from assessments.documents.last_time import AttributeThen, LastTimePart
from assessments.documents.result import AttributeResult, ResultDocument
from assessments.matching.comparability import candidate, differs, is_known_method
from assessments.matching.over_time import Raters, rounds_pair
from assessments.matching.versions import AskedMatches, Inputs
from assessments.scoring.comparison import RaterNoise


def last_time(
    before: ResultDocument, after: ResultDocument, raters: Raters, noise: RaterNoise | None = None
) -> LastTimePart:
    """Return how an earlier round stood and what moved since, attribute by attribute as the later round has them.

    `raters`: who set the levels, by codes of assessment and item. Where the rule over time does not hold between the
    two (another set or major version of it, another method), nothing is compared and the reason is given.
    """
    why = why_not_over_time(before, after)
    found = {} if why else {entry.attribute: entry for entry in attributes_over_time(before, after, raters, noise)}
    then = {entry.code: entry for entry in before.attributes}
    # Codes are those of one question set: the same one may mean something else in another.
    is_other_set = before.question_set.slug != after.question_set.slug
    return LastTimePart(
        code=before.assessment.code,
        title=before.assessment.title,
        round=before.assessment.round,
        submitted_on=before.assessment.submitted_on,
        attributes=[
            _attribute(entry.code, None if is_other_set else then.get(entry.code), found.get(entry.code), why)
            for entry in after.attributes
        ],
    )


def why_not_over_time(before: ResultDocument, after: ResultDocument) -> Reason | None:
    """Return why the rule over time does not hold between two rounds, or None."""
    if not is_known_method(before.method_version) or not is_known_method(after.method_version):
        return "unknown_method"
    return differs(candidate(after).key, candidate(before).key)


def attributes_over_time(
    before: ResultDocument, after: ResultDocument, raters: Raters, noise: RaterNoise | None = None
) -> list[RoundAttribute]:
    """Return what moved on each attribute of the later round; only of rounds between which the rule holds."""
    inputs = Inputs(before), Inputs(after)
    heads = [AttributeHead(code=entry.code, slug=entry.slug, title=entry.title) for entry in after.attributes]
    return rounds_pair(*inputs, heads, AskedMatches(inputs), raters, noise or RaterNoise()).attributes


def _attribute(
    code: str, then: AttributeResult | None, found: RoundAttribute | None, why: Reason | None
) -> AttributeThen:
    return AttributeThen(
        code=code,
        letter=then.letter if then else None,
        score=then.score if then else None,
        verdict=(found.verdict if found else None) or "not_compared",
        why=found.why if found else why,
        moved=found.moved if found else [],
    )
