"""Addresses of the quick check. Fixed ones first: the name of a question set is a slug too."""

from django.urls import path

from assessments.quick import views

urlpatterns = [
    path("quick/", views.quick_start, name="quick-start"),
    path("quick/keep/", views.quick_keep, name="quick-keep"),
    path("quick/forget/", views.quick_forget, name="quick-forget"),
    path("quick/<slug:slug>/", views.quick_start, name="quick-start-set"),
    path("quick/<slug:slug>/result/", views.quick_result, name="quick-result"),
    path("quick/<slug:slug>/<int:number>/", views.quick_page, name="quick-page"),
]
