"""Addresses of our own account pages; those of allauth follow them under the same prefix."""

from django.urls import path

from msgov.accounts import first_factor, views

urlpatterns = [
    path("", views.overview, name="account"),
    path("name/", views.change_name, name="account_name"),
    path("first-factor/", first_factor.first_factor, name="account_first_factor"),
    path("data/", views.own_data, name="account_data"),
    path("delete/", views.delete, name="account_delete"),
]
