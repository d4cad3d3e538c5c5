"""The form of one question of the paper: what was sent for its items, and what becomes of it."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from assessments.answering.fields import build_field
from assessments.answering.grid import pairs_of, split_pairs
from assessments.answering.item_field import ForgedInput, ItemField, values_of
from assessments.answering.services.answers import AnswerToSave
from assessments.answers.following import followed, lines_that_follow
from assessments.answers.value import AnswerContent, combined, content_of
from assessments.models import Answer, Assessment
from attributes.catalogue.types import CatalogueItem, CatalogueQuestion, CatalogueSet
from attributes.pages import DRAWN_FOR

# What else the page sends: which button, which page, which version of the question set, and the token.
VERSION_NAME = "set"
CONTROLS = frozenset({"csrfmiddlewaretoken", "page", DRAWN_FOR, "action", VERSION_NAME})
MINE, THEIRS, BOTH = "mine", "theirs", "both"
PAGE_PATTERN = re.compile(r"[a-z0-9]{8,32}")
VERSION_PATTERN = re.compile(r"[0-9]{1,9}")


class AnswersForm:
    """Reads and shows the items of a question.

    `errors` keep an item from being stored, `remarks` do not; both map names of inputs to messages. A request that
    the form cannot have made is `forged`, and nothing of it is stored. Items that do not apply to the `kind` of process
    are `not_asked`: they have no fields, and what a page from before the kind was chosen sends for them is an error.
    """

    def __init__(
        self,
        catalogue: CatalogueSet,
        question: CatalogueQuestion,
        rows: Mapping[int, Answer] | None = None,
        *,
        kind: str = "",
    ) -> None:
        self.catalogue = catalogue
        self.question = question
        fields = {item.code: build_field(item, catalogue) for item in question.items}
        self.fields = {code: own for code, own in fields.items() if own.item.applies_to(kind)}
        self.not_asked = {code: own for code, own in fields.items() if code not in self.fields}
        self.rows = rows = rows or {}
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
        data, grids = self._without_grids(data) if self.question.has_followers else (data, set())
        self._data = data
        page = str(data.get("page", ""))
        self.page = page if PAGE_PATTERN.fullmatch(page) else ""
        known = set(CONTROLS) | grids
        for code, item_field in self.fields.items():
            names = item_field.names()
            known |= names | {item_field.name("file"), item_field.name("keep")}
            self._read_item(code, item_field, names)
        known |= self._refuse_not_asked()
        self.forged = self.forged or not known.issuperset(data)

    def _without_grids(self, data: Mapping[str, Any]) -> tuple[Mapping[str, Any], set[str]]:
        """What was sent, with the choices of grids as those of their lists; and the names that grids send."""
        try:
            found, names = split_pairs(pairs_of(self.catalogue, self.fields), data)
        except ForgedInput:
            self.forged = True
            return data, set()
        if not found:
            return data, names
        every = data.copy() if isinstance(data, QueryDict) else dict(data)
        for name, value in found.items():
            every[name] = value
        return every, names

    def sent_lists(self) -> list[tuple[str, list[str]]]:
        """Every value that was sent, by the names of the inputs of items."""
        return [(name, values_of(self._data, name)) for name in self._data]

    def _refuse_not_asked(self) -> set[str]:
        """Say of what was sent for items that do not apply that it is not stored; return the names that may be sent."""
        known: set[str] = set()
        for code, item_field in self.not_asked.items():
            names = item_field.names() | {item_field.name("file"), item_field.name("keep")}
            if not names.isdisjoint(self._data):
                self.errors[code] = _(
                    "This does not apply to the kind of process that was chosen meanwhile. Load the page again."
                )
            known |= names
        return known

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

    def missing_reasons(self) -> dict[str, str]:
        """What of the page needs words to count, by name of input."""
        found: dict[str, str] = {}
        for code, own in self.fields.items():
            lead = self.catalogue.following.get(code)
            # The words stand at the line that is followed, and are asked for there.
            follow = lines_that_follow(own.item, self.contents[code], self.contents[lead.code]) if lead else ()
            said = {own.reason_name(key) for key in follow}
            missing = own.missing_reasons(self.contents[code])
            found |= {name: text for name, text in missing.items() if name not in said}
        return found

    def file_entry(self, code: str) -> str:
        """The code of the file of the register that was chosen for an item, or ""."""
        return self.fields[code].file_entry(self._data)

    def shows_last(self, code: str) -> str:
        """What of last time the page shows for an item already (`LastTime.mark`), or ""."""
        return str(self._data.get(self.fields[code].name("last"), ""))

    @property
    def asked(self) -> list[CatalogueItem]:
        """The items that the process is asked."""
        return [own.item for own in self.fields.values()]

    @property
    def sent_codes(self) -> list[str]:
        """The items that were sent."""
        return list(self._sent)

    def entries(self) -> list[AnswerToSave]:
        """Return what to store: the items that were sent and are in order."""
        wrong = {
            code for code, item_field in self.fields.items() if not self.errors.keys().isdisjoint(item_field.names())
        }
        return [
            AnswerToSave(self._item(code), self._content(self.fields[code]), version)
            for code, version in self._sent.items()
            if code not in wrong
        ]

    def merged_entries(self) -> list[AnswerToSave]:
        """Return what to store after somebody chose between two versions; errors name the items without a choice."""
        entries = []
        for code, version in self._sent.items():
            item_field = self.fields[code]
            mine, choice = self._with_lines_that_follow(code), self._data.get(item_field.name("keep"), "")
            if choice == THEIRS:
                entries.append(AnswerToSave(self._item(code), _as_stored, version, set_aside=mine))
            elif choice == BOTH:
                entries.append(AnswerToSave(self._item(code), partial(combined, mine), version))
            elif choice == MINE:
                entries.append(AnswerToSave(self._item(code), mine, version))
            else:
                self.errors[item_field.name("keep")] = _("Choose which version to keep.")
        return entries

    def _with_lines_that_follow(self, code: str) -> AnswerContent:
        """What was typed for an item, with the lines that the list it follows has settled since: no page sends them."""
        item, lead = self._item(code), self.catalogue.following.get(code)
        if lead is None or lead.code not in self.fields:
            return self.contents[code]
        nothing = AnswerContent()
        return followed(item, self.contents[code], nothing, nothing, self.contents[lead.code])

    def _item(self, code: str) -> CatalogueItem:
        return self.fields[code].item

    def _content(self, item_field: ItemField) -> Callable[[AnswerContent], AnswerContent]:
        data = self._data
        return lambda stored: item_field.read(data, stored).content

    # --- Showing ----------------------------------------------------------------------------------------------

    def messages(self) -> list[tuple[str, str]]:
        """Names of inputs and what to put right there, in the order of the page."""
        found = {**self.remarks, **self.errors}
        names = [name for item_field in self.fields.values() for name in ordered(item_field, found)]
        names += [code for code in self.not_asked if code in found]
        return [(name, found[name]) for name in names]


def ordered(item_field: ItemField, names: Iterable[str]) -> list[str]:
    """The names that belong to one item."""
    own = item_field.names() | {item_field.name("file"), item_field.name("keep")}
    return [name for name in names if name in own]


def _as_stored(stored: AnswerContent) -> AnswerContent:
    return stored


def is_of_another_version(request: HttpRequest, assessment: Assessment) -> bool:
    """Whether what was sent answers another version of the question set. A page that does not say is believed only
    where the assessment has never been moved."""
    sent = request.POST.get(VERSION_NAME)
    if sent is None:
        return bool(request.POST) and assessment.moves.exists()
    return sent != assessment.question_set.version
