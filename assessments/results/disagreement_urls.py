"""Addresses of what is shown of stakeholder panels."""

from django.urls import URLPattern, path

from assessments.panels.views import comments
from assessments.results.views import disagreement, panel_file

urlpatterns: list[URLPattern] = [
    path("assessments/<str:code>/disagreement/", disagreement.disagreement, name="disagreement"),
    path("assessments/<str:code>/panel/numbers.csv", panel_file.panel_numbers, name="panel-numbers"),
    path("assessments/<str:code>/panel/comments/", comments.panel_comments, name="panel-comments"),
]
