"""What the tests of checking share."""

import pytest

from assessments.reports.signing import new_key
from tests.verifying.given import small_pdf


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw nothing: reports are one empty page with what they carry."""
    monkeypatch.setattr("assessments.reports.drawing.render_pdf", small_pdf)


@pytest.fixture
def key(settings: object) -> str:
    """Sign reports; return the name of the key."""
    name, secret, _public = new_key()
    settings.REPORT_SIGNING_KEY = secret  # type: ignore[attr-defined]
    return name
