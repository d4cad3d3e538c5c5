"""Processes, assessments, results and reports: the addresses of each room."""

from django.urls import include, path

app_name = "assessments"
urlpatterns = [
    path("", include("assessments.processes.urls")),
    path("", include("assessments.rounds.urls")),
    path("", include("assessments.answering.urls")),
    path("", include("assessments.rating.urls")),
    path("", include("assessments.register.urls")),
    path("", include("assessments.reviewing.urls")),
    path("", include("assessments.moving.urls")),
    path("", include("assessments.results.urls")),
    path("", include("assessments.actions.urls")),
    path("", include("assessments.comparing.urls")),
    path("", include("assessments.annual.urls")),
    path("", include("assessments.over_time.urls")),
    path("", include("assessments.reports.urls")),
    path("", include("assessments.downloads.urls")),
    path("", include("assessments.panels.urls")),
    path("", include("assessments.bounces.urls")),
    path("", include("assessments.comments.urls")),
    path("", include("assessments.usage.urls")),
    path("", include("assessments.feedback.urls")),
    path("", include("assessments.paper.urls")),  # before the links of respondents, which look like anything
    path("", include("assessments.respond.urls")),
    path("", include("assessments.quick.urls")),
    path("", include("assessments.verifying.urls")),
    path("", include("assessments.records.urls")),
]
