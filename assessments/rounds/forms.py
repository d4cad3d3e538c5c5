"""Forms about the state of an assessment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.fields import LongTextField, PlainForm


class ReopenForm(PlainForm):
    """Why a submitted assessment is opened again."""

    reason = LongTextField(
        label=_("Why do you reopen it?"),
        help_text=_("Everybody who can see the assessment can read this."),
        max_length=2000,
        error_messages={"required": _("Say why you reopen it")},
    )


class HistoryFilterForm(PlainForm):
    """Which item to show the changes of."""

    item = forms.ChoiceField(label=_("Item"), required=False)

    def __init__(self, *args: object, items: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", _("All items")), *items]  # type: ignore[attr-defined]
        self.fields["item"].hide_optional = True  # type: ignore[attr-defined]
