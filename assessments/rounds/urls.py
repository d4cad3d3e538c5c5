"""Addresses of the life of an assessment: starting and naming it, the list of questions, checking, submitting,
reopening, throwing a draft away, its history, giving questions to members."""

from django.urls import path

from assessments.rounds.views import discarding, giving, history, hub, starting, submission

ASSESSMENT = "assessments/<str:code>/"

urlpatterns = [
    path("processes/<str:code>/start/", starting.assessment_start, name="assessment-start"),
    path(ASSESSMENT, hub.assessment_hub, name="assessment-hub"),
    path(ASSESSMENT + "name/", starting.assessment_name, name="assessment-name"),
    path(ASSESSMENT + "check/", submission.assessment_check, name="assessment-check"),
    path(ASSESSMENT + "submit/", submission.assessment_submit, name="assessment-submit"),
    path(ASSESSMENT + "reopen/", submission.assessment_reopen, name="assessment-reopen"),
    path(ASSESSMENT + "discard/", discarding.assessment_discard, name="assessment-discard"),
    path(ASSESSMENT + "history/", history.assessment_history, name="assessment-history"),
    path(ASSESSMENT + "questions/<str:question>/give/", giving.question_give, name="question-give"),
    path(ASSESSMENT + "questions/<str:question>/take-back/", giving.question_take_back, name="question-take-back"),
]
