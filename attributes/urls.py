"""Public pages on what is asked."""

from django.urls import URLPattern

app_name = "attributes"
urlpatterns: list[URLPattern] = []
