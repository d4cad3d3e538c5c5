"""Publishing for good: with consent, from public documents only, frozen; new versions, and withdrawal."""

import json

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from assessments.documents.record import RecordDocument
from assessments.documents.values import stored_digest
from assessments.exceptions import InvalidAnswer, NotAllowed
from assessments.models import Action, Assessment, GroupReply, PanelComment, PublicRecord, RecordVersion, Report
from assessments.processes.services.process import delete_process
from assessments.records.consent import consent_text
from assessments.records.reading import document_of
from assessments.records.services.publishing import publish, withdraw
from assessments.reports.jobs import run_report
from assessments.results.frozen import latest_panels
from assessments.rounds.services.submission import reopen_assessment, submit_assessment
from assessments.vocabulary import CommentState, Role, Visibility
from msgov.accounts import erasure
from msgov.accounts.models import User
from tests import builders
from tests.records.conftest import Publish

pytestmark = pytest.mark.django_db


def test_a_record_has_a_number_the_consent_and_what_was_frozen(
    submitted: Assessment, publishing: Publish, organiser: User
) -> None:
    version = publishing(submitted)
    year = version.published_at.year
    assert version.record.number == f"MSG-{year}-0001"
    assert (version.version, version.result_number) == (1, 1)
    assert (version.consent_name, version.consent_for) == ("Ada", "The board")
    assert version.consent_text == consent_text(submitted.process)
    assert "becomes public all the same" in version.consent_text
    assert stored_digest(version.document) == version.digest
    document = document_of(version)
    assert document.evidence.process.name == "Forum"
    assert document.about.licence.spdx == "CC-BY-4.0"
    fact = document.statement.fact("published")
    assert (fact.said, fact.number, fact.on) == ("yes", version.record.number, version.published_on.isoformat())
    assert submitted.process.visibility == Visibility.PRIVATE


def test_numbers_go_on_and_are_never_given_twice(
    submitted: Assessment, publishing: Publish, organiser: User, with_panel: Assessment
) -> None:
    first, second = publishing(submitted).record, publishing(with_panel).record
    assert [first.serial, second.serial] == [1, 2]
    withdraw(record=second, user=organiser, reason="A mistake")
    assert publishing(with_panel).record.serial == 3


def test_drafts_are_not_published(organiser: User) -> None:
    draft = builders.assessment(builders.process(organiser=organiser))
    with pytest.raises(NotAllowed, match="submitted"):
        publish(assessment=draft, user=organiser, on_behalf_of="X", result_number=1, language="en")


def test_what_was_not_seen_is_not_published(submitted: Assessment, publishing: Publish) -> None:
    with pytest.raises(NotAllowed, match="newer result"):
        publishing(submitted, result_number=2)
    with pytest.raises(InvalidAnswer):
        publishing(submitted, on_behalf_of="  ")
    assert not PublicRecord.objects.exists()


def test_the_operator_can_switch_it_off(submitted: Assessment, publishing: Publish, settings: Settings) -> None:
    settings.PUBLIC_RECORD = False
    with pytest.raises(NotAllowed, match="no public record"):
        publishing(submitted)


def test_the_licence_is_the_one_of_the_day(submitted: Assessment, publishing: Publish, settings: Settings) -> None:
    settings.PUBLIC_RECORD_LICENCE = "CC0-1.0"
    version = publishing(submitted)
    settings.PUBLIC_RECORD_LICENCE = "CC-BY-4.0"
    assert document_of(version).about.licence.spdx == "CC0-1.0"


def test_only_public_numbers_and_public_actions_are_published(with_panel: Assessment, publishing: Publish) -> None:
    wave = with_panel.waves.get()
    PanelComment.objects.create(wave=wave, attribute="CR", text="SECRET-COMMENT", state=CommentState.SHOWN)
    Action.objects.create(assessment=with_panel, text="Told to all", is_public=True)
    Action.objects.create(assessment=with_panel, text="SECRET-ACTION", is_public=False)
    version = publishing(with_panel)
    document = document_of(version)
    assert document.joint is not None
    assert document.joint.panel == latest_panels([with_panel])[with_panel.pk]
    assert document.joint.panel.version == "public"
    assert [action.text for action in document.board.actions] == ["Told to all"]
    stored = json.dumps(version.document)
    assert "SECRET" not in stored
    restricted = wave.snapshots.get().document
    assert all(item["cells"] is None for item in version.document["joint"]["panel"]["items"])
    assert any(item["cells"] for item in restricted["items"])


def test_a_document_that_is_not_public_cannot_be_made(with_panel: Assessment, publishing: Publish) -> None:
    raw = publishing(with_panel).document
    raw["joint"]["panel"] = with_panel.waves.get().snapshots.get().document
    with pytest.raises(ValueError, match="never published"):
        RecordDocument.model_validate(raw)
    hidden = Action(text="Hidden", is_public=False)
    raw = publishing_again(with_panel, hidden)
    with pytest.raises(ValueError, match="public actions"):
        RecordDocument.model_validate(raw)


def publishing_again(assessment: Assessment, action: Action) -> dict[str, object]:
    raw = RecordVersion.objects.get(record__assessment=assessment).document
    raw["board"]["actions"] = [{"item": "", "text": action.text, "owner": "", "due": "", "is_public": action.is_public}]
    return dict(raw)


def test_what_is_published_does_not_change_with_the_process(
    record: PublicRecord, submitted: Assessment, organiser: User
) -> None:
    version = record.versions.get()
    before = document_of(version)
    submitted.process.name = "Renamed"
    submitted.process.save()
    reopen_assessment(assessment=submitted, user=organiser, reason="A mistake")
    assert document_of(version) == before
    record.refresh_from_db()
    assert record.name == "Forum"


def test_a_newer_result_becomes_a_version_and_nothing_new_does_not(
    record: PublicRecord, submitted: Assessment, organiser: User, publishing: Publish
) -> None:
    with pytest.raises(NotAllowed, match="Nothing has changed"):
        publishing(submitted)
    reopen_assessment(assessment=submitted, user=organiser, reason="A mistake")
    submitted.refresh_from_db()
    with pytest.raises(NotAllowed, match="submitted"):
        publishing(submitted)
    builders.answer(submitted, "IT1a", 3)
    submit_assessment(assessment=submitted, user=organiser)
    submitted.refresh_from_db()
    version = publishing(submitted)
    assert (version.record, version.version, version.result_number) == (record, 2, 2)
    assert record.versions.get(version=1).digest != version.digest


def test_an_action_that_was_done_since_makes_a_new_version(
    record: PublicRecord, submitted: Assessment, publishing: Publish
) -> None:
    Action.objects.create(assessment=submitted, text="Done", is_public=True)
    assert publishing(submitted).version == 2


def test_another_round_is_another_record_and_is_looked_back_to_only_if_published(
    submitted: Assessment, organiser: User, publishing: Publish
) -> None:
    second = builders.assessment(submitted.process)
    builders.answer(second, "CR1a", 3)
    submit_assessment(assessment=second, user=organiser)
    second.refresh_from_db()
    alone = publishing(second)
    assert document_of(alone).last is None
    publishing(submitted)
    again = publishing(second)
    last = document_of(again).last
    assert last is not None
    assert (last.round, again.record, again.version) == (1, alone.record, 2)


def test_withdrawing_takes_the_data_and_leaves_what_it_was(
    record: PublicRecord, organiser: User, django_capture_on_commit_callbacks: object
) -> None:
    version = record.versions.get()
    assert version.report_id is not None
    run_report(version.report_id)
    report = Report.objects.get(pk=version.report_id)
    name = report.file.name
    assert name
    GroupReply.objects.create(record=record, group="Business", text="We differ", filed_by="B")
    with pytest.raises(InvalidAnswer):
        withdraw(record=record, user=organiser, reason=" ")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        withdraw(record=record, user=organiser, reason="Named somebody")
    record.refresh_from_db()
    version.refresh_from_db()
    assert record.is_withdrawn
    assert (record.withdrawn_by_name, record.withdrawn_reason) == ("Ada", "Named somebody")
    assert (version.document, version.figures, version.report_id) == ({}, [], None)
    assert version.about["name"] == "Forum"
    assert not Report.objects.filter(pk=report.pk).exists()
    assert not default_storage.exists(name)
    assert record.replies.get().text == "We differ"
    with pytest.raises(NotAllowed):
        withdraw(record=record, user=organiser, reason="Again")


def test_a_record_outlives_its_process_and_the_account_of_who_agreed(
    record: PublicRecord, submitted: Assessment, organiser: User
) -> None:
    builders.member(submitted.process, builders.user(), Role.ORGANISER)
    erasure.erase(user=organiser, by=organiser)
    version = record.versions.get()
    assert (version.consent_by, version.consent_name) == (None, "Ada")
    report = version.report
    assert report is not None
    run_report(report.pk)
    delete_process(process=submitted.process, user=builders.user())
    record.refresh_from_db()
    assert record.assessment is None
    assert document_of(record.versions.get()).evidence.process.name == "Forum"
    report.refresh_from_db()
    assert report.file.storage.exists(report.file.name or "")


def test_whoever_deletes_a_process_is_told_what_stays(
    record: PublicRecord, submitted: Assessment, organiser: User, client: Client
) -> None:
    client.force_login(organiser)
    html = client.get(reverse("assessments:process-delete", args=[submitted.process.code])).content.decode()
    assert "What is in the public record stays there" in html
    assert f'href="/records/{record.number}/"' in html


def test_two_who_publish_at_once_get_one_record(submitted: Assessment, publishing: Publish) -> None:
    publishing(submitted)
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicRecord.objects.create(number="MSG-2020-0001", year=2020, serial=1, assessment=submitted, name="X")
