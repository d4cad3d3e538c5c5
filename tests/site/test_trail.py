"""The audit trail in words."""

import csv
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.signals import process_event
from msgov.accounts import audit
from msgov.accounts.models import AuditEvent, User
from msgov.site.sentences import SENTENCES
from tests import builders
from tests.builders.accounts import confirmed

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]


def test_every_action_of_the_program_has_a_sentence() -> None:
    found = set()
    for folder in ("assessments", "attributes", "msgov"):
        for path in (ROOT / folder).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            found |= set(re.findall(r'(?:action=|record\(\s*)"([a-z_]+\.[a-z_]+)"', text))
    assert len(found) > 30
    assert found - set(SENTENCES) == set()


def test_events_are_told_in_words_and_found_by_process_person_and_kind(admin: Client) -> None:
    ana, bea = confirmed("ana@example.org", name="Ana"), confirmed("bea@example.org", name="Bea")
    one, two = builders.process(organiser=ana), builders.process(organiser=bea)
    round_one = builders.assessment(one)
    process_event.send(sender=None, action="process.edited", user=ana, obj=one)
    process_event.send(sender=None, action="assessment.submitted", user=ana, obj=round_one)
    process_event.send(sender=None, action="process.edited", user=bea, obj=two)

    def lines(query: str) -> list[str]:
        page = " ".join(re.sub("</?bdi>", "", admin.get(f"/site/trail/?{query}").content.decode()).split())
        return [" ".join(line.split()) for line in re.findall(r'<span class="line-name">(.*?)</span>', page)]

    assert lines(f"process={one.code}") == [
        "Ana: submitted an assessment",
        "Ana: changed the description of a process",
    ]
    assert lines("person=bea@") == ["Bea: changed the description of a process"]
    assert lines("action=assessment.submitted") == ["Ana: submitted an assessment"]
    assert lines(f"process={two.code}&action=assessment.submitted") == []


def test_the_trail_is_a_file_without_formulas(admin: Client, root: User) -> None:
    confirmed("ana@example.org", name="=HYPERLINK()")
    audit.record("process.edited", user=User.objects.get(email="ana@example.org"))
    text = b"".join(admin.post("/site/trail.csv", {"action": "process.edited"}).streaming_content).decode("utf-8-sig")
    header, row = csv.reader(text.splitlines())
    assert header[:4] == ["at", "action", "what", "actor"]
    assert row[1:4] == ["process.edited", "changed the description of a process", "'=HYPERLINK()"]
    assert AuditEvent.objects.get(action="trail.downloaded").actor == root


def test_whoever_was_deleted_is_a_number(admin: Client) -> None:
    ana = confirmed("ana@example.org")
    audit.record("process.edited", user=ana)
    number = ana.pk
    ana.delete()
    assert f"Account {number} (deleted)" in admin.get("/site/trail/").content.decode()


def test_details_and_people_are_told_in_words(admin: Client, root: User) -> None:
    bea = confirmed("bea@example.org", name="Bea")
    admin.post(f"/site/people/{bea.pk}/", {"is_active": "on", "is_question_set_admin": "on"})
    page = " ".join(admin.get("/site/trail/?action=account.flags_changed&person=bea@").content.decode().split())
    assert f'<a href="/site/people/{bea.pk}/"><bdi>Bea</bdi></a> · question set administrator: yes' in page
    assert '<span class="line-name"><bdi>Rut</bdi>: roles on the site were changed</span>' in page


def test_a_page_of_the_trail_asks_for_all_people_at_once(admin: Client) -> None:
    admin.get("/site/trail/")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert admin.get("/site/trail/").status_code == 200
        return len(asked)

    audit.record("account.created", obj=confirmed("ana@example.org"))
    few = queries()
    for number in range(8):
        audit.record("account.created", obj=confirmed(f"person-{number}@example.org"))
    assert queries() == few
