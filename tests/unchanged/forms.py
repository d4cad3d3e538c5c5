"""The links and forms of a page, and what people send with them: nothing, what is there, something else, nonsense."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

# A form as it is sent: names and values in order, names may come several times. Values are texts or files.
Sent = list[tuple[str, Any]]

# In place of what a field of this kind holds: something that is accepted, and something that is not.
OTHER = {
    "text": "Something else",
    "textarea": "Something else,\non two lines.",
    "email": "someone.else@example.org",
    "url": "https://example.org/else",
    "number": "7",
    "date": "2026-03-30",
    "search": "o",
    "password": "Another-Secret-77",
}
NONSENSE = {"email": "nobody", "url": "javascript:alert(1)", "number": "-1", "date": "tomorrow", "password": "short"}
TOO_LONG = "too long " * 30  # more than most fields take
KEPT = frozenset({"hidden"})
CHOICES = frozenset({"radio", "checkbox", "select"})


@dataclass
class FormField:
    """A field: its kind, and what can be chosen with what is chosen now. Texts have one choice, their content."""

    name: str
    kind: str
    offered: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form of a page."""

    attributes: dict[str, str]
    fields: list[FormField] = field(default_factory=list)
    buttons: list[dict[str, str]] = field(default_factory=list)

    @property
    def is_post(self) -> bool:
        """Whether it changes something."""
        return self.attributes.get("method", "get").lower() == "post" or "hx-post" in self.attributes

    @property
    def address(self) -> str:
        """Where it is sent, "" for the address of the page."""
        return self.attributes.get("action") or self.attributes.get("hx-post", "")

    @property
    def has_files(self) -> bool:
        """Whether it is sent in parts."""
        return self.attributes.get("enctype") == "multipart/form-data"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its fields and buttons."""
        buttons = (button.get("name", "") for button in self.buttons)
        return tuple(dict.fromkeys(name for name in (*(each.name for each in self.fields), *buttons) if name))

    def field(self, name: str, kind: str) -> FormField:
        """The field of a name, added if it is not there."""
        for known in self.fields:
            if known.name == name and known.kind == kind and kind in CHOICES:
                return known
        self.fields.append(FormField(name, kind))
        return self.fields[-1]

    def as_shown(self) -> Sent:
        """What is sent if nothing is changed."""
        return [(each.name, value) for each in self.fields if each.kind != "file" for value in each.chosen]

    def emptied(self) -> Sent:
        """What is sent if everything that can be seen is emptied."""
        shown = [each for each in self.fields if each.kind != "file"]
        return [
            (each.name, value if each.kind in KEPT else "")
            for each in shown
            if each.kind not in CHOICES
            for value in each.chosen
        ]

    def changed(self, place: int = -1) -> Sent:
        """What is sent if everything is changed: of choices the one at a place is taken, the empty one left aside."""

        def value_of(each: FormField) -> list[str]:
            offered = [value for value in each.offered if value] or each.offered
            if each.kind in CHOICES:
                return [offered[place % len(offered)]]
            return ["https://example.org/minutes"] if "links" in each.name else [OTHER.get(each.kind, "Else")]

        return self._with(value_of)

    def invalid(self) -> Sent:
        """What is sent by somebody who does not use the page: nothing that the page could send."""
        return self._with(
            lambda each: ["no-such-choice"] if each.kind in CHOICES else [NONSENSE.get(each.kind, TOO_LONG)]
        )

    def filled(self, **values: str) -> Sent:
        """What is sent if some fields are given these values, "__" in names standing for "-"."""
        given = {name.replace("__", "-"): value for name, value in values.items()}
        missing = given.keys() - set(self.names)
        if missing:
            raise LookupError(f"The form has no field {', '.join(sorted(missing))}, but {', '.join(self.names)}.")
        return [pair for pair in self.as_shown() if pair[0] not in given] + list(given.items())

    def _with(self, value_of: Callable[["FormField"], list[str]]) -> Sent:
        found: Sent = []
        for each in self.fields:
            if each.kind == "file":
                continue
            values = each.chosen if each.kind in KEPT or (each.kind in CHOICES and not each.offered) else value_of(each)
            found += [(each.name, value) for value in values]
        return found


class RecordedPage(HTMLParser):
    """A page taken apart."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._named: dict[str, Form] = {}
        self._field: FormField | None = None
        self.feed(html)

    def form(self, part: str = "") -> Form:
        """The one form that is sent to an address with this in it, by default to that of the page itself."""
        found = [form for form in self.forms if form.is_post and (part in form.address if part else not form.address)]
        if len(found) != 1:
            raise LookupError(f"{len(found)} forms lead to “{part}”.")
        return found[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        elif tag == "form":
            self._form = Form(found)
            self.forms.append(self._form)
            self._named[found.get("id", "")] = self._form
        elif tag in ("input", "textarea", "select", "button", "option"):
            form = self._named.get(found["form"]) if "form" in found else self._form
            if form is not None and "disabled" not in found:
                self._control(form, tag, found)

    def _control(self, form: Form, tag: str, found: dict[str, str]) -> None:
        kind = found.get("type", "text") if tag == "input" else tag
        name, value = found.get("name", ""), found.get("value", "")
        if tag == "button" or kind in ("submit", "button", "image"):
            if found.get("type") != "button":
                form.buttons.append(found)
        elif tag == "option":
            if self._field is not None:
                self._choice(self._field, value, is_chosen="selected" in found)
        elif name:
            here = form.field(name, kind)
            if kind in ("radio", "checkbox"):
                self._choice(here, found.get("value", "on"), is_chosen="checked" in found)
            elif kind == "select":
                self._field = here
            else:
                here.chosen = [value]
                self._field = here if tag == "textarea" else None

    def _choice(self, here: FormField, value: str, *, is_chosen: bool) -> None:
        here.offered.append(value)
        if is_chosen:
            here.chosen = [*here.chosen, value] if here.kind == "checkbox" else [value]

    def handle_data(self, data: str) -> None:
        if self._field is not None and self._field.kind == "textarea":
            self._field.chosen = [self._field.chosen[0] + data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select" and self._field is not None:
            self._field.chosen = self._field.chosen or self._field.offered[:1]
            self._field = None
        elif tag == "textarea" and self._field is not None:
            self._field.chosen = [self._field.chosen[0].removeprefix("\n")]
            self._field = None
