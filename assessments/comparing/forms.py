"""What is looked for, chosen and saved on the compare pages."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import SavedComparison
from assessments.vocabulary import KIND_LABELS
from attributes.models import QuestionSet
from attributes.pages import PlainForm
from attributes.texts import localise

if TYPE_CHECKING:
    from msgov.accounts.models import User

LATEST, ALL = "", "all"
ANY = ("", _("All"))


class CompareFilterForm(PlainForm):
    """Which submitted assessments to list."""

    q = forms.CharField(label=_("Name or organisation"), required=False, max_length=200)
    question_set = forms.ChoiceField(label=_("Question set"), required=False)
    year = forms.IntegerField(label=_("Submitted in (year)"), required=False, min_value=1900, max_value=9999)
    kind = forms.ChoiceField(label=_("What it does"), required=False, choices=[ANY, *KIND_LABELS.items()])
    country = forms.CharField(label=_("Country or region"), required=False, max_length=120)
    rounds = forms.ChoiceField(
        label=_("Rounds"), required=False, choices=[(LATEST, _("Latest submitted")), (ALL, _("All submitted"))]
    )
    panel = forms.BooleanField(label=_("Only with answers of stakeholders"), required=False)

    def __init__(self, *args: Any, sets: Iterable[QuestionSet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["question_set"].choices = [ANY, *((str(row.pk), f"{localise(row.title)} {row.version}") for row in sets)]

    @property
    def is_narrowing(self) -> bool:
        """Whether the list shows less than there is."""
        return self.is_valid() and any(self.cleaned_data.values())


class ComparisonNameForm(PlainForm):
    """The name of a saved comparison, one among those of a person. `kept` is the one that has the name already."""

    name = forms.CharField(label=_("Name"), max_length=120)

    def __init__(self, *args: Any, user: "User", kept: SavedComparison | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user
        self._kept = kept

    def clean_name(self) -> str:
        """Refuse a name that another one has."""
        name: str = self.cleaned_data["name"]
        others = SavedComparison.objects.filter(user=self._user, name=name)
        others = others.exclude(pk=self._kept.pk) if self._kept else others
        if others.exists() and not self._may_replace():
            raise forms.ValidationError(_("You have saved another comparison under this name."))
        return name

    def _may_replace(self) -> bool:
        return False


class SaveComparisonForm(ComparisonNameForm):
    """The same where a comparison is saved: another one may be replaced, once somebody says so."""

    replace = forms.BooleanField(label=_("Replace what I have saved under this name"), required=False)

    def _may_replace(self) -> bool:
        return "replace" in self.data
