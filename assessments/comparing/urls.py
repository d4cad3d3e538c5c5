"""Addresses of the compare pages."""

from django.urls import URLPattern, path

from assessments.comparing.views import choosing, saved, showing

urlpatterns: list[URLPattern] = [
    path("compare/", choosing.compare, name="compare"),
    path("compare/result/", showing.compare_show, name="compare-show"),
    path("compare/save/", showing.compare_save, name="compare-save"),
    path("compare/saved/", saved.saved_comparisons, name="compare-saved"),
    path("compare/saved/<str:code>/", saved.saved_open, name="compare-saved-open"),
    path("compare/saved/<str:code>/rename/", saved.saved_rename, name="compare-saved-rename"),
    path("compare/saved/<str:code>/delete/", saved.saved_delete, name="compare-saved-delete"),
]
