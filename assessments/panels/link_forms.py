"""Forms of links: whom to invite by mail, and how many links to make to be handed out."""

from django import forms
from django.utils.translation import gettext_lazy

from assessments.fields import LongTextField
from assessments.panels.services.links import MAX_HANDED_OUT
from attributes.pages import PlainForm


class InviteRespondentsForm(PlainForm):
    """Addresses of people to invite."""

    addresses = LongTextField(
        label=gettext_lazy("E-mail addresses"),
        rows=6,
        max_length=200_000,
        help_text=gettext_lazy("One a line, typed or pasted from a list. “Name <address>” works as well."),
        error_messages={"required": gettext_lazy("Enter at least one e-mail address")},
    )


class HandOutForm(PlainForm):
    """How many links to make. `made`: how many there were when the page was drawn."""

    number = forms.IntegerField(
        label=gettext_lazy("How many links"),
        min_value=1,
        max_value=MAX_HANDED_OUT,
        error_messages={"required": gettext_lazy("Enter how many links to make")},
    )
    made = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)
