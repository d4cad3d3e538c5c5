"""The fields of which the forms of a draft's parts are made: read what was typed, show what is stored.

A field keeps what it does not show: of a text only the language the set is written in is edited here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise

from attributes.pages import whole_number
from attributes.texts import plain_lines

Data = Mapping[str, str]
Label = str | Promise
LONGEST_LINE = 100


@dataclass
class PartReading:
    """What reading and showing a form need to know beside the form. `language` is the one that is written in."""

    language: str
    # A whole page was sent with a button: what was emptied is meant to be empty.
    is_final: bool = False
    # "up", "down", "remove" or "add"; the field of the list; the number of the row.
    action: tuple[str, str, int] | None = None
    # By list: keys and codes that stand in the base and cannot change, as answers hang on them.
    locked: Mapping[str, frozenset[str]] = field(default_factory=dict)
    # By name of the hidden input: what tells a row that is stored now.
    tokens: dict[str, str] = field(default_factory=dict)
    errors: Mapping[str, list[str]] = field(default_factory=dict)
    # The id of the row that the action has moved or made.
    focus: str = ""
    # For each level of the scale as sent the number it had, None for a new one; None where no scale was sent.
    origins: list[int | None] | None = None
    # The code of the part: new keys and codes are made from it.
    code: str = ""
    # Codes that may not be given (again).
    spent: frozenset[str] = frozenset()


def clean(text: str, stored: str = "") -> str:
    """The text with plain line ends, and without space around it unless it is stored like that."""
    text = plain_lines(text)
    return text if text == stored else text.strip()


@dataclass(frozen=True)
class PartField:
    """Base of all: one value under one name."""

    name: str
    label: Label
    hint: Label = ""
    optional: bool = False

    template = "line"
    # Whether "no" is written down, and not the same as nothing.
    keeps_false = False

    def read(self, name: str, data: Data, stored: Any, reading: PartReading) -> Any:
        """The value as sent; the stored one where the field was not sent. None or "" for nothing."""
        raise NotImplementedError

    def is_blank(self, value: Any, reading: PartReading) -> bool:
        """Whether nothing was typed."""
        return not value

    def words(self, value: Any, reading: PartReading) -> list[str]:
        """The value in lines, to compare two versions of it."""
        return [str(value)] if value not in (None, "") else []

    def errors(self, name: str, reading: PartReading) -> list[str]:
        """What is wrong with what was typed."""
        return reading.errors.get(name, [])

    def show(self, name: str, value: Any, reading: PartReading) -> dict[str, Any]:
        """What the template draws."""
        errors = self.errors(name, reading)
        described_by = [f"{name}-hint"] if self.hint else []
        return {
            "template": f"attributes/editor/fields/{self.template}.html",
            "name": name,
            "label": self.label,
            "hint": self.hint,
            "optional": self.optional,
            "errors": errors,
            "described_by": " ".join([*described_by, f"{name}-error"] if errors else described_by),
            "value": value,
        }


@dataclass(frozen=True)
class WordsField(PartField):
    """A text in several languages, of which the first is edited. `rows` is how high its box is; 0 for one line."""

    rows: int = 2

    template = "words"

    def read(self, name: str, data: Data, stored: Any, reading: PartReading) -> dict[str, str]:
        stored = stored or {}
        if name not in data:
            return dict(stored)
        text = clean(data[name], stored.get(reading.language, ""))
        others = {language: words for language, words in stored.items() if language != reading.language}
        if text:
            return {reading.language: text} | others
        # What is optional and was emptied has no translations either.
        return {} if self.optional and reading.is_final else others

    def is_blank(self, value: Any, reading: PartReading) -> bool:
        return not (value or {}).get(reading.language)

    def words(self, value: Any, reading: PartReading) -> list[str]:
        return [text for text in [(value or {}).get(reading.language, "")] if text]

    def show(self, name: str, value: Any, reading: PartReading) -> dict[str, Any]:
        value = value or {}
        text = value.get(reading.language, "")
        others = [(language, words) for language, words in value.items() if language != reading.language]
        # A line of input would swallow line ends that are stored.
        rows = self.rows or (2 if "\n" in text else 0)
        return super().show(name, text, reading) | {"others": others, "rows": rows, "lang": reading.language}


@dataclass(frozen=True)
class LineField(PartField):
    """A plain text of one line. `size` is how many letters wide."""

    size: int = 20

    def read(self, name: str, data: Data, stored: Any, reading: PartReading) -> Any:
        return clean(data[name], str(stored or "")) if name in data else stored

    def show(self, name: str, value: Any, reading: PartReading) -> dict[str, Any]:
        return super().show(name, "" if value is None else value, reading) | {"size": self.size}


@dataclass(frozen=True)
class NumberField(LineField):
    """A whole number. What is none stays as typed, and is refused with its field."""

    def read(self, name: str, data: Data, stored: Any, reading: PartReading) -> Any:
        text = super().read(name, data, stored, reading)
        number = whole_number(text, LONGEST_LINE - 1) if isinstance(text, str) else None
        return number if number is not None else (text if text != "" else None)


@dataclass(frozen=True)
class CreditField(LineField):
    """A share of full credit, as a fraction; 0.5 and 50 % are understood."""

    def read(self, name: str, data: Data, stored: Any, reading: PartReading) -> Any:
        text = super().read(name, data, stored, reading)
        if not isinstance(text, str) or not text or len(text) > LONGEST_LINE:
            return text or None
        plain = text.replace(" ", "").replace(",", ".")
        if "e" in plain.lower():  # 1e999999999 has a thousand million digits
            return text
        try:
            return str(Fraction(plain[:-1]) / 100 if plain.endswith("%") else Fraction(plain))
        except (ValueError, ZeroDivisionError):
            return text


@dataclass(frozen=True)
class FlagField(PartField):
    """Yes or no. A box that is not ticked is not sent: `name`-shown says that it was there."""

    template = "flag"

    def read(self, name: str, data: Data, stored: Any, reading: PartReading) -> bool:
        return name in data if f"{name}-shown" in data else bool(stored)

    def words(self, value: Any, reading: PartReading) -> list[str]:
        return [str(self.label)] if value else []


@dataclass(frozen=True)
class DecisionField(FlagField):
    """Yes or no, where no is written down too."""

    keeps_false = True


@dataclass(frozen=True)
class WordChoiceField(PartField):
    """One of a few words."""

    choices: tuple[tuple[str, Label], ...] = ()

    template = "choice"

    def read(self, name: str, data: Data, stored: Any, reading: PartReading) -> Any:
        return data.get(name, stored)

    def words(self, value: Any, reading: PartReading) -> list[str]:
        return [str(dict(self.choices).get(value, value))] if value else []

    def is_blank(self, value: Any, reading: PartReading) -> bool:
        return True  # something is always chosen

    def show(self, name: str, value: Any, reading: PartReading) -> dict[str, Any]:
        return super().show(name, value or (self.choices[0][0] if self.choices else ""), reading) | {
            "choices": self.choices
        }


@dataclass(frozen=True)
class SomeWordsField(PartField):
    """Any number of a few words, as boxes to tick. `name`-shown says that they were there."""

    choices: tuple[tuple[str, Label], ...] = ()

    template = "choices"

    def read(self, name: str, data: Data, stored: Any, reading: PartReading) -> list[str]:
        if f"{name}-shown" not in data:
            return list(stored or [])
        return [str(word) for word, _label in self.choices if f"{name}-{word}" in data]

    def words(self, value: Any, reading: PartReading) -> list[str]:
        return [str(label) for word, label in self.choices if word in (value or [])]

    def show(self, name: str, value: Any, reading: PartReading) -> dict[str, Any]:
        shown = [(f"{name}-{word}", label, word in (value or [])) for word, label in self.choices]
        return super().show(name, None, reading) | {"choices": shown}


@dataclass(frozen=True)
class CodeListField(PartField):
    """Codes with spaces or commas between them. `size` is how many letters wide."""

    size: int = 60

    template = "line"

    def read(self, name: str, data: Data, stored: Any, reading: PartReading) -> list[str]:
        return data[name].replace(",", " ").split() if name in data else list(stored or [])

    def words(self, value: Any, reading: PartReading) -> list[str]:
        return [" ".join(value)] if value else []

    def errors(self, name: str, reading: PartReading) -> list[str]:
        return [text for key, texts in reading.errors.items() if key.startswith(name) for text in texts]

    def show(self, name: str, value: Any, reading: PartReading) -> dict[str, Any]:
        return super().show(name, " ".join(value or []), reading) | {"size": self.size}


@dataclass(frozen=True)
class GroupField(PartField):
    """Fields of a value inside the part."""

    fields: tuple[PartField, ...] = ()

    template = "group"

    def read(self, name: str, data: Data, stored: Any, reading: PartReading) -> dict[str, Any]:
        return read_all(self.fields, f"{name}-", data, stored or {}, reading)

    def words(self, value: Any, reading: PartReading) -> list[str]:
        return [line for entry in self.fields for line in entry.words((value or {}).get(entry.name), reading)]

    def show(self, name: str, value: Any, reading: PartReading) -> dict[str, Any]:
        return super().show(name, None, reading) | {"fields": show_all(self.fields, f"{name}-", value or {}, reading)}


def read_all(
    fields: tuple[PartField, ...], prefix: str, data: Data, stored: Mapping[str, Any], reading: PartReading
) -> dict[str, Any]:
    """The stored values with what was sent in the place of what the fields show; nothing for what is empty."""
    value = dict(stored)
    for entry in fields:
        read = entry.read(prefix + entry.name, data, stored.get(entry.name), reading)
        if read is None or read in ("", {}, []) or (read is False and not entry.keeps_false):
            value.pop(entry.name, None)
        else:
            value[entry.name] = read
    return value


def show_all(
    fields: tuple[PartField, ...], prefix: str, value: Mapping[str, Any], reading: PartReading
) -> list[dict[str, Any]]:
    """What the templates draw for several fields."""
    return [entry.show(prefix + entry.name, value.get(entry.name), reading) for entry in fields]
