"""The review as the document of a result carries it: what was said of each item, what counts, how far it reaches."""

from collections.abc import Sequence
from fractions import Fraction

from assessments.answers.reviews import GivenOpinion, GivenReview, proposed_value
from assessments.documents.review import OpinionPart, ReviewedAttributePart, ReviewPart
from assessments.documents.values import item_value, maybe_item_value, share
from assessments.scoring import ScoringItem
from assessments.scoring.evidence import CountedItem, EvidenceResult, SettledValue, reviewed_shares
from assessments.scoring.method import REVIEWED_SHARE, ZERO

# What was entered, and nothing is computed from.
AS_STATED = (
    "reviewer",
    "affiliation",
    "interests",
    "invited_on",
    "accepted_on",
    "reply_by",
    "signed_on",
    "signed_as",
    "solid",
    "not_solid",
)


def review_part(
    review: GivenReview, opinions: Sequence[GivenOpinion], specs: Sequence[ScoringItem], result: EvidenceResult
) -> ReviewPart:
    """Put together what a result says of its review; `opinions` are those that are of the answers as they stand."""
    by_code = {spec.code: spec for spec in specs}
    order = {spec.code: place for place, spec in enumerate(specs)}
    known = sorted((entry for entry in opinions if entry.item in by_code), key=lambda entry: order[entry.item])
    parts = [_opinion(entry, by_code[entry.item], result.items.get(entry.item)) for entry in known]
    settled = {code for code, item in result.items.items() if item.settled is not None}
    shares = reviewed_shares(_weights(result), settled)
    return ReviewPart(
        **{name: getattr(review, name) for name in AS_STATED},
        board_asks=list(review.board_asks),
        opinions=parts,
        questions=list(review.questions),
        attributes=[
            ReviewedAttributePart(code=code, share=share(found), is_reviewed=found >= REVIEWED_SHARE)
            for code, found in shares.by_attribute.items()
        ],
        share=share(shares.share),
        is_reviewed=shares.is_reviewed,
        disputed=[part.item for part in parts if part.disputed],
    )


def _weights(result: EvidenceResult) -> dict[str, dict[str, Fraction]]:
    """The weights of the applicable items, by attribute."""
    return {
        found.code: {item.code: item.weight for item in found.items if item.weight > ZERO}
        for found in result.attributes
    }


def _opinion(opinion: GivenOpinion, spec: ScoringItem, item: CountedItem | None) -> OpinionPart:
    settled: SettledValue | None = item.settled if item else None
    return OpinionPart(
        item=opinion.item,
        says=opinion.says,  # type: ignore[arg-type]  # one of OpinionKind
        level=opinion.level,
        states=dict(opinion.states or {}),
        seen=opinion.seen,
        reason=opinion.reason,
        reply=opinion.reply,  # type: ignore[arg-type]  # one of ReviewReply, or ""
        reply_reason=opinion.reply_reason,
        replied_on=opinion.replied_on,
        proposed=maybe_item_value(proposed_value(spec, item, opinion) if item and settled else None),
        organiser=maybe_item_value(settled.organiser if settled else None),
        reviewer=item_value(settled.reviewer) if settled else None,
        counts=maybe_item_value(settled.counts if settled else None),
        basis=settled.basis.value if settled else "",
        disputed=settled is not None and settled.disputed,
    )
