"""Question sets: one list of addresses per area."""

from attributes.editor import urls
from attributes.exchange import urls as exchange
from attributes.languages import urls as languages
from attributes.public import urls as public
from attributes.versions import urls as versions

app_name = "attributes"
urlpatterns = [
    *public.urlpatterns,
    # Words such as "drafts" and "compare" come before the slugs of `versions`.
    *urls.urlpatterns,
    *exchange.urlpatterns,
    *languages.urlpatterns,
    *versions.urlpatterns,
]
