"""Changing a decision on a comment: what was shown before is nowhere any more."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from assessments.comments.services.moderation import CommentDecision, moderate
from assessments.models import PanelComment, Report
from assessments.reports.services import request_report
from assessments.vocabulary import CommentState
from tests import builders
from tests.builders import panels

pytestmark = pytest.mark.django_db

Run = Callable[..., Any]


@pytest.mark.parametrize(
    ("state", "edited", "kept"),
    [
        (CommentState.WITHHELD, "", {False}),
        (CommentState.SHOWN, "The chair was late", {False}),
        (CommentState.SHOWN, "Ana was late", {False, True}),
    ],
)
def test_restricted_reports_go_when_a_shown_comment_is_changed(
    django_capture_on_commit_callbacks: Run, state: CommentState, edited: str, kept: set[bool]
) -> None:
    wave = panels.closed_wave()
    reviewer = builders.user("reviewer@example.org")
    comment = PanelComment.objects.create(wave=wave, attribute="IT", text="Ana was late", state=CommentState.SHOWN)
    reports = {}
    for restricted in (True, False):
        reports[restricted] = request_report(
            assessment=wave.assessment, user=None, language="en", restricted=restricted
        )
        reports[restricted].file.save("report.pdf", ContentFile(b"%PDF"))
    assert "Ana was late" in str(reports[True].document)
    assert "Ana was late" not in str(reports[False].document)
    with django_capture_on_commit_callbacks(execute=True):
        moderate(decision=CommentDecision(comment=comment, state=state, edited=edited), user=reviewer)
    found = set(Report.objects.values_list("pk", flat=True))
    assert {restricted for restricted, report in reports.items() if report.pk in found} == kept
    assert {restricted for restricted, report in reports.items() if default_storage.exists(report.file.name)} == kept
