"""The forms of translating: one language to add, and one field for each text of a page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attributes.documents.documents import fingerprint
from attributes.documents.translating import TextEntry
from attributes.kinds import PLACEHOLDER, PROCESS_PLACEHOLDER
from attributes.languages.labels import label_of
from attributes.languages.services import Typed
from attributes.pages import PlainForm
from attributes.schema_rules import placeholders_of
from attributes.schema_values import LANGUAGE_PATTERN
from attributes.texts import clean_text

TEXT_LIMIT = 10_000
PREFIX = "t_"
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_IN_BRACES = re.compile(r"\{[^{}]*\}|[{}]")


def canonical_language(code: str) -> str:
    """The code as it is usually written: fr, pt-BR, zh-Hans."""
    first, *others = code.strip().replace("_", "-").split("-")
    usual = {2: str.upper, 4: str.title}
    return "-".join([first.lower(), *(usual.get(len(part), str.lower)(part) for part in others)])


class LanguageForm(PlainForm):
    """A language by its code."""

    language = forms.CharField(
        label=gettext_lazy("Code of the language"),
        max_length=20,
        help_text=gettext_lazy("For example fr for French, ar for Arabic, pt-BR for Portuguese as written in Brazil."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "list": "known-languages"}),
    )

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = languages

    def clean_language(self) -> str:
        """A code in its usual form that the set does not have yet."""
        language = canonical_language(self.cleaned_data["language"])
        if not re.fullmatch(LANGUAGE_PATTERN, language):
            raise forms.ValidationError(
                _("This is no code of a language: two or three letters, then further parts after hyphens.")
            )
        if language.casefold() in {known.casefold() for known in self.languages}:
            raise forms.ValidationError(_("The draft has this language already."))
        return language


@dataclass
class TextField:
    """One text of a page: its source, its translation as stored or as typed, and what is wrong with that.

    `clash` is what is stored now, where somebody else changed it while this was typed.
    """

    entry: TextEntry
    source: str
    stored: str
    words: str
    started_from: str
    source_mark: str
    label: str
    still_right: bool = False
    error: str = ""
    clash: str | None = None

    @property
    def name(self) -> str:
        """The name of its input."""
        return name_of(self.entry.key)

    @property
    def mark(self) -> str:
        """What the page started from: the translation and the source text, as fingerprints."""
        return f"{self.started_from}.{self.source_mark}"

    @property
    def rows(self) -> int:
        """Lines to offer: as many as the longer of both texts takes up, within bounds."""
        longest = max(self.source, self.words, key=len)
        return min(max(len(longest) // 60 + 1 + longest.count("\n"), 1), 12)


def name_of(key: str) -> str:
    """The name of the input for a text: its key in characters that an id may have."""
    return PREFIX + key.replace("/", "_")


class TranslationForm:
    """The texts of a page. Not a Django form: a hundred fields that are all alike, and each saved on its own."""

    def __init__(self, entries: list[TextEntry], language: str, source: str, letters: list[str]) -> None:
        self._sent: list[TextField] = []
        self.gone: list[str] = []
        self.fields = [
            TextField(
                entry=entry,
                source=entry.texts[source],
                stored=entry.texts.get(language, ""),
                words=entry.texts.get(language, ""),
                started_from=fingerprint(entry.texts.get(language, "")),
                source_mark=fingerprint(entry.texts[source]),
                label=label_of(entry, letters),
                # Stored before anybody checked, from a file for instance: it stops the review, so it is shown here.
                error=_braces(entry, entry.texts.get(language, "")),
            )
            for entry in entries
        ]

    def read(self, data: Mapping[str, Any]) -> None:
        """Take over what was sent; a text that was not sent stays out of `typed`.

        `gone` is what was typed for texts that are not there any more.
        """
        names = {field.name for field in self.fields}
        for name, words in data.items():
            known = name.removesuffix("-from").removesuffix("-right") in names
            if name.startswith(PREFIX) and not known and not name.endswith(("-from", "-right")) and words:
                self.gone.append(clean_text(str(words)))
        for field in self.fields:
            field.error = ""
            if field.name not in data:
                continue
            field.words = clean_text(str(data[field.name]))
            marks = str(data.get(f"{field.name}-from", "")).split(".")
            if len(marks) == 2 and all(_FINGERPRINT.fullmatch(mark) for mark in marks):
                field.started_from, field.source_mark = marks
            field.still_right = f"{field.name}-right" in data
            field.error = _error(field)
            self._sent.append(field)

    @property
    def typed(self) -> list[Typed]:
        """What can be stored."""
        return [
            Typed(field.entry.key, field.words, field.started_from, field.source_mark, field.still_right)
            for field in self._sent
            if not field.error
        ]

    def carry_over(self, sent: "TranslationForm") -> None:
        """Show what could not be stored as it was typed; saving it again replaces what is stored now."""
        typed = {field.entry.key: field for field in sent.fields if field.error or field.clash is not None}
        for field in self.fields:
            if (was := typed.get(field.entry.key)) is not None:
                field.words, field.error, field.clash = was.words, was.error, was.clash
                if was.clash is None:
                    field.started_from = was.started_from
        self.gone = sent.gone

    @property
    def errors(self) -> list[TextField]:
        """The texts that cannot be stored as they are."""
        return [field for field in self.fields if field.error]

    @property
    def clashes(self) -> list[TextField]:
        """The texts that somebody else changed meanwhile."""
        return [field for field in self.fields if field.clash is not None]


def _error(field: TextField) -> str:
    words = field.words
    if not words or words == field.stored:
        return ""
    if len(words) > TEXT_LIMIT:
        return _("This text has %(count)d characters; at most %(limit)d can be stored.") % {
            "count": len(words),
            "limit": TEXT_LIMIT,
        }
    if found := _braces(field.entry, words):
        return found
    if field.entry.quoted:
        return ""
    if PLACEHOLDER in field.source and PLACEHOLDER not in words:
        return _("%(placeholder)s is missing: the name of the resource is put in its place. Keep it as it is.") % {
            "placeholder": PLACEHOLDER
        }
    if PROCESS_PLACEHOLDER in field.source and PROCESS_PLACEHOLDER not in words:
        return _("%(placeholder)s is missing: the name of the process is put in its place. Keep it as it is.") % {
            "placeholder": PROCESS_PLACEHOLDER
        }
    return ""


def _braces(entry: TextEntry, words: str) -> str:
    """What is wrong with the braces in a text; empty where nothing is."""
    if entry.quoted:
        return _("A quotation has no places to fill in: take out the braces.") if _IN_BRACES.search(words) else ""
    allowed = placeholders_of(str(entry.path[-1]))
    if not allowed:
        return _("This text has no places to fill in: take out the braces.") if _IN_BRACES.search(words) else ""
    if [found for found in _IN_BRACES.findall(words) if found not in allowed]:
        if len(allowed) > 1:
            return _("{resource} and {process} are the only things that may stand in braces.")
        return _("%(placeholder)s is the only thing that may stand in braces.") % {"placeholder": PLACEHOLDER}
    return ""
