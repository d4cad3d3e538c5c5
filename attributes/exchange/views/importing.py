"""Files into drafts: choose one, see what would change, apply it. Nothing is stored before the last step."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from attributes.documents import documents
from attributes.documents.documents import Document, fingerprint
from attributes.exceptions import DraftClash, DraftNotOpen, DraftRefused
from attributes.exchange import carrying
from attributes.exchange.forms import BaseForm, UploadForm
from attributes.exchange.reading import MAX_BYTES, XLSX_START, FileRefused, printable, read_document
from attributes.exchange.services import importing
from attributes.exchange.services.exported import text_words
from attributes.exchange.services.previewing import preview_of
from attributes.exchange.translations import TranslationChange, TranslationSheet, outcome_of, read_sheet
from attributes.exchange.views.uploads import takes_file
from attributes.exporting import document_of
from attributes.models import Draft, QuestionSet
from attributes.pages import CONFLICT, UNPROCESSABLE, SizeLimit
from attributes.permissions import draft_for, set_admin
from attributes.versions.words import path_words, place_words

if TYPE_CHECKING:
    from msgov.accounts.models import User

MOST_STALE = 200
MOST_CHANGES = 300
MOST_PROBLEMS = 10


@dataclass
class ImportPage:
    """Where an import happens: who, into which draft (or None for a new one), and the form for a file."""

    request: HttpRequest
    user: "User"
    draft: Draft | None
    form: UploadForm

    @property
    def purpose(self) -> str:
        """What a carried upload is signed for."""
        return f"{self.user.pk}.{self.draft.code if self.draft else 'new'}"


@takes_file
@require_http_methods(["GET", "HEAD", "POST"])
def into_draft(request: HttpRequest, code: str, *, limit: SizeLimit) -> HttpResponse:
    """Take a whole question set, or translations, into a draft."""
    user = set_admin(request)
    draft = draft_for(request, code)
    page = _page(request, user, draft, limit)
    if request.method != "POST":
        return _choose(page)
    if not draft.is_open:
        return _choose(page, notice=_("This draft is in review. Take it back into editing first."), status=CONFLICT)
    try:
        if "carried" in request.POST:
            return _apply_to_draft(page, draft, carrying.unpack(request.POST["carried"], purpose=page.purpose))
        if not page.form.is_valid():
            return _choose(page, status=UNPROCESSABLE)
        data = _data(page)
        if data.startswith(XLSX_START):
            return _translations_preview(page, draft, read_sheet(data))
        return _document_preview(page, draft, read_document(data))
    except FileRefused as refused:
        return _choose(page, refused=refused, status=UNPROCESSABLE)
    except DraftRefused as refused:
        return _choose(page, notice=refused.reason, status=UNPROCESSABLE)
    except carrying.NotCarried:
        return _choose(page, notice=_lost(), status=UNPROCESSABLE)
    except DraftNotOpen as error:
        return _choose(page, notice=str(error), status=CONFLICT)


@takes_file
@require_http_methods(["GET", "HEAD", "POST"])
def new_draft(request: HttpRequest, *, limit: SizeLimit) -> HttpResponse:
    """Start a draft from a file: of a set there is, based on one of its versions, or of a new set."""
    user = set_admin(request)
    page = _page(request, user, None, limit)
    if request.method != "POST":
        return _choose(page)
    try:
        if "carried" in request.POST:
            return _start(page, carrying.unpack(request.POST["carried"], purpose=page.purpose))
        if not page.form.is_valid():
            return _choose(page, status=UNPROCESSABLE)
        return _new_preview(page, read_document(_data(page)), _file_name(page))
    except FileRefused as refused:
        return _choose(page, refused=refused, status=UNPROCESSABLE)
    except carrying.NotCarried:
        return _choose(page, notice=_lost(), status=UNPROCESSABLE)


def _page(request: HttpRequest, user: "User", draft: Draft | None, limit: SizeLimit) -> ImportPage:
    sent = request.method == "POST" and "carried" not in request.POST
    arguments: tuple[Any, ...] = (request.POST, request.FILES) if sent else ()
    return ImportPage(
        request, user, draft, UploadForm(*arguments, spreadsheets=draft is not None, too_large=limit.exceeded)
    )


def _lost() -> str:
    return _("This preview is too old or was changed on its way. Nothing was stored: choose the file again.")


def _data(page: ImportPage) -> bytes:
    data: bytes = page.form.cleaned_data["file"].read(MAX_BYTES + 1)
    return data


def _file_name(page: ImportPage) -> str:
    return printable(str(page.form.cleaned_data["file"].name), most=100)


def _choose(
    page: ImportPage, *, refused: FileRefused | None = None, notice: str = "", status: int = 200
) -> HttpResponse:
    context = {"form": page.form, "draft": page.draft, "refused": refused, "notice": notice}
    return render(page.request, "attributes/exchange/import.html", context, status=status)


def _preview(page: ImportPage, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    context |= {"draft": page.draft, "user": page.user}
    return render(page.request, f"attributes/exchange/{template}.html", context, status=status)


def _document_preview(
    page: ImportPage, draft: Draft, document: Document, *, name: str = "", overtaken: bool = False
) -> HttpResponse:
    name = name or _file_name(page)
    coming = importing.merged(draft.content, document)
    values = {"document": document, "on": fingerprint(draft.content), "name": name}
    context = {
        "name": name,
        "preview": preview_of(draft.content, coming),
        "problems": _problems(coming),
        "given_again": importing.codes_given_again(draft, document),
        "carried": carrying.pack(values, purpose=page.purpose),
        "overtaken": overtaken,
    }
    return _preview(page, "preview", context, CONFLICT if overtaken else 200)


def _problems(document: Document) -> dict[str, Any]:
    """What would keep the outcome from being published: how many, and the first of them."""
    found = documents.problems(document)
    first = [(place_words(one.address), path_words([str(step) for step in one.path]), one.reason) for one in found]
    return {"count": len(found), "first": first[:MOST_PROBLEMS], "more": max(len(found) - MOST_PROBLEMS, 0)}


def _translations_preview(
    page: ImportPage, draft: Draft, sheet: TranslationSheet, *, name: str = "", overtaken: bool = False
) -> HttpResponse:
    name = name or _file_name(page)
    outcome = outcome_of(draft.content, sheet)
    values = carrying.sheet_to_values(sheet, outcome) | {"on": fingerprint(draft.content), "name": name}
    fresh, stale = outcome.fresh, outcome.stale
    ticked = set(page.request.POST.getlist("also"))
    context = {
        "name": name,
        "outcome": outcome,
        "unknown": outcome.unknown[:MOST_CHANGES],
        "unknown_more": max(len(outcome.unknown) - MOST_CHANGES, 0),
        "comments": outcome.comments[:MOST_CHANGES],
        "fresh": [_shown(change, ticked) for change in fresh[:MOST_CHANGES]],
        "fresh_more": max(len(fresh) - MOST_CHANGES, 0),
        "fresh_count": len(fresh),
        "stale": [_shown(change, ticked) for change in stale[:MOST_STALE]],
        "stale_more": max(len(stale) - MOST_STALE, 0),
        "carried": carrying.pack(values, purpose=page.purpose),
        "overtaken": overtaken,
    }
    return _preview(page, "translations", context, CONFLICT if overtaken else 200)


def _shown(change: TranslationChange, ticked: set[str]) -> dict[str, Any]:
    return {
        "called": text_words(change.entry),
        "ticked": f"{change.language} {change.key}" in ticked,
        **{name: getattr(change, name) for name in ("key", "language", "cell", "source", "source_now", "old", "new")},
    }


def _apply_to_draft(page: ImportPage, draft: Draft, carried: dict[str, Any]) -> HttpResponse:
    name = carried["name"]
    summary = _("Imported “%(name)s”") % {"name": name}
    common: dict[str, Any] = {"draft": draft, "user": page.user, "started_from": carried["on"], "summary": summary}
    is_document = "document" in carried
    try:
        if is_document:
            importing.take_document(document=carried["document"], **common)
            done = _("“%(name)s” was imported. You can take this back under “Changes”.") % {"name": name}
        else:
            also = {(key, language) for language, _space, key in map(_ticked, page.request.POST.getlist("also"))}
            comments = [(place, text) for place, text in carried.get("comments", [])]
            sheet = carrying.sheet_from_values(carried)
            count = importing.take_translations(sheet=sheet, also=also, comments=comments, **common)
            done = ngettext("%(count)s translation was imported.", "%(count)s translations were imported.", count) % {
                "count": count
            }
    except DraftClash:
        draft.refresh_from_db()
        if is_document:
            return _document_preview(page, draft, carried["document"], name=name, overtaken=True)
        return _translations_preview(page, draft, carrying.sheet_from_values(carried), name=name, overtaken=True)
    messages.success(page.request, done)
    return redirect("attributes:draft", draft.code)


def _ticked(value: str) -> tuple[str, str, str]:
    return value.partition(" ")


def _new_preview(
    page: ImportPage, document: Document, name: str, *, chosen: str | None = None, notice: str = "", status: int = 200
) -> HttpResponse:
    versions = _versions(document)
    form = _base_form(versions, chosen)
    base = form.chosen if form else None
    before = document_of(base) if base else {}
    context = {
        "name": name,
        "document": document,
        "base_form": form,
        "base": base,
        "preview": preview_of(before, importing.merged(before, document) if base else document),
        "problems": _problems(document),
        "carried": carrying.pack({"document": document, "name": name}, purpose=page.purpose),
        "notice": notice,
    }
    return _preview(page, "new", context, status)


def _versions(document: Document) -> list[QuestionSet]:
    """The versions a draft of this slug can be based on: the highest first, retired ones last."""
    found = QuestionSet.objects.filter(slug=document["slug"]).newest_first()
    return sorted(found, key=lambda row: row.status != "published")


def _base_form(versions: list[QuestionSet], chosen: str | None) -> BaseForm | None:
    if not versions:
        return None
    return BaseForm({"base": chosen} if chosen is not None else None, versions=versions)


def _start(page: ImportPage, carried: dict[str, Any]) -> HttpResponse:
    document, name = carried["document"], carried["name"]
    chosen = page.request.POST.get("base")
    form = _base_form(_versions(document), chosen)
    if page.request.POST.get("action") != "apply" or (form is not None and not (form.is_bound and form.is_valid())):
        return _new_preview(page, document, name, chosen=chosen)
    summary = _("Imported “%(name)s”") % {"name": name}
    try:
        draft = importing.start_from_document(
            user=page.user, document=document, base=form.chosen if form else None, summary=summary
        )
    except DraftRefused as refused:
        return _new_preview(page, document, name, notice=refused.reason, status=CONFLICT)
    messages.success(page.request, _("A draft was started from “%(name)s”.") % {"name": name})
    return redirect("attributes:draft", draft.code)
