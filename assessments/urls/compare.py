"""Addresses of the compare pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
