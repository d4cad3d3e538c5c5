"""Addresses of the results pages, and of what is shown of stakeholder panels."""

from django.urls import URLPattern, path

from assessments.results.views import disagreement, panel_file, results

ASSESSMENT = "assessments/<str:code>/"

urlpatterns: list[URLPattern] = [
    path(ASSESSMENT + "results/", results.assessment_results, name="assessment-results"),
    path(ASSESSMENT + "index/", results.assessment_index, name="assessment-index"),
    path(ASSESSMENT + "disagreement/", disagreement.disagreement, name="disagreement"),
    path(ASSESSMENT + "panel/numbers.csv", panel_file.panel_numbers, name="panel-numbers"),
]
