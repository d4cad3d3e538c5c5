"""Addresses of the answering pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
