"""The form of one entry of the evidence register."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.answering.file_types import CONTENT_TYPES, SHOWN_TYPES
from assessments.answering.services.evidence import shown_limit
from assessments.fields import LongTextField, ShownField
from assessments.models import EvidenceEntry
from assessments.vocabulary import EntrySource
from assessments.web_addresses import with_scheme
from attributes.pages import PlainForm

DESCRIBED = ("title", "day", "source", "note")


class EntryForm(PlainForm):
    """A document: where it is, and what is the same wherever it is used.

    Hidden fields carry what the page showed, to notice other writers.
    """

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200, required=False)
    address = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=2000,
        required=False,
        help_text=gettext_lazy(
            "A link, best one that everybody can open. Without one: say where members of the process find the document."
        ),
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{extension}" for extension in CONTENT_TYPES)}),
    )
    day = forms.DateField(
        label=gettext_lazy("Date of the document"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    source = forms.ChoiceField(
        label=gettext_lazy("Who made it?"),
        required=False,
        choices=[("", gettext_lazy("Not said")), *EntrySource.choices],
    )
    note = LongTextField(
        label=gettext_lazy("What it shows"),
        max_length=2000,
        rows=2,
        required=False,
        help_text=gettext_lazy("In general. What in it shows a point is said with each answer."),
    )

    def __init__(self, *args: Any, entry: EvidenceEntry | None = None, **kwargs: Any) -> None:
        if entry is not None:
            kwargs["initial"] = {name: getattr(entry, name) for name in (*DESCRIBED, "address")}
        super().__init__(*args, **kwargs)
        self.entry = entry
        self.fields["file"].help_text = _("At most %(limit)s: %(types)s. Members of the process can open it.") % {
            "limit": shown_limit(),
            "types": SHOWN_TYPES,
        }
        if entry is None:
            return
        if entry.is_file:
            del self.fields["address"]
            self.fields["file"].label = _("Replace the file")
        else:
            del self.fields["file"]
            self.fields["address"].required = True
        for name in self._names():
            value = getattr(entry, name)
            self.fields[f"{name}-shown"] = ShownField(initial=value.isoformat() if name == "day" and value else value)

    def _names(self) -> list[str]:
        return [name for name in (*DESCRIBED, "address") if name in self.fields]

    def clean_address(self) -> str:
        """The line with https before it where that is missing."""
        return with_scheme(" ".join(str(self.cleaned_data["address"]).split()))

    def clean(self) -> dict[str, Any]:
        """A new entry is one document: an address or a file."""
        found = super().clean() or self.cleaned_data
        if self.entry is None and not self.errors and bool(found["address"]) == bool(found["file"]):
            problem = _("Give either an address or a file") if found["file"] else _("Give an address or a file")
            self.add_error("address", problem)
        return found

    @property
    def upload(self) -> "UploadedFile[Any] | None":
        """The file that came along."""
        found: UploadedFile[Any] | None = self.cleaned_data.get("file")
        return found

    def after(self) -> dict[str, Any]:
        """What the entry is to be."""
        return {name: self.cleaned_data[name] for name in self._names()}

    def before(self) -> dict[str, Any]:
        """What the page showed."""
        shown = {name: self.cleaned_data[f"{name}-shown"] for name in self._names()}
        try:
            shown["day"] = forms.DateField(required=False).clean(shown["day"])
        except forms.ValidationError:
            shown["day"] = None
        return shown
