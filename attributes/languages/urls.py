"""Translating a draft, and reading questions in another language."""

from django.urls import URLPattern, path

from attributes.languages.views import languages, translating

LANGUAGES = "question-sets/drafts/<str:code>/languages/"

urlpatterns: list[URLPattern] = [
    path("framework/language/", languages.question_language, name="question-language"),
    path(LANGUAGES, languages.draft_languages, name="draft-languages"),
    path(LANGUAGES + "<str:language>/remove/", languages.language_remove, name="draft-language-remove"),
    path(LANGUAGES + "<str:language>/<path:where>/", translating.draft_translate, name="draft-translate"),
]
