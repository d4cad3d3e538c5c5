"""Processes, assessments, results and reports: one list of addresses per area."""

from assessments.urls import answering, compare, preview, processes, question_sets, reports, results

app_name = "assessments"
urlpatterns = [
    *processes.urlpatterns,
    *answering.urlpatterns,
    *results.urlpatterns,
    *compare.urlpatterns,
    *reports.urlpatterns,
    *preview.urlpatterns,
    *question_sets.urlpatterns,
]
