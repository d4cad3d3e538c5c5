"""Forms of an independent review, of the reviewer's side and the organiser's."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.documents.result import ItemResult
from assessments.fields import LongTextField, OpenRadioSelect
from assessments.models import ItemOpinion, Membership
from assessments.reviewing.services.opinions import OpinionEntered, proposable_lines
from assessments.scoring.method import OPTION_NOT_APPLICABLE
from assessments.vocabulary import OpinionKind
from attributes.pages import PlainForm
from attributes.texts import localise

LINE = "line-"
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ReviewerForm(PlainForm):
    """Who is asked to review."""

    reviewer = forms.TypedChoiceField(
        label=gettext_lazy("Who is asked to review it?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a member")},
    )

    def __init__(self, *args: Any, members: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {member.pk: member for member in members}
        self.fields["reviewer"].choices = [  # type: ignore[attr-defined]
            (pk, str(member.user)) for pk, member in self.members.items()
        ]

    def chosen(self) -> Membership:
        """The member that was chosen."""
        return self.members[self.cleaned_data["reviewer"]]


class InterestsForm(PlainForm):
    """What a reviewer declares before anything else."""

    affiliation = forms.CharField(
        label=gettext_lazy("Whom do you work for?"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("It is printed beside your name."),
    )
    interests = LongTextField(
        label=gettext_lazy("Your interests"),
        max_length=1500,
        required=False,
        help_text=gettext_lazy(
            "What ties you to the process, to those who run it or to those it concerns: work, money, family, "
            "membership. “None” is an answer. It is printed with the review."
        ),
    )


class EndReviewForm(PlainForm):
    """Why a review is declined or ended; only once it was accepted a reason is needed."""

    reason = LongTextField(label=gettext_lazy("Why?"), max_length=2000, required=False)


class OpinionForm(PlainForm):
    """What the reviewer says of one item."""

    says = forms.ChoiceField(label=gettext_lazy("What do you say of this answer?"), widget=OpenRadioSelect)
    level = forms.TypedChoiceField(
        label=gettext_lazy("Which level do you propose?"),
        coerce=int,
        empty_value=None,
        required=False,
        widget=OpenRadioSelect,
    )
    seen = forms.BooleanField(label=gettext_lazy("I have seen the evidence"), required=False)
    reason = LongTextField(
        label=gettext_lazy("Why?"),
        max_length=2000,
        required=False,
        help_text=gettext_lazy("Needed where you propose another answer. The organiser replies to it; it is printed."),
    )
    made_for = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        item: ItemResult,
        made_for: str,
        levels: Sequence[tuple[int, str]],
        stored: ItemOpinion | None,
        **kwargs: Any,
    ) -> None:
        """`levels` are the levels with their anchors, empty for a list; `stored` is what was said before."""
        initial: dict[str, Any] = {"made_for": made_for}
        if stored is not None:
            initial |= {name: getattr(stored, name) for name in ("says", "level", "seen", "reason")}
        super().__init__(*args, initial=initial, **kwargs)
        self.item = item
        self.fields["says"].choices = _says(item)  # type: ignore[attr-defined]
        self.fields["says"].error_messages["required"] = _("Choose what you say of this answer.")
        may_propose = item.state != OPTION_NOT_APPLICABLE
        if not may_propose or not levels:
            del self.fields["level"]
        else:
            self.fields["level"].choices = levels  # type: ignore[attr-defined]
        self.lines: list[str] = []
        if may_propose and not levels:
            self._add_lines(item, stored)

    def _add_lines(self, item: ItemResult, stored: ItemOpinion | None) -> None:
        choices = [("", _("Choose")), *((s.key, localise(s.label)) for s in item.states if s.credit is not None)]
        before = stored.states if stored is not None else {}
        lines = {line.key: line for line in item.options}
        for place, key in enumerate(proposable_lines(item)):
            name = f"{LINE}{place}"
            self.lines.append(name)
            self.fields[name] = forms.ChoiceField(
                label=localise(lines[key].label) or _("Your proposal"),
                choices=choices,
                required=False,
                initial=before.get(key) or lines[key].counts_as,
            )
            self.fields[name].hide_optional = True  # type: ignore[attr-defined]

    def states_field(self) -> str:
        """The field that is named where the lines do not fit."""
        return self.lines[0] if self.lines else "says"

    def entered(self) -> OpinionEntered:
        """What was entered, for the service."""
        keys = proposable_lines(self.item) if self.lines else []
        return OpinionEntered(
            item=self.item.code,
            made_for=self.cleaned_data["made_for"],
            says=self.cleaned_data["says"],
            level=self.cleaned_data.get("level"),
            states={key: self.cleaned_data.get(name, "") for key, name in zip(keys, self.lines, strict=True)},
            seen=self.cleaned_data["seen"],
            reason=self.cleaned_data["reason"],
        )


def _says(item: ItemResult) -> list[tuple[str, str]]:
    """What can be said of an answer: with none there is nothing to agree with, of what does not apply no level."""
    left_out = set()
    if item.state == OPTION_NOT_APPLICABLE:
        left_out.add(OpinionKind.PROPOSES)
    elif item.claimed is None:
        left_out.add(OpinionKind.AGREES)
    return [(kind.value, str(kind.label)) for kind in OpinionKind if kind not in left_out]


class AskOrganiserForm(PlainForm):
    """A question of the reviewer."""

    question = LongTextField(
        label=gettext_lazy("Your question to the organiser"),
        max_length=2000,
        help_text=gettext_lazy("The organisers get a mail. Question and answer are printed with the review."),
        error_messages={"required": gettext_lazy("Write what you ask.")},
    )


class SendOpinionsForm(PlainForm):
    """By when the organiser has to reply."""

    reply_by = forms.DateField(
        label=gettext_lazy("By when does the organiser have to reply?"),
        widget=DAY,
        help_text=gettext_lazy("What has no reply by then counts as disagreement."),
    )


class AskChangesForm(PlainForm):
    """What should be changed."""

    summary = LongTextField(
        label=gettext_lazy("What should be changed, and why?"),
        rows=6,
        max_length=2000,
        error_messages={"required": gettext_lazy("Say what should be changed.")},
    )


class ProposalReplyForm(PlainForm):
    """What the organiser says to a proposal."""

    agrees = forms.ChoiceField(
        label=gettext_lazy("Do you agree?"),
        choices=[
            ("yes", gettext_lazy("We agree: the reviewer's answer counts.")),
            ("no", gettext_lazy("We disagree.")),
        ],
        widget=OpenRadioSelect,
        error_messages={"required": gettext_lazy("Choose whether you agree.")},
    )
    reason = LongTextField(
        label=gettext_lazy("Why?"),
        max_length=2000,
        required=False,
        help_text=gettext_lazy("Needed where you disagree. Both reasons are printed."),
    )


class ReviewAnswerForm(PlainForm):
    """The answer to a question of the reviewer."""

    question = forms.IntegerField(widget=forms.HiddenInput)
    answer = LongTextField(
        label=gettext_lazy("Your answer"),
        max_length=2000,
        error_messages={"required": gettext_lazy("Write your answer.")},
    )


class ReviewPageForm(PlainForm):
    """The reviewer's page, and the signature under it."""

    solid = LongTextField(label=gettext_lazy("What is solid"), rows=6, max_length=1200, required=False)
    not_solid = LongTextField(label=gettext_lazy("What is not"), rows=6, max_length=1200, required=False)
    ask_1 = forms.CharField(label=gettext_lazy("First thing the board should ask"), max_length=280, required=False)
    ask_2 = forms.CharField(label=gettext_lazy("Second thing"), max_length=280, required=False)
    ask_3 = forms.CharField(label=gettext_lazy("Third thing"), max_length=280, required=False)
    name = forms.CharField(
        label=gettext_lazy("Your name, as a signature"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("Only to sign. Saving the page needs none."),
    )
    confirmed = forms.BooleanField(
        label=gettext_lazy("This is my own view. I declared every interest that a reader would want to know of."),
        required=False,
    )

    def page(self) -> dict[str, Any]:
        """The page without the signature, for the service."""
        asks = [self.cleaned_data[f"ask_{number}"] for number in (1, 2, 3)]
        return {"solid": self.cleaned_data["solid"], "not_solid": self.cleaned_data["not_solid"], "board_asks": asks}
