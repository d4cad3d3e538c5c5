"""All records: the index with its filters, the feed, the data of all, and what machines look for."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from assessments import visitor_limits
from assessments.models import PublicRecord
from assessments.pages import paged
from assessments.records.addresses import publisher_name, version_url
from assessments.records.citing import description
from assessments.records.files import all_csv, all_json
from assessments.records.forms import RecordFilterForm
from assessments.records.licences import licence
from assessments.records.limits import limited
from assessments.records.reading import RecordRow, refuse_where_switched_off, row_of, with_newest

ON_A_PAGE = 25
IN_FEED = 50
IN_SITEMAP = 20_000
IN_FILE = 10_000
ATOM = "application/atom+xml; charset=utf-8"
# Of respondents, accounts and personal links there is nothing to be found.
NOT_FOR_ROBOTS = ("/r/", "/account/", "/admin/", "/site/", "/records/reply/", "/compare/")


@login_not_required
@require_safe
def records_index(request: HttpRequest) -> HttpResponse:
    """What was published here, the newest first."""
    refuse_where_switched_off()
    form = _filter(request)
    page = paged(request, with_newest(_found(form)), ON_A_PAGE, form.as_query)
    rows = [row_of(record) for record in page.rows]
    context = {
        "form": form,
        "rows": rows,
        "is_filtered": bool(form.as_query),
        "wanted": form.as_query,
        "query": f"?{urlencode(form.as_query)}" if form.as_query else "",
        "licence": licence(),
        **page.context,
    }
    return render(request, "assessments/records/index.html", context)


@login_not_required
@require_safe
@limited(visitor_limits.RECORD_LISTS)
def records_file(request: HttpRequest, form: str) -> HttpResponse:
    """The data of all records that the filters leave, as JSON or CSV."""
    refuse_where_switched_off()
    if form not in ("json", "csv"):
        raise Http404
    rows = [row_of(record) for record in with_newest(_found(_filter(request)))[:IN_FILE]]
    write, kind = (all_json, "application/json") if form == "json" else (all_csv, "text/csv; charset=utf-8")
    response = HttpResponse(write(rows, lambda about: version_url(request, about)), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="msgov-records.{form}"'
    response["Link"] = f'<{licence().url}>; rel="license"'
    return response


@login_not_required
@require_safe
@limited(visitor_limits.RECORD_LISTS)
def records_feed(request: HttpRequest) -> HttpResponse:
    """What was published last, as an Atom feed."""
    refuse_where_switched_off()
    feed = Atom1Feed(
        title=publisher_name(request),
        link=request.build_absolute_uri(reverse("assessments:records")),
        description=None,
        language=get_language(),
        feed_url=request.build_absolute_uri(),
        feed_copyright=licence().name,
    )
    for row in map(row_of, with_newest(PublicRecord.objects.published())[:IN_FEED]):
        _add(feed, request, row)
    return HttpResponse(feed.writeString("utf-8"), content_type=ATOM)


def _add(feed: Atom1Feed, request: HttpRequest, row: RecordRow) -> None:
    address = version_url(request, row.about)
    feed.add_item(
        title=_plain(f"{row.about.number}: {row.about.name}"),
        link=address,
        # Readers take it for markup.
        description=escape(_plain(description(row.about))),
        unique_id=address,
        author_name=_plain(row.about.published_for),
        pubdate=row.record.published_at,
        updateddate=row.record.changed_at,
        item_copyright=row.about.licence.name,
    )


def _plain(text: str) -> str:
    """Without the signs that XML has no place for."""
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n")


@login_not_required
@require_safe
@limited(visitor_limits.RECORD_LISTS)
def records_sitemap(request: HttpRequest) -> HttpResponse:
    """The addresses of all records, for search engines."""
    refuse_where_switched_off()
    records = PublicRecord.objects.published().values_list("number", "changed_at")[:IN_SITEMAP]
    entries: list[dict[str, Any]] = [
        {"url": request.build_absolute_uri(reverse("assessments:record", kwargs={"number": number})), "on": changed}
        for number, changed in records
    ]
    index = request.build_absolute_uri(reverse("assessments:records"))
    context = {"index": index, "entries": entries}
    return render(request, "assessments/records/sitemap.xml", context, content_type="application/xml")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What robots need not look at, and where the records are."""
    root = reverse("home").rstrip("/")
    lines = ["User-agent: *", *(f"Disallow: {root}{path}" for path in NOT_FOR_ROBOTS)]
    if settings.PUBLIC_RECORD:
        lines.append(f"Sitemap: {request.build_absolute_uri(reverse('assessments:records-sitemap'))}")
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def _filter(request: HttpRequest) -> RecordFilterForm:
    """The filters with what there is to choose from. One query."""
    published = PublicRecord.objects.published().order_by()
    found = list(published.values_list("year", "country", "language").distinct())
    return RecordFilterForm(
        request.GET,
        years=sorted({year for year, _country, _language in found}, reverse=True),
        countries=sorted({country for _year, country, _language in found if country}, key=str.casefold),
        languages=sorted({language for _year, _country, language in found if language}),
    )


def _found(form: RecordFilterForm) -> Any:
    return PublicRecord.objects.published().narrowed(**form.wanted)
