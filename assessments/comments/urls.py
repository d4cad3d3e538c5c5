"""Addresses of comments of stakeholders: reading them first, their themes, and replies."""

from django.urls import path

from assessments.comments.views import moderating, replying, themes

COMMENTS = "assessments/<str:code>/panel/comments/"

urlpatterns = [
    path(COMMENTS, moderating.panel_comments, name="panel-comments"),
    path(COMMENTS + "themes/", themes.comment_themes, name="comment-themes"),
    path(COMMENTS + "replies/", replying.comment_replies, name="comment-replies"),
    path(COMMENTS + "replies/<int:pk>/", replying.comment_reply, name="comment-reply"),
]
