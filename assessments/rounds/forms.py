"""Forms about rounds: which question set to start with, why to reopen, what to throw away, which changes to show."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.fields import LongTextField
from assessments.models import Membership
from attributes.models import QuestionSet
from attributes.pages import PlainForm
from attributes.texts import localise


class StartForm(PlainForm):
    """Start a round; asks for the question set only where there are several."""

    question_set = forms.TypedChoiceField(
        label=gettext_lazy("Question set"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the question set to use")},
    )

    def __init__(self, *args: Any, question_sets: Sequence[QuestionSet], used: str = "", **kwargs: Any) -> None:
        """`question_sets` in the order shown; proposed is the one with the slug `used`, else the first."""
        super().__init__(*args, **kwargs)
        self.question_sets = {question_set.pk: question_set for question_set in question_sets}
        if len(self.question_sets) < 2:
            del self.fields["question_set"]
        else:
            self.fields["question_set"].choices = [  # type: ignore[attr-defined]
                (pk, _label(question_set)) for pk, question_set in self.question_sets.items()
            ]
            self.fields["question_set"].initial = _proposed(question_sets, used)

    def chosen(self) -> QuestionSet | None:
        """The set chosen, or None where there was nothing to choose."""
        pk = self.cleaned_data.get("question_set")
        return self.question_sets.get(pk) if pk else None


class NextRoundForm(StartForm):
    """Start a round after another one: its name, and the version of the questions where there is a choice."""

    title = forms.CharField(
        label=gettext_lazy("Name of this round"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("It stands on pages and reports. You can change it until the round is submitted."),
    )
    field_order = ("title", "question_set")


class RoundTitleForm(PlainForm):
    """Another name for a round that is being answered."""

    title = forms.CharField(label=gettext_lazy("Name of this round"), max_length=120, required=False)


def _label(question_set: QuestionSet) -> str:
    label = f"{localise(question_set.title)} {question_set.version}"
    if question_set.experimental:
        # Said where it is chosen: an experimental set may change much, and what rests on it with it.
        return _("%(set)s (experimental: not tried out yet, may still change much)") % {"set": label}
    return label


def _proposed(question_sets: Sequence[QuestionSet], used: str) -> int:
    found = next((row for row in question_sets if row.slug == used), question_sets[0])
    return int(found.pk)


class ReopenForm(PlainForm):
    """Why a submitted assessment is opened again."""

    reason = LongTextField(
        label=gettext_lazy("Why do you reopen it?"),
        help_text=gettext_lazy("Everybody who can see the assessment can read this."),
        max_length=2000,
        error_messages={"required": gettext_lazy("Say why you reopen it")},
    )


class DiscardForm(PlainForm):
    """Throwing a draft away asks for a tick where something would be lost."""

    confirmed = forms.BooleanField(
        label=gettext_lazy("I know that this cannot be undone"),
        error_messages={"required": gettext_lazy("Tick the box to throw the draft away")},
    )

    def __init__(self, *args: Any, is_empty: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_empty:
            del self.fields["confirmed"]


class HistoryFilterForm(PlainForm):
    """Which item to show the changes of."""

    item = forms.ChoiceField(label=gettext_lazy("Item"), required=False)

    def __init__(self, *args: object, items: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", _("All items")), *items]  # type: ignore[attr-defined]
        self.fields["item"].hide_optional = True  # type: ignore[attr-defined]


class GiveForm(PlainForm):
    """Whom a question is given to, and by when it is wanted."""

    member = forms.TypedChoiceField(
        label=gettext_lazy("Who is asked to answer it?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a member")},
    )
    due = forms.DateField(
        label=gettext_lazy("By when?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Two days before, one reminder goes out if it is still open."),
    )

    def __init__(self, *args: Any, members: Sequence[Membership], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {member.pk: member for member in members}
        self.today = today
        self.fields["member"].choices = [  # type: ignore[attr-defined]
            (pk, str(member.user)) for pk, member in self.members.items()
        ]

    def clean_due(self) -> date | None:
        """A day that is not over."""
        due: date | None = self.cleaned_data["due"]
        if due is not None and due < self.today:
            raise forms.ValidationError(_("Choose a day that is not over"))
        return due

    def chosen(self) -> Membership:
        """The member that was chosen."""
        return self.members[self.cleaned_data["member"]]
