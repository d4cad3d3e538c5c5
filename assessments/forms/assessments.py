"""Forms about rounds of assessment."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.base import PlainForm
from attributes.models import QuestionSet
from attributes.texts import localise


class StartForm(PlainForm):
    """Start a round; asks for the question set only where there are several."""

    question_set = forms.TypedChoiceField(
        label=_("Question set"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the question set to use")},
    )

    def __init__(self, *args: Any, question_sets: Sequence[QuestionSet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question_sets = {question_set.pk: question_set for question_set in question_sets}
        if len(self.question_sets) < 2:
            del self.fields["question_set"]
        else:
            self.fields["question_set"].choices = [  # type: ignore[attr-defined]
                (pk, f"{localise(question_set.title)} {question_set.version}")
                for pk, question_set in self.question_sets.items()
            ]

    def chosen(self) -> QuestionSet | None:
        """The set chosen, or None where there was nothing to choose."""
        pk = self.cleaned_data.get("question_set")
        return self.question_sets.get(pk) if pk else None
