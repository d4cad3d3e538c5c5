"""Processes, assessments, results and reports: one list of addresses per area."""

from assessments.answering import preview_urls
from assessments.answering import urls as answering
from assessments.comparing import urls as compare
from assessments.panels import urls as panels
from assessments.processes import urls as processes
from assessments.reports import urls as reports
from assessments.respond import urls as respond
from assessments.results import disagreement_urls
from assessments.results import urls as results
from assessments.usage import urls

app_name = "assessments"
urlpatterns = [
    *processes.urlpatterns,
    *answering.urlpatterns,
    *results.urlpatterns,
    *compare.urlpatterns,
    *reports.urlpatterns,
    *preview_urls.urlpatterns,
    *panels.urlpatterns,
    *disagreement_urls.urlpatterns,
    *urls.urlpatterns,
    *respond.urlpatterns,
]
