"""What is in the public record, withdrawn or not, for those who run the site."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.models import PublicRecord
from assessments.pages import paged
from msgov.site.access import for_site_admins

ON_A_PAGE = 50


@require_safe
@for_site_admins
def records(request: HttpRequest) -> HttpResponse:
    """All records, the newest first, each leading to where it can be withdrawn and its replies looked after."""
    text = request.GET.get("q", "").strip()[:100]
    page = paged(request, PublicRecord.objects.narrowed(text=text), ON_A_PAGE, {"q": text})
    context = {"rows": page.rows, "q": text, "is_on": settings.PUBLIC_RECORD, **page.context}
    return render(request, "site/records.html", context)
