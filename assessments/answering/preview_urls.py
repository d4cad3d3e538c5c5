"""Addresses of the preview of a draft question set."""

from django.urls import URLPattern, path

from assessments.answering import preview

PREVIEW = "question-sets/drafts/<str:code>/preview/"

urlpatterns: list[URLPattern] = [
    path(PREVIEW, preview.draft_preview_list, name="draft-preview-list"),
    path(PREVIEW + "<str:question>/", preview.draft_preview, name="draft-preview"),
]
