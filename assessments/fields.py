"""What the forms of this app share."""

from typing import Any

from django import forms

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


class ShownField(LongTextField):
    """Hidden: what the page showed when it was drawn, to tell own changes from those of others."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, strip=False, widget=forms.HiddenInput(), **kwargs)
