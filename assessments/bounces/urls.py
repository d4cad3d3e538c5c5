"""The address for mails that came back."""

from django.urls import path

from assessments.bounces import views

urlpatterns = [
    path("mail/bounces/", views.bounces, name="bounces"),
    path("mail/bounces/<str:secret>/", views.bounces, name="bounces-secret"),
]
