"""The form for the day on which results are planned."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Wave
from attributes.pages import PlainForm


class ResultsDayForm(PlainForm):
    """A day after the last one of the wave, or none."""

    results_on = forms.DateField(
        label=gettext_lazy("Results planned for"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d"],
        help_text=gettext_lazy(
            "Those who were asked read it on the page of their link. Leave it empty to name no day any more."
        ),
        error_messages={"invalid": gettext_lazy("Enter the date as year, month and day, such as 2026-03-31")},
    )

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, initial={"results_on": wave.results_on}, **kwargs)
        self.wave = wave

    def clean_results_on(self) -> date | None:
        """A day to come, after the closing: nothing is public before."""
        day: date | None = self.cleaned_data["results_on"]
        if day is None or day == self.wave.results_on:
            return day
        if day <= self.wave.today:
            raise forms.ValidationError(_("Choose a day after today"))
        if self.wave.closes_on and self.wave.closed_on is None and day <= self.wave.closes_on:
            raise forms.ValidationError(_("Choose a day after the closing date"))
        return day
