"""Addresses of the compare pages."""

from django.urls import URLPattern, path

from assessments.comparing import views

urlpatterns: list[URLPattern] = [
    path("compare/", views.compare, name="compare"),
    path("compare/result/", views.compare_show, name="compare-show"),
]
