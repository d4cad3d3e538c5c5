"""Forms of papers: what to draw, what the board is asked, how papers look."""

from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from assessments.fields import LongTextField
from assessments.locked_forms import LockedForm
from assessments.models import BoardPaper
from assessments.reports.papers import WRITTEN
from assessments.vocabulary import Annex, Paper, ReportKind
from attributes.pages import PlainForm


class ReportForm(PlainForm):
    """What to draw. Visitors choose no annexes: the fewer papers there are, the fewer anybody can have drawn."""

    kind = forms.ChoiceField(
        label=_("What"), choices=[(kind.value, kind.label) for kind in ReportKind.on_one()], required=False
    )
    paper = forms.ChoiceField(label=_("Paper"), choices=Paper.choices, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=partial(getattr, settings, "LANGUAGES"), required=False)
    version = forms.ChoiceField(choices=[("", ""), ("public", ""), ("restricted", "")], required=False)
    annexes = forms.MultipleChoiceField(label=_("Annexes"), choices=Annex.choices, required=False)


class BoardForm(LockedForm):
    """What a board paper says that no answer says."""

    decision = LongTextField(
        label=_("What is the board asked to decide?"),
        help_text=_("One decision a line, each going on from “The board is asked to …”."),
        max_length=400,
        required=False,
        rows=4,
    )
    made_by = forms.CharField(
        label=_("Made by"),
        help_text=_("Left empty, whoever submitted the assessment is named."),
        max_length=120,
        required=False,
    )
    checked_by = forms.CharField(
        label=_("Checked by"),
        help_text=_("Who went through it and was not involved in answering. Left empty, the paper says: nobody yet."),
        max_length=120,
        required=False,
    )
    commissioned_by = forms.CharField(label=_("Commissioned by"), max_length=120, required=False)
    interests = LongTextField(
        label=_("Interests of those who made it"),
        help_text=_(
            "Who is paid by the process, runs it, or gains by how it looks. Say “none” where there are none. It stands"
            " in the process statement, for everybody who may read the result."
        ),
        max_length=600,
        required=False,
        rows=3,
    )

    def __init__(self, *args: Any, stored: BoardPaper, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = stored.version
        for name in WRITTEN:
            self.fields[name].initial = getattr(stored, name)

    def written(self) -> dict[str, str]:
        """What was written for the board."""
        return {name: self.cleaned_data[name] for name in WRITTEN}


class BrandForm(PlainForm):
    """How the papers of a process look."""

    name = forms.CharField(
        label=_("Name on papers"),
        help_text=_("For example the organisation that runs the process."),
        max_length=120,
        required=False,
    )
    colour = forms.CharField(
        label=_("Colour"),
        help_text=_("Of headings and lines, as # and six digits or letters a to f. Left empty: dark blue, #12355b."),
        max_length=7,
        required=False,
    )
    logo = forms.FileField(
        label=_("Logo"),
        help_text=_("PNG or JPEG, at most 1 MB. It stands at the top of the first page."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
    remove_logo = forms.BooleanField(label=_("Take the logo away"), required=False)
