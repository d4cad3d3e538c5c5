"""Addresses of files."""

from django.urls import URLPattern, path

from assessments.downloads.views import of_assessment, of_comparison, of_over_time

ASSESSMENT = "assessments/<str:code>/"
OVER_TIME = "processes/<str:code>/over-time/"

urlpatterns: list[URLPattern] = [
    path(ASSESSMENT + "pictures/<str:name>.<str:form>", of_assessment.picture_file, name="assessment-picture"),
    path(ASSESSMENT + "tables/<str:name>.<str:form>", of_assessment.table_file, name="assessment-table"),
    path(ASSESSMENT + "archive.json", of_assessment.archive_file, name="assessment-archive"),
    path("compare/pictures/<str:name>.<str:form>", of_comparison.picture_file, name="compare-picture"),
    path("compare/tables/<str:name>.<str:form>", of_comparison.table_file, name="compare-table"),
    path(OVER_TIME + "picture.<str:form>", of_over_time.picture_file, name="over-time-picture"),
    path(OVER_TIME + "tables/<str:name>.<str:form>", of_over_time.table_file, name="over-time-table"),
    path(OVER_TIME + "data.json", of_over_time.data_file, name="over-time-data"),
]
