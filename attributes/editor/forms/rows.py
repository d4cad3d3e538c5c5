"""Lists in the forms of a draft's parts: lines are added, moved and taken out with buttons, and one empty line waits.

Each line carries a token that says which stored line it is, so that what the form does not show stays with it. Keys
and codes are proposed; once they stand in the version the draft started from they cannot change.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import chain, count
from typing import Any

from django.utils.translation import gettext_lazy

from attributes.documents.documents import fingerprint
from attributes.editor.forms.fields import (
    Data,
    Label,
    LineField,
    PartField,
    PartReading,
    WordsField,
    read_all,
    show_all,
)
from attributes.kinds import RESERVED_STATES, UNANSWERED
from attributes.schema_rules import RESERVED_OPTIONS

KEY_LENGTH = 40
ACTS = ("up", "down", "remove")


@dataclass
class SentRow:
    """A line as sent: under which number, and its value."""

    number: int
    value: Any
    is_new: bool


@dataclass(frozen=True)
class RowsField(PartField):
    """A list of values with the same fields. `single` names one line: "Option"."""

    fields: tuple[PartField, ...] = ()
    single: Label = ""
    # The field that tells a line from the others and is proposed: "key" or "code". None: the words do.
    identity: str = ""

    template = "rows"

    def token(self, row: Any, reading: PartReading) -> str:
        """What tells this line from the others, also when it is translated meanwhile."""
        if self.identity:
            return str(row.get(self.identity, ""))
        return fingerprint([entry.words(self._at(row, entry), reading) for entry in self.fields])[:8]

    def _at(self, row: Any, entry: PartField) -> Any:
        return row.get(entry.name)

    def _read_row(self, prefix: str, data: Data, stored: Any, reading: PartReading) -> Any:
        return read_all(self.fields, prefix, data, stored or {}, reading)

    def _anchor(self, name: str, number: int) -> str:
        """The id of the line as a whole."""
        return f"{name}-{number}"

    def _is_blank(self, row: Any, reading: PartReading, *, is_new: bool) -> bool:
        """Whether nothing stands in it. A key alone, which was proposed, is nothing; one that was typed is."""
        skipped = self.identity if self.identity and not is_new else None
        looked_at = [entry for entry in self.fields if entry.name != skipped]
        return all(entry.is_blank(self._at(row, entry), reading) for entry in looked_at)

    def read(self, name: str, data: Data, stored: Any, reading: PartReading) -> list[Any]:
        stored_rows: list[Any] = list(stored or [])
        if f"{name}-shown" not in data:
            return stored_rows
        sent = []
        left = {index: self.token(row, reading) for index, row in enumerate(stored_rows)}
        for number in sorted(_numbers(name, data)):
            token = data[f"{name}-{number}-from"]
            found = next((index for index, other in left.items() if token and other == token), None)
            if found is not None:
                left.pop(found)
            before = stored_rows[found] if found is not None else None
            row = self._read_row(f"{name}-{number}-", data, before, reading)
            if before is None and token:
                # Stored already by a save whose answer got lost: then it is known by what it is now.
                found = next((index for index, other in left.items() if other == self.token(row, reading)), None)
                if found is not None:
                    left.pop(found)
                    before = stored_rows[found]
                    row = self._read_row(f"{name}-{number}-", data, before, reading)
            if self.identity and token in reading.locked.get(name, ()):
                row[self.identity] = token
            if self._is_blank(row, reading, is_new=not token) and self._goes(token, name, reading):
                continue
            sent.append(SentRow(number, row, before is None))
        sent = self._acted(name, sent, reading)
        self._propose(name, sent, data, reading)
        self._number(sent, reading)
        for row_sent in sent:
            reading.tokens[f"{name}-{row_sent.number}-from"] = self.token(row_sent.value, reading)
        return [row_sent.value for row_sent in sent]

    def _goes(self, token: str, name: str, reading: PartReading) -> bool:
        """Whether an empty line is left out: while somebody types, only one that never held anything."""
        return not token or (reading.is_final and token not in reading.locked.get(name, ()))

    def _acted(self, name: str, sent: list[SentRow], reading: PartReading) -> list[SentRow]:
        if reading.action is None or reading.action[1] != name:
            return sent
        verb, _name, number = reading.action
        place = next((index for index, row in enumerate(sent) if row.number == number), None)
        if verb == "add" or place is None:
            reading.focus = self._anchor(name, len(sent))
            return sent
        moved = sent.pop(place)
        if verb == "remove":
            reading.focus = self._anchor(name, max(0, place - 1))
            return sent
        place = min(max(0, place + (1 if verb == "down" else -1)), len(sent))
        sent.insert(place, moved)
        reading.focus = self._anchor(name, place)
        return sent

    def _propose(self, name: str, sent: list[SentRow], data: Data, reading: PartReading) -> None:
        """Give a key or code to every line that has none."""
        if not self.identity:
            return
        taken = {row.value.get(self.identity, "").casefold() for row in sent if row.value.get(self.identity)}
        for row in sent:
            if row.value.get(self.identity):
                continue
            token = data[f"{name}-{row.number}-from"]
            proposed = self._proposed(name, row, token, taken, reading)
            row.value = {self.identity: proposed} | row.value
            taken.add(proposed.casefold())

    def _proposed(self, name: str, row: SentRow, token: str, taken: Collection[str], reading: PartReading) -> str:
        if self.identity == "key":
            words = (row.value.get("label") or {}).get(reading.language, "")
            reserved = RESERVED_OPTIONS | RESERVED_STATES | {UNANSWERED}
            return free_key(words, single=name, taken={*taken, *reserved})
        if token and token.casefold() not in taken:
            return token
        given = {*reading.spent, *reading.locked.get(name, ())}
        spent = {code.casefold() for code in given} | set(taken)
        prefix = f"{reading.code}-R" if name == "recommendations" else reading.code
        return next(f"{prefix}{number}" for number in count(1) if f"{prefix}{number}".casefold() not in spent)

    def _number(self, sent: list[SentRow], reading: PartReading) -> None:
        """Where lines are numbered, by their place."""

    def words(self, value: Any, reading: PartReading) -> list[str]:
        lines = []
        for row in value or []:
            said = [line for entry in self.fields for line in entry.words(self._at(row, entry), reading)]
            lines.append(" · ".join(said))
        return lines

    def show(self, name: str, value: Any, reading: PartReading) -> dict[str, Any]:
        rows = list(value or [])
        locked = reading.locked.get(name, frozenset())
        shown = [self._show_row(name, number, row, locked, reading) for number, row in enumerate(rows)]
        blank = self._show_row(name, len(rows), None, locked, reading)
        if shown:
            shown[-1]["is_last"] = True
        return super().show(name, None, reading) | {
            "rows": [*shown, blank],
            "single": self.single,
            "add": f"add {name} 0",
        }

    def _show_row(
        self, name: str, number: int, row: Any, locked: Collection[str], reading: PartReading
    ) -> dict[str, Any]:
        token = "" if row is None else self.token(row, reading)
        is_locked = bool(token) and token in locked
        fields = [entry for entry in self.fields if not (is_locked and entry.name == self.identity)]
        return {
            "id": f"{name}-{number}",
            "anchor": self._anchor(name, number),
            "title": f"{self.single} {number + 1}",
            "from": token,
            "is_new": row is None,
            "locked": token if is_locked else "",
            "errors": reading.errors.get(f"{name}-{number}", []),
            "fields": self._show_fields(tuple(fields), f"{name}-{number}-", row, reading),
            "actions": [(f"{verb} {name} {number}", verb) for verb in ACTS if row is not None],
        }

    def _show_fields(
        self, fields: tuple[PartField, ...], prefix: str, row: Any, reading: PartReading
    ) -> list[dict[str, Any]]:
        return show_all(fields, prefix, row or {}, reading)


@dataclass(frozen=True)
class TextRowsField(RowsField):
    """A list of texts: each line is the text itself."""

    def _anchor(self, name: str, number: int) -> str:
        return f"{name}-{number}-line"  # the input has the other

    def _at(self, row: Any, entry: PartField) -> Any:
        return row

    def _read_row(self, prefix: str, data: Data, stored: Any, reading: PartReading) -> Any:
        return self.fields[0].read(prefix.removesuffix("-"), data, stored, reading)

    def _show_fields(
        self, fields: tuple[PartField, ...], prefix: str, row: Any, reading: PartReading
    ) -> list[dict[str, Any]]:
        return [fields[0].show(prefix.removesuffix("-"), row, reading)]


@dataclass(frozen=True)
class LevelsField(RowsField):
    """The levels of the scale: numbered by where they stand."""

    def token(self, row: Any, reading: PartReading) -> str:
        return str(row.get("value", ""))

    def _number(self, sent: list[SentRow], reading: PartReading) -> None:
        reading.origins = [row.value.get("value") for row in sent]
        for index, row in enumerate(sent):
            row.value = {"value": index} | {key: entry for key, entry in row.value.items() if key != "value"}


@dataclass(frozen=True)
class AnchorsField(PartField):
    """What each level means: one text per level of the scale."""

    # (number, letter and label) of each level.
    levels: tuple[tuple[int, str], ...] = ()

    template = "group"

    def _texts(self) -> list[tuple[int, str, WordsField]]:
        return [(level, f"{level}-text", WordsField("text", label, rows=3)) for level, label in self.levels]

    def read(self, name: str, data: Data, stored: Any, reading: PartReading) -> list[Any]:
        before = {row.get("level"): row for row in stored or []}
        if not any(f"{name}-{path}" in data for _level, path, _entry in self._texts()):
            return list(stored or [])
        rows = []
        for level, path, entry in self._texts():
            row = before.get(level, {"level": level})
            text = entry.read(f"{name}-{path}", data, row.get("text"), reading)
            rows.append({"level": level} | ({"text": text} if text else {}))
        return rows if any(row.get("text") for row in rows) else []

    def words(self, value: Any, reading: PartReading) -> list[str]:
        labels = dict(self.levels)
        return [
            f"{labels.get(row.get('level'), row.get('level'))}: {(row.get('text') or {}).get(reading.language, '')}"
            for row in value or []
        ]

    def show(self, name: str, value: Any, reading: PartReading) -> dict[str, Any]:
        stored = {row.get("level"): row for row in value or []}
        fields = [
            entry.show(f"{name}-{path}", stored.get(level, {}).get("text"), reading)
            for level, path, entry in self._texts()
        ]
        return super().show(name, None, reading) | {"fields": fields}


def key_line(hint: Label) -> LineField:
    """The field of a key."""
    return LineField("key", gettext_lazy("Key"), hint, optional=True, size=30)


def free_key(words: str, *, single: str, taken: Iterable[str]) -> str:
    """A key made of the words: "Cost of participation" becomes cost_of_participation."""
    ascii_words = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "_", ascii_words).strip("_").lstrip("0123456789_")[:KEY_LENGTH].strip("_")
    stem = stem or single.removesuffix("s")
    used = {key.casefold() for key in taken}
    return next(key for key in chain([stem], (f"{stem}_{number}" for number in count(2))) if key not in used)


def _numbers(name: str, data: Data) -> set[int]:
    pattern = re.compile(rf"{re.escape(name)}-(\d{{1,4}})-from")
    return {int(match[1]) for key in data if (match := pattern.fullmatch(key))}
