"""Addresses of the answering pages."""

from django.urls import path

from assessments.answering import evidence_views
from assessments.answering import views as answering
from assessments.moving import views
from assessments.rounds.views import history, submission

ASSESSMENT = "assessments/<str:code>/"

urlpatterns = [
    path(ASSESSMENT, answering.assessment_hub, name="assessment-hub"),
    path(ASSESSMENT + "questions/<str:question>/", answering.question, name="question"),
    path(ASSESSMENT + "evidence/<str:file>/", evidence_views.evidence_file, name="evidence-file"),
    path(ASSESSMENT + "evidence/<str:file>/delete/", evidence_views.evidence_file_delete, name="evidence-file-delete"),
    path(ASSESSMENT + "check/", submission.assessment_check, name="assessment-check"),
    path(ASSESSMENT + "submit/", submission.assessment_submit, name="assessment-submit"),
    path(ASSESSMENT + "reopen/", submission.assessment_reopen, name="assessment-reopen"),
    path(ASSESSMENT + "move/", views.assessment_move, name="assessment-move"),
    path(ASSESSMENT + "move/undo/", views.assessment_move_undo, name="assessment-move-undo"),
    path(ASSESSMENT + "history/", history.assessment_history, name="assessment-history"),
]
