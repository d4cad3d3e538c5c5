"""Forms about what is known of a process before its questions are answered: screener and goals."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.fields import LongTextField, OpenRadioSelect, ShownField
from assessments.models import Goal
from assessments.processes.services.background import GOAL_FIELDS, ScreenerState
from assessments.vocabulary import ScreenerChoice
from attributes.catalogue.framework_types import CatalogueCriterion
from attributes.pages import PlainForm
from attributes.texts import text

# Of what the criterion says. The question set's hint may ask the other way round, and its answer is not asked for.
CHOICES = [
    (ScreenerChoice.YES, _("Yes, this holds")),
    (ScreenerChoice.PARTLY, _("This holds in part")),
    (ScreenerChoice.NO, _("No, this does not hold")),
    (ScreenerChoice.UNSURE, _("Unsure")),
    ("", _("No answer (takes the answer back)")),
]


class ScreenerForm(PlainForm):
    """Choice and note for each criterion. Hidden fields carry what the page showed, to notice other writers."""

    def __init__(
        self,
        *args: Any,
        criteria: tuple[CatalogueCriterion, ...],
        stored: ScreenerState,
        resource: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [criterion.code for criterion in criteria]
        for criterion in criteria:
            choice, note = stored[criterion.code]
            self.fields[f"{criterion.code}-choice"] = forms.ChoiceField(
                label=text(criterion.text, resource or None),
                help_text=_hint(text(criterion.help, resource or None)),
                choices=CHOICES,
                widget=OpenRadioSelect,
                required=False,
                initial=choice,
            )
            self.fields[f"{criterion.code}-choice"].hide_optional = True  # type: ignore[attr-defined]
            self.fields[f"{criterion.code}-note"] = LongTextField(
                label=_("Note"), max_length=2000, required=False, rows=2, initial=note
            )
            for part, value in (("choice", choice), ("note", note)):
                self.fields[f"{criterion.code}-{part}-shown"] = ShownField(initial=value)

    def after(self) -> dict[str, tuple[str, str]]:
        """What the criteria are to be."""
        return {code: self._pair(code, "") for code in self.codes}

    def before(self) -> dict[str, tuple[str, str]]:
        """What the page showed."""
        return {code: self._pair(code, "-shown") for code in self.codes}

    def _pair(self, code: str, suffix: str) -> tuple[str, str]:
        return self.cleaned_data[f"{code}-choice{suffix}"], self.cleaned_data[f"{code}-note{suffix}"]


def _hint(words: SafeString) -> str:
    return format_html(gettext("To think about: {hint}"), hint=words) if words else ""


AGREED_LENGTH = 1000
BETWEEN_GROUPS = "; "


def groups_in(agreed_by: str, names: Sequence[str]) -> tuple[list[str], str]:
    """Take apart who agreed to a goal: the groups of the process that are named, and the rest as it was written."""
    known = {name.casefold(): name for name in names}
    parts = [part.strip() for part in re.split(r";|\n", agreed_by) if part.strip()]
    ticked = [known[part.casefold()] for part in parts if part.casefold() in known]
    if not ticked:
        return [], agreed_by
    return ticked, BETWEEN_GROUPS.join(part for part in parts if part.casefold() not in known)


class GoalForm(PlainForm):
    """A line of the goals register. The groups of the process are ticked; whoever else agreed is written down."""

    text = LongTextField(
        label=_("Goal"),
        max_length=1000,
        rows=2,
        error_messages={"required": _("Write down the goal")},
    )
    agreed_groups = forms.MultipleChoiceField(
        label=_("Groups that agreed to it"), required=False, widget=forms.CheckboxSelectMultiple
    )
    agreed_by = LongTextField(label=_("Groups that agreed to it"), max_length=1000, required=False, rows=2)
    agreed_when = forms.CharField(
        label=_("When they agreed"),
        max_length=100,
        required=False,
        help_text=_("A day, a month or a year, such as “March 2024”."),
    )
    recorded_in = forms.CharField(
        label=_("Where the agreement is recorded"),
        max_length=500,
        required=False,
        help_text=_("A link, or the name of a document."),
    )
    reservations = LongTextField(
        label=_("Reservations"),
        max_length=1000,
        required=False,
        rows=2,
        help_text=_("Which groups did not agree, or agreed in part, and why."),
    )

    def __init__(self, *args: Any, goal: Goal | None = None, groups: Sequence[str] = (), **kwargs: Any) -> None:
        self.groups = list(groups)
        if goal is not None:
            kwargs["initial"] = {name: getattr(goal, name) for name in GOAL_FIELDS}
            ticked, others = groups_in(goal.agreed_by, self.groups)
            kwargs["initial"] |= {"agreed_groups": ticked, "agreed_by": others}
        super().__init__(*args, **kwargs)
        if self.groups:
            self.fields["agreed_groups"].choices = [(name, name) for name in self.groups]  # type: ignore[attr-defined]
            self.fields["agreed_by"].label = _("Others that agreed to it")
        else:
            del self.fields["agreed_groups"]
        if goal is not None:
            for name in GOAL_FIELDS:
                self.fields[f"{name}-shown"] = ShownField(initial=getattr(goal, name))

    def after(self) -> dict[str, str]:
        """What the goal is to be."""
        found = {name: self.cleaned_data[name] for name in GOAL_FIELDS if name in self.cleaned_data}
        ticked = self.cleaned_data.get("agreed_groups", [])
        shown = self.cleaned_data.get("agreed_by-shown", "")
        before, others = groups_in(shown, self.groups)
        if (set(ticked), found["agreed_by"]) == (set(before), others):
            # In whatever words it was written.
            return {**found, "agreed_by": shown}
        return {**found, "agreed_by": BETWEEN_GROUPS.join([*ticked, *filter(None, [found["agreed_by"]])])}

    def clean(self) -> dict[str, Any]:
        """Together they may be as long as what is stored."""
        found = super().clean() or self.cleaned_data
        if "agreed_by" in found and len(self.after()["agreed_by"]) > AGREED_LENGTH:
            self.add_error(
                "agreed_by",
                _("Shorten this: with the groups it may have %(limit)s characters.") % {"limit": AGREED_LENGTH},
            )
        return found

    def before(self) -> dict[str, str]:
        """What the page showed."""
        return {name: self.cleaned_data[f"{name}-shown"] for name in self.after()}
