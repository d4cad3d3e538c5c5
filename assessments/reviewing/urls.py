"""Addresses of independent reviews."""

from django.urls import path

from assessments.reviewing.views import organising, overview, work

REVIEW = "assessments/<str:code>/review/"

urlpatterns = [
    path(REVIEW, overview.review, name="review"),
    path(REVIEW + "ask-reviewer/", organising.review_ask, name="review-ask"),
    path(REVIEW + "end/", organising.review_end, name="review-end"),
    path(REVIEW + "answer/", organising.review_answer, name="review-answer"),
    path(REVIEW + "accept/", work.review_accept, name="review-accept"),
    path(REVIEW + "decline/", work.review_decline, name="review-decline"),
    path(REVIEW + "question/", work.review_question, name="review-question"),
    path(REVIEW + "send/", work.review_send, name="review-send"),
    path(REVIEW + "changes/", work.review_changes, name="review-changes"),
    path(REVIEW + "sign/", work.review_sign, name="review-sign"),
    path(REVIEW + "items/<str:item>/", work.review_item, name="review-item"),
    path(REVIEW + "items/<str:item>/reply/", organising.review_reply, name="review-reply"),
]
