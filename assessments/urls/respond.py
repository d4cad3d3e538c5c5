"""Addresses of the respondent's questionnaire. Fixed ones first: a token is longer than any of them."""

from django.urls import path

from assessments.views import respond, respond_end, respond_questions

urlpatterns = [
    path("r/", respond.respond, name="respond"),
    path("r/pause/", respond.respond_pause, name="respond-pause"),
    path("r/check/", respond_questions.respond_check, name="respond-check"),
    path("r/finish/", respond_end.respond_finish, name="respond-finish"),
    path("r/receipt/", respond_end.respond_receipt, name="respond-receipt"),
    path("r/q/<str:question>/", respond_questions.respond_question, name="respond-question"),
    path("r/withdraw/<str:wave>/", respond_end.respond_withdraw, name="respond-withdraw"),
    path("r/<str:token>/", respond.respond_link, name="respond-link"),
]
