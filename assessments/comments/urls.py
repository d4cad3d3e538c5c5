"""Addresses of comments of stakeholders: reading them first, their themes, and replies."""

from django.urls import path

from assessments.comments.views import moderating

COMMENTS = "assessments/<str:code>/panel/comments/"

urlpatterns = [
    path(COMMENTS, moderating.panel_comments, name="panel-comments"),
]
