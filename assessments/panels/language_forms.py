"""The form for what a wave says in its further languages."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from assessments.fields import LongTextField
from assessments.panels.seen_fields import SeenForm
from assessments.panels.wave_texts import SpokenText
from attributes.texts import direction


class WaveTextsForm(SeenForm):
    """A field for each text in each language. `is_open`: what has been read stays as it is; gaps can be filled."""

    def __init__(self, *args: Any, texts: Sequence[SpokenText], is_open: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = texts
        for text in texts:
            field = self._field(text)
            field.widget.attrs |= {"lang": text.language, "dir": direction(text.language)}
            field.hide_optional = True  # type: ignore[attr-defined]  # all of them are
            field.disabled = is_open and bool(text.own)
            self.fields[text.name] = field
        self.draw_from({text.name: text.own for text in texts})

    @staticmethod
    def _field(text: SpokenText) -> forms.CharField:
        common: dict[str, Any] = {
            "label": text.label,
            "initial": text.own,
            "required": False,
            "max_length": text.longest,
            "help_text": _("So far: %(text)s") % {"text": text.original},
        }
        return LongTextField(rows=4, **common) if text.kind == "notice" else forms.CharField(**common)

    def by_language(self) -> dict[str, list[forms.BoundField]]:
        """The fields of each language."""
        found: dict[str, list[forms.BoundField]] = {}
        for text in self.texts:
            found.setdefault(text.language, []).append(self[text.name])
        return found

    def said(self) -> list[tuple[SpokenText, str]]:
        """What was changed, and is to be stored."""
        changed = self.changed([text.name for text in self.texts])
        return [(text, str(changed[text.name]).strip()) for text in self.texts if text.name in changed]
