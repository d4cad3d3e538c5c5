"""Forms of the organiser's side of stakeholder panels."""

from datetime import date, timedelta, tzinfo
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.fields import LongTextField
from assessments.models import Wave
from assessments.panels.seen_fields import SeenForm
from assessments.panels.services.setup import SETTINGS, THRESHOLDS
from assessments.vocabulary import QuestionnaireForm
from assessments.zones import today_in, zone_label
from attributes.pages import PlainForm
from attributes.texts import language_name

REASON_MAX = 2000
LONGEST = 730  # days until a wave closes


def _day(**options: Any) -> forms.DateField:
    """A day, in the form that browsers send: YYYY-MM-DD."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(
        widget=widget,
        input_formats=["%Y-%m-%d"],
        error_messages={
            "required": gettext_lazy("Enter a closing date"),
            "invalid": gettext_lazy("Enter the date as year, month and day, such as 2026-03-31"),
        },
        **options,
    )


def _not_too_late(day: date, zone: tzinfo) -> None:
    """To come, and within two years: a wave is not meant to stay open, and days are added to its date."""
    today = today_in(zone)
    if day <= today:
        raise forms.ValidationError(_("Choose a day after today"))
    if day > today + timedelta(days=LONGEST):
        raise forms.ValidationError(_("Choose a date within two years"))


def _end_in(field: forms.Field, zone: tzinfo, explained: str) -> None:
    """Let the day of a field be one in a time zone, which is named in its help text."""
    field.validators.append(partial(_not_too_late, zone=zone))
    field.help_text = explained % {"zone": zone_label(zone)}


class WaveForm(SeenForm):
    """What holds for all groups of a wave. Saving is lenient; launching asks for what is missing."""

    form = forms.ChoiceField(
        label=gettext_lazy("How much people are asked"),
        choices=QuestionnaireForm.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    notice = LongTextField(
        label=gettext_lazy("Who asks, and why"),
        rows=5,
        max_length=2000,
        required=False,
        help_text=gettext_lazy(
            "Two or three sentences for the people you ask. They stand in the invitation and on the first page."
        ),
    )
    responsible = forms.CharField(
        label=gettext_lazy("Who is responsible for the answers"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The person or body that decides what is done with them, by name. Respondents read it."),
    )
    contact = forms.EmailField(
        label=gettext_lazy("E-mail address for questions"),
        required=False,
        help_text=gettext_lazy("Respondents read it in the invitation and before the first question."),
    )
    closes_on = _day(
        label=gettext_lazy("Closing date"),
        required=False,
    )
    results_on = _day(
        label=gettext_lazy("Results planned for"),
        required=False,
        help_text=gettext_lazy(
            "Respondents read it in the invitation, on the receipt, and on the page their link leads to after the "
            "closing. It can be changed later."
        ),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages of the questions"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("People choose among these. Only languages that the question set is translated to."),
        error_messages={"required": gettext_lazy("Choose at least one language")},
    )
    asks_comments = forms.BooleanField(
        label=gettext_lazy("Ask for comments too"),
        required=False,
        help_text=gettext_lazy(
            "Somebody who has not been organiser or contributor since this wave was prepared reads them first and "
            "takes out names. Respondents are told who that is."
        ),
    )
    threshold = forms.TypedChoiceField(
        label=gettext_lazy("How many must have answered before a group is shown"),
        coerce=int,
        help_text=gettext_lazy(
            "Answers of smaller groups are in no figure, and a group with fewer people cannot answer confidentially. "
            "More than 5 protects people better. It has to be chosen before numbers of people are entered, and is "
            "printed with the result. Respondents are told it before the first question."
        ),
    )

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "form": wave.form,
            "notice": wave.notice,
            "closes_on": wave.closes_on,
            "results_on": wave.results_on,
            "languages": wave.languages,
            "responsible": wave.responsible,
            "contact": wave.contact,
            "asks_comments": wave.asks_comments,
            "threshold": wave.threshold,
        }
        super().__init__(*args, **kwargs)
        self.draw_from({name: kwargs["initial"][name] for name in SETTINGS})
        self.fields["form"].hide_optional = True  # type: ignore[attr-defined]  # one of them is chosen
        for name in ("notice", "responsible", "contact", "closes_on"):
            self.fields[name].needed_when = _("(needed before the launch)")  # type: ignore[attr-defined]
        _end_in(
            self.fields["closes_on"],
            wave.zone,
            _(
                "The last day on which answers are taken. It ends with the day in the time zone of the process: "
                "%(zone)s. It can be moved to a later day afterwards, never to an earlier one."
            ),
        )
        codes = wave.assessment.question_set.languages
        self.fields["languages"].choices = [(code, language_name(code)) for code in codes]  # type: ignore[attr-defined]
        labels = {THRESHOLDS[0]: _("%(number)s (recommended)")}
        self.fields["threshold"].choices = [  # type: ignore[attr-defined]
            (number, labels.get(number, "%(number)s") % {"number": number}) for number in THRESHOLDS
        ]
        if wave.threshold_fixed:
            # The value that is stored holds, whatever is sent.
            self.fields["threshold"].disabled = True
            self.fields["threshold"].help_text = _(
                "This is settled since the first number of people was entered: chosen afterwards, it could let groups "
                "in or leave them out."
            )

    def clean_results_on(self) -> date | None:
        """After the closing: nothing is public before."""
        day: date | None = self.cleaned_data["results_on"]
        closes_on = self.cleaned_data.get("closes_on")
        if day is not None and closes_on is not None and day <= closes_on:
            raise forms.ValidationError(_("Choose a day after the closing date"))
        return day

    def clean_form(self) -> str:
        """What is chosen; where nothing was sent, what is stored."""
        return self.cleaned_data["form"] or str(self.initial["form"])


class LaterDateForm(PlainForm):
    """A later closing date."""

    closes_on = _day(label=gettext_lazy("New closing date"))

    def __init__(self, *args: Any, zone: tzinfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _end_in(self.fields["closes_on"], zone, _("It ends with the day in this time zone: %(zone)s."))

    def values(self) -> dict[str, Any]:
        """What was entered: the day, and the reason where there is one to give."""
        return dict(self.cleaned_data)


class ExtendForm(LaterDateForm):
    """A later closing date, with the reason. `is_promised`: people were told the old one."""

    reason = LongTextField(
        label=gettext_lazy("Why is it later?"),
        help_text=gettext_lazy("Readers of the result read it, with the day and both dates."),
        max_length=REASON_MAX,
        error_messages={"required": gettext_lazy("Say why: people were told the old date.")},
    )

    def __init__(self, *args: Any, is_promised: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = is_promised


class ReopenWaveForm(LaterDateForm):
    """Take answers again."""

    reason = LongTextField(
        label=gettext_lazy("Why do you reopen it?"),
        help_text=gettext_lazy("Members of the process read it, and readers of the result."),
        max_length=REASON_MAX,
        error_messages={"required": gettext_lazy("Say why you reopen it")},
    )
