"""Throwing away a draft that was begun by mistake."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from assessments.exceptions import NotAllowed
from assessments.models import Answer, Assessment, EvidenceFile
from assessments.panels.services.waves import prepare_wave
from assessments.rounds.services.discarding import discard_draft
from assessments.rounds.services.start import start_assessment
from assessments.rounds.services.submission import reopen_assessment, submit_assessment
from msgov.accounts.models import AuditEvent, User
from tests import builders
from tests.builders.panels import open_wave

pytestmark = pytest.mark.django_db


def test_a_draft_goes_with_all_that_is_in_it_once_it_was_confirmed(
    as_organiser: Client,
    assessment: Assessment,
    organiser: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    answer = builders.answer(assessment, "CR1a", 2, comment="Ours")
    file = EvidenceFile(response=answer.response, item=answer.item, name="charter.txt", size=1, sha256="0" * 64)
    file.store(ContentFile(b"c"))
    file.save()
    prepare_wave(assessment=assessment, user=organiser)
    where = reverse("assessments:assessment-discard", args=[assessment.code])

    assert where in as_organiser.get(reverse("assessments:assessment-hub", args=[assessment.code])).content.decode()
    page = as_organiser.get(where).content.decode()
    assert "1 answer and its history" in page
    assert "1 file given as evidence" in page
    assert "what was prepared for stakeholders" in page
    assert as_organiser.post(where).status_code == 422
    assert Answer.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        response = as_organiser.post(where, {"confirmed": "on"}, follow=True)

    assert "The draft of round 1 has been thrown away" in response.content.decode()
    assert not Assessment.objects.exists()
    assert not default_storage.exists(file.file.name)
    event = AuditEvent.objects.get(action="assessment.discarded")
    assert (event.actor, event.object_code) == (organiser, assessment.process.code)
    assert event.details == {
        "assessment": assessment.code, "round": 1, "answers": 1, "files": 1, "waves": 1, "reports": 0
    }  # fmt: skip
    assert start_assessment(process=assessment.process, user=organiser).round == 1


def test_nothing_answered_needs_no_tick(as_organiser: Client, assessment: Assessment) -> None:
    where = reverse("assessments:assessment-discard", args=[assessment.code])

    assert "Nothing has been answered in it" in as_organiser.get(where).content.decode()
    assert as_organiser.post(where).url == reverse("assessments:process-detail", args=[assessment.process.code])
    assert not Assessment.objects.exists()


def test_what_others_have_seen_or_answered_stays(as_organiser: Client, organiser: User) -> None:
    asked = open_wave(organiser=organiser).assessment
    submitted = builders.assessment(builders.process(organiser=organiser))
    builders.answer(submitted, "CR1a", 2)
    submit_assessment(assessment=submitted, user=organiser)
    reopen_assessment(assessment=submitted, user=organiser, reason="A mistake")

    for assessment, reason, is_linked in (
        (asked, "Stakeholders have been asked", True),
        (submitted, "has been submitted before", False),
    ):
        where = reverse("assessments:assessment-discard", args=[assessment.code])
        hub = reverse("assessments:assessment-hub", args=[assessment.code])
        assert (where in as_organiser.get(hub).content.decode()) is is_linked
        assert reason in as_organiser.get(where, follow=True).content.decode()
        assert reason in as_organiser.post(where, {"confirmed": "on"}, follow=True).content.decode()
        with pytest.raises(NotAllowed, match=reason):
            discard_draft(assessment=assessment, user=organiser)
    assert Assessment.objects.count() == 2
