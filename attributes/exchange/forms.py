"""Choosing a file, and what a draft from a file is based on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from attributes.exchange.reading import MAX_BYTES
from attributes.models import QuestionSet
from attributes.pages import PlainForm

NEW = "new"


class UploadForm(PlainForm):
    """A file. What it is is told by its content, never by its name."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,  # said in words of our own when it is read
        max_length=500,
        error_messages={"required": _("Choose a file")},
    )

    def __init__(self, *args: Any, spreadsheets: bool, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large
        megabytes = {"limit": MAX_BYTES // (1024 * 1024)}
        kinds = _("YAML or JSON: the whole question set. XLSX: translations only. At most %(limit)s MB.")
        if not spreadsheets:
            kinds = _("A question set as YAML or JSON, at most %(limit)s MB.")
        self.fields["file"].help_text = kinds % megabytes
        if too_large:
            message = _("The file is larger than %(limit)s MB. Choose a smaller one") % megabytes
            self.fields["file"].error_messages["required"] = message


class BaseForm(PlainForm):
    """Which version a draft from a file is based on: the newest, unless another one is chosen."""

    base = forms.ChoiceField(
        label=_("Based on version"),
        help_text=_("What changes is told against this version, and the next version is counted from it."),
    )

    def __init__(self, *args: Any, versions: list[QuestionSet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = {row.version: row for row in versions}
        field = self.fields["base"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(row.version, f"{row.version} – {row.get_status_display()}") for row in versions]
        field.initial = versions[0].version

    @property
    def chosen(self) -> QuestionSet | None:
        """The version that was chosen, or the newest before anybody chose."""
        name = self.cleaned_data.get("base") if self.is_bound and self.is_valid() else self.fields["base"].initial
        return self.versions.get(str(name))
