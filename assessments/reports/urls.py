"""Addresses of the reports pages."""

from django.urls import path

from assessments.reports import papers_views, views

urlpatterns = [
    path("assessments/<str:code>/report/", views.report_request, name="report-request"),
    path("assessments/<str:code>/board/", papers_views.board_paper, name="assessment-board"),
    path("processes/<str:code>/papers/", papers_views.process_papers, name="process-papers"),
    path("processes/<str:code>/over-time/report/", views.over_time_request, name="over-time-report"),
    path("compare/report/", views.comparison_request, name="comparison-request"),
    path("reports/<str:code>/", views.report_detail, name="report-detail"),
    path("reports/<str:code>/file/", views.report_file, name="report-file"),
    path("reports/<str:code>/word/", views.report_word, name="report-word"),
    path("reports/<str:code>/retry/", views.report_retry, name="report-retry"),
]
