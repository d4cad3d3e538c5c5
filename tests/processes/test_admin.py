"""The admin site shows processes and what belongs to them, and changes nothing."""

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from assessments.models import Answer, Assessment, FrozenResult, Invitation, Membership, Process, Report
from assessments.processes.services.invitations import invite
from assessments.rounds.services.submission import submit_assessment
from msgov.accounts.models import User
from tests import builders

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
SHOWN = [Process, Membership, Invitation, Assessment, FrozenResult, Report]


@pytest.fixture
def site_admin(settings: object, client_for: ClientFor) -> Client:
    settings.REQUIRE_ADMIN_MFA = False  # type: ignore[attr-defined]
    return client_for(builders.user(is_superuser=True, is_staff=True))


@pytest.fixture
def process() -> Process:
    ada = builders.user("ada@example.org")
    process = builders.process(organiser=ada, name="Forum")
    assessment = builders.assessment(process)
    builders.answer(assessment, "IT1a", 2, evidence_text="Words of an answer")
    submit_assessment(assessment=assessment, user=ada)
    invite(process=process, user=ada, email="bob@example.org", role="reviewer")
    report = Report.objects.create(kind="single", document={}, cache_key="k")
    report.assessments.add(assessment)
    return process


def test_answers_are_not_in_the_admin_site() -> None:
    assert not admin.site.is_registered(Answer)


@pytest.mark.parametrize("model", SHOWN)
def test_rows_can_be_looked_at_and_not_changed(model: type, site_admin: Client, process: Process) -> None:
    name = f"admin:assessments_{model._meta.model_name}"  # type: ignore[attr-defined]
    row = model.objects.first()  # type: ignore[attr-defined]
    page = reverse(f"{name}_change", args=[row.pk])
    before = list(model.objects.values())  # type: ignore[attr-defined]

    assert site_admin.get(reverse(f"{name}_changelist"), {"q": "forum"}).status_code == 200
    html = site_admin.get(page).content.decode()
    assert 'type="submit" value="Save"' not in html
    assert "Words of an answer" not in html
    assert site_admin.get(reverse(f"{name}_add")).status_code == 403
    assert site_admin.post(page, {"name": "x", "role": "organiser"}).status_code == 403
    assert site_admin.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
    assert list(model.objects.values()) == before  # type: ignore[attr-defined]


def test_the_hash_of_a_link_is_not_shown(site_admin: Client, process: Process) -> None:
    invitation = Invitation.objects.get()

    html = site_admin.get(reverse("admin:assessments_invitation_change", args=[invitation.pk])).content.decode()

    assert "bob@example.org" in html
    assert invitation.token_hash not in html


def test_staff_without_the_site_see_nothing(settings: object, client_for: ClientFor, process: Process) -> None:
    settings.REQUIRE_ADMIN_MFA = False  # type: ignore[attr-defined]
    client = client_for(builders.user(is_staff=True))

    assert client.get(reverse("admin:assessments_process_changelist")).status_code == 403
