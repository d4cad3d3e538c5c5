"""Writing drafts of question sets."""

from django.urls import path

from attributes.views import editor_changes, editor_parts, editor_sets, editor_structure, editor_tree

DRAFT = "question-sets/drafts/<slug:code>/"

urlpatterns = [
    path("question-sets/", editor_sets.sets, name="sets"),
    path("question-sets/drafts/new/", editor_sets.draft_create, name="draft-create"),
    path(DRAFT, editor_tree.draft, name="draft"),
    path(DRAFT + "parts/<path:where>/", editor_parts.draft_part, name="draft-part"),
    path(DRAFT + "structure/", editor_structure.draft_structure, name="draft-structure"),
    path(DRAFT + "remove/<path:where>/", editor_structure.draft_remove, name="draft-remove"),
    path(DRAFT + "changes/", editor_changes.draft_changes, name="draft-changes"),
    path(DRAFT + "undo/", editor_changes.draft_undo, name="draft-undo"),
    path(DRAFT + "redo/", editor_changes.draft_redo, name="draft-redo"),
    path(DRAFT + "discard/", editor_sets.draft_discard, name="draft-discard"),
]
