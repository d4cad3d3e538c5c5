"""Addresses of what question set administrators see of the use of their versions."""

from django.urls import URLPattern, path

from assessments.views import question_sets

USE = "question-sets/<slug:slug>/<str:version>/use/"

urlpatterns: list[URLPattern] = [
    path(USE, question_sets.version_use, name="version-use"),
    path(USE + "items.csv", question_sets.version_use_file, name="version-use-file"),
]
