"""Writing drafts of question sets."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
