"""The way of a draft to a version: what it becomes and why, review, approval, publication."""

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from attributes.documents import documents, translating
from attributes.documents.differences import FieldChange
from attributes.documents.documents import Address, Document
from attributes.documents.versioning import ChangeReason, Level, VersionChange
from attributes.editor.services.notes import open_notes, settle_note
from attributes.exceptions import DraftNotOpen, DraftRefused
from attributes.models import Draft, DraftStatus
from attributes.pages import OK, UNPROCESSABLE, whole_number
from attributes.permissions import draft_for, set_admin
from attributes.texts import language_name
from attributes.versions.forms import ActionForm, NoteForm, ReviewForm
from attributes.versions.problems import problems_shown
from attributes.versions.references import reference_of
from attributes.versions.services import publishing
from attributes.versions.services.publishing import DraftReview
from attributes.versions.words import level_words, path_words, place_words, reason_words

if TYPE_CHECKING:
    from msgov.accounts.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def draft_review(request: HttpRequest, code: str) -> HttpResponse:
    """What a draft becomes and why; POST saves the changelog, asks, takes back, approves or publishes."""
    user = set_admin(request)
    draft = draft_for(request, code)
    if request.method != "POST":
        return _page(request, draft)
    action = ActionForm(request.POST)
    if not action.is_valid():
        return _page(request, draft, refused=[str(message) for found in action.errors.values() for message in found])
    name, what = action.cleaned_data["action"], action.cleaned_data["seen"]
    if name in ("save", "ask"):
        return _save(request, draft, user, and_ask=name == "ask")
    try:
        return _ACTIONS[name](request, draft, user, what)
    except DraftNotOpen as closed:
        return _closed(request, draft, str(closed))
    except DraftRefused as refusal:
        draft.refresh_from_db()
        return _page(request, draft, refused=[refusal.reason])


def _closed(request: HttpRequest, draft: Draft, reason: str) -> HttpResponse:
    """Somebody was faster: show how things stand now."""
    messages.warning(request, reason)
    if Draft.objects.filter(pk=draft.pk).exists():
        return redirect("attributes:draft-review", draft.code)
    return redirect("attributes:diff")


def _save(request: HttpRequest, draft: Draft, user: "User", *, and_ask: bool) -> HttpResponse:
    review = publishing.review_of(draft)
    form = _form(draft, review, request.POST)
    if not form.is_valid():
        return _page(request, draft, review=review, form=form)
    try:
        publishing.save_notes(
            draft=draft,
            user=user,
            changelog=form.cleaned_data["changelog"],
            started_from=form.cleaned_data["started_from"],
            declared=form.declared,
            of=form.cleaned_data["of"],
        )
        if and_ask:
            publishing.ask_for_review(draft=draft, user=user, link=_link(request, draft))
    except DraftNotOpen as closed:
        return _closed(request, draft, str(closed))
    except DraftRefused as refusal:
        draft.refresh_from_db()
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
        return _page(request, draft, form=form)
    messages.success(request, _("The draft is in review.") if and_ask else _("Saved."))
    return redirect("attributes:draft-review", draft.code)


def _link(request: HttpRequest, draft: Draft) -> str:
    return request.build_absolute_uri(reverse("attributes:draft-review", args=[draft.code]))


def _withdraw(request: HttpRequest, draft: Draft, user: "User", what: str) -> HttpResponse:
    publishing.withdraw_review(draft=draft, user=user)
    messages.success(request, _("The draft can be edited again."))
    return redirect("attributes:draft-review", draft.code)


def _approve(request: HttpRequest, draft: Draft, user: "User", what: str) -> HttpResponse:
    publishing.approve(draft=draft, user=user, what=what, link=_link(request, draft))
    messages.success(request, _("You approved this draft. It can be published now."))
    return redirect("attributes:draft-review", draft.code)


def _publish(request: HttpRequest, draft: Draft, user: "User", what: str) -> HttpResponse:
    version = publishing.publish(draft=draft, user=user, what=what)
    messages.success(request, _("%(version)s is published.") % {"version": version})
    return redirect("attributes:version", version.slug, version.version)


def _note(request: HttpRequest, draft: Draft, user: "User", what: str) -> HttpResponse:
    review = publishing.review_of(draft)
    form = NoteForm(request.POST, places=_places(review))
    if not form.is_valid():
        return _page(request, draft, review=review, note=form)
    publishing.leave_note(
        draft=draft,
        user=user,
        text=form.cleaned_data["text"],
        place=form.cleaned_data["about"],
        link=_link(request, draft),
    )
    messages.success(request, _("The note has been kept."))
    return redirect("attributes:draft-review", draft.code)


def _settle(request: HttpRequest, draft: Draft, user: "User", what: str) -> HttpResponse:
    settle_note(draft=draft, user=user, number=whole_number(request.POST.get("number", "")) or 0)
    return redirect("attributes:draft-review", draft.code)


def _places(review: DraftReview) -> list[tuple[str, str]]:
    """The parts that changed, to be chosen from."""
    changes = review.verdict.changes if review.verdict else ()
    return [(str(where), place_words(where)) for where in dict.fromkeys(change.where for change in changes)]


def _notes(draft: Draft) -> list[dict[str, Any]]:
    """What waits to be dealt with; a place that is known is named in words."""
    known = {
        **{
            entry.key: f"{place_words(entry.address)}, {path_words([str(step) for step in entry.path])}"
            for entry in translating.texts_of(draft.content)
        },
        **{str(where): place_words(where) for where in documents.addresses(draft.content)},
    }
    return [{"note": note, "place": known.get(note.place, note.place)} for note in open_notes(draft)]


_ACTIONS: dict[str, Callable[[HttpRequest, Draft, "User", str], HttpResponse]] = {
    "withdraw": _withdraw,
    "approve": _approve,
    "publish": _publish,
    "note": _note,
    "settle": _settle,
}


def _form(draft: Draft, review: DraftReview, data: Any = None) -> ReviewForm:
    return ReviewForm(
        data,
        proposed=review.verdict.to_declare if review.verdict else {},
        said=publishing.declarations(draft),
        initial={
            "changelog": draft.changelog,
            "started_from": draft.changelog,
            "of": documents.fingerprint(draft.content),
        },
    )


def _page(
    request: HttpRequest,
    draft: Draft,
    *,
    review: DraftReview | None = None,
    form: ReviewForm | None = None,
    note: NoteForm | None = None,
    refused: list[str] | None = None,
) -> HttpResponse:
    review = review or publishing.review_of(draft)
    form = form or _form(draft, review)
    errors: forms.Form = note or form
    if refused:
        errors = ActionForm({"action": "save"})
        errors.is_valid()
        for reason in refused:
            errors.add_error(None, reason)
    is_own = draft.review_asked_by_id == request.user.pk
    needs_approval = publishing.needs_approval()
    context = {
        "draft": draft,
        "review": review,
        "form": form,
        "errors": errors,
        "base": draft.base,
        "base_reference": reference_of(draft.base) if draft.base else "",
        "draft_reference": reference_of(draft),
        "level": level_words(review.verdict.level) if review.verdict else "",
        "parts": _parts(draft, review, form),
        "problems": problems_shown(draft, review.problems),
        "notes": _notes(draft),
        "note_form": note or NoteForm(places=_places(review)),
        "without_advice": _without_advice(draft.content),
        "seen": publishing.seen(draft),
        "needs_approval": needs_approval,
        "is_own": is_own,
        "may_approve": draft.status == DraftStatus.IN_REVIEW and needs_approval and not is_own,
        "may_publish": draft.status == DraftStatus.APPROVED
        or (draft.status == DraftStatus.IN_REVIEW and not needs_approval),
    }
    status = UNPROCESSABLE if errors.errors else OK
    return render(request, "attributes/versions/review.html", context, status=status)


def _without_advice(content: Document) -> list[str]:
    """Codes of items that count and recommend nothing: allowed, and easily overlooked."""
    return [
        str(item.get("code", ""))
        for item in documents.nodes(content, "item")
        if item.get("scored") and not item.get("recommendations")
    ]


def _parts(draft: Draft, review: DraftReview, form: ReviewForm) -> list[dict[str, Any]]:
    """The changes by part, each with its level and reason."""
    if review.verdict is None:
        return []
    declared = publishing.declarations(draft)
    order = {where: place for place, where in enumerate(documents.addresses(draft.content))}
    grouped: dict[Address, list[VersionChange]] = {}
    for change in review.verdict.changes:
        grouped.setdefault(change.where, []).append(change)
    return [
        {
            "place": place_words(where),
            "level": level_words(max(change.level for change in changes)),
            "is_major": any(change.level is Level.MAJOR for change in changes),
            "reasons": _reasons(changes),
            "revision": _revision(review, where),
            "declared": declared.get(str(where), ""),
            "field": form.field_of(where),
        }
        for where, changes in sorted(grouped.items(), key=lambda entry: order.get(entry[0], len(order)))
    ]


def _reasons(changes: list[VersionChange]) -> list[str]:
    """Why a part has its level; translations are counted, as a new language has hundreds."""
    translated = Counter(
        change.source.language
        for change in changes
        if change.reason is ChangeReason.TRANSLATION and isinstance(change.source, FieldChange)
    )
    named = [reason_words(change) for change in changes if change.reason is not ChangeReason.TRANSLATION]
    words = [
        ngettext("translation: %(count)d text (%(language)s)", "translation: %(count)d texts (%(language)s)", count)
        % {"count": count, "language": language_name(language)}
        for language, count in translated.items()
    ]
    return [*dict.fromkeys(named), *words]


def _revision(review: DraftReview, where: Address) -> int:
    """The revision an item gets, where it gets a new one."""
    if review.verdict is None or where.kind != "item" or where.code not in review.verdict.raised:
        return 0
    return int(documents.node(review.document, where).get("revision", 1))
