"""How many files one answer walks through, from the page it is given on to the pages it is read on.

Whoever changes what an answer counts as has to read these files. Counted are the files of the two applications in
which a function is called; what a module does when it is imported is not part of a walk.
"""

import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from assessments.models import Assessment, Report
from assessments.models.panel import Wave
from assessments.panels.services.closing import close_and_freeze
from assessments.reports.html import document_of, render_html
from assessments.rounds.services.submission import submit_assessment
from assessments.scoring.method import THRESHOLD
from assessments.vocabulary import AssessmentState
from assessments.zones import site_time_zone, zone_named
from attributes.catalogue.published import catalogue_of
from msgov.accounts.models import User
from tests import builders
from tests.builders import question_pages, respondents
from tests.builders.panels import launched

# Which files are walked through is the same on every database.
pytestmark = [pytest.mark.django_db, pytest.mark.alike]

ROOT = Path(__file__).parents[2]
APPLICATIONS = ("assessments", "attributes")
GROUPS = ("Government", "Business")
# What they are now. With method 1.0 it was 35 and 40; more rules (what is shown, chance, ranges, what follows from what
# is public), two kinds of paper, promises, a second rating, a review and the languages of respondents made it 77 and
# 71. What comes to nothing is not entered any more: one question tells a submission whether anybody rates or reviews,
# a report whether anything was promised, a panel whether anybody wrote a comment; a first round looks for no round
# before. And what documents say stands in the room that makes sentences of documents.
ANSWER_LIMIT = 51
RESPONDENT_LIMIT = 53


# Rooms that are entered by one door and read by themselves: they make sentences and pictures of a document.
DOORS = ("assessments/headlines/", "assessments/pictures/", "assessments/statement/")


def _door(path: str) -> str:
    """The file, or of a room with one door its door."""
    return next((f"{room}__init__.py" for room in DOORS if path.startswith(room)), path)


class RecordedWalk:
    """The files in which a function was called, by the leg of the way on which it was."""

    def __init__(self) -> None:
        # What loads only once may not depend on which test comes first.
        assert get_resolver().url_patterns
        assert zone_named(site_time_zone())
        # The parts of pages that are kept are drawn.
        assert Client().get("/").status_code == 200
        self.legs: dict[str, set[str]] = {}

    @contextmanager
    def leg(self, name: str) -> Iterator[None]:
        """Note the files that are entered meanwhile."""
        found = self.legs.setdefault(name, set())
        codes = set()

        def note(frame: FrameType, event: str, argument: object) -> None:
            # The bodies of modules and classes have names of their own, those of functions are optimised.
            if event == "call" and frame.f_code.co_flags & inspect.CO_OPTIMIZED:
                codes.add(frame.f_code)

        before = sys.getprofile()
        sys.setprofile(note)
        try:
            yield
        finally:
            sys.setprofile(before)
        paths = {Path(code.co_filename) for code in codes}
        own = {path.relative_to(ROOT).as_posix() for path in paths if path.is_relative_to(ROOT)}
        found |= {_door(path) for path in own if path.startswith(APPLICATIONS)}

    @property
    def files(self) -> set[str]:
        """The files of all legs."""
        return set().union(*self.legs.values())

    def __str__(self) -> str:
        legs = [f"{name}: {len(found)}" for name, found in self.legs.items()]
        return "\n".join([*legs, f"together: {len(self.files)}", *sorted(self.files)])


@pytest.fixture
def organiser() -> User:
    return builders.user("organiser@example.org", name="O. Rganiser")


@pytest.fixture
def organiser_client(organiser: User) -> Client:
    client = Client()
    client.force_login(organiser)
    return client


@pytest.fixture
def assessment(organiser: User) -> Assessment:
    found: Assessment = builders.assessment(builders.process(organiser=organiser))
    catalogue_of(found.question_set)
    return found


@pytest.fixture
def wave(organiser: User) -> Wave:
    found = launched(organiser, names=GROUPS)
    catalogue_of(found.assessment.question_set)
    builders.answer(found.assessment, "CR1a", 2)
    submit_assessment(assessment=found.assessment, user=organiser)
    return found


def walk_of_an_answer(assessment: Assessment, client: Client) -> RecordedWalk:
    """From the question page to the HTML of the PDF."""
    walk = RecordedWalk()
    question = catalogue_of(assessment.question_set).attributes[0].questions[0].code
    with walk.leg("open the question"):
        form = question_pages.form_of(client, assessment, question)
    level = next(name for name, offered in form.choices.items() if "2" in offered)
    form.fields[level] = "2"
    with walk.leg("save the answer"):
        assert question_pages.send(client, form).status_code == 302
    with walk.leg("submit"):
        client.post(reverse("assessments:assessment-submit", args=[assessment.code]), {"confirm": "on"})
    assessment.refresh_from_db()
    assert assessment.state == AssessmentState.SUBMITTED
    with walk.leg("ask for the report"):
        client.post(reverse("assessments:report-request", args=[assessment.code]))
    report = Report.objects.get()
    with walk.leg("draw the report"):
        html = render_html(document_of(report), report.language)
    assert html.count("<section") > 1
    return walk


def walk_of_a_respondent(wave: Wave, client: Client) -> RecordedWalk:
    """From the link to the page on disagreement, as the steering group sees it."""
    walk = RecordedWalk()
    for group in [GROUPS[0]] * (THRESHOLD - 1) + [GROUPS[1]] * THRESHOLD:
        somebody = respondents.come_in(respondents.new_link(wave, group))
        respondents.fill(somebody, "CR1")
        assert respondents.hand_in(somebody).status_code == 302
    token = respondents.new_link(wave, GROUPS[0])
    with walk.leg("come in"):
        browser = respondents.come_in(token)
    with walk.leg("answer"):
        for question in respondents.questions(wave):
            assert respondents.fill(browser, question.code).status_code == 302
    with walk.leg("check and hand in"):
        assert respondents.hand_in(browser).status_code == 302
    with walk.leg("close and freeze"):
        snapshot = close_and_freeze(wave=wave)
    assert snapshot is not None
    assert snapshot.document["no_scores"] is None
    address = reverse("assessments:disagreement", args=[wave.assessment.code])
    for name in ("look at disagreement", "look again"):
        with walk.leg(name):
            assert client.get(address).context["restricted"]
    return walk


def test_the_walk_of_an_answer_is_short(assessment: Assessment, organiser_client: Client) -> None:
    walk = walk_of_an_answer(assessment, organiser_client)
    assert len(walk.files) <= ANSWER_LIMIT, str(walk)


def test_the_walk_of_a_respondents_answer_is_short(wave: Wave, organiser_client: Client) -> None:
    walk = walk_of_a_respondent(wave, organiser_client)
    assert len(walk.files) <= RESPONDENT_LIMIT, str(walk)


def run(source: str, path: str) -> None:
    """Run a source as if it were a file of the project."""
    exec(compile(source, str(ROOT / path), "exec"), {})  # noqa: S102 - two lines from below


def test_a_walk_counts_calls_and_no_imports() -> None:
    walk = RecordedWalk()
    with walk.leg("nothing"):
        run("class Something:\n    pass\n", "assessments/imported.py")
    assert walk.files == set()
    with walk.leg("a call"):
        run("(lambda: None)()", "assessments/called.py")
    assert walk.files == {"assessments/called.py"}
