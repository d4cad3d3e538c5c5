"""Choosing a file to check, or typing a number."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.documents.manifest import read_number
from assessments.verifying.opening import MOST_BYTES
from attributes.pages import PlainForm

LIMIT = {"limit": MOST_BYTES // (1024 * 1024)}
TOO_LARGE = _("The file is larger than %(limit)s MB: no report is.")


class CheckFileForm(PlainForm):
    """The PDF to look at. `too_large`: whether one was sent that is not even looked at."""

    file = forms.FileField(
        label=_("Report (PDF)"),
        help_text=_("At most %(limit)s MB. It is looked at and not kept.") % LIMIT,
        allow_empty_file=True,
        max_length=500,
        error_messages={"required": _("Choose a file.")},
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
    )

    def __init__(self, *args: object, too_large: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if too_large:
            self.fields["file"].error_messages["required"] = TOO_LARGE % LIMIT


class NumberForm(PlainForm):
    """The number that is printed at the foot of every page."""

    number = forms.CharField(
        label=_("Number of a report"),
        help_text=_("Twelve signs at the foot of every page, such as 7K2M-9QXR-3ABC."),
        max_length=40,
        error_messages={"required": _("Type the number.")},
    )

    def clean_number(self) -> str:
        """The number as it is stored, however it was typed."""
        found = read_number(self.cleaned_data["number"])
        if found is None:
            raise forms.ValidationError(_("A number has twelve letters and digits. Look at the foot of a page."))
        return found
