"""Processes, assessments, results and reports: one list of addresses per area."""

from assessments.comparing import urls as compare
from assessments.urls import answering, disagreement, panels, preview, processes, reports, respond, results
from assessments.usage import urls

app_name = "assessments"
urlpatterns = [
    *processes.urlpatterns,
    *answering.urlpatterns,
    *results.urlpatterns,
    *compare.urlpatterns,
    *reports.urlpatterns,
    *preview.urlpatterns,
    *panels.urlpatterns,
    *disagreement.urlpatterns,
    *urls.urlpatterns,
    *respond.urlpatterns,
]
