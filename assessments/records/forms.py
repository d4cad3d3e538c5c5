"""Forms of the public record: consent, withdrawal, replies of groups and answers to them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.fields import LongTextField
from assessments.models.record import REPLY_LENGTH
from assessments.vocabulary import KIND_LABELS, ReplyState
from assessments.working_languages import called
from attributes.pages import PlainForm


class ConsentForm(PlainForm):
    """On whose behalf a result is published, and that it may be. `result` is the number of the result seen."""

    result = forms.IntegerField(widget=forms.HiddenInput)
    on_behalf_of = forms.CharField(
        label=_("On whose behalf do you publish it?"),
        help_text=_("The organisation or body that agreed to it. It is named as the author in references."),
        max_length=200,
        error_messages={"required": _("Say on whose behalf.")},
    )
    agreed = forms.BooleanField(
        label=_("I have seen the preview, have the right to publish it, and agree to all of this"),
        error_messages={"required": _("Tick this if you agree. Without it nothing is published.")},
    )


class WithdrawForm(PlainForm):
    """Why a record is withdrawn."""

    reason = LongTextField(
        label=_("Why is it withdrawn?"),
        help_text=_("The reason stands at the address of the record, with your name and the day."),
        max_length=1000,
        rows=4,
        error_messages={"required": _("Say why: the reason stands at the address.")},
    )


class ReplyForm(PlainForm):
    """The reply of a group."""

    text = LongTextField(
        label=_("Reply of the group"),
        help_text=_("At most 2,000 characters. It is published as you write it, and cannot be changed afterwards."),
        max_length=REPLY_LENGTH,
        rows=10,
        error_messages={"required": _("Write the reply.")},
    )
    filed_by = forms.CharField(
        label=_("Name of the person who files it"),
        help_text=_("It is published with the reply."),
        max_length=150,
        error_messages={"required": _("Say who files it.")},
    )
    capacity = forms.CharField(
        label=_("In which capacity do they speak for the group?"), max_length=200, required=False
    )
    agreed = forms.BooleanField(
        label=_("The group agrees that this is published as it stands, for good"),
        error_messages={"required": _("Tick this if the group agrees. Without it nothing is published.")},
    )


class EnteredReplyForm(ReplyForm):
    """The same, typed in by whoever reads comments, for one of the groups that have not replied."""

    group = forms.ChoiceField(label=_("Group"), error_messages={"required": _("Choose one of the groups.")})

    field_order = ["group", "text", "filed_by", "capacity", "agreed"]

    def __init__(self, *args: Any, groups: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [(group, group) for group in groups]  # type: ignore[attr-defined]


class AskGroupForm(PlainForm):
    """Which group is asked to reply, and the address of its contact."""

    group = forms.ChoiceField(label=_("Group"), error_messages={"required": _("Choose one of the groups.")})
    email = forms.EmailField(
        label=_("E-mail address of the contact"),
        help_text=_("The link goes there. The address is deleted when the reply is there, and shown to nobody."),
        error_messages={"required": _("Give the address to which the link is sent.")},
    )

    def __init__(self, *args: Any, groups: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [(group, group) for group in groups]  # type: ignore[attr-defined]


class AnswerReplyForm(PlainForm):
    """The one answer of the organiser to a reply."""

    answer = LongTextField(
        label=_("Answer of the organiser"),
        help_text=_("At most 2,000 characters. It is given once, and cannot be changed afterwards."),
        max_length=REPLY_LENGTH,
        rows=6,
        error_messages={"required": _("Write the answer.")},
    )


class DecideReplyForm(PlainForm):
    """Whether the words of a reply are shown."""

    state = forms.ChoiceField(label=_("What becomes of it"), choices=ReplyState.choices, widget=forms.RadioSelect)
    note = LongTextField(
        label=_("Note that stands in its place"),
        help_text=_("Needed where it is not shown. Quote nothing of what is not shown."),
        max_length=500,
        rows=3,
        required=False,
    )


class RecordFilterForm(forms.Form):
    """What the index of the record is narrowed to. What cannot be read narrows nothing."""

    q = forms.CharField(label=_("Process, organisation, country or number"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("What it does"), required=False)
    year = forms.TypedChoiceField(label=_("Year of publication"), coerce=int, required=False)
    country = forms.ChoiceField(label=_("Country or region"), required=False)
    language = forms.ChoiceField(label=_("Working language"), required=False)
    reviewed = forms.ChoiceField(
        label=_("Reviewed"),
        choices=[("", _("All")), ("yes", _("Reviewed")), ("no", _("Not reviewed"))],
        required=False,
    )

    def __init__(
        self, *args: Any, years: Sequence[int], countries: Sequence[str], languages: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        every = [("", _("All"))]
        choices = {
            "kind": [*every, *KIND_LABELS.items()],
            "year": [*every, *((str(year), str(year)) for year in years)],
            "country": [*every, *((name, name) for name in countries)],
            "language": [*every, *((code, called(code)) for code in languages)],
        }
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]

    @property
    def wanted(self) -> dict[str, Any]:
        """What was chosen, by the arguments of `narrowed`; what is not offered is left out."""
        self.is_valid()
        found = {name: self.cleaned_data.get(name) for name in ("kind", "country", "language", "reviewed")}
        kept = {name: value for name, value in found.items() if value}
        text, year = self.cleaned_data.get("q"), self.cleaned_data.get("year")
        return {**kept, **({"text": text} if text else {}), **({"year": year} if year else {})}

    @property
    def as_query(self) -> dict[str, str]:
        """The same as parameters of an address."""
        wanted = self.wanted
        if "text" in wanted:
            wanted["q"] = wanted.pop("text")
        return {name: str(value) for name, value in wanted.items()}
