"""Creating, editing and deleting a process."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pytest_django import DjangoCaptureOnCommitCallbacks

from assessments.exceptions import Conflict
from assessments.models import Answer, AnswerVersion, EvidenceFile, Process, Report
from assessments.processes.services.process import create_process, delete_process, edit_process, losses
from assessments.vocabulary import ReportKind
from tests import builders

pytestmark = pytest.mark.django_db


def test_create_process_makes_the_creator_organiser_of_five_groups() -> None:
    ada = builders.user()

    process = create_process(user=ada, fields={"name": "Forum", "resource": "the river"})

    assert (process.name, process.resource, process.created_by, process.version) == ("Forum", "the river", ada, 1)
    assert list(process.memberships.values_list("user", "role")) == [(ada.pk, "organiser")]
    assert [group.name for group in process.groups.all()] == [
        "Government",
        "Business",
        "Civil society",
        "Technical community",
        "Academia",
    ]


def test_create_process_refuses_fields_that_are_not_for_people() -> None:
    with pytest.raises(ValueError, match="is_example"):
        create_process(user=builders.user(), fields={"name": "Forum", "is_example": True})


def test_edit_process_raises_the_version() -> None:
    ada = builders.user()
    process = builders.process(organiser=ada, name="Old")

    edited = edit_process(process=process, user=ada, version=1, fields={"name": "New"})

    assert (edited.name, edited.version) == ("New", 2)


def test_edit_process_from_an_old_version_changes_nothing_and_shows_what_is_stored() -> None:
    ada = builders.user()
    process = builders.process(organiser=ada, name="Old")
    edit_process(process=process, user=ada, version=1, fields={"name": "Theirs"})

    with pytest.raises(Conflict) as caught:
        edit_process(process=process, user=ada, version=1, fields={"name": "Mine"})

    assert caught.value.current.name == "Theirs"
    assert Process.objects.get(pk=process.pk).name == "Theirs"


def test_edit_process_sent_twice_is_no_conflict() -> None:
    ada = builders.user()
    process = builders.process(organiser=ada)
    edit_process(process=process, user=ada, version=1, fields={"name": "Same"})

    assert edit_process(process=process, user=ada, version=1, fields={"name": "Same"}).version == 2


def test_delete_process_leaves_neither_rows_nor_history_nor_files(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    ada = builders.user()
    process = builders.process(organiser=ada)
    assessment = builders.assessment(process)
    response = assessment.responses.get()
    item = builders.answer(assessment, "IT1a", 2).item
    upload = EvidenceFile(response=response, item=item, name="a.pdf", size=1, sha256="0", content_type="x")
    upload.file.save("a.pdf", ContentFile(b"x"))
    other = builders.assessment(builders.process(organiser=ada))
    report = Report.objects.create(kind=ReportKind.COMPARISON, document={}, cache_key="k")
    report.file.save("r.pdf", ContentFile(b"x"))
    report.assessments.set([assessment, other])
    files = [upload.file.name, report.file.name]
    assert losses(process) == {
        "assessments": 1,
        "answers": 1,
        "files": 1,
        "waves": 0,
        "reports": 1,
        "members": 1,
    }

    with django_capture_on_commit_callbacks(execute=True):
        delete_process(process=process, user=ada)

    assert list(Process.objects.all()) == [other.process]
    assert (Report.objects.count(), Answer.objects.count(), AnswerVersion.objects.count()) == (0, 0, 0)
    assert [default_storage.exists(name) for name in files] == [False, False]


def test_delete_process_keeps_files_until_it_is_certain() -> None:
    ada = builders.user()
    process = builders.process(organiser=ada)
    assessment = builders.assessment(process)
    item = builders.answer(assessment, "IT1a", 2).item
    upload = EvidenceFile(
        response=assessment.responses.get(), item=item, name="a.pdf", size=1, sha256="0", content_type="x"
    )
    upload.file.save("a.pdf", ContentFile(b"x"))

    delete_process(process=process, user=ada)  # the test's transaction never ends

    assert default_storage.exists(upload.file.name)
