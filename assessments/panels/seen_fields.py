"""Pages that colleagues may have open at once: each stores what was changed on it, and nobody's words are replaced
without a word."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.exceptions import Conflict
from attributes.pages import PlainForm


def mark_of_value(value: Any) -> str:
    """A short mark of what a field holds: the same however it is written."""
    if isinstance(value, str):
        value = value.replace("\r\n", "\n").strip()
    elif isinstance(value, Iterable):
        value = sorted(str(one) for one in value)
    return hashlib.sha256(json.dumps(value if value is not None else "", default=str).encode()).hexdigest()[:12]


def clashing(stored: Mapping[str, Any], new: Mapping[str, Any], seen: Mapping[str, str]) -> list[str]:
    """The names of what is new and would take the place of what was never seen.

    `seen`: the marks of what the page showed, by name.
    """
    return [
        name
        for name, value in new.items()
        if name in seen and mark_of_value(stored.get(name)) not in {seen[name], mark_of_value(value)}
    ]


def refuse_replacing(stored: Mapping[str, Any], new: Mapping[str, Any], seen: Mapping[str, str], message: str) -> None:
    """Raise Conflict where something new clashes with what is stored. For services, under their lock."""
    if clashing(stored, new, seen):
        raise Conflict(message, dict(stored))


class SeenForm(PlainForm):
    """A form that says what its page was drawn from, field by field. Its heirs call `draw_from` once they are made."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def draw_from(self, stored: Mapping[str, Any]) -> None:
        """Note what is stored now."""
        self.initial["seen"] = json.dumps({name: mark_of_value(value) for name, value in stored.items()})

    def seen_marks(self) -> dict[str, str]:
        """The marks that came with the page."""
        try:
            found = json.loads(self.cleaned_data.get("seen") or "{}")
        except ValueError:
            return {}
        return {str(name): str(mark) for name, mark in found.items()} if isinstance(found, dict) else {}

    def changed(self, names: Iterable[str]) -> dict[str, Any]:
        """What was changed on the page, of these fields; all of them where it does not say what it was drawn from."""
        seen = self.seen_marks()
        values = {name: self.cleaned_data[name] for name in names}
        return {name: value for name, value in values.items() if seen.get(name) != mark_of_value(value)}

    def clashes_with(self, stored: Mapping[str, Any], new: Mapping[str, Any]) -> list[dict[str, str]]:
        """What is stored and what was typed, for each field in which they clash; the next save may replace it.

        Fields that were left as they were drawn show what is stored now: the next save must not bring back what was.
        """
        seen = self.seen_marks()
        rows = [self._row(name, stored.get(name), new[name]) for name in clashing(stored, new, seen)]
        data = cast(QueryDict, self.data).copy()
        for name in seen.keys() & stored.keys() - new.keys():
            self._show(data, name, stored[name])
        data[self.add_prefix("seen")] = json.dumps({name: mark_of_value(value) for name, value in stored.items()})
        self.data = data
        return rows

    def _show(self, data: QueryDict, name: str, value: Any) -> None:
        """Let a field hold a value, as a browser would send it."""
        key = self.add_prefix(name)
        if isinstance(value, list | tuple):
            data.setlist(key, [str(one) for one in value])
        elif value is False:
            data.pop(key, None)
        else:
            data[key] = "" if value is None else "on" if value is True else str(value)

    def not_stored(self, stored: Mapping[str, Any]) -> list[dict[str, str]]:
        """What was changed on the page and is not what is stored, as far as it was understood: to read, not to save."""
        self.is_valid()
        seen = self.seen_marks()
        typed = {name: self.cleaned_data.get(name, self[name].data) for name in stored if name in self.fields}
        return [
            self._row(name, stored[name], value)
            for name, value in typed.items()
            if mark_of_value(value) not in {seen.get(name), mark_of_value(stored[name])}
        ]

    def _row(self, name: str, theirs: Any, ours: Any) -> dict[str, str]:
        """A field, with what is stored and what was typed."""
        label = str(self.fields[name].label)
        return {"label": label, "theirs": self._said(name, theirs), "ours": self._said(name, ours)}

    def _said(self, name: str, value: Any) -> str:
        """What a field holds, as people read it."""
        names = {str(code): str(label) for code, label in getattr(self.fields[name], "choices", ())}
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, date):
            return date_format(value, "DATE_FORMAT")
        values = value if isinstance(value, list | tuple | set) else [value]
        return ", ".join(names.get(str(one), str(one)) for one in values if one not in (None, ""))
