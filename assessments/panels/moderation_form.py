"""What a moderator decides on one comment."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.fields import LongTextField, PlainForm
from assessments.models.panel import CommentState, PanelComment

LONGEST = 5000


class ModerationForm(PlainForm):
    """One comment: the words to show, and whether to."""

    edited = LongTextField(label=_("Words that are shown"), required=False, max_length=LONGEST, rows=4)
    state = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        choices=[(CommentState.SHOWN.value, _("Show it")), (CommentState.WITHHELD.value, _("Do not show it"))],
        error_messages={"required": _("Choose whether to show the comment.")},
    )

    def __init__(self, *args: Any, comment: PanelComment, **kwargs: Any) -> None:
        decided = comment.state if comment.state != CommentState.WAITING else None
        initial = {"edited": comment.edited or comment.text, "state": decided}
        super().__init__(*args, initial=initial, prefix=f"c{comment.pk}", **kwargs)
        self.comment = comment
