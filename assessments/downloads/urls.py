"""Addresses of files."""

from django.urls import URLPattern, path

from assessments.downloads.views import of_assessment, of_comparison

ASSESSMENT = "assessments/<str:code>/"

urlpatterns: list[URLPattern] = [
    path(ASSESSMENT + "pictures/<str:name>.<str:form>", of_assessment.picture_file, name="assessment-picture"),
    path(ASSESSMENT + "tables/<str:name>.<str:form>", of_assessment.table_file, name="assessment-table"),
    path(ASSESSMENT + "archive.json", of_assessment.archive_file, name="assessment-archive"),
    path("compare/pictures/<str:name>.<str:form>", of_comparison.picture_file, name="compare-picture"),
    path("compare/tables/<str:name>.<str:form>", of_comparison.table_file, name="compare-table"),
]
