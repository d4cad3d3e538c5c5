"""What the tests of the public record share: a submitted assessment, published, with and without a panel."""

from collections.abc import Callable

import pytest

from assessments import visitor_limits
from assessments.models import Assessment, PublicRecord, RecordVersion
from assessments.panels.services import closing
from assessments.records.services.publishing import publish
from assessments.results.frozen import latest
from assessments.rounds.services.submission import submit_assessment
from msgov.accounts.models import User
from tests import builders
from tests.builders import panels

Publish = Callable[..., RecordVersion]


@pytest.fixture(autouse=True)
def nobody_was_here() -> None:
    visitor_limits.forget()


@pytest.fixture
def organiser(db: None) -> User:
    return builders.user(name="Ada")


@pytest.fixture
def submitted(organiser: User, quick: list[str]) -> Assessment:
    """A submitted assessment of a process that only its members may read."""
    process = builders.process(organiser=organiser, name="Forum", organisation="The secretariat", kind="decides")
    process.groups.create(name="Government", position=0)
    process.groups.create(name="Business", position=1)
    assessment = builders.assessment(process)
    builders.answer(assessment, "CR1a", 2, evidence_links="https://example.org/a", evidence_text="Page 3")
    submit_assessment(assessment=assessment, user=organiser)
    assessment.refresh_from_db()
    return assessment


@pytest.fixture
def publishing(organiser: User) -> Publish:
    """A function that publishes the result that holds."""

    def of(assessment: Assessment, **more: object) -> RecordVersion:
        result = latest(assessment)
        assert result is not None
        fields = {"user": organiser, "on_behalf_of": "The board", "language": "en", "result_number": result.number}
        return publish(assessment=assessment, **{**fields, **more})  # type: ignore[arg-type]

    return of


@pytest.fixture
def record(submitted: Assessment, publishing: Publish) -> PublicRecord:
    return publishing(submitted).record


@pytest.fixture
def with_panel(organiser: User, quick: list[str]) -> Assessment:
    """A submitted assessment with a closed panel, some of whose groups are too small to be shown."""
    wave = panels.open_wave(organiser=organiser)
    panels.put_example(wave)
    builders.answer(wave.assessment, "CR1a", 2)
    submit_assessment(assessment=wave.assessment, user=organiser)
    closing.close_and_freeze(wave=wave, user=organiser)
    wave.assessment.refresh_from_db()
    return wave.assessment
