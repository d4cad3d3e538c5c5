"""Addresses of the evidence register."""

from django.urls import path

from assessments.register import still_true_views, views

REGISTER = "processes/<str:code>/evidence/"

urlpatterns = [
    path(REGISTER, views.register, name="register"),
    path(REGISTER + "add/", views.entry_add, name="register-add"),
    path(REGISTER + "still-true/", still_true_views.still_true, name="register-still-true"),
    path(REGISTER + "<str:entry>/", views.entry_edit, name="register-entry"),
    path(REGISTER + "<str:entry>/opened/", views.entry_opened, name="register-opened"),
    path(REGISTER + "<str:entry>/file/", views.entry_file, name="register-file"),
    path(REGISTER + "<str:entry>/remove/", views.entry_remove, name="register-remove"),
    path(REGISTER + "<str:entry>/offer/", views.entry_offer, name="register-offer"),
]
