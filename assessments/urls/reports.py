"""Addresses of the reports pages."""

from django.urls import path

from assessments.views import reports

urlpatterns = [
    path("assessments/<str:code>/report/", reports.report_request, name="report-request"),
    path("compare/report/", reports.comparison_request, name="comparison-request"),
    path("reports/<str:code>/", reports.report_detail, name="report-detail"),
    path("reports/<str:code>/file/", reports.report_file, name="report-file"),
    path("reports/<str:code>/retry/", reports.report_retry, name="report-retry"),
]
