"""Links are checked where the operator allows it, a few at a time, and what comes of it counts nowhere."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from assessments.models import Assessment, EvidenceEntry
from assessments.register import link_checks
from assessments.register.services import edit_entry
from assessments.results.build import build_document
from assessments.web_probe import Reached
from msgov.accounts.models import User
from tests import builders
from tests.builders.question_pages import address

pytestmark = pytest.mark.django_db

LINK = "https://example.org/charter"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> list[str]:
    settings.CHECK_LINKS = True
    found: list[str] = []

    def probe(address: str) -> Reached:
        found.append(address)
        return Reached.NOT_FOUND if "gone" in address else Reached.ANSWERED

    monkeypatch.setattr(link_checks, "probe", probe)
    return found


def entered(assessment: Assessment, line: str, **fields: Any) -> EvidenceEntry:
    entry = EvidenceEntry.of_line(line)
    entry.process = assessment.process
    entry.added_at = timezone.now() - timedelta(days=3)
    for name, value in fields.items():
        setattr(entry, name, value)
    entry.save()
    return entry


def test_nothing_is_asked_unless_the_operator_allows_it(
    assessment: Assessment, asked: list[str], settings: Settings
) -> None:
    settings.CHECK_LINKS = False
    entered(assessment, LINK)
    assert link_checks.check_links() == 0
    assert asked == []


def test_default_is_off() -> None:
    from django.conf import settings  # noqa: PLC0415 - as it is set for tests, where nothing sets it

    assert settings.CHECK_LINKS is False


def test_links_are_asked_once_a_month_those_never_asked_first_and_a_few_at_a_time(
    assessment: Assessment, asked: list[str]
) -> None:
    now = timezone.now()
    entered(assessment, "https://example.org/old", link_checked_at=now - timedelta(days=40))
    entered(assessment, "https://example.org/older", link_checked_at=now - timedelta(days=60))
    entered(assessment, "https://example.org/lately", link_checked_at=now - timedelta(days=2))
    entered(assessment, "https://example.org/never")
    entered(assessment, "https://example.org/half-typ", added_at=now)
    entered(assessment, "https://example.org/away", archived_at=now)
    entered(assessment, "Binder 3")
    assert link_checks.check_links(limit=2) == 2
    assert asked == ["https://example.org/never", "https://example.org/older"]
    output = StringIO()
    call_command("check_links", stdout=output)
    assert (output.getvalue().strip(), asked[2:]) == ("1", ["https://example.org/old"])
    assert link_checks.check_links() == 0


def test_what_came_of_it_is_shown_with_its_day_and_counts_nowhere(
    as_organiser: Client, assessment: Assessment, asked: list[str]
) -> None:
    gone = "https://example.org/gone"
    builders.answer(assessment, "IT1a", 3, evidence_text="Article 2 opens it to all.", evidence_links=gone)
    entered(assessment, gone)
    before = build_document(assessment).model_dump()
    link_checks.check_links()
    assert build_document(assessment).model_dump() == before
    words = "nothing was found at the address"
    for page in (
        address(assessment, "IT1"),
        reverse("assessments:register", args=[assessment.process.code]),
    ):
        html = as_organiser.get(page).content.decode()
        assert "checked by machine on" in html
        assert words in html


def test_new_address_is_not_what_was_checked(assessment: Assessment, organiser: User, asked: list[str]) -> None:
    entry = entered(assessment, LINK)
    link_checks.check_links()
    entry.refresh_from_db()
    assert entry.link_found == "answered"
    before = {"title": "", "day": None, "source": "", "note": "", "address": LINK}
    edit_entry(entry=entry, user=organiser, before=before, after={**before, "address": "https://example.org/2"})
    entry.refresh_from_db()
    assert (entry.link_found, entry.link_checked_at) == ("", None)
