"""Forms of comparing, reviewing and publishing."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from attributes.documents.documents import Address
from attributes.documents.versioning import SPELLING, WORDING
from attributes.pages import PlainForm
from attributes.versions.words import place_words

Choices = Sequence[tuple[str, Sequence[tuple[str, str]]]]


class ReviewForm(PlainForm):
    """The changelog, and for each part with changed wording whether it is spelling or wording.

    `proposed`: what the words alone tell of each part; `said`: what editors said.
    """

    changelog = forms.CharField(
        label=_("What changed, for those who use this question set"),
        help_text=_("One line per change. It is shown with the version for ever."),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    started_from = forms.CharField(required=False, strip=False, widget=forms.HiddenInput())
    of = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, proposed: Mapping[Address, str], said: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["changelog"].hide_optional = True  # type: ignore[attr-defined]
        self._names = {where: f"says-{where.kind}-{where.code}" for where in proposed}
        self._said = said
        for where, name in self._names.items():
            self.fields[name] = forms.ChoiceField(
                label=_("Change of %(part)s") % {"part": place_words(where)},
                required=False,
                choices=_declarations(proposed[where]),
                initial=said.get(str(where), ""),
            )

    def field_of(self, where: Address) -> forms.BoundField | None:
        """The choice for a part, where there is one."""
        return self[self._names[where]] if where in self._names else None

    @property
    def declared(self) -> dict[str, str]:
        """What was chosen, by address; for what the sent page did not have, what was said before."""
        found = {
            str(where): self.cleaned_data[name] if name in self.data else self._said.get(str(where), "")
            for where, name in self._names.items()
        }
        return {where: said for where, said in found.items() if said}


def _declarations(proposed: str) -> list[tuple[str, Any]]:
    if proposed == SPELLING:
        return [("", _("Spelling only, as the words tell")), (WORDING, _("Wording: it means something else"))]
    return [("", _("Wording, as the words tell")), (SPELLING, _("Spelling only: it means the same"))]


class ActionForm(PlainForm):
    """What to do with a draft. `seen` stands for what the page showed."""

    action = forms.ChoiceField(
        choices=[(name, name) for name in ("save", "ask", "withdraw", "approve", "publish", "note", "settle")],
        error_messages={"required": _("Choose what to do."), "invalid_choice": _("Choose what to do.")},
    )
    seen = forms.CharField(required=False)


class NoteForm(PlainForm):
    """A note on a draft, on one of the parts that changed or on all of it."""

    about = forms.ChoiceField(
        label=_("About"), required=False, error_messages={"invalid_choice": _("There is no such part.")}
    )
    text = forms.CharField(
        label=_("Note"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write something into the note")},
    )

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="note_%s", **kwargs)
        self.fields["about"].hide_optional = True  # type: ignore[attr-defined]
        self.fields["about"].choices = [("", _("The draft as a whole")), *places]  # type: ignore[attr-defined]


class DiffForm(PlainForm):
    """Which two versions or drafts to compare, and in which attribute."""

    field_order = ("a", "b", "attribute")

    attribute = forms.CharField(label=_("Only in"), required=False, max_length=20)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attribute"].hide_optional = True  # type: ignore[attr-defined]
        for name, missing in (("a", _("Choose what to compare.")), ("b", _("Choose what to compare with."))):
            self.fields[name] = forms.ChoiceField(
                label=_("From") if name == "a" else _("To"),
                choices=[("", _("Choose")), *choices],
                error_messages={"required": missing, "invalid_choice": _("There is no such version or draft.")},
            )
        self.order_fields(self.field_order)

    def offer_attributes(self, titles: Mapping[str, str], outside: str) -> None:
        """Turn the filter into a choice, now that it is known what is compared."""
        choices = [("", _("All")), *titles.items(), (outside, _("Outside of attributes"))]
        self.fields["attribute"].widget = forms.Select(choices=choices)
