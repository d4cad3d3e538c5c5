"""Addresses of what anybody may do: check a report, ask for a number, and read the public keys."""

from django.urls import path

from assessments.verifying import views

urlpatterns = [
    path("verify/", views.verify, name="verify"),
    path("verify/keys.json", views.verify_keys, name="verify-keys"),
    path("verify/<str:number>/", views.verify_number, name="verify-number"),
]
