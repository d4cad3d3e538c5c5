"""A second person opens evidence and says whether it shows what is claimed (method 3.4)."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.answering.services.answers import answer_rows, editable_response
from assessments.answers.evidence import authors_of, full_evidence, piece_digest, pieces_of
from assessments.answers.value import content_of
from assessments.exceptions import InvalidAnswer
from assessments.models import Assessment, EvidenceOpening
from assessments.retrying import retrying
from assessments.vocabulary import OpeningOutcome
from assessments.zones import zone_named
from attributes.catalogue.types import CatalogueItem

if TYPE_CHECKING:
    from msgov.accounts.models import User


@retrying
@transaction.atomic
def record_opening(
    *, assessment: Assessment, user: "User", item: CatalogueItem, made_for: str, outcome: OpeningOutcome
) -> EvidenceOpening:
    """Store that somebody opened a piece, or could not, of evidence, named by the fingerprint of it and its sentence.

    Raises InvalidAnswer if there is no such piece (any more), and for whoever entered it; NotEditable unless the
    assessment is a draft.
    """
    response_id = editable_response(assessment)
    content = content_of(item, answer_rows(response_id, [item.pk]).get(item.pk))
    evidence = full_evidence(assessment, item.pk)
    references = [piece.reference for piece in pieces_of(content, evidence) if piece.reference]
    reference = next((name for name in references if piece_digest(content.evidence_text, name) == made_for), None)
    if reference is None:
        raise InvalidAnswer(_("Nothing was stored: this evidence has been changed. Look at it again."))
    if user.pk in authors_of(reference, content, evidence):
        raise InvalidAnswer(_("Nothing was stored: somebody else than who entered the evidence has to open it."))
    return EvidenceOpening.objects.create(
        response_id=response_id,
        item_id=item.pk,
        reference=reference,
        made_for=made_for,
        outcome=outcome,
        user=user,
        user_name=user.get_short_name(),
        day=timezone.localdate(timezone=zone_named(assessment.process.time_zone)),
    )
