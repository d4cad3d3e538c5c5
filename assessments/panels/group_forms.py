"""The page of one group of a wave."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import WaveGroup
from assessments.panels.seen_fields import SeenForm
from assessments.panels.services.setup import GROUP_FIELDS, MAX_INVITED, MORE_OF_GROUP
from assessments.vocabulary import GroupMode, LinkKind, Sector


class GroupForm(SeenForm):
    """A group: how it answers, how its members get in, how many there are."""

    name = forms.CharField(
        label=gettext_lazy("Name of the group"),
        max_length=100,
        help_text=gettext_lazy("As its members call themselves. Respondents and readers of the report see it."),
        error_messages={"required": gettext_lazy("Enter the name of the group")},
    )
    sector = forms.ChoiceField(
        label=gettext_lazy("Sector"),
        choices=[("", gettext_lazy("None of these")), *Sector.choices],
        required=False,
        help_text=gettext_lazy(
            "Where one sector has several groups, the report also says what the score would be if every sector counted "
            "the same. A group of none of these sectors counts as a sector of its own."
        ),
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("How the group answers"),
        choices=[
            (GroupMode.INDIVIDUAL, gettext_lazy("Everyone alone, confidentially")),
            (GroupMode.ON_RECORD, gettext_lazy("One response of the whole group, on the record, with a name under it")),
        ],
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "A group too small to stay confidential can answer once, openly: a person it authorises files the "
            "response and says how the group agreed on it. Every reader sees by whom; readers of the detailed report "
            "see what it answered."
        ),
    )
    link_kind = forms.ChoiceField(
        label=gettext_lazy("How its members get in"),
        choices=[
            (LinkKind.PERSONAL, gettext_lazy("Personal links: each can be used once")),
            (LinkKind.OPEN, gettext_lazy("One open link for the group")),
        ],
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Whoever has an open link can answer several times, and anybody it is passed on to can answer: one "
            "side could stack the answers. Use personal links wherever you can."
        ),
    )
    invited = forms.IntegerField(
        label=gettext_lazy("Number of people invited"),
        min_value=0,
        max_value=MAX_INVITED,
        required=False,
        help_text=gettext_lazy(
            "The report prints it beside the number of answers. With personal links no more links than this can be "
            "made. A group on the record counts as one."
        ),
    )
    everybody = forms.BooleanField(
        label=gettext_lazy("These are all members of the group"),
        required=False,
        help_text=gettext_lazy(
            "Everybody who belongs to the group is invited, not a choice of them. The report then counts with how many "
            "of them did not answer."
        ),
    )
    cap = forms.IntegerField(
        label=gettext_lazy("Open link: most answers taken"),
        min_value=1,
        max_value=MAX_INVITED,
        required=False,
        help_text=gettext_lazy(
            "Only for an open link. Not more than the number of people invited is a good start. Whoever has begun when "
            "it is reached can still hand in."
        ),
    )

    def __init__(self, *args: Any, group: WaveGroup | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {"mode": GroupMode.INDIVIDUAL, "link_kind": LinkKind.PERSONAL}
        if group is not None:
            kwargs["initial"] = {name: getattr(group, name) for name in (*GROUP_FIELDS, *MORE_OF_GROUP)}
        super().__init__(*args, **kwargs)
        if group is not None:
            self.draw_from(kwargs["initial"])
        self.fields["sector"].hide_optional = True  # type: ignore[attr-defined]  # “none of these” is an answer
        self.fields["invited"].needed_when = _("(needed before the launch)")  # type: ignore[attr-defined]
        self.fields["cap"].needed_when = _("(needed for an open link)")  # type: ignore[attr-defined]

    def clean_invited(self) -> int:
        """Nothing entered: nobody yet."""
        return self.cleaned_data["invited"] or 0

    def clean_name(self) -> str:
        """One line, with single spaces."""
        return " ".join(self.cleaned_data["name"].split())

    def after(self) -> dict[str, Any]:
        """What was changed, or all there is of a new group."""
        return self.changed((*GROUP_FIELDS, *MORE_OF_GROUP))
