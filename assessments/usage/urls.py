"""Addresses of what question set administrators see of the use of their versions."""

from django.urls import URLPattern, path

from assessments.usage import views

USE = "question-sets/<slug:slug>/<str:version>/use/"

urlpatterns: list[URLPattern] = [
    path(USE, views.version_use, name="version-use"),
    path(USE + "items.csv", views.version_use_file, name="version-use-file"),
]
