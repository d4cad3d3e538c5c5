"""Translating a draft: the texts of one attribute beside fields for their translation."""

from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from attributes.documents import translating
from attributes.documents.documents import fingerprint
from attributes.documents.translating import State, TextEntry
from attributes.exceptions import DraftNotOpen
from attributes.languages.forms import TextField, TranslationForm, name_of
from attributes.languages.labels import part_label
from attributes.languages.services import entries_of, save_translations
from attributes.languages.views.languages import TextGroup, groups_of, language_of
from attributes.models import Draft
from attributes.pages import CONFLICT, OK, UNPROCESSABLE, from_htmx
from attributes.permissions import draft_for, set_admin
from attributes.texts import language_name

# Texts on one page: a phone can scroll through them, and the page stays small.
PAGE_LENGTH = 60
ALL, MISSING, CHANGED = "all", "missing", "changed"


@dataclass
class TranslationPage:
    """Texts of a group on one page. `before` and `after` are the keys that the pages around it start with.

    Pages start at a text and not at a number, because texts leave the filter while one works through it.
    """

    draft: Draft
    language: str
    group: TextGroup
    show: str
    entries: list[TextEntry]
    before: str = ""
    after: str = ""
    form: TranslationForm = field(init=False)

    def __post_init__(self) -> None:
        letters = [str(level.get("letter", "")) for level in self.draft.content.get("scale", [])]
        self.form = TranslationForm(self.entries, self.language, self.source, letters)

    @property
    def source(self) -> str:
        """The language translated from."""
        return translating.source_language(self.draft.content)

    def address(self, group: TextGroup | None = None, *, show: str = "", start: str = "") -> str:
        """Where a group is translated, which texts of it, and from which on."""
        address = reverse(
            "attributes:draft-translate", args=[self.draft.code, self.language, (group or self.group).where]
        )
        query = {name: value for name, value in (("show", show), ("from", start)) if value and value != ALL}
        return f"{address}?{urlencode(query)}" if query else address

    @property
    def here(self) -> str:
        """Where this page is."""
        first = self.entries[0].key if self.entries and self.before else ""
        return self.address(show=self.show, start=first)

    def state(self, entry: TextEntry) -> State:
        """How far a text is."""
        return translating.state_of(entry, self.language, self.source, self.draft.translated_from)


@require_http_methods(["GET", "HEAD", "POST"])
def draft_translate(request: HttpRequest, code: str, language: str, where: str) -> HttpResponse:
    """The texts of one attribute, or of everything around the attributes, beside fields for their translation."""
    draft = draft_for(request, code)
    page = _page(request, draft, language_of(draft, language), where)
    if request.method != "POST":
        return render(request, "attributes/languages/translate.html", _context(page))
    page.form.read(request.POST)
    problem, saved = "", {}
    try:
        outcome = save_translations(
            draft=draft, user=set_admin(request), language=page.language, group=page.group.code, typed=page.form.typed
        )
    except DraftNotOpen as error:
        problem = str(error)
    else:
        saved = outcome.saved
        for row in page.form.fields:
            row.clash = outcome.clashes.get(row.entry.key)
    return _answer(request, page, problem, saved)


def _page(request: HttpRequest, draft: Draft, language: str, where: str) -> TranslationPage:
    group = next((group for group in groups_of(draft) if group.where == where), None)
    if group is None:
        raise Http404
    show = request.GET.get("show", ALL)
    show = show if show in (MISSING, CHANGED) else ALL
    entries = entries_of(draft, group.code)
    source = translating.source_language(draft.content)

    def wanted(entry: TextEntry) -> bool:
        return show == ALL or translating.state_of(entry, language, source, draft.translated_from) == show

    start = next((index for index, entry in enumerate(entries) if entry.key == request.GET.get("from")), 0)
    matching = [entry for entry in entries[start:] if wanted(entry)]
    shown, rest = matching[:PAGE_LENGTH], matching[PAGE_LENGTH:]
    if request.method == "POST":
        # What was sent, whatever has become of it since the page was drawn.
        sent = [index for index, entry in enumerate(entries) if name_of(entry.key) in request.POST]
        shown = [entries[index] for index in sent]
        if sent:
            rest = [entry for entry in entries[sent[-1] + 1 :] if wanted(entry)]
    earlier = [entry for entry in entries[:start] if wanted(entry)][-PAGE_LENGTH:]
    return TranslationPage(
        draft, language, group, show, shown, earlier[0].key if earlier else "", rest[0].key if rest else ""
    )


def _answer(request: HttpRequest, page: TranslationPage, problem: str, saved: dict[str, str]) -> HttpResponse:
    """Say what became of what was sent: by fragments to a page that saves itself, else by a page."""
    form = page.form
    status = OK
    if form.errors:
        status = UNPROCESSABLE
    if problem or form.clashes or form.gone:
        status = CONFLICT
    if from_htmx(request):
        return render(request, "attributes/languages/_saved.html", _fragments(page, problem, saved), status=status)
    if status == OK:
        count = len(saved)
        messages.success(request, ngettext("%(count)d text saved.", "%(count)d texts saved.", count) % {"count": count})
        return redirect(_onward(request, page))
    if not problem:
        page = _renewed(page)
    return render(request, "attributes/languages/translate.html", _context(page, problem), status=status)


def _renewed(page: TranslationPage) -> TranslationPage:
    """The same texts as they are stored now, with what could not be stored."""
    keys = {entry.key for entry in page.entries}
    entries = [entry for entry in entries_of(page.draft, page.group.code) if entry.key in keys]
    renewed = TranslationPage(page.draft, page.language, page.group, page.show, entries, page.before, page.after)
    renewed.form.carry_over(page.form)
    return renewed


def _onward(request: HttpRequest, page: TranslationPage) -> str:
    """Where the button leads: the next texts, the next group, or the same page again."""
    if request.POST.get("action") != "continue":
        return page.here
    if page.after:
        return page.address(show=page.show, start=page.after)
    _before, after = _neighbours(page)
    return (
        page.address(after, show=page.show) if after else reverse("attributes:draft-languages", args=[page.draft.code])
    )


def _neighbours(page: TranslationPage) -> tuple[TextGroup | None, TextGroup | None]:
    groups = groups_of(page.draft)
    place = groups.index(page.group)
    return groups[place - 1] if place else None, groups[place + 1] if place + 1 < len(groups) else None


def _fragments(page: TranslationPage, problem: str, saved: dict[str, str]) -> dict[str, Any]:
    entries = {entry.key: entry for entry in entries_of(page.draft, page.group.code)}
    rows = []
    for row in page.form.fields:
        # What was not sent anew has not changed, and its place on the page is right as it is.
        if row.entry.key in saved and row.entry.key in entries and (row.still_right or row.words != row.stored):
            mark = f"{fingerprint(saved[row.entry.key])}.{row.source_mark}"
            rows.append({"name": row.name, "mark": mark, "state": page.state(entries[row.entry.key])})
    return {
        "problem": problem,
        "saved_at": timezone.now(),
        "rows": rows,
        "errors": [(_full_label(row.entry, row.label), row.error) for row in page.form.errors],
        "clashes": [_full_label(row.entry, row.label) for row in page.form.clashes],
        "gone": page.form.gone,
    }


def _full_label(entry: TextEntry, label: str) -> str:
    return f"{part_label(entry.address)}, {label}"


def _context(page: TranslationPage, problem: str = "") -> dict[str, Any]:
    entries = entries_of(page.draft, page.group.code)
    before, after = _neighbours(page)
    states = [page.state(entry) for entry in entries]
    return {
        "page": page,
        "draft": page.draft,
        "group": page.group,
        "language": page.language,
        "language_name": language_name(page.language),
        "source": page.source,
        "source_name": language_name(page.source),
        "problem": problem,
        "may_edit": page.draft.is_open,
        "sections": [
            {"where": where, "title": part_label(where), "rows": [_row(page, row) for row in rows]}
            for where, rows in groupby(page.form.fields, key=lambda row: row.entry.address)
        ],
        "errors": [(row.name, _full_label(row.entry, row.label), row.error) for row in page.form.errors],
        "clashes": [
            {"label": _full_label(row.entry, row.label), "theirs": row.clash, "ours": row.words}
            for row in page.form.clashes
        ],
        "filters": [
            (ALL, page.address(), len(states)),
            (MISSING, page.address(show=MISSING), states.count("missing")),
            (CHANGED, page.address(show=CHANGED), states.count("changed")),
        ],
        "here": page.here,
        "previous": page.address(show=page.show, start=page.before) if page.before else "",
        "next": page.address(show=page.show, start=page.after) if page.after else "",
        "group_before": before and (page.address(before, show=page.show), before),
        "group_after": after and (page.address(after, show=page.show), after),
    }


def _row(page: TranslationPage, row: TextField) -> dict[str, Any]:
    return {"field": row, "state": page.state(row.entry)}
