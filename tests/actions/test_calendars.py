"""Calendars: files that programs can read (RFC 5545), and the secret address they are read from."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from assessments.actions.calendar_file import CalendarDay, calendar_file, escaped, folded
from assessments.actions.services import mailings
from assessments.models import Action, ActionMailing, Assessment, QuestionAssignment
from msgov.accounts.models import User
from msgov.accounts.own_data import data_of
from tests import builders
from tests.builders.panels import open_wave

NOW = datetime(2026, 11, 30, 3, 4, 5, tzinfo=UTC)


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_file_has_the_lines_that_programs_want() -> None:
    day = CalendarDay("action-x@msgov", date(2026, 12, 31), "Ask", "Who: Ann\nHow", "https://example.org/a/#x")
    text = calendar_file("Forum; all", [day], NOW)
    assert text.endswith("END:VCALENDAR\r\n")
    lines = unfolded(text)
    assert lines[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//msgov//msgov//EN"]
    assert "X-WR-CALNAME:Forum\\; all" in lines
    assert "DTSTAMP:20261130T030405Z" in lines
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines
    assert "DESCRIPTION:Who: Ann\\nHow" in lines
    assert "URL:https://example.org/a/#x" in lines
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1


def test_no_text_can_add_a_line_of_its_own() -> None:
    assert escaped("a\r\nEND:VEVENT") == "a\\nEND:VEVENT"
    assert escaped("a\rb\x00c\\;,") == "a\\nbc\\\\\\;\\,"
    day = CalendarDay("u", date(2026, 1, 1), "x\r\nATTENDEE:mailto:a@b", "", "")
    assert not any(line.startswith("ATTENDEE") for line in unfolded(calendar_file("n\nEND:VCALENDAR", [day], NOW)))


@pytest.mark.parametrize("text", ["a" * 75, "a" * 76, "a" * 300, "é" * 80, "会" * 60, "👩‍🌾" * 30, ""])
def test_lines_are_folded_at_75_octets_and_no_letter_is_divided(text: str) -> None:
    parts = list(folded(text))
    assert all(len(part.encode()) <= 75 for part in parts)
    assert all(part.startswith(" ") for part in parts[1:])
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == text


@pytest.fixture
def due(round_one: Assessment) -> Action:
    return Action.objects.create(assessment=round_one, text="Ask, then wait", owner="Ann", due=date(2026, 12, 31))


def test_address_is_secret_renewed_and_stopped(due: Action, organiser: User, own: Client, client: Client) -> None:
    page = reverse("assessments:own-actions")
    assert ".ics" not in own.get(page).text
    renew = reverse("assessments:own-actions-calendar")
    own.post(renew, {"do": "renew"})
    first = mailings.secret_of(ActionMailing.objects.get())
    address = reverse("assessments:own-calendar", args=[first])
    assert address in own.get(page).text
    # Programs that read calendars do not sign in.
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "SUMMARY:Ask\\, then wait" in unfolded(answer.text)
    own.post(renew, {"do": "renew"})
    assert client.get(address).status_code == 404
    second = reverse("assessments:own-calendar", args=[mailings.secret_of(ActionMailing.objects.get())])
    assert client.get(second).status_code == 200
    User.objects.update(is_active=False)
    assert client.get(second).status_code == 404
    User.objects.update(is_active=True)
    own.post(renew, {"do": "stop"})
    assert client.get(second).status_code == 404
    assert mailings.secret_of(mailings.mailing_of(organiser)) == ""


@pytest.mark.django_db
def test_what_the_database_has_of_a_secret_opens_nothing(organiser: User, client: Client) -> None:
    code = mailings.renew_calendar(user=organiser).calendar
    for guess in (code, f"{code}-", f"{code}-{'0' * 32}", "-", "none"):
        assert client.get(reverse("assessments:own-calendar", args=[guess])).status_code == 404
    assert "calendar" not in data_of(organiser)["assessments.ActionMailing"][0]


def test_calendar_has_what_its_person_may_read_and_no_more(
    due: Action, round_one: Assessment, client_for: Callable[[User], Client], organiser: User
) -> None:
    process = round_one.process
    later = builders.assessment(process)
    Action.objects.create(assessment=later, text="Of a draft", due=date(2027, 1, 1))
    Action.objects.create(assessment=round_one, text="Closed", due=date(2026, 1, 1), state="done")
    Action.objects.create(assessment=round_one, text="Some day")
    open_wave(assessment=later)
    reviewer = builders.user("rui@example.org")
    builders.member(process, reviewer, "reviewer")
    stranger = builders.user("sam@example.org")
    found = {}
    for person in (organiser, reviewer, stranger):
        mailings.renew_calendar(user=person)
        secret = mailings.secret_of(mailings.mailing_of(person))
        text = Client().get(reverse("assessments:own-calendar", args=[secret])).text
        found[person.email] = [line[8:] for line in unfolded(text) if line.startswith("SUMMARY:")]
    panel = "Last day of the panel: Forum"
    assert found == {
        "ada@example.org": ["Ask\\, then wait", "Of a draft", panel],
        "rui@example.org": ["Ask\\, then wait", panel],
        "sam@example.org": [],
    }
    file = client_for(reviewer).get(reverse("assessments:process-calendar", args=[process.code]))
    assert "attachment" in file.headers["Content-Disposition"]
    assert "Of a draft" not in file.text


def test_question_given_to_the_person_is_in_their_calendar(organiser: User, client: Client) -> None:
    draft = builders.assessment(builders.process(organiser=organiser))
    QuestionAssignment.objects.create(
        assessment=draft,
        question="IT1",
        member=draft.process.memberships.get(),
        due=timezone.localdate() + timedelta(days=3),
    )
    mailings.renew_calendar(user=organiser)
    secret = mailings.secret_of(mailings.mailing_of(organiser))
    text = client.get(reverse("assessments:own-calendar", args=[secret])).text
    assert "Question given to you: " in text


@pytest.mark.parametrize("count", [1, 7])
def test_calendar_takes_the_same_queries_however_much_is_due(
    count: int,
    round_one: Assessment,
    organiser: User,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(count):
        Action.objects.create(assessment=round_one, item="IT1a", due=date(2026, 12, 1) + timedelta(days=number))
    mailings.renew_calendar(user=organiser)
    address = reverse("assessments:own-calendar", args=[mailings.secret_of(mailings.mailing_of(organiser))])
    client.get(address)
    with django_assert_num_queries(4):
        client.get(address)
