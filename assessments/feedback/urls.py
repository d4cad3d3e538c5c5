"""The address of the organiser's side. That of those who were asked is among the respondents'."""

from django.urls import path

from assessments.feedback import views

urlpatterns = [
    path("assessments/<str:code>/panel/results-day/", views.results_day, name="panel-results-day"),
]
