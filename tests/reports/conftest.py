"""What the tests of reports share: one finished PDF, and assessments with a frozen result."""

from collections.abc import Callable
from typing import Any

import pytest

from assessments.models import Assessment
from assessments.reports.drawing import DrawnReport, draw_report
from tests import builders
from tests.builders import samples
from tests.builders.papers import paper


@pytest.fixture(scope="session")
def pdf() -> DrawnReport:
    """The report on a sample, drawn as in production."""
    return draw_report(paper(samples.result()), "en", assessments=["k7m2pq9xra"])


@pytest.fixture
def submitted(db: None) -> Callable[..., Assessment]:
    """Return a function that makes a submitted assessment with a sample as its frozen result."""

    def make(process: Any = None, **fields: Any) -> Assessment:
        process = process or builders.process(organiser=builders.user(), name=fields.pop("name", "Forum"))
        assessment = builders.assessment(process, state="submitted")
        samples.frozen(assessment, process.name, **fields)
        return assessment

    return make
