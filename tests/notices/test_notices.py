"""Members are told by mail what happened in their process: who, what of it, and within the limits."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse, set_script_prefix
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from assessments.models import Assessment, FrozenResult, PanelComment
from assessments.models.mail import MailsQueued
from assessments.panels.services.closing import close_and_freeze
from assessments.processes.services.members import change_role
from assessments.records.services.publishing import publish
from assessments.records.services.replies import file_reply, invite_group
from assessments.rounds.services.submission import reopen_assessment, submit_assessment
from assessments.signals import assessment_submitted
from assessments.vocabulary import Role
from msgov.accounts.models import User
from tests import builders
from tests.builders.panels import open_wave, reader_of

pytestmark = pytest.mark.django_db
Run = Callable[..., None]


@pytest.fixture
def run(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Run:
    def doing(act: Callable[..., Any], **arguments: Any) -> None:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act(**arguments)

    return doing


@pytest.fixture(autouse=True)
def no_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody draws a report of what is submitted here: that takes longer than everything else."""
    monkeypatch.setattr(assessment_submitted, "receivers", [])
    assessment_submitted.sender_receivers_cache.clear()


@pytest.fixture
def organiser() -> User:
    return builders.user("ada@example.org", name="Ada")


@pytest.fixture
def assessment(organiser: User) -> Assessment:
    found = builders.assessment(builders.process(organiser=organiser, name="Forum"))
    builders.answer(found, "CR1a", 2)
    builders.member(found.process, builders.user("rui@example.org", name="Rui"), Role.REVIEWER)
    builders.member(found.process, builders.user("gone@example.org", is_active=False), Role.REVIEWER)
    return found


def told() -> dict[str, str]:
    """The mails about what happened, by whom they went to."""
    return {message.to[0]: str(message.body) for message in mail.outbox}


def test_members_are_told_of_submission_and_reopening_with_the_reason_and_why_they_get_it(
    run: Run, assessment: Assessment, organiser: User
) -> None:
    run(submit_assessment, assessment=assessment, user=organiser)

    assert list(told()) == ["rui@example.org"]  # not who did it, and nobody who cannot sign in
    assert "Ada submitted round 1 of the assessment of “Forum”." in told()["rui@example.org"]
    why = "because you belong to “Forum” on this site, as: Reader and comment moderator."
    assert why in told()["rui@example.org"]
    run(reopen_assessment, assessment=assessment, user=organiser, reason="A figure was wrong.")
    assert "A figure was wrong." in told()["rui@example.org"]
    assert MailsQueued.objects.filter(user=organiser).count() == 2


def test_link_in_a_notice_leads_to_the_site_as_it_was_reached(
    client: Client, run: Run, assessment: Assessment, organiser: User
) -> None:
    client.force_login(organiser)
    run(client.post, path=reverse("assessments:assessment-submit", args=[assessment.code]))

    assert f"http://testserver/assessments/{assessment.code}/results/" in told()["rui@example.org"]


def test_beyond_the_limit_nobody_is_told_and_what_was_done_is_done(
    run: Run, assessment: Assessment, organiser: User, settings: Settings
) -> None:
    settings.MAILS_A_DAY = 0
    run(submit_assessment, assessment=assessment, user=organiser)

    assert not mail.outbox
    assert FrozenResult.objects.exists()


def test_the_person_and_the_organisers_are_told_of_another_role(
    run: Run, assessment: Assessment, organiser: User
) -> None:
    other = builders.user("olu@example.org")
    builders.member(assessment.process, other, Role.ORGANISER)
    membership = assessment.process.memberships.get(user__email="rui@example.org")

    run(change_role, membership=membership, role=Role.CONTRIBUTOR, user=organiser)

    assert sorted(told()) == ["olu@example.org", "rui@example.org"]
    sentence = "Ada changed the role of Rui in “Forum”: it was “Reader and comment moderator” and is “Contributor” now."
    assert sentence in told()["olu@example.org"]


def test_a_wave_that_closes_by_date_is_told_to_organisers_and_its_comments_to_who_decides_on_them(
    run: Run, assessment: Assessment, organiser: User
) -> None:
    wave = open_wave(["Government"], assessment=assessment, organiser=organiser)
    PanelComment.objects.create(wave=wave, attribute="CR", text="Listen more.")

    run(close_and_freeze, wave=wave)

    assert "What the groups said has been counted." in told()["ada@example.org"]
    assert "None of them is shown to anybody before you have read it" in told()["rui@example.org"]
    assert list(MailsQueued.objects.values_list("user", "number")) == [(None, 1), (None, 1)]


def test_organisers_and_readers_of_comments_are_told_of_a_reply_on_the_record(
    run: Run, assessment: Assessment, organiser: User
) -> None:
    submit_assessment(assessment=assessment, user=organiser)
    assessment.process.groups.create(name="Business")
    wave = open_wave(["Government"], assessment=assessment, organiser=organiser)
    reader = reader_of(wave, builders.user("rita@example.org"))
    record = publish(
        assessment=assessment, user=organiser, on_behalf_of="The board", result_number=1, language="en"
    ).record
    invitation, _token = invite_group(
        record=record, user=organiser, group="Business", email="a@example.org", groups=["Business"]
    )
    run(file_reply, invitation=invitation, text="We see it otherwise.", filed_by="B", capacity="")
    assert {"ada@example.org", reader.email} <= set(told())
    assert f"A stakeholder group has replied to {record.number}" in told()["ada@example.org"]
    # What was written is on the record and in no mail.
    assert "otherwise" not in told()["ada@example.org"]


def test_organisers_can_do_without_mails_on_panels_and_read_in_them_where(
    client: Client, run: Run, assessment: Assessment, organiser: User, settings: Settings
) -> None:
    settings.SITE_ADDRESS = "https://msgov.example.org"
    other = builders.user("olu@example.org")
    builders.member(assessment.process, other, Role.ORGANISER)
    client.force_login(other)
    client.post(reverse("assessments:own-actions-mails"), {"wants_mail": "on"})
    wave = open_wave(["Government"], assessment=assessment, organiser=organiser)
    PanelComment.objects.create(wave=wave, attribute="CR", text="Listen more.")
    run(close_and_freeze, wave=wave)
    # Who decides on comments is told of them as before.
    assert sorted(told()) == ["ada@example.org", "rui@example.org"]
    stop = f"You can stop these mails here: https://msgov.example.org{reverse('assessments:own-actions')}#mails"
    assert stop in " ".join(told()["ada@example.org"].split())
    assert "You can stop" not in told()["rui@example.org"]


def test_what_happens_by_date_leads_to_the_site_by_its_settings(
    run: Run, assessment: Assessment, organiser: User, settings: Settings
) -> None:
    settings.SITE_ADDRESS, settings.BASE_PATH = "https://example.org/gov", "/gov"
    wave = open_wave(["Government"], assessment=assessment, organiser=organiser)
    set_script_prefix("/gov/")
    try:
        run(close_and_freeze, wave=wave)
    finally:
        set_script_prefix("/")
    assert f"https://example.org/gov/assessments/{assessment.code}/panel/" in told()["ada@example.org"]
