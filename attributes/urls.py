"""Question sets: the addresses of each room."""

from django.urls import include, path

app_name = "attributes"
urlpatterns = [
    path("", include("attributes.public.urls")),
    # Words such as "drafts" and "compare" come before the slugs of `versions`.
    path("", include("attributes.editor.urls")),
    path("", include("attributes.exchange.urls")),
    path("", include("attributes.languages.urls")),
    path("", include("attributes.versions.urls")),
]
