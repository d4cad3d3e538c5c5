"""Year two takes less than a working day: what there is to press, and about how many minutes it takes."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Answer, Assessment, EvidenceEntry, Wave
from assessments.rounds.estimates import minutes_for, minutes_for_next
from assessments.rounds.services.submission import submit_assessment
from assessments.vocabulary import AssessmentState
from attributes.catalogue.types import CatalogueItem
from msgov.accounts.models import User
from tests import builders
from tests.builders.panels import in_days, prepared
from tests.builders.question_pages import address, form_of
from tests.forms_in_pages import PageForm

pytestmark = pytest.mark.django_db

DOCUMENTS = 15  # the demonstration has fewer
WORKING_DAY = 8 * 60
MOST_PRESSES = 130


class _Presses:
    """Somebody at the screen: every choice, and every button or link that leads on, is one press."""

    def __init__(self, client: Client) -> None:
        self.client, self.presses, self.sentences = client, 0, 0

    def choose(self, form: PageForm, name: str, value: str) -> None:
        form.fields[name] = value
        self.presses += 1

    def send(self, where: str, fields: dict[str, Any]) -> str:
        self.presses += 1
        response = self.client.post(where, fields)
        assert response.status_code == 302, where
        return str(response.headers["Location"])


def _answer(form: PageForm, html: str, item: CatalogueItem, who: _Presses, document: str) -> None:
    """Choose in every group of radio buttons of an item, name the document of the register and say in a sentence what
    shows it."""
    names = dict.fromkeys(re.findall(rf'name="({item.code}-(?:answer|[a-z0-9_]+-(?:state|pair)))"', html))
    for name in names:
        values = re.findall(rf'name="{name}"\s+value="([^"]+)"', html)
        if values:  # an open text has none
            who.choose(form, name, values[0])
    if f"{item.code}-entry" in form.fields and item.scored:
        who.choose(form, f"{item.code}-entry", document)
        form.fields[f"{item.code}-evidence"] = "The document says so on its first page."
        who.sentences += 1


@pytest.fixture
def before(organiser: User) -> Assessment:
    """A first round with a closed wave and a register of documents."""
    wave = prepared(organiser)
    wave.groups.update(invited=40)
    Wave.objects.filter(pk=wave.pk).update(state="closed", asks_comments=False)
    assessment: Assessment = wave.assessment
    for number in range(DOCUMENTS):
        entry = EvidenceEntry.of_line(f"https://example.org/{number}")
        entry.process, entry.added_at = assessment.process, timezone.now() - timedelta(days=300)
        entry.save()
    builders.answer(assessment, "IT1a", 2)
    submit_assessment(assessment=assessment, user=organiser)
    return assessment


def _scored() -> list[int]:
    return [item.pk for item in builders.items().items.values() if item.scored]


def test_second_year_takes_less_than_a_working_day(as_organiser: Client, before: Assessment) -> None:
    who = _Presses(as_organiser)
    process = before.process.code
    who.presses += 1  # “Start the next round” on the page of the process
    hub = who.send(reverse("assessments:assessment-start", args=[process]), {"title": "Year two"})
    second = Assessment.objects.get(process=before.process, round=2)
    who.presses += 1  # “Confirm the documents”
    for entry in EvidenceEntry.objects.filter(process=before.process):
        sent = {"entry": entry.code, "says": "true"}
        who.send(reverse("assessments:register-still-true", args=[process]), sent)
    who.presses += 2  # “Go on to the questions”, and the first of them
    for question in builders.items().questions:
        form = form_of(as_organiser, second, question.code)
        html = as_organiser.get(address(second, question.code)).content.decode()
        for item in question.items:
            _answer(form, html, item, who, "https://example.org/1")
        # Asked for again where words are missing, and gone on without.
        form.fields["action"] = "onward"
        who.send(reverse("assessments:question", args=[second.code, question.code]), form.fields)
    who.presses += 2  # the panel, and back
    panel = reverse("assessments:panel-prepare", args=[second.code])
    who.send(panel, {"as_before": "1"})
    wave = Wave.objects.get(assessment=second)
    Wave.objects.filter(pk=wave.pk).update(closes_on=in_days(14))
    who.presses += 4  # the closing date, saved; launching, and yes
    who.presses += 1
    who.send(reverse("assessments:assessment-submit", args=[second.code]), {"set": second.question_set.version})
    second.refresh_from_db()
    assert second.state == AssessmentState.SUBMITTED
    assert hub.endswith(f"/{second.code}/")
    asked = sum(item.scored for item in builders.items().items.values())
    answers = Answer.objects.filter(response__assessment=second, item__in=_scored(), state="answered")
    assert answers.count() == asked
    minutes = minutes_for_next(asked, DOCUMENTS)
    assert who.sentences == asked
    # Not by leaving out what is asked that it is little.
    assert 100 < who.presses <= MOST_PRESSES, who.presses
    assert minutes <= minutes_for(asked) <= WORKING_DAY / 2, minutes
