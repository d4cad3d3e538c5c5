"""Question sets in and out as files."""

from django.urls import path

from attributes.exchange.views import exchange, importing

urlpatterns = [
    path("question-sets/import/", importing.new_draft, name="question-set-import"),
    path("question-sets/drafts/<str:code>/import/", importing.into_draft, name="draft-import"),
    path("question-sets/drafts/<str:code>/export/<str:format>/", exchange.draft_file, name="draft-export"),
    path("question-sets/<slug:slug>/<str:version>/export/<str:format>/", exchange.version_file, name="version-export"),
    path("schemas/question-set-1.json", exchange.schema_file, name="json-schema"),
]
