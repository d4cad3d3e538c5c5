"""Addresses of the answering pages, and of the preview of a draft question set."""

from django.urls import path

from assessments.answering import evidence_views, opening_views, preview, views

ASSESSMENT = "assessments/<str:code>/"
PREVIEW = "question-sets/drafts/<str:code>/preview/"

urlpatterns = [
    path(ASSESSMENT + "questions/<str:question>/", views.question, name="question"),
    path(ASSESSMENT + "evidence/", opening_views.evidence_opened, name="evidence-opened"),
    path(ASSESSMENT + "evidence/<str:file>/", evidence_views.evidence_file, name="evidence-file"),
    path(ASSESSMENT + "evidence/<str:file>/delete/", evidence_views.evidence_file_delete, name="evidence-file-delete"),
    path(PREVIEW, preview.draft_preview_list, name="draft-preview-list"),
    path(PREVIEW + "<str:question>/", preview.draft_preview, name="draft-preview"),
]
