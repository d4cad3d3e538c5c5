"""The project's addresses, and those of the floors."""

from django.urls import include, path

from msgov import urls
from tests.bench import floors

urlpatterns = [
    path("bench/nobody/", floors.nobody),
    path("bench/empty/", floors.empty),
    path("bench/save/", floors.save),
    path("bench/list/", floors.some),
    path("bench/results/", floors.results),
    path("bench/questions/<str:code>/<str:question>/", floors.question),
    path("", include(urls)),
]
handler400 = urls.handler400
handler403 = urls.handler403
handler404 = urls.handler404
handler500 = urls.handler500
