"""The project's addresses and two empty views: the least that any page, and any save, can cost."""

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_POST

from assessments.models import Answer
from msgov import urls


def floor(request: HttpRequest) -> HttpResponse:
    """Answer somebody who is signed in, with nothing."""
    return HttpResponse("ok")


@require_POST
def saving_floor(request: HttpRequest) -> HttpResponse:
    """Write one text into one answer and commit: no rights, no form, no history, no page."""
    with transaction.atomic():
        Answer.objects.filter(pk=request.POST["pk"]).update(comment=request.POST["comment"])
    return HttpResponse("ok")


@login_not_required
def open_floor(request: HttpRequest) -> HttpResponse:
    """Answer anybody: nothing looks at the session."""
    return HttpResponse("ok")


urlpatterns = [
    path("bench/floor/", floor),
    path("bench/saving-floor/", saving_floor),
    path("bench/open-floor/", open_floor),
    path("", include(urls)),
]
handler400 = urls.handler400
handler403 = urls.handler403
handler404 = urls.handler404
handler500 = urls.handler500
