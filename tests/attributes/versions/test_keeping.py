"""What was answered on a version stays as it was: readable, answerable, and the same to the byte."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from assessments.exceptions import NotAllowed
from assessments.models import Assessment
from assessments.reports.content import result_of
from assessments.reports.html import render_html
from assessments.rounds.services.start import start_assessment
from assessments.rounds.services.submission import submit_assessment
from attributes.catalogue import published
from attributes.editor.services import drafts
from attributes.memory import MemoryCache
from attributes.models import Draft, QuestionSet
from attributes.versions.services import publishing
from msgov.accounts.models import User
from tests import builders
from tests.builders.editor import note
from tests.builders.papers import paper

pytestmark = pytest.mark.slow

Publish = Callable[[Draft, User, User], QuestionSet]


def next_version(base: QuestionSet, ada: User, ben: User, publish: Publish) -> QuestionSet:
    """A version in which everything that a report might show is different."""
    draft = drafts.start_draft(user=ada, base=base)

    def edit(content: dict[str, object]) -> None:
        _shout(content)

    drafts.change(draft=draft, user=ada, edit=edit, target="set", summary="All")
    note(draft, ada)
    draft.refresh_from_db()
    return publish(draft, ada, ben)


def _shout(value: object) -> None:
    """Change every text; keys and codes stay."""
    if isinstance(value, dict):
        for key, entry in value.items():
            if isinstance(entry, dict) and set(entry) == {"en"}:
                entry["en"] = entry["en"] + " (in other words)"
            elif key != "source":
                _shout(entry)
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            if isinstance(entry, dict) and set(entry) == {"en"}:
                value[index] = {"en": entry["en"] + " (in other words)"}
            else:
                _shout(entry)


@pytest.fixture
def organiser(db: None) -> User:
    return builders.user()


@pytest.fixture
def submitted(organiser: User) -> Assessment:
    found = builders.assessment(builders.process(organiser=organiser))
    for number, code in enumerate(("IT1a", "IT4a", "CR1a", "CR1b", "ED1a", "CO1a")):
        if code in builders.items().items:
            builders.answer(found, code, number % 4)
    submit_assessment(assessment=found, user=organiser)
    found.refresh_from_db()
    return found


def html_of(assessment: Assessment) -> str:
    fresh = Assessment.objects.get(pk=assessment.pk)
    return render_html(paper(result_of(fresh)), "en")


def test_report_is_the_same_to_the_byte_after_the_next_version_and_after_retiring(
    submitted: Assessment, ada: User, ben: User, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = submitted.question_set
    html = html_of(submitted)  # of which the same PDF is drawn, to the byte (tests/reports/test_render.py)
    newer = next_version(base, ada, ben, publish)
    assert newer.version == "2.0.0"
    assert html_of(submitted) == html
    publishing.retire_version(question_set=base, user=ada)
    monkeypatch.setattr(published, "_cache", MemoryCache(published.MAX_CACHED))
    cache.clear()
    assert html_of(submitted) == html
    call_command("check_results")  # computes the frozen result once more from answers and version


def test_draft_on_a_retired_version_can_be_answered_submitted_and_rendered(
    organiser: User, client_for: Callable[[User], Client], ada: User
) -> None:
    assessment = builders.assessment(builders.process(organiser=organiser))
    publishing.retire_version(question_set=assessment.question_set, user=ada)
    client = client_for(organiser)
    address = f"/assessments/{assessment.code}/questions/IT1/"
    assert client.get(address).status_code == 200
    builders.answer(assessment, "IT1a", 2)
    assessment.refresh_from_db()
    submit_assessment(assessment=assessment, user=organiser)
    assert "Affected people can take part" in html_of(assessment)
    assert client.get(f"/assessments/{assessment.code}/results/").status_code == 200


def test_no_new_assessment_starts_on_a_retired_version(organiser: User, ada: User) -> None:
    version = builders.question_set()
    publishing.retire_version(question_set=version, user=ada)
    version.refresh_from_db()
    process = builders.process(organiser=organiser)
    with pytest.raises(NotAllowed, match="not open for new assessments"):
        start_assessment(process=process, user=organiser, question_set=version)
    with pytest.raises(NotAllowed, match="No question set has been published"):
        start_assessment(process=process, user=organiser)
