"""Versions: one by one, compared, reviewed, published, retired."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
