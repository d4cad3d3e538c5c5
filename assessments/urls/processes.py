"""Addresses of the processes pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
