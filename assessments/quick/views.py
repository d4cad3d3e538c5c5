"""The quick check: what it is, its pages, its result, and keeping it as the beginning of a full assessment."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import visitor_limits
from assessments.permissions import signed_in
from assessments.quick.asked import QuickPage, checkable_sets, quick_items, quick_pages
from assessments.quick.counted import contents_of_check
from assessments.quick.forms import ForeignChoice, KeepForm, page_blocks, read_choices
from assessments.quick.kept import begun_with, forget_check, keep_check, kept_check
from assessments.quick.page import result_context
from assessments.quick.services import carry_check, processes_for_check
from assessments.rounds.estimates import quick_check_minutes
from attributes.catalogue.published import latest_catalogue
from attributes.catalogue.types import CatalogueSet
from attributes.pages import form_page, sent, taken

DAYS_KEPT = settings.SESSION_COOKIE_AGE // (24 * 60 * 60)
BACK = "back"


def _set_with_check(slug: str) -> CatalogueSet:
    """The question set of a page, or 404 where it has no quick check."""
    catalogue = latest_catalogue(slug)
    if catalogue is None or not quick_items(catalogue):
        raise Http404
    return catalogue


@login_not_required
@require_safe
def quick_start(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Say what it is, how long it takes, and what becomes of the answers. A set may have none: then say so."""
    sets = checkable_sets()
    catalogue = latest_catalogue(slug) if slug else (sets[0] if sets else latest_catalogue())
    if slug and catalogue is None:
        raise Http404
    context: dict[str, Any] = {"question_set": catalogue, "days": DAYS_KEPT}
    if catalogue is not None:
        context |= {
            "items": len(quick_items(catalogue)),
            "minutes": quick_check_minutes(catalogue),
            "others": [other for other in sets if other.slug != catalogue.slug],
            "begun": bool(kept_check(request, catalogue).choices),
        }
    return render(request, "assessments/quick/start.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def quick_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The items of one attribute; POST keeps the choices and goes on, or back."""
    catalogue = _set_with_check(slug)
    pages = quick_pages(catalogue)
    if not 1 <= number <= len(pages):
        raise Http404
    page = pages[number - 1]
    if request.method == "POST":
        return _take(request, catalogue, page, len(pages))
    check = kept_check(request, catalogue)
    context = {
        "question_set": catalogue,
        "page": page,
        "total": len(pages),
        "blocks": page_blocks(catalogue, page, check),
    }
    return render(request, "assessments/quick/page.html", context)


def _take(request: HttpRequest, catalogue: CatalogueSet, page: QuickPage, total: int) -> HttpResponse:
    if not begun_with(request):
        # A session is stored now: that can be done only so often from one address.
        if visitor_limits.exceeded(request, visitor_limits.QUICK_CHECKS):
            response = render(request, "assessments/quick/too_many.html", status=429)
            response["Retry-After"] = str(visitor_limits.WINDOW)
            return response
        visitor_limits.count(request, visitor_limits.QUICK_CHECKS)
    try:
        check = read_choices(page, kept_check(request, catalogue), request.POST)
    except ForeignChoice as foreign:
        raise BadRequest from foreign
    keep_check(request, catalogue, check)
    place = page.number + (-1 if request.POST.get("action") == BACK else 1)
    if place > total:
        return redirect("assessments:quick-result", catalogue.slug)
    return redirect("assessments:quick-page", catalogue.slug, place) if place else redirect("assessments:quick-start")


@login_not_required
@never_cache
@require_safe
def quick_result(request: HttpRequest, slug: str) -> HttpResponse:
    """What the choices claim, what to show first, and how to keep it."""
    catalogue = _set_with_check(slug)
    check = kept_check(request, catalogue)
    if not check.choices:
        messages.info(request, _("Nothing has been chosen yet: choose at least one answer to see a result."))
        return redirect("assessments:quick-page", catalogue.slug, 1)
    context = {
        "question_set": catalogue,
        "days": DAYS_KEPT,
        "pages": quick_pages(catalogue),
        "signup_open": settings.SIGNUP_OPEN,
        **result_context(catalogue, check),
    }
    return render(request, "assessments/quick/result.html", context)


@login_not_required
@require_POST
def quick_forget(request: HttpRequest) -> HttpResponse:
    """Take the answers out of the session."""
    forget_check(request)
    messages.success(request, _("Your answers to the quick check have been deleted."))
    return redirect("assessments:quick-start")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def quick_keep(request: HttpRequest) -> HttpResponse:
    """Ask which process it is about, and carry the answers into its assessment."""
    catalogue = latest_catalogue(begun_with(request)) if begun_with(request) else None
    contents = contents_of_check(catalogue, kept_check(request, catalogue)) if catalogue else {}
    if catalogue is None or not contents:
        messages.info(request, _("There is no quick check to keep in this browser."))
        return redirect("assessments:quick-start")
    user = signed_in(request)
    form = KeepForm(sent(request), processes=processes_for_check(user))

    def carry() -> HttpResponse:
        fields = {name: form.cleaned_data[name] for name in ("name", "kind")}
        carried = carry_check(user=user, catalogue=catalogue, contents=contents, process=form.chosen(), **fields)
        forget_check(request)
        text = ngettext(
            "%(number)s answer was taken over as a claim: nothing shows it yet.",
            "%(number)s answers were taken over as claims: nothing shows them yet.",
            carried.written,
        )
        messages.success(request, text % {"number": carried.written})
        return redirect("assessments:assessment-hub", carried.assessment.code)

    at = "process" if "process" in form.fields else "name"
    context = {"question_set": catalogue, "number": len(contents)}
    return taken(form, carry, at=at) or form_page(request, "assessments/quick/keep.html", form, context)
