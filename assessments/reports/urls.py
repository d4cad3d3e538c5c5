"""Addresses of the reports pages."""

from django.urls import path

from assessments.reports import views

urlpatterns = [
    path("assessments/<str:code>/report/", views.report_request, name="report-request"),
    path("compare/report/", views.comparison_request, name="comparison-request"),
    path("reports/<str:code>/", views.report_detail, name="report-detail"),
    path("reports/<str:code>/file/", views.report_file, name="report-file"),
    path("reports/<str:code>/retry/", views.report_retry, name="report-retry"),
]
