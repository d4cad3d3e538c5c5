"""The form of one question of the paper: how each kind of item is read and shown, and what was sent."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext as _

from assessments.answering.item_field import LINE_LIMIT, ForgedInput, ItemField, ItemReading
from assessments.answering.services.answers import AnswerToSave
from assessments.answers.following import followed, lines_that_follow
from assessments.answers.value import (
    ANSWERED,
    DONT_KNOW,
    NOT_APPLICABLE,
    UNANSWERED,
    UNNAMED_OPTION,
    AnswerContent,
    OptionContent,
    combined,
    content_of,
)
from assessments.models import Answer
from attributes.catalogue.types import CatalogueItem, CatalogueQuestion, CatalogueSet
from attributes.kinds import Kind
from attributes.pages import DRAWN_FOR
from attributes.texts import Wording


class RatingField(ItemField):
    """One level of the scale, each with what it means for this item."""

    template = "assessments/answering/_item_rating.html"

    def own_parts(self) -> set[str]:
        return {"answer"}

    def _chosen(self, content: AnswerContent) -> str:
        if content.state in {DONT_KNOW, NOT_APPLICABLE}:
            return content.state
        return "" if content.level is None else str(content.level)

    def read_answer(self, data: Mapping[str, Any], stored: AnswerContent, reading: ItemReading) -> AnswerContent:
        levels = tuple(str(level) for level in range(len(self.item.anchors)))
        off_scale = ("", DONT_KNOW, *([NOT_APPLICABLE] if self.can_be_left_out else []))
        chosen = self.choice("answer", data, self._chosen(stored), (*levels, *off_scale))
        if chosen in levels:
            return replace(stored, state=ANSWERED, level=int(chosen))
        return replace(stored, state=chosen or UNANSWERED, level=None)

    def show(self, content: AnswerContent, say: Wording) -> dict[str, Any]:
        name, chosen = self.name("answer"), self._chosen(content)
        levels = [
            self.radio(name, str(level.value), chosen, say(level.label), say(anchor), level.letter)
            for level, anchor in zip(self.scale, self.item.anchors, strict=True)
        ]
        return {"levels": levels, "off_scale": self.off_scale(name, chosen, left_out=self.can_be_left_out)}


class ChecklistField(ItemField):
    """One state for each option; words beside it where a state needs them."""

    template = "assessments/answering/_item_checklist.html"

    @property
    def has_text(self) -> bool:
        """Whether the lines have a place for words: a state, or that a line does not apply, may need them."""
        return self.item.scored or any(state.needs_text for state in self.item.states)

    def own_parts(self) -> set[str]:
        parts = {f"{option.key}-state" for option in self.item.options}
        if self.has_text:
            parts |= {f"{option.key}-text" for option in self.item.options}
        return (
            parts | ({"other"} if self.item.other_allowed else set()) | ({"answer"} if self.can_be_left_out else set())
        )

    def reason_name(self, key: str) -> str:
        return self.option_name(key, "text")

    def _states(self) -> tuple[str, ...]:
        left_out = [NOT_APPLICABLE] if self.item.scored else []
        return (*(state.key for state in self.item.states), DONT_KNOW, *left_out, "")

    def read_answer(self, data: Mapping[str, Any], stored: AnswerContent, reading: ItemReading) -> AnswerContent:
        options = {}
        for option in self.item.options:
            line = stored.options.get(option.key, OptionContent())
            state = self.read_choice(self.option_name(option.key, "state"), data, line.state, self._states())
            name = self.option_name(option.key, "text")
            options[option.key] = OptionContent(state, self.read_text(name, data, line.text, reading, LINE_LIMIT))
        other = self.words("other", data, stored.other, reading)
        return replace(stored, state=self._state(data, stored), options=options, other=other)

    def _state(self, data: Mapping[str, Any], stored: AnswerContent) -> str:
        """Not applicable as a whole, or what the lines say. An unticked box is not sent, so the version tells."""
        if not self.can_be_left_out:
            return UNANSWERED
        if self.name("answer") in data:
            return self.choice("answer", data, "", ("", NOT_APPLICABLE)) or UNANSWERED
        kept = stored.state == NOT_APPLICABLE and self.name("version") not in data
        return NOT_APPLICABLE if kept else UNANSWERED

    def show(self, content: AnswerContent, say: Wording) -> dict[str, Any]:
        # Said once for all lines: they do not change from line to line.
        scale = [(state.key, say(state.label)) for state in self.item.states]
        off_scale = [(DONT_KNOW, escape(_("Don't know")))]
        if self.item.scored:
            off_scale.append((NOT_APPLICABLE, escape(_("Not applicable"))))
        off_scale.append(("", escape(_("No answer (takes the answer back)"))))
        lines = []
        for option in self.item.options:
            line = content.options.get(option.key, OptionContent())
            name = self.option_name(option.key, "state")
            lines.append(
                {
                    "key": option.key,
                    "label": say(option.label),
                    "help": say(option.help),
                    "scale": [self.radio(name, key, line.state, label) for key, label in scale],
                    "off_scale": [self.radio(name, key, line.state, label) for key, label in off_scale],
                    "text_name": self.option_name(option.key, "text"),
                    "text": line.text,
                }
            )
        return {
            "lines": lines,
            "has_text": self.has_text,
            "meanings": [(say(state.label), say(state.text)) for state in self.item.states if state.text],
            "text_for": [say(state.label) for state in self.item.states if state.needs_text]
            + ([escape(_("Not applicable"))] if self.item.scored else []),
            "other_name": self.name("other") if self.item.other_allowed else "",
            "other": content.other,
            "left_out_name": self.name("answer") if self.can_be_left_out else "",
            "left_out": content.state == NOT_APPLICABLE,
        }


class YesNoField(ItemField):
    """One state for the item itself, with its justification."""

    template = "assessments/answering/_item_yes_no.html"

    def own_parts(self) -> set[str]:
        return {"answer", "justification"}

    def _line(self, content: AnswerContent) -> OptionContent:
        return content.options.get(UNNAMED_OPTION, OptionContent())

    def _chosen(self, content: AnswerContent) -> str:
        return content.state if content.state in {DONT_KNOW, NOT_APPLICABLE} else self._line(content).state

    def read_answer(self, data: Mapping[str, Any], stored: AnswerContent, reading: ItemReading) -> AnswerContent:
        states = tuple(state.key for state in self.item.states)
        off_scale = ("", DONT_KNOW, *([NOT_APPLICABLE] if self.can_be_left_out else []))
        chosen = self.choice("answer", data, self._chosen(stored), (*states, *off_scale))
        text = self.words("justification", data, self._line(stored).text, reading)
        if chosen in states:
            return replace(stored, state=ANSWERED, options={UNNAMED_OPTION: OptionContent(chosen, text)})
        return replace(stored, state=chosen or UNANSWERED, options={UNNAMED_OPTION: OptionContent("", text)})

    def show(self, content: AnswerContent, say: Wording) -> dict[str, Any]:
        name, chosen = self.name("answer"), self._chosen(content)
        return {
            "states": [
                self.radio(name, state.key, chosen, say(state.label), say(state.text)) for state in self.item.states
            ],
            "off_scale": self.off_scale(name, chosen, left_out=self.can_be_left_out),
            "text_for": [say(state.label) for state in self.item.states if state.needs_text],
            "text_name": self.name("justification"),
            "text": self._line(content).text,
        }


class OpenTextField(ItemField):
    """Words."""

    template = "assessments/answering/_item_open_text.html"

    def own_parts(self) -> set[str]:
        return {"answer"}

    def read_answer(self, data: Mapping[str, Any], stored: AnswerContent, reading: ItemReading) -> AnswerContent:
        return replace(stored, text=self.words("answer", data, stored.text, reading))

    def show(self, content: AnswerContent, say: Wording) -> dict[str, Any]:
        return {"text_name": self.name("answer"), "text": content.text}


def _justified(item: CatalogueItem, catalogue: CatalogueSet) -> ItemField:
    """Asked for each option, or once where there are none."""
    return ChecklistField(item, catalogue) if item.options else YesNoField(item, catalogue)


# The only place that knows which field belongs to which kind of item.
BUILDERS: dict[Kind, Callable[[CatalogueItem, CatalogueSet], ItemField]] = {
    Kind.RATING: RatingField,
    Kind.COVERAGE_CHECKLIST: ChecklistField,
    Kind.BARRIER_CHECKLIST: ChecklistField,
    Kind.JUSTIFIED_YES_NO: _justified,
    Kind.DIAGNOSIS_CHECKLIST: ChecklistField,
    Kind.OPEN_TEXT: OpenTextField,
}


def build_field(item: CatalogueItem, catalogue: CatalogueSet) -> ItemField:
    """Return the field of an item."""
    return BUILDERS[item.kind](item, catalogue)


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
        self._wrong_links: dict[str, list[str]] = {}

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
        known |= self._refuse_not_asked()
        self.forged = self.forged or not known.issuperset(data)

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
        self.remarks |= reading.remarks
        self._wrong_links[code] = reading.wrong_links

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

    def wrong_links(self, code: str) -> list[str]:
        """The lines typed as links of an item that are no addresses, of a page that was sent."""
        return self._wrong_links.get(code, [])

    def file_entry(self, code: str) -> str:
        """The code of the file of the register that was chosen for an item, or ""."""
        return self.fields[code].file_entry(self._data)

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
