"""Addresses of the results pages."""

from django.urls import URLPattern, path

from assessments.results.views import results

urlpatterns: list[URLPattern] = [
    path("assessments/<str:code>/results/", results.assessment_results, name="assessment-results"),
    path("assessments/<str:code>/index/", results.assessment_index, name="assessment-index"),
]
