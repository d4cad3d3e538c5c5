"""The form of one question of the paper: its items, what is stored for them, and what was sent."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from assessments.answering.fields import build_field
from assessments.answering.item_field import ForgedInput, ItemField
from assessments.answering.services.answers import Entry
from assessments.answers.counting import explain, standing_of
from assessments.answers.value import AnswerContent, combined, content_of
from assessments.models import Answer
from attributes.catalogue.types import CatalogueItem, CatalogueQuestion, CatalogueSet

# What else the page sends: which button, which page, which version of the question set, and the token.
VERSION_NAME = "set"
CONTROLS = frozenset({"csrfmiddlewaretoken", "page", "action", VERSION_NAME})
MINE, THEIRS, BOTH = "mine", "theirs", "both"
PAGE_PATTERN = re.compile(r"[a-z0-9]{8,32}")
VERSION_PATTERN = re.compile(r"[0-9]{1,9}")


class AnswersForm:
    """Reads and shows the items of a question.

    `errors` keep an item from being stored, `remarks` do not; both map names of inputs to messages. A request that
    the form cannot have made is `forged`, and nothing of it is stored.
    """

    def __init__(
        self, catalogue: CatalogueSet, question: CatalogueQuestion, rows: Mapping[int, Answer] | None = None
    ) -> None:
        self.catalogue = catalogue
        self.question = question
        self.fields: dict[str, ItemField] = {item.code: build_field(item, catalogue) for item in question.items}
        rows = rows or {}
        self.contents = {item.code: content_of(item, rows.get(item.pk)) for item in question.items}
        self.versions = {item.code: rows[item.pk].version if item.pk in rows else 0 for item in question.items}
        self.errors: dict[str, str] = {}
        self.remarks: dict[str, str] = {}
        self.forged = False
        self.page = ""
        self._data: Mapping[str, Any] = {}
        self._sent: dict[str, int] = {}

    # --- Reading ----------------------------------------------------------------------------------------------

    def read(self, data: Mapping[str, Any]) -> None:
        """Read what was sent. Where rows were given, `contents` then hold what was typed."""
        self._data = data
        page = str(data.get("page", ""))
        self.page = page if PAGE_PATTERN.fullmatch(page) else ""
        known = set(CONTROLS)
        for code, item_field in self.fields.items():
            names = item_field.names()
            known |= names | {item_field.name("file"), item_field.name("keep")}
            self._read_item(code, item_field, names)
        self.forged = self.forged or not known.issuperset(data)

    def _read_item(self, code: str, item_field: ItemField, names: set[str]) -> None:
        if names.isdisjoint(self._data):
            return
        version = str(self._data.get(item_field.name("version"), ""))
        if not VERSION_PATTERN.fullmatch(version):
            self.forged = True
            return
        try:
            reading = item_field.read(self._data, self.contents[code])
        except ForgedInput:
            self.forged = True
            return
        self._sent[code] = self.versions[code] = int(version)
        self.contents[code] = reading.content
        self.errors |= reading.errors
        self.remarks |= reading.remarks

    @property
    def sent_codes(self) -> list[str]:
        """The items that were sent."""
        return list(self._sent)

    def entries(self) -> list[Entry]:
        """Return what to store: the items that were sent and are in order."""
        wrong = {
            code for code, item_field in self.fields.items() if not self.errors.keys().isdisjoint(item_field.names())
        }
        return [
            Entry(self._item(code), self._content(self.fields[code]), version)
            for code, version in self._sent.items()
            if code not in wrong
        ]

    def merged_entries(self) -> list[Entry]:
        """Return what to store after somebody chose between two versions; errors name the items without a choice."""
        entries = []
        for code, version in self._sent.items():
            item_field = self.fields[code]
            mine, choice = self.contents[code], self._data.get(item_field.name("keep"), "")
            if choice == THEIRS:
                entries.append(Entry(self._item(code), _as_stored, version, set_aside=mine))
            elif choice == BOTH:
                entries.append(Entry(self._item(code), partial(combined, mine), version))
            elif choice == MINE:
                entries.append(Entry(self._item(code), mine, version))
            else:
                self.errors[item_field.name("keep")] = _("Choose which version to keep.")
        return entries

    def _item(self, code: str) -> CatalogueItem:
        return self.fields[code].item

    def _content(self, item_field: ItemField) -> Callable[[AnswerContent], AnswerContent]:
        data = self._data
        return lambda stored: item_field.read(data, stored).content

    # --- Showing ----------------------------------------------------------------------------------------------

    def sentence(self, code: str, *, has_files: bool) -> str:
        """What the answer to an item counts as."""
        return explain(standing_of(self._item(code), self.contents[code], has_files=has_files))

    def messages(self) -> list[tuple[str, str]]:
        """Names of inputs and what to put right there, in the order of the page."""
        found = {**self.remarks, **self.errors}
        names = [name for item_field in self.fields.values() for name in ordered(item_field, found)]
        return [(name, found[name]) for name in names]


def ordered(item_field: ItemField, names: Iterable[str]) -> list[str]:
    """The names that belong to one item."""
    own = item_field.names() | {item_field.name("file"), item_field.name("keep")}
    return [name for name in names if name in own]


def _as_stored(stored: AnswerContent) -> AnswerContent:
    return stored
