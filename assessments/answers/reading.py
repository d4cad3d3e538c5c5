"""What belongs to the evidence of an assessment beside its answers, read in a constant number of queries."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.db.models import F

from assessments.answers.evidence import GivenEvidence, by_item
from assessments.models import AnswerVersion, Assessment, EvidenceFile, EvidenceOpening
from assessments.vocabulary import Track


def evidence_of(assessment: Assessment, items: Collection[int] | None = None) -> dict[int, GivenEvidence]:
    """Return files, openings and history of the evidence of an assessment by the id of the item; only of `items` where
    these are given. Two queries, and one for the history where something was opened."""
    found = {"response__assessment": assessment, "response__track": Track.EVIDENCE}
    if items is not None:
        found["item__in"] = list(items)
    files = by_item(EvidenceFile.objects.filter(**found))
    openings = by_item(EvidenceOpening.objects.filter(**found))
    versions = versions_of(found, list(openings)) if openings else {}
    return {
        pk: GivenEvidence(files.get(pk, ()), openings.get(pk, ()), versions.get(pk, ()))
        for pk in files.keys() | openings.keys()
    }


def full_evidence(assessment: Assessment, item: int) -> GivenEvidence:
    """Return all that belongs to the evidence of one item, its history too. Three queries."""
    found = evidence_of(assessment, [item]).get(item, GivenEvidence())
    asked = {"response__assessment": assessment, "response__track": Track.EVIDENCE}
    return replace(found, versions=versions_of(asked, [item]).get(item, ()))


def all_evidence(assessment: Assessment) -> dict[int, GivenEvidence]:
    """Return the same of every item, history included, by the id of the item. Three queries, or four."""
    found = {"response__assessment": assessment, "response__track": Track.EVIDENCE}
    given = evidence_of(assessment)
    items = AnswerVersion.objects.filter(answer__response__assessment=assessment).values("answer__item")
    versions = versions_of(found, items)
    return {pk: replace(given.get(pk, GivenEvidence()), versions=rows) for pk, rows in versions.items()}


def versions_of(found: dict[str, Any], items: Any) -> dict[int, list[Any]]:
    """Who wrote which link and sentence of these items, oldest first; what never took its place is left out."""
    asked = {f"answer__{name}": value for name, value in found.items() if name != "item__in"}
    rows = AnswerVersion.objects.filter(**asked, answer__item__in=items)
    rows = rows.exclude(reason=AnswerVersion.Reason.SET_ASIDE).order_by("version", "pk")
    names = ("evidence_text", "evidence_links", "user_id")
    return by_item(rows.annotate(item_id=F("answer__item_id")).values_list("item_id", *names, named=True))
