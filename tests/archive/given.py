"""An assessment with something of everything, as an archive, and one that is changed."""

import hashlib
import json
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from assessments.archive.reading import read_archive
from assessments.archive.services import export_archive, import_archive
from assessments.archive.writing import archive_bytes
from assessments.documents.values import stored_digest
from assessments.models import Assessment, EvidenceFile, Goal, ScreenerAnswer, StakeholderGroup
from assessments.processes.services.process import edit_process
from assessments.rounds.services.submission import reopen_assessment, submit_assessment
from tests import builders
from tests.builders import processes


def filled(*, submitted: bool) -> Assessment:
    """An assessment with every kind of answer, a file, goals, groups and a screener."""
    organiser = builders.user(name="Olga Organiser")
    process = builders.process(
        organiser=organiser,
        kind="dialogues",
        country="East Africa",
        language="sw",
        issue="Naming",
        website="https://example.org/",
        time_zone="Africa/Nairobi",
    )
    edit_process(process=process, user=organiser, version=1, fields={"kind": "recommends"})
    process.refresh_from_db()
    StakeholderGroup.objects.create(process=process, name="Government", position=0)
    ScreenerAnswer.objects.create(process=process, criterion="SU1", choice="yes", note="wide")
    Goal.objects.create(process=process, shared_goal="G1", text="Stability", agreed_when="2024")
    assessment = builders.assessment(process)
    given = builders.answer(
        assessment,
        "IT1a",
        2,
        evidence_links="https://example.org/list",
        evidence_class="E2",
        evidence_text="The list of those who took part, page 2.",
    )
    builders.answer(
        assessment,
        "IT2b",
        {"options": {"language": {"state": "mitigated", "text": ""}}, "other": "Zeit – 時間"},
    )
    builders.answer(assessment, "IT3c", state="not_applicable", not_applicable_reason="No formal barrier")
    builders.answer(assessment, "ED1b", state="dont_know")
    builders.answer(assessment, "CO3c", {"text": "Mailing list"})
    item = builders.items().items["IT1a"]
    content = b"%PDF-1.7 minutes"
    EvidenceFile.objects.create(
        response=assessment.responses.get(),
        item_id=item.pk,
        file=ContentFile(content, name="minutes.pdf"),
        name="minutes.pdf",
        content_type="application/pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    processes.opening(
        given, by=builders.user(), day=timezone.localdate(timezone=process.zone), user_name="Rita Reviewer"
    )
    if submitted:
        submit_assessment(assessment=assessment, user=organiser)
        reopen_assessment(assessment=assessment, user=organiser, reason="A typing error")
        submit_assessment(assessment=assessment, user=organiser)
    return Assessment.objects.get(pk=assessment.pk)


def as_json(assessment: Assessment) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(archive_bytes(export_archive(assessment=assessment)))
    return found


def import_json(archive: dict[str, Any]) -> Assessment:
    return import_archive(archive=read_archive(json.dumps(archive).encode()))


def change(archive: dict[str, Any], path: str, value: Any) -> None:
    *parents, last = [int(part) if part.isdigit() else part for part in path.split("/")]
    target: Any = archive
    for part in parents:
        target = target[part]
    target[last] = value


def digested(archive: dict[str, Any]) -> dict[str, Any]:
    """The archive with every digest taken anew: what whoever changes a file does as well."""
    for result in archive["results"]:
        result["digest"] = stored_digest(result["document"])
    return archive
