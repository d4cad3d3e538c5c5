"""Reads the forms of a page as a browser would send them, and what a page wants loaded."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

from django.test import Client

URLENCODED = "application/x-www-form-urlencoded"


class FormClient(Client):
    """Sends forms as browsers send those without files. Django's own way takes far longer for hundreds of fields."""

    def post(self, path: str, data: Any = None, content_type: str = URLENCODED, *rest: Any, **options: Any) -> Any:
        """Send a form. `data`: values, or lists of them, by name."""
        body = urlencode(data or {}, doseq=True) if content_type == URLENCODED else data
        return super().post(path, body, content_type, *rest, **options)


@dataclass
class PageForm:
    """A form: where it is sent, and what it would send if nothing were changed."""

    attributes: dict[str, str]
    fields: dict[str, Any] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)  # the values of radio buttons, by name
    texts: list[str] = field(default_factory=list)  # names of text areas

    @property
    def address(self) -> str:
        """Where htmx sends it, or a browser without scripts."""
        return self.attributes.get("hx-post") or self.attributes.get("action", "")


class ParsedPage(HTMLParser):
    """A page taken apart: forms, loose inputs (parts of pages have them), scripts, style sheets and pictures."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[PageForm] = []
        self.inputs: dict[str, str] = {}
        self.assets: list[str] = []
        self._form: PageForm | None = None
        self._area = ""
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = PageForm(found)
            self.forms.append(self._form)
        elif tag == "input":
            self._input(found)
        elif tag == "textarea":
            self._area = found.get("name", "")
            if self._form and self._area:
                self._form.texts.append(self._area)
                self._form.fields[self._area] = ""
        elif tag == "select":
            self._select = found.get("name", "")
        elif tag == "option" and self._select and self._form:
            if "selected" in found or self._select not in self._form.fields:
                self._form.fields[self._select] = found.get("value", "")
        elif tag == "link" and found.get("rel") in ("stylesheet", "icon", "preload", "modulepreload"):
            self.assets.append(found["href"])
        elif tag in ("script", "img") and found.get("src"):
            self.assets.append(found["src"])

    def _input(self, found: dict[str, str]) -> None:
        value: Any
        name, value, kind = found.get("name", ""), found.get("value", ""), found.get("type", "text")
        if not name or kind in ("file", "submit", "button"):
            return
        if kind in ("radio", "checkbox"):
            if self._form:
                self._form.choices.setdefault(name, []).append(value)
            if "checked" not in found:
                return
        self.inputs[name] = value
        if self._form:
            before = self._form.fields.get(name)
            if kind == "checkbox" and before is not None:
                # Boxes of one name are sent one after the other.
                value = [*before, value] if isinstance(before, list) else [before, value]
            self._form.fields[name] = value

    def handle_data(self, data: str) -> None:
        if self._area and self._form:
            # The first line break after the tag is not part of the text.
            before = self._form.fields[self._area]
            self._form.fields[self._area] = before + (data if before else data.removeprefix("\n"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""
