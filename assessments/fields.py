"""What the forms of this app share."""

from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from attributes.texts import plain_lines


class LongTextField(forms.CharField):
    """Text of several lines. Browsers send line ends as CR LF: here they are, and count as, one character."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """The text with plain line ends."""
        return str(super().to_python(plain_lines(str(value)) if value else value))


class OpenRadioSelect(forms.RadioSelect):
    """Radio buttons of which none is chosen before somebody has chosen: the empty choice takes an answer back."""

    def create_option(
        self,
        name: str,
        value: Any,
        label: int | str,
        selected: bool,
        index: int,
        subindex: int | None = None,
        attrs: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """The option as Django draws it; the empty one is never chosen."""
        return super().create_option(name, value, label, selected and bool(str(value)), index, subindex, attrs)


class LongSelect(forms.Select):
    """A list of hundreds of choices. With a template for each of them, drawing it would be most of the page's time."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """As Django draws it."""
        chosen = set(self.format_value(value))
        groups = [_group(title, choices, chosen) for title, choices in self.choices]
        own = flatatt(self.build_attrs(self.attrs, attrs))
        options = mark_safe("".join(groups))  # noqa: S308 (each is escaped)
        return format_html('<select name="{}"{}>{}</select>', name, own, options)


def _group(title: Any, choices: Any, chosen: set[str]) -> str:
    """The options of a group, or one that stands by itself."""
    if not isinstance(choices, list | tuple):
        return _option(title, choices, chosen)
    options = "".join(_option(value, label, chosen) for value, label in choices)
    return f'<optgroup label="{escape(title)}">{options}</optgroup>'


def _option(value: Any, label: Any, chosen: set[str]) -> str:
    selected = " selected" if str(value) in chosen else ""
    return f'<option value="{escape(value)}"{selected}>{escape(label)}</option>'


class ShownField(LongTextField):
    """Hidden: what the page showed when it was drawn, to tell own changes from those of others."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, strip=False, widget=forms.HiddenInput(), **kwargs)
