"""Versions: one by one, compared, reviewed, published, retired."""

from django.urls import path

from attributes.versions.views import review, versions

urlpatterns = [
    path("question-sets/compare/", versions.diff, name="diff"),
    path("question-sets/compare/file/", versions.diff_file, name="diff-file"),
    path("question-sets/drafts/<slug:code>/review/", review.draft_review, name="draft-review"),
    path("question-sets/<slug:slug>/<str:version>/", versions.version, name="version"),
    path("question-sets/<slug:slug>/<str:version>/retire/", versions.version_retire, name="version-retire"),
]
