"""Versions of question sets: one by one, compared, and taken out of use."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from attributes import usage
from attributes.documents import translating
from attributes.models import Draft, QuestionSet, VersionStatus
from attributes.pages import OK, UNPROCESSABLE
from attributes.permissions import set_admin, version_for
from attributes.texts import localise
from attributes.versions import comparing
from attributes.versions.forms import Choices, DiffForm
from attributes.versions.references import DRAFT_PREFIX, Referred, UnknownReference, find, reference_of
from attributes.versions.services.publishing import retire_version

# A page with more is neither quick to load nor read: filter by attribute, or take the file.
PARTS_ON_PAGE = 150
_FILES = {
    "json": (comparing.as_json, "application/json"),
    "md": (comparing.as_markdown, "text/markdown; charset=utf-8"),
}


@require_safe
def version(request: HttpRequest, slug: str, version: str) -> HttpResponse:
    """One version: where it stands, where it comes from, who uses it, and what can be done with it."""
    row = version_for(request, slug, version)
    base = _base_of(row)
    context = {
        "version": row,
        "reference": reference_of(row),
        "base": base,
        "base_reference": reference_of(base) if base else "",
        "uses": usage.uses([row.pk])[row.pk],
        "is_published": row.status == VersionStatus.PUBLISHED,
    }
    return render(request, "attributes/versions/version.html", context)


def _base_of(row: QuestionSet) -> QuestionSet | None:
    """The version it was made from; for one that came as a file, the highest below it."""
    others = list(QuestionSet.objects.filter(slug=row.slug).only("slug", "version"))
    named = next((other for other in others if other.version == row.based_on), None)
    below = [other for other in others if other.version_key < row.version_key]
    return named or max(below, key=lambda other: other.version_key, default=None)


@require_http_methods(["GET", "HEAD", "POST"])
def version_retire(request: HttpRequest, slug: str, version: str) -> HttpResponse:
    """Ask once more, then take a version out of use for new assessments."""
    user = set_admin(request)
    row = version_for(request, slug, version)
    if request.method == "POST":
        if retire_version(question_set=row, user=user):
            messages.success(request, _("%(version)s is retired.") % {"version": row})
    elif row.status == VersionStatus.PUBLISHED:
        context = {"version": row, "uses": usage.uses([row.pk])[row.pk]}
        return render(request, "attributes/versions/retire.html", context)
    return redirect("attributes:version", row.slug, row.version)


@require_safe
def diff(request: HttpRequest) -> HttpResponse:
    """Choose two versions or drafts, and see what differs word by word."""
    set_admin(request)
    is_asked = bool(request.GET.get("a") or request.GET.get("b"))
    form = DiffForm(request.GET if is_asked else None, choices=_choices())
    sides = _sides(form) if is_asked else None
    if sides is None:
        context: dict[str, Any] = {"form": form}
        return render(request, "attributes/versions/diff.html", context, status=UNPROCESSABLE if is_asked else OK)
    titles = comparing.attributes_of(*sides)
    form.offer_attributes({code: f"{code} {localise(title)}" for code, title in titles.items()}, comparing.OUTSIDE)
    found = comparing.report(*sides, attribute=form.cleaned_data["attribute"])
    parts, translations = comparing.source_first(found, translating.source_language(sides[1].document))
    context = {
        "form": form,
        "old": sides[0],
        "new": sides[1],
        "parts": parts[:PARTS_ON_PAGE],
        "left_out": max(0, len(parts) - PARTS_ON_PAGE),
        "translations": translations,
        "query": request.GET.urlencode(),
        "draft_code": next((code for code in map(_draft_code, (sides[1], sides[0])) if code), ""),
    }
    return render(request, "attributes/versions/diff.html", context)


@require_safe
def diff_file(request: HttpRequest) -> HttpResponse:
    """The same as a file, complete: `format` is "md" or "json"."""
    set_admin(request)
    form = DiffForm(request.GET, choices=_choices())
    sides = _sides(form)
    kind = request.GET.get("format", "")
    if sides is None or kind not in _FILES:
        raise Http404(_("There is no such comparison."))
    write, content_type = _FILES[kind]
    old, new = sides
    answer = HttpResponse(
        write(comparing.report(old, new, attribute=form.cleaned_data["attribute"])), content_type=content_type
    )
    answer["Content-Disposition"] = f'attachment; filename="{new.slug}-{old.label}-{new.label}.{kind}"'
    return answer


def _sides(form: DiffForm) -> tuple[Referred, Referred] | None:
    if not form.is_valid():
        return None
    try:
        sides = find(form.cleaned_data["a"]), find(form.cleaned_data["b"])
    except UnknownReference as gone:  # a draft may have been published a moment ago
        form.add_error(None, str(gone))
        return None
    if sides[0].slug != sides[1].slug:
        form.add_error("b", _("Choose two of the same question set."))
        return None
    return sides


def _draft_code(side: Referred) -> str:
    """The code of a draft, empty for a version."""
    return side.reference.removeprefix(DRAFT_PREFIX) if side.reference.startswith(DRAFT_PREFIX) else ""


def _choices() -> Choices:
    groups: dict[str, list[tuple[str, str]]] = {}
    versions = QuestionSet.objects.only("slug", "version", "status", "experimental")
    for row in versions.newest_first():
        label = row.version
        if row.status == VersionStatus.RETIRED:
            label = _("%(version)s (retired)") % {"version": row.version}
        groups.setdefault(row.slug, []).append((reference_of(row), label))
    for draft in Draft.objects.select_related("base").only("slug", "code", "updated_at", "base__version"):
        names: Mapping[str, Any] = {
            "base": draft.base.version if draft.base else "",
            "code": draft.code,
        }
        label = _("draft %(code)s from %(base)s") if draft.base else _("draft %(code)s")
        groups.setdefault(draft.slug, []).append((reference_of(draft), label % names))
    return list(groups.items())
