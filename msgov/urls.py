"""Where each app's pages hang."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("account/", include("allauth.urls")),
    path("", include("attributes.urls")),
    path("", include("assessments.urls")),
]
