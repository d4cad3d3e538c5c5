"""The list of question sets with their versions and drafts; starting and discarding a draft."""

from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from attributes import usage
from attributes.editor.forms.drafts import NewSetForm
from attributes.editor.page import draft_context, title_of
from attributes.editor.services.drafts import discard, start_draft
from attributes.models import Draft, QuestionSet, VersionStatus
from attributes.pages import form_page, refusals_lead_to, sent, taken
from attributes.permissions import draft_for, set_admin
from attributes.texts import localise


@require_safe
def sets(request: HttpRequest) -> HttpResponse:
    """Every question set: its versions, newest first, and its open drafts."""
    set_admin(request)
    versions = QuestionSet.objects.newest_first()
    used = usage.uses([version.pk for version in versions])
    found: dict[str, dict[str, Any]] = {}
    for version in versions:
        entry = found.setdefault(version.slug, _entry(version.slug, version.title))
        entry["versions"].append((version, used[version.pk]))
        if version.status == VersionStatus.PUBLISHED and entry["newest"] is None:
            entry["newest"] = version
    drafts = Draft.objects.visible_to(request.user).defer("content").select_related("updated_by").with_base()
    for draft in drafts.annotate(title=F("content__title")):
        title = draft.title  # type: ignore[attr-defined]  # annotated above
        found.setdefault(draft.slug, _entry(draft.slug, title))["drafts"].append(draft)
    return render(request, "attributes/editor/sets.html", {"sets": list(found.values())})


def _entry(slug: str, title: dict[str, str] | None) -> dict[str, Any]:
    return {"slug": slug, "title": title or {"en": slug}, "versions": [], "drafts": [], "newest": None}


@require_http_methods(["GET", "HEAD", "POST"])
def draft_create(request: HttpRequest) -> HttpResponse:
    """Start a draft: of a new question set, or with `base` from a version."""
    user = set_admin(request)
    named = request.POST.get("base", "") or request.GET.get("base", "")
    base = _base(named) if named else None
    if base is not None:
        if request.method == "POST":
            words = _("Started from version %(version)s") % {"version": base.version}
            return _started(request, start_draft(user=user, base=base, summary=words))
        others = base.drafts.select_related("updated_by").defer("content")
        return render(request, "attributes/editor/draft_from.html", {"base": base, "others": others})
    form = NewSetForm(sent(request))

    def start() -> HttpResponse:
        return _started(request, start_draft(user=user, document=form.document()))

    return taken(form, start) or form_page(request, "attributes/editor/draft_new.html", form)


def _base(named: str) -> QuestionSet:
    slug, at, version = named.partition("@")
    if not at or "\x00" in named:
        raise Http404
    return get_object_or_404(QuestionSet, slug=slug, version=version)


def _started(request: HttpRequest, draft: Draft) -> HttpResponse:
    words = {"title": localise(draft.content.get("title"))}
    messages.success(request, _("The draft of “%(title)s” has been started.") % words)
    return redirect("attributes:draft", draft.code)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("attributes:sets")
def draft_discard(request: HttpRequest, code: str) -> HttpResponse:
    """Say what would be lost, and delete the draft."""
    draft = draft_for(request, code)
    if request.method == "POST":
        discard(draft=draft, user=set_admin(request))
        words = _("The draft of “%(title)s” has been discarded.")
        messages.success(request, words % {"title": title_of(draft.content)})
        return redirect("attributes:sets")
    context = draft_context(draft) | {"changes": draft.steps.filter(number__gt=0, number__lte=draft.step).count()}
    return render(request, "attributes/editor/draft_discard.html", context)
