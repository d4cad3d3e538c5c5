"""What the moderator decides on comments, and what the organiser replies."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.comments.services.moderation import CommentDecision
from assessments.fields import LongTextField
from assessments.models import PanelComment
from assessments.vocabulary import CommentState
from attributes.pages import PlainForm

COMMENT_MAX = 5000


class ModerationForm(PlainForm):
    """One comment: the words to show, and whether to. `is_open`: it may stay undecided."""

    edited = LongTextField(label=gettext_lazy("Words that are shown"), required=False, max_length=COMMENT_MAX, rows=4)
    state = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        choices=[
            (CommentState.SHOWN.value, gettext_lazy("Show it")),
            (CommentState.WITHHELD.value, gettext_lazy("Do not show it")),
        ],
        error_messages={"required": gettext_lazy("Choose whether to show the comment.")},
    )

    def __init__(self, *args: Any, comment: PanelComment, is_open: bool = False, **kwargs: Any) -> None:
        decided = comment.state if comment.state != CommentState.WAITING else None
        initial = {"edited": comment.edited or comment.text, "state": decided}
        super().__init__(*args, initial=initial, prefix=f"c{comment.pk}", **kwargs)
        self.comment = comment
        self.fields["state"].required = not is_open

    def clean_edited(self) -> str:
        """Ask for words where the comment is to be shown."""
        words = str(self.cleaned_data["edited"])
        if self.data.get(self.add_prefix("state")) == CommentState.SHOWN and not words.strip():
            raise forms.ValidationError(_("Leave some words, or choose not to show the comment."))
        return words

    @property
    def decision(self) -> "CommentDecision | None":
        """What was decided in a form that is valid; None where the comment stays undecided."""
        state = self.cleaned_data["state"]
        return CommentDecision(self.comment, CommentState(state), self.cleaned_data["edited"]) if state else None
