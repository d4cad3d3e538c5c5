"""What is looked for and chosen on the compare page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from attributes.models import QuestionSet
from attributes.texts import localise

LATEST, ALL = "", "all"


class CompareFilterForm(forms.Form):
    """Which submitted assessments to list."""

    use_required_attribute = False

    q = forms.CharField(label=_("Name of the process"), required=False, max_length=200)
    question_set = forms.ChoiceField(label=_("Question set"), required=False)
    rounds = forms.ChoiceField(
        label=_("Rounds"),
        required=False,
        choices=[(LATEST, _("Latest submitted round")), (ALL, _("All submitted rounds"))],
    )

    def __init__(self, *args: object, sets: list[QuestionSet], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [(str(row.pk), f"{localise(row.title)} {row.version}") for row in sets]
        self.fields["question_set"].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]
