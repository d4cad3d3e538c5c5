"""The address of rounds over time."""

from django.urls import URLPattern, path

from assessments.over_time import views

urlpatterns: list[URLPattern] = [
    path("processes/<str:code>/over-time/", views.over_time, name="over-time"),
]
