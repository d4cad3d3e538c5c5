"""Forms of a second rating: whom to ask, whether one can rate blind, and why both agreed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from assessments.fields import LongTextField
from assessments.models import Membership
from attributes.pages import PlainForm

BLIND, SEEN = "blind", "seen"


class AskForm(PlainForm):
    """Which member is asked."""

    member = forms.TypedChoiceField(
        label=gettext_lazy("Who rates a second time?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who rates a second time")},
    )

    def __init__(self, *args: Any, members: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {member.pk: member for member in members}
        self.fields["member"].choices = [  # type: ignore[attr-defined]
            (pk, f"{member.user} ({member.get_role_display()})") for pk, member in self.members.items()
        ]

    def chosen(self) -> Membership:
        """The member chosen."""
        return self.members[self.cleaned_data["member"]]


class BeginForm(PlainForm):
    """Whether the rater has seen answers of this round: what they say is printed."""

    seen = forms.ChoiceField(
        label=gettext_lazy("Have you seen answers of this round?"),
        choices=[
            (BLIND, gettext_lazy("No, I have not seen any")),
            (SEEN, gettext_lazy("Yes, some or all of them: my rating is not blind, and the report says so")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether you have seen answers of this round")},
    )

    @property
    def is_blind(self) -> bool:
        """Whether they have seen none."""
        return bool(self.cleaned_data["seen"] == BLIND)


class AgreedForm(PlainForm):
    """Why both agreed on what is chosen beside it; the choice itself is a field of the item."""

    why = LongTextField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Printed beside both ratings, for whoever may read the report."),
        max_length=2000,
        error_messages={"required": gettext_lazy("Say why")},
    )
