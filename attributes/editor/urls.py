"""Writing drafts of question sets."""

from django.urls import path

from attributes.editor.views import changes, parts, sets, structure, tree

DRAFT = "question-sets/drafts/<slug:code>/"

urlpatterns = [
    path("question-sets/", sets.sets, name="sets"),
    path("question-sets/drafts/new/", sets.draft_create, name="draft-create"),
    path(DRAFT, tree.draft, name="draft"),
    path(DRAFT + "parts/<path:where>/", parts.draft_part, name="draft-part"),
    path(DRAFT + "structure/", structure.draft_structure, name="draft-structure"),
    path(DRAFT + "remove/<path:where>/", structure.draft_remove, name="draft-remove"),
    path(DRAFT + "changes/", changes.draft_changes, name="draft-changes"),
    path(DRAFT + "undo/", changes.draft_undo, name="draft-undo"),
    path(DRAFT + "redo/", changes.draft_redo, name="draft-redo"),
    path(DRAFT + "discard/", sets.draft_discard, name="draft-discard"),
]
