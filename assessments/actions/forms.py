"""Forms of actions and of decisions."""

import datetime
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from assessments.actions.services.actions import SAID
from assessments.actions.services.decisions import WRITTEN
from assessments.fields import LongTextField
from assessments.locked_forms import LockedForm
from assessments.models import Action, Decision
from attributes.pages import PlainForm

EARLIEST = datetime.date(2000, 1, 1)  # a year with too few or other digits is a slip


class DayField(forms.DateField):
    """A day of this century."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            validators=[MinValueValidator(EARLIEST, message=_("Give a day from this century."))],
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            **kwargs,
        )


class PromisedForm(LockedForm):
    """What will be done, by whom, until when, and how one will know."""

    text = forms.CharField(label=_("What will be done"), max_length=160, required=False)
    owner = forms.CharField(label=_("Owner"), help_text=_("A person, a post or a body."), max_length=80, required=False)
    due = DayField(label=_("By"), required=False)
    known_by = forms.CharField(
        label=_("How one will know"),
        help_text=_("What anybody can look at on that day to see that it is done."),
        max_length=160,
        required=False,
    )
    is_public = forms.BooleanField(
        label=_("Public"),
        help_text=_("Everybody who may read the result reads it too, with what becomes of it."),
        required=False,
    )

    def __init__(self, *args: Any, action: Action | None = None, step: str = "", **kwargs: Any) -> None:
        """`step` is the name of the item whose step it takes; "" for an action of one's own."""
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = action.version if action else 0
        if action and action.is_open:
            self.fields["happened"] = LongTextField(
                label=_("What happened so far"),
                help_text=_("In a sentence, where something did. It stands in reports beside what was promised."),
                max_length=500,
                required=False,
            )
        for name in SAID if action else ():
            if name in self.fields:
                self.fields[name].initial = getattr(action, name)
        if step:
            self.fields["text"].help_text = _("Left empty, the step itself is named.")

    def planned(self) -> dict[str, Any]:
        """What is planned, and what happened so far where that was asked."""
        return {name: self.cleaned_data[name] for name in SAID if name in self.fields}


class CarryForm(PlainForm):
    """Until when an action will be done that is carried over: a new day, since the old one was promised and stays."""

    due = DayField(label=_("By, newly"), error_messages={"required": _("Give a new day.")})


class DoneForm(LockedForm):
    """What happened, and on which day."""

    happened = LongTextField(
        label=_("What happened"),
        help_text=_("In a sentence or two, for those who read of it in a year."),
        max_length=500,
        error_messages={"required": _("Say what happened.")},
    )
    closed_on = DayField(label=_("Day"), error_messages={"required": _("Give the day on which it was done.")})


class DropForm(LockedForm):
    """Why it is dropped, and on which day that was decided."""

    reason = LongTextField(
        label=_("Why is it dropped?"),
        help_text=_("It stands in reports beside what was promised."),
        max_length=300,
        error_messages={"required": _("Say why it is dropped.")},
    )
    closed_on = DayField(label=_("Day"), error_messages={"required": _("Give the day on which it was dropped.")})


class DecisionForm(LockedForm):
    """Who decided what, and when."""

    body = forms.CharField(
        label=_("Who decided"),
        help_text=_("For example the board or the steering group."),
        max_length=120,
        error_messages={"required": _("Say who decided.")},
    )
    decided_on = DayField(label=_("Day"), error_messages={"required": _("Give the day of the decision.")})
    decision = LongTextField(
        label=_("Decision"),
        help_text=_("As it was taken, in the words of the minutes if you can."),
        max_length=400,
        error_messages={"required": _("Say what was decided.")},
    )
    comment = LongTextField(
        label=_("Comment on the result"),
        help_text=_("What they said of the result, if anything."),
        max_length=500,
        required=False,
    )

    def __init__(self, *args: Any, stored: Decision | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = stored.version if stored else 0
        for name in WRITTEN if stored else ():
            self.fields[name].initial = getattr(stored, name)

    def written(self) -> dict[str, Any]:
        """What was written down."""
        return {name: self.cleaned_data[name] for name in WRITTEN}


class MailForm(PlainForm):
    """Whether somebody wants mails on late actions, and on stakeholder panels."""

    wants_mail = forms.BooleanField(label=_("Send me mails on late actions"), required=False)
    wants_panel_mail = forms.BooleanField(
        label=_("Send me mails on stakeholder panels that I organise"), required=False
    )
