"""Addresses of the results pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
