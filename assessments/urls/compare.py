"""Addresses of the compare pages."""

from django.urls import URLPattern, path

from assessments.views import compare

urlpatterns: list[URLPattern] = [
    path("compare/", compare.compare, name="compare"),
    path("compare/result/", compare.compare_show, name="compare-show"),
]
