"""Question sets: one list of addresses per area."""

from attributes.urls import editor, exchange, languages, public, versions

app_name = "attributes"
urlpatterns = [
    *public.urlpatterns,
    # Words such as "drafts" and "compare" come before the slugs of `versions`.
    *editor.urlpatterns,
    *exchange.urlpatterns,
    *languages.urlpatterns,
    *versions.urlpatterns,
]
