"""The form of what an organiser chooses for an annual page."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.fields import LongTextField
from assessments.locked_forms import LockedForm
from assessments.models import AnnualPage, PanelComment
from assessments.models.annual_page import FOREWORD_LENGTH


class AnnualPageForm(LockedForm):
    """Title, year, foreword, which promises stand on the page, and one comment of a group."""

    title = forms.CharField(
        label=_("Title"),
        help_text=_("Left empty: the name of the process, and the year."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    year = forms.CharField(
        label=_("Year"),
        help_text=_("Left empty: the year in which the assessment was submitted. It may be two, like 2025/26."),
        max_length=20,
        required=False,
    )
    foreword = LongTextField(
        label=_("Foreword"),
        help_text=_("One short paragraph, up to 400 characters. It stands under the message."),
        max_length=FOREWORD_LENGTH,
        required=False,
        rows=4,
    )
    shown = forms.MultipleChoiceField(
        label=_("Promises on the page"),
        help_text=_("A promise that is left out is counted all the same, and the page says that there are more."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    quoted = forms.ChoiceField(
        label=_("In the words of a group"),
        help_text=_(
            "One of the comments that whoever read them first chose to be quoted. Everybody who may read the page "
            "reads it, with the group's name."
        ),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        *args: Any,
        stored: AnnualPage,
        actions: Sequence[tuple[str, str]],
        comments: Sequence[PanelComment],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._codes = [code for code, _name in actions]
        self._comments = {str(comment.pk): comment for comment in comments}
        for name in ("version", "title", "year", "foreword"):
            self.fields[name].initial = getattr(stored, name)
        self._offer("shown", list(actions), [code for code in self._codes if code not in stored.left_out])
        said = [(pk, f"{comment.group}: {comment.edited or comment.text}") for pk, comment in self._comments.items()]
        self._offer("quoted", [("", _("None")), *said], str(stored.quoted_id or "") if said else "")
        if not actions:
            del self.fields["shown"]
        if not said:
            del self.fields["quoted"]

    def _offer(self, name: str, choices: list[tuple[str, Any]], initial: Any) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields[name].initial = initial

    def chosen(self) -> dict[str, Any]:
        """What was chosen, as `save_annual_page` takes it."""
        data = self.cleaned_data
        shown = set(data.get("shown", self._codes))
        return {
            "title": data["title"],
            "year": data["year"],
            "foreword": data["foreword"],
            "left_out": [code for code in self._codes if code not in shown],
            "quoted": self._comments.get(data.get("quoted", "")),
        }
