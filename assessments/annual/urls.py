"""Addresses of the annual page."""

from django.urls import path

from assessments.annual import views

urlpatterns = [
    path("assessments/<str:code>/annual/", views.annual, name="annual"),
    path("assessments/<str:code>/annual/choose/", views.annual_choices, name="annual-choices"),
    path("assessments/<str:code>/annual/text/", views.annual_as_text, name="annual-text"),
    path("assessments/<str:code>/annual/text/file/", views.annual_text_file, name="annual-text-file"),
    path("assessments/<str:code>/annual/data/", views.annual_data, name="annual-data"),
]
