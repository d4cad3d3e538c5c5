"""What was sent from the page of a part: store it, or hand it back with what is wrong."""

from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from attributes.documents import documents, operations
from attributes.documents.documents import Document, Part
from attributes.editor.forms.part import PartForm
from attributes.editor.merging import merge_page, merged_by_itself, read_choices, start_of
from attributes.editor.page import name_of
from attributes.editor.part_page import SentPart, page_context
from attributes.editor.services import drafts
from attributes.exceptions import DraftClash, DraftNotOpen, DraftRefused
from attributes.models import Draft
from attributes.pages import BAD_REQUEST, CONFLICT, UNPROCESSABLE

MERGE = "merge"
A_DAY = 24 * 60 * 60


def autosave(sent: SentPart) -> HttpResponse:
    """Store the part and answer with fragments: how it went, the new fingerprint, and what tells rows apart."""
    if not sent.page:
        message = _("This was not saved: the page does not fit this part. Load the page again.")
        return _not_saved(sent, message, BAD_REQUEST)
    value = sent.form.value(sent.request.POST, is_final=False)
    try:
        _store(sent, value, _started_from(sent))
    except DraftNotOpen as refusal:
        return _not_saved(sent, str(refusal), CONFLICT)
    except DraftRefused as refusal:
        named = sent.form.refuse(value, refusal.problems)
        errors = [f"{label}: {reason}" for _name, label, reason in named] or [refusal.reason]
        return render(sent.request, "attributes/editor/_saved.html", {"errors": errors}, status=UNPROCESSABLE)
    except DraftClash:
        return render(sent.request, "attributes/editor/_saved.html", _clash_context(sent), status=CONFLICT)
    except KeyError:
        return _not_saved(sent, _("This was not saved: the part was taken out of the draft meanwhile."), CONFLICT)
    return render(sent.request, "attributes/editor/_saved.html", _saved_context(sent))


def _not_saved(sent: SentPart, message: str, status: int) -> HttpResponse:
    return render(sent.request, "attributes/editor/_saved.html", {"errors": [message]}, status=status)


def _clash_context(sent: SentPart) -> dict[str, Any]:
    draft = Draft.objects.select_related("updated_by").get(pk=sent.draft.pk)
    own = draft.updated_by_id == sent.user.pk
    return {"clash": True, "own": own, "by": "" if own or draft.updated_by is None else str(draft.updated_by)}


def _saved_context(sent: SentPart) -> dict[str, Any]:
    form = PartForm(sent.draft.content, sent.where, base=None)
    found = [problem for problem in drafts.problems_of(sent.draft.content) if problem.address == sent.where]
    return {
        "saved_at": timezone.now(),
        "version": documents.fingerprint(form.stored),
        "tokens": list(sent.form.reading.tokens.items()),
        "missing": form.named(found),
        "with_missing": True,
    }


def _key(sent: SentPart) -> str:
    return f"draft-page-{sent.draft.pk}-{sent.user.pk}-{sent.page}-{documents.fingerprint(str(sent.where))}"


def _started_from(sent: SentPart) -> str:
    """What this page saved last: it may not know, where the answer to that got lost on the way."""
    known: str | None = cache.get(_key(sent)) if sent.page.isalnum() else None
    return known or sent.started_from


def _store(sent: SentPart, value: Part, started_from: str) -> None:
    """Save the part, and remember for the page what it is now."""
    if problems := sent.form.spent_codes(value):
        raise DraftRefused("", problems[0].field, problems)
    origins = sent.form.reading.origins

    def also(content: Document) -> None:
        if origins is not None:
            operations.renumber_anchors(content, origins)

    drafts.save_part(
        draft=sent.draft,
        user=sent.user,
        where=sent.where,
        value=value,
        started_from=started_from,
        summary=name_of(sent.where),
        also=also,
    )
    if sent.page.isalnum():
        cache.set(_key(sent), documents.fingerprint(documents.part(sent.draft.content, sent.where)), A_DAY)


def save_page(sent: SentPart) -> HttpResponse:
    """Store a part sent with a button, and go where the button says."""
    if not sent.page:
        message = _("Nothing was saved: the form that was sent does not fit this part. Check it and save again.")
        context = page_context(sent.draft, sent.where, sent.form, message=message)
        return render(sent.request, "attributes/editor/part.html", context, status=BAD_REQUEST)
    action = sent.request.POST.get("action", "")
    value = sent.form.value(sent.request.POST, is_final=True)
    if action == MERGE:
        stored = sent.form.stored
        value, missing = read_choices(sent, value)
        if missing or documents.fingerprint(stored) != sent.started_from:
            return merge_page(sent, documents.part(sent.draft.content, sent.where), missing)
    try:
        _store(sent, value, _started_from(sent))
    except DraftNotOpen as refusal:
        return _again(sent, value, [("", "", str(refusal))], CONFLICT)
    except DraftRefused as refusal:
        named = sent.form.refuse(value, refusal.problems) or [("", "", refusal.reason)]
        return _again(sent, value, named, UNPROCESSABLE)
    except DraftClash as clash:
        return _clashed(sent, value, clash.stored)
    except KeyError:
        words = _("This was not saved: the part was taken out of the draft meanwhile. Undo brings it back.")
        messages.error(sent.request, words)
        return redirect("attributes:draft", sent.draft.code)
    return _onward(sent, action)


def _again(sent: SentPart, value: Part, errors: list[tuple[str, str, str]], status: int) -> HttpResponse:
    context = page_context(
        sent.draft,
        sent.where,
        sent.form,
        value=value,
        errors=errors,
        version=sent.started_from,
        page=sent.page,
    )
    return render(sent.request, "attributes/editor/part.html", context, status=status)


def _clashed(sent: SentPart, value: Part, stored: Part) -> HttpResponse:
    """Where two people changed different fields both are kept; else who saves last chooses."""
    start = start_of(sent)
    merged = merged_by_itself(sent, value, stored, start) if start is not None else None
    if merged is None:
        return merge_page(sent, stored, [], start=start)
    try:
        _store(sent, merged, documents.fingerprint(stored))
    except (DraftClash, DraftRefused, KeyError):
        return merge_page(sent, stored, [], start=start)
    words = _("Somebody else changed other fields at the same time: both changes were kept. Read it through once.")
    messages.warning(sent.request, words)
    return redirect("attributes:draft-part", sent.draft.code, str(sent.where))


def _onward(sent: SentPart, action: str) -> HttpResponse:
    here = reverse("attributes:draft-part", args=[sent.draft.code, str(sent.where)])
    if focus := sent.form.reading.focus:
        return redirect(f"{here}#{focus}")
    if action == "tree":
        # Of what has something below it the panel is opened: to add that is what comes next.
        how = "at" if sent.where.kind == "item" else "open"
        place = f"?{how}={sent.where}#{sent.where.kind}-{sent.where.code}" if sent.where.code else ""
        return redirect(reverse("attributes:draft", args=[sent.draft.code]) + place)
    if action == "next":
        rows = documents.addresses(sent.draft.content)
        place_now = rows.index(sent.where)
        if place_now + 1 < len(rows):
            return redirect("attributes:draft-part", sent.draft.code, str(rows[place_now + 1]))
    messages.success(sent.request, _("%(what)s was saved.") % {"what": name_of(sent.where)})
    return redirect(here)
