"""Forms for the mails of a wave."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from assessments.fields import LongTextField
from assessments.models import Wave, WaveMailPlan, WaveMailText
from assessments.models.wave_mail import OPENING_MAX, SUBJECT_MAX
from assessments.panels.planning import planned_days
from assessments.panels.seen_fields import SeenForm


class MailPlanForm(SeenForm):
    """Which mails go out by themselves."""

    reminders = forms.MultipleChoiceField(
        label=gettext_lazy("Remind those who have not answered"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy(
            "From 9 in the morning, at most one mail a day to a person. A reminder you send yourself on such a day "
            "takes its place. Nobody is shown who gets one."
        ),
    )
    thanks = forms.BooleanField(
        label=gettext_lazy("Thank everybody who was invited, on the day after the closing"),
        required=False,
        help_text=gettext_lazy(
            "It goes to all of them, whether they answered or not, and says where they can read what became of it."
        ),
    )

    def __init__(self, *args: Any, wave: Wave, plan: WaveMailPlan, **kwargs: Any) -> None:
        days = [day for day in planned_days(wave) if not day.is_over]
        codes = {day.code for day in days}
        kwargs["initial"] = {
            "reminders": [code for code in plan.reminders if code in codes],
            "thanks": plan.thanks,
        }
        super().__init__(*args, **kwargs)
        self.fields["reminders"].choices = [(day.code, day.words) for day in days]  # type: ignore[attr-defined]
        if not days:
            del self.fields["reminders"]
        self.draw_from({name: kwargs["initial"][name] for name in self.names})

    @property
    def names(self) -> list[str]:
        """What can be chosen."""
        return [name for name in ("reminders", "thanks") if name in self.fields]


class MailTextForm(SeenForm):
    """What an organiser writes of a mail. Empty: as usual."""

    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        max_length=SUBJECT_MAX,
        required=False,
        help_text=gettext_lazy("Empty: the usual one."),
    )
    opening = LongTextField(
        label=gettext_lazy("First paragraph"),
        rows=4,
        max_length=OPENING_MAX,
        required=False,
        help_text=gettext_lazy(
            "Takes the place of the first sentences of the mail. Empty: the usual ones. What follows says who sees "
            "what, and until when; it cannot be changed."
        ),
    )

    def __init__(self, *args: Any, stored: WaveMailText | None, **kwargs: Any) -> None:
        stored = stored or WaveMailText()
        kwargs["initial"] = {"subject": stored.subject, "opening": stored.opening}
        super().__init__(*args, **kwargs)
        self.draw_from(kwargs["initial"])

    def written(self) -> dict[str, str]:
        """What to store."""
        return {name: self.cleaned_data[name] for name in ("subject", "opening")}
