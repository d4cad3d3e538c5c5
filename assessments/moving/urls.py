"""Addresses of moving an assessment to a newer version of its questions."""

from django.urls import path

from assessments.moving import views

MOVE = "assessments/<str:code>/move/"

urlpatterns = [
    path(MOVE, views.assessment_move, name="assessment-move"),
    path(MOVE + "undo/", views.assessment_move_undo, name="assessment-move-undo"),
]
