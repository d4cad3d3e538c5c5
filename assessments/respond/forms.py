"""The respondent's questionnaire: the items of one question to choose from, and a few words.

Not `assessments.answering.item_field`: respondents give no evidence and no reasons, may leave any item out, and
find any item not applicable to themselves (method 3.8).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from assessments.answering.item_field import ForgedInput
from assessments.answers.value import ANSWERED, DONT_KNOW, NOT_APPLICABLE
from assessments.fields import LongTextField
from assessments.respond.questionnaire import AskedQuestion
from assessments.respond.services import Filing
from assessments.wording import say, say_later
from assessments.wording.saying import say_marked
from attributes.catalogue.types import CatalogueItem, CatalogueSet
from attributes.kinds import UNNAMED_OPTION, Kind
from attributes.pages import PlainForm
from attributes.texts import TextMap, Wording, clean_text, direction, localise

WORDS_LIMIT = 2_000
OFF_SCALE = (DONT_KNOW, NOT_APPLICABLE, "")
CONTROLS = frozenset({"csrfmiddlewaretoken", "action", "seen", "of", "choose", "initials"})

Entry = dict[str, Any]


@dataclass(frozen=True)
class ChoiceLine:
    """One choice of an item: the item itself, or an option of it. `values` are those on its scale."""

    name: str
    key: str
    values: tuple[str, ...]


def words_name(key: str) -> str:
    """The name of an input for words."""
    return f"{key}-words"


def lines_of(item: CatalogueItem) -> tuple[ChoiceLine, ...]:
    """The choices of an item."""
    if item.kind is Kind.RATING:
        return (ChoiceLine(item.code, UNNAMED_OPTION, tuple(str(level) for level in range(len(item.anchors)))),)
    states = tuple(state.key for state in item.states)
    if not item.options:
        return (ChoiceLine(item.code, UNNAMED_OPTION, states),)
    return tuple(ChoiceLine(f"{item.code}-{option.key}", option.key, states) for option in item.options)


def entry_of(item: CatalogueItem, chosen: Mapping[str, str]) -> Entry | None:
    """Return what is stored for an item of which these choices were made (by option); None for none."""
    given = {key: value for key, value in chosen.items() if value}
    if not given:
        return None
    for state in (DONT_KNOW, NOT_APPLICABLE):
        if all(chosen.get(line.key) == state for line in lines_of(item)):
            return {"state": state}
    if item.kind is Kind.RATING:
        return {"state": ANSWERED, "level": int(given[UNNAMED_OPTION])}
    return {"state": ANSWERED, "options": given}


def chosen_in(item: CatalogueItem, entry: Entry | None) -> dict[str, str]:
    """The same the other way round: what is chosen on each line; "" where nothing is."""
    entry = entry or {}
    state = entry.get("state", "")
    if state in {DONT_KNOW, NOT_APPLICABLE}:
        return {line.key: state for line in lines_of(item)}
    if item.kind is Kind.RATING:
        return {UNNAMED_OPTION: str(entry["level"]) if "level" in entry else ""}
    return {line.key: entry.get("options", {}).get(line.key, "") for line in lines_of(item)}


class RespondForm:
    """One page of the questionnaire. `errors` map names of inputs to messages; `forged`: not sent by our page."""

    def __init__(
        self,
        catalogue: CatalogueSet,
        asked: AskedQuestion,
        answers: Mapping[str, Entry],
        comments: Mapping[str, str],
    ) -> None:
        self.catalogue = catalogue
        self.asked = asked
        self.chosen = {item.code: chosen_in(item, answers.get(item.code)) for item in asked.rated}
        self.words = {key: comments.get(key, "") for key in asked.comment_keys}
        self.errors: dict[str, str] = {}
        self.forged = False
        self._sent: set[str] = set()

    def read(self, data: Mapping[str, Any]) -> None:
        """Read what was sent; what was not stays as it was."""
        known = set(CONTROLS)
        try:
            for item in self.asked.rated:
                known |= self._read_item(item, data)
        except ForgedInput:
            self.forged = True
        for key in self.words:
            name = words_name(key)
            known.add(name)
            if name in data:
                self._sent.add(key)
                self.words[key] = self._read_words(name, str(data[name]))
        self.forged = self.forged or not known.issuperset(data)

    def fill_from(self, answers: Mapping[str, Entry], comments: Mapping[str, str]) -> None:
        """Take what is stored where nothing was chosen or written."""
        for item in self.asked.rated:
            if not any(self.chosen[item.code].values()):
                self.chosen[item.code] = chosen_in(item, answers.get(item.code))
        self.words = {key: text or comments.get(key, "") for key, text in self.words.items()}

    def _read_item(self, item: CatalogueItem, data: Mapping[str, Any]) -> set[str]:
        lines = lines_of(item)
        for line in lines:
            if line.name in data:
                value = str(data[line.name])
                if value not in (*line.values, *OFF_SCALE):
                    raise ForgedInput(line.name)
                self._sent.add(item.code)
                self.chosen[item.code][line.key] = value
        return {line.name for line in lines}

    def _read_words(self, name: str, typed: str) -> str:
        words = clean_text(typed)
        if len(words) > WORDS_LIMIT:
            self.errors[name] = say("errors.too_long", limit=WORDS_LIMIT, length=len(words))
        return words

    def answers(self) -> dict[str, Entry | None]:
        """What to store for the items that were sent."""
        return {
            item.code: entry_of(item, self.chosen[item.code]) for item in self.asked.rated if item.code in self._sent
        }

    def shown(self) -> dict[str, Entry]:
        """What is chosen on the page, whether it was sent or stood there before."""
        found = {item.code: entry_of(item, self.chosen[item.code]) for item in self.asked.rated}
        return {code: entry for code, entry in found.items() if entry is not None}

    def comments(self) -> dict[str, str]:
        """What to store of the words that were sent."""
        return {key: text for key, text in self.words.items() if key in self._sent}

    # --- Showing ----------------------------------------------------------------------------------------------

    def blocks(self, say: Wording) -> list[dict[str, Any]]:
        """The items for the template, in their order."""
        return [
            self._words_block(item.code, say(item.text), say(item.note), self._reading(item, say))
            if item.kind is Kind.OPEN_TEXT
            else self._block(item, say)
            for item in self.asked.items
        ]

    def _reading(self, item: CatalogueItem, say: Wording) -> str:
        """What the item means for this kind of process, where its words leave that open."""
        return say(item.reading.get(self.asked.kind, {}))

    def comment(self, label: str) -> dict[str, Any] | None:
        """The place for words on the attribute, on the last of its pages."""
        key = self.asked.question.attribute_code
        return self._words_block(key, label) if self.asked.ends_attribute else None

    def _words_block(self, key: str, label: str, note: str = "", reading: str = "") -> dict[str, Any]:
        name = words_name(key)
        return {
            "is_words": True,
            "name": name,
            "label": label,
            "note": note,
            "reading": reading,
            "text": self.words[key],
            "error": self.errors.get(name, ""),
        }

    def _block(self, item: CatalogueItem, say: Wording) -> dict[str, Any]:
        chosen = self.chosen[item.code]
        common = {"code": item.code, "text": say(item.text), "note": say(item.note), "dir": _way(item.text)}
        common |= {"reading": self._reading(item, say)}
        lines = lines_of(item)
        if item.kind is Kind.RATING:
            texts = [
                (say(level.label), say(anchor), _way(anchor))
                for level, anchor in zip(self.catalogue.scale, item.anchors, strict=True)
            ]
            return {**common, **_choices(lines[0], chosen[UNNAMED_OPTION], texts)}
        if not item.options:
            texts = [(say(state.label), say(state.text), _way(state.label)) for state in item.states]
            return {**common, **_choices(lines[0], chosen[UNNAMED_OPTION], texts)}
        labels = [(say(state.label), "", _way(state.label)) for state in item.states]
        return {
            **common,
            "meanings": [(say(state.label), say(state.text), _way(state.text)) for state in item.states if state.text],
            "lines": [
                {
                    "label": say(option.label),
                    "help": say(option.help),
                    "dir": _way(option.label),
                    **_choices(line, chosen[line.key], labels),
                }
                for option, line in zip(item.options, lines, strict=True)
            ],
        }


def _way(text: TextMap) -> str:
    """The direction of a text, which may have fallen back to another language than the reader's."""
    return direction(localise(text).lang)


def _choices(line: ChoiceLine, chosen: str, texts: Sequence[tuple[str, str, str]]) -> dict[str, Any]:
    """The radio buttons of a line: those on the scale, and those off it."""
    off_scale = {
        DONT_KNOW: say_marked("question.dont_know"),
        NOT_APPLICABLE: say_marked("question.not_applicable"),
        "": say_marked("question.no_answer"),
    }
    return {
        "name": line.name,
        "scale": [
            {"value": value, "label": label, "text": text, "dir": way, "checked": value == chosen}
            for value, (label, text, way) in zip(line.values, texts, strict=True)
        ],
        "off_scale": [
            {"value": value, "label": off_scale[value], "checked": bool(value) and value == chosen}
            for value in OFF_SCALE  # nothing is chosen before somebody has chosen
        ],
    }


class FilingForm(PlainForm):
    """Who files the one response of a group, and how the group came to it."""

    filed_by = forms.CharField(label=say_later("statement.name"), max_length=150, required=False)
    capacity = forms.CharField(
        label=say_later("statement.capacity"),
        max_length=200,
        required=False,
        help_text=say_later("statement.capacity_help"),
    )
    prepared_by = LongTextField(
        label=say_later("statement.prepared_by"),
        max_length=1000,
        required=False,
        help_text=say_later("statement.prepared_hint"),
    )
    how_agreed = LongTextField(label=say_later("statement.how_agreed"), max_length=2000)

    def clean(self) -> dict[str, Any]:
        """Ask for a name or an office: either is enough."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(data.get(name) or name in self.errors for name in ("filed_by", "capacity")):
            self.add_error("filed_by", say_later("statement.one_needed"))
        return data

    def filing(self) -> Filing:
        """What was filled in."""
        return Filing(**self.cleaned_data)


class ReceiptForm(PlainForm):
    """Takes a receipt code as it was written down."""

    # "code" in the name: what is typed is never shown again by the pages about errors.
    receipt_code = forms.CharField(
        label=say_later("withdraw.code"),
        max_length=100,
        help_text=say_later("withdraw.code_help"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
