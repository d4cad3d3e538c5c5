"""Addresses of the respondent's questionnaire. Fixed ones first: a token is longer than any of them."""

from django.urls import path

from assessments.respond.views import copy, filed, finishing, questions, receipt, results, start

urlpatterns = [
    path("r/", start.respond, name="respond"),
    path("r/pause/", start.respond_pause, name="respond-pause"),
    path("r/check/", finishing.respond_check, name="respond-check"),
    path("r/copy/", copy.respond_copy, name="respond-copy"),
    path("r/filed/", filed.respond_filed, name="respond-filed"),
    path("r/finish/", finishing.respond_finish, name="respond-finish"),
    path("r/receipt/", receipt.respond_receipt, name="respond-receipt"),
    path("r/receipt/file/", receipt.respond_receipt_file, name="respond-receipt-file"),
    path("r/q/<str:question>/", questions.respond_question, name="respond-question"),
    path("r/withdraw/<str:wave>/", receipt.respond_withdraw, name="respond-withdraw"),
    path("r/results/<str:wave>/", results.respond_results, name="respond-results"),
    path("r/<token:token>/", start.respond_link, name="respond-link"),
]
