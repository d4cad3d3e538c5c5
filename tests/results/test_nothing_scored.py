"""Pages of what was submitted are drawn from frozen documents: looking at them scores nothing."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from assessments import scoring
from assessments.models import Assessment
from assessments.models.panel import Wave
from assessments.results.build import build_document
from assessments.rounds.services.submission import submit_assessment
from assessments.vocabulary import Visibility
from tests import builders
from tests.builders import panels
from tests.builders.processes import opening

pytestmark = pytest.mark.django_db

SHOWN = {
    "evidence_text": "The minutes say who agreed.",
    "evidence_links": "https://example.org/minutes",
    "evidence_source": "groups",
}
SCORING = str(Path(scoring.__file__).parent)


@contextmanager
def scored() -> Iterator[set[str]]:
    """The functions of the scoring that give scores and are called meanwhile, by name."""
    found = set()

    def note(frame: FrameType, event: str, argument: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_name.startswith("score") and code.co_filename.startswith(SCORING):
            found.add(code.co_name)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield found
    finally:
        sys.setprofile(before)


def submitted(wave: Wave) -> Assessment:
    """The assessment of a closed wave, submitted, and its results open to everyone."""
    assessment = wave.assessment
    for code, level in (("CR1a", 3), ("CR1b", 2), ("CR1c", 0)):
        opening(builders.answer(assessment, code, level, **SHOWN))
    submit_assessment(assessment=assessment, user=wave.created_by)
    assessment.process.visibility = Visibility.PUBLIC
    assessment.process.save()
    assessment.refresh_from_db()
    return assessment


@pytest.mark.parametrize("name", ["assessment-results", "disagreement"])
def test_nothing_is_scored_to_show_what_was_submitted(client: Client, name: str) -> None:
    wave = panels.closed_wave()
    address = reverse(f"assessments:{name}", args=[submitted(wave).code])
    client.force_login(wave.created_by)
    with scored() as found:
        response = client.get(address)
    assert "possible blind spot" in response.content.decode()
    assert found == set()


def test_nothing_is_scored_to_compare_what_was_submitted(client: Client) -> None:
    wave, other = panels.closed_wave(), panels.closed_wave()
    codes = [submitted(wave).code, submitted(other).code]
    client.force_login(wave.created_by)
    with scored() as found:
        response = client.get(reverse("assessments:compare-show") + "?" + urlencode({"code": codes}, doseq=True))
    assert response.context["page"].count == 2
    assert "Groups say 59, 90 % range 53 to 65." in response.content.decode()
    assert found == set()


def test_a_draft_is_scored_when_it_is_looked_at() -> None:
    assessment = builders.assessment(builders.process())
    with scored() as found:
        build_document(assessment)
    assert "score_evidence" in found
