"""Forms for all groups of a wave together: their table before the launch, one list of people, people who come later."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.fields import LongTextField
from assessments.models import Wave, WaveGroup
from assessments.panels.people_list import MAX_FILE, UnreadableList, same_name, text_of_file
from assessments.panels.seen_fields import SeenForm
from assessments.panels.services.people import LEFT_OUT, NEW, preset
from assessments.panels.services.setup import MAX_INVITED
from assessments.vocabulary import GroupMode, LinkKind
from attributes.pages import PlainForm

LONGEST_LIST = 500_000  # characters
MORE_ROWS = 3

# How a group answers, and how its members get in, as one choice.
PERSONAL, OPEN, ON_RECORD = "personal", "open", "on_record"
WAYS = {
    PERSONAL: (GroupMode.INDIVIDUAL, LinkKind.PERSONAL),
    OPEN: (GroupMode.INDIVIDUAL, LinkKind.OPEN),
    ON_RECORD: (GroupMode.ON_RECORD, LinkKind.PERSONAL),
}


def way_of(group: WaveGroup) -> str:
    """How a group answers and its members get in, as it is chosen in the table."""
    return next(way for way, both in WAYS.items() if both == (group.mode, group.link_kind))


ROW_FIELDS = ("name", "way", "invited")


class GroupRowForm(SeenForm):
    """One line of the table of groups. Of a line for a new group everything may be empty."""

    name = forms.CharField(label=gettext_lazy("Name of the group"), max_length=100, required=False)
    way = forms.ChoiceField(
        label=gettext_lazy("How it answers"),
        choices=[
            (PERSONAL, gettext_lazy("Everyone alone, by personal links")),
            (OPEN, gettext_lazy("Everyone alone, by one open link")),
            (ON_RECORD, gettext_lazy("One response of the group, on the record")),
        ],
    )
    invited = forms.IntegerField(
        label=gettext_lazy("People invited"), min_value=0, max_value=MAX_INVITED, required=False
    )

    def __init__(self, *args: Any, group: WaveGroup | None, place: int, **kwargs: Any) -> None:
        self.group = group
        prefix = f"g{group.pk}" if group else f"n{place}"
        initial: dict[str, Any] = {"way": PERSONAL}
        if group is not None:
            initial = {"name": group.name, "way": way_of(group), "invited": group.invited or None}
        super().__init__(*args, prefix=prefix, initial=initial, **kwargs)
        for field in self.fields.values():
            field.hide_optional = True  # type: ignore[attr-defined]  # said once, above the table
        self.stored = {name: initial.get(name) for name in ROW_FIELDS} if group is not None else {}
        self.draw_from(self.stored)

    def clean(self) -> dict[str, Any]:
        """A line has a name, unless it is one for a new group of which nothing was entered."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        name = " ".join(str(found.get("name") or "").split())
        if not name and (self.group is not None or found.get("invited")):
            self.add_error("name", _("Enter the name of the group"))
        return {**found, "name": name}

    @property
    def is_left_empty(self) -> bool:
        """Whether it is a line for a new group that was left as it was."""
        return self.group is None and not self.cleaned_data.get("name")

    @property
    def is_as_drawn(self) -> bool:
        """Whether it is a line of a group in which nothing was changed."""
        return self.group is not None and not self.changed(ROW_FIELDS)

    def lines_not_stored(self) -> list[dict[str, str]]:
        """What was typed in this line that is not stored, each with the name of the group."""
        rows = self.not_stored(self.stored or dict.fromkeys(ROW_FIELDS, ""))
        if self.group is None and not str(self["name"].data or "").strip():
            return []
        name = self.group.name if self.group else _("New group")
        label = _("%(group)s: %(field)s")
        return [{**row, "label": label % {"group": name, "field": row["label"]}} for row in rows]

    def refuse_clash(self) -> bool:
        """Whether a colleague has changed the same since the page was drawn; said at the line, and then replaced."""
        clashes = self.clashes_with(self.stored, self.changed(ROW_FIELDS)) if self.group is not None else []
        for clash in clashes:
            text = _(
                "%(label)s: somebody else has entered “%(theirs)s” in the meantime. If you save again, yours holds."
            )
            self.add_error("name", text % clash)
        return bool(clashes)

    def after(self) -> dict[str, Any]:
        """What to store of a line that is valid: of a group what is stored, with what was changed on the page."""
        found = {**self.stored, **self.changed(ROW_FIELDS)}
        mode, kind = WAYS[found["way"]]
        is_as_before = self.group is not None and self.group.link_kind == kind
        return {
            "name": found["name"],
            "mode": mode,
            "link_kind": kind,
            "invited": found["invited"] or 0,
            "cap": self.group.cap if self.group is not None and is_as_before else None,
        }


def group_rows(data: Any, groups: Iterable[WaveGroup]) -> list[GroupRowForm]:
    """The lines of the table: one for each group, and some for new ones.

    Of what was sent those that were on the page: a group that a colleague has made since is not in it.
    """
    there = [group for group in groups if data is None or f"g{group.pk}-name" in data]
    rows = [GroupRowForm(data, group=group, place=0) for group in there]
    return rows + [GroupRowForm(data, group=None, place=place) for place in range(MORE_ROWS)]


class PeopleListForm(PlainForm):
    """A list of people, typed, pasted, or in a file. `unknown`: names in it that are no group of the wave."""

    people = LongTextField(
        label=gettext_lazy("List of people"),
        rows=10,
        max_length=LONGEST_LIST,
        required=False,
        help_text=gettext_lazy(
            "One person a line: e-mail address, group, language. Separated by commas, semicolons or tabs, as they come "
            "when you copy cells of a spreadsheet. The language may be left out."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file (CSV or XLSX)"),
        required=False,
        allow_empty_file=True,
        max_length=500,
        help_text=gettext_lazy("The same columns, of an XLSX file on its first sheet. The file itself is not kept."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].hide_optional = True  # type: ignore[attr-defined]  # one of both is needed
        self.fields["file"].hide_optional = True  # type: ignore[attr-defined]

    def clean_file(self) -> str:
        """The lines of the file."""
        sent = self.cleaned_data.get("file")
        if not sent:
            return ""
        if sent.size > MAX_FILE:
            raise forms.ValidationError(_("The file is larger than 1 MB: make several of it."))
        try:
            return text_of_file(sent.read())
        except UnreadableList as refused:
            raise forms.ValidationError(str(refused)) from refused

    def clean(self) -> dict[str, Any]:
        """One of both holds something."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.text().strip():
            self.add_error("people", _("Paste a list of people, or choose a file"))
        return found

    def text(self) -> str:
        """What was typed or pasted, and what is in the file below it."""
        parts = (self.cleaned_data.get("people") or "", self.cleaned_data.get("file") or "")
        return "\n".join(part.rstrip("\n") for part in parts if part.strip())


class UnknownGroupsForm(PlainForm):
    """For each name in a list that is no group of the wave: which group is meant."""

    def __init__(self, *args: Any, wave: Wave, unknown: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = {str(group.pk): group for group in wave.groups.all()}
        choices = [(number, group.name) for number, group in groups.items()]
        if wave.is_preparing:
            choices.insert(0, (NEW, _("Make it a new group")))
        choices.append((LEFT_OUT, _("Leave these people out")))
        self.names = {f"u{_short(name)}": name for name in unknown}
        for field, name in self.names.items():
            label = _("“%(name)s” in the list (%(number)s)") % {"name": name, "number": unknown[name]}
            first = preset(wave, name, groups)
            self.fields[field] = forms.ChoiceField(label=label, choices=choices, initial=first, required=False)
            self.fields[field].hide_optional = True  # type: ignore[attr-defined]


def _short(name: str) -> str:
    return hashlib.sha256(same_name(name).encode()).hexdigest()[:12]


def choices_in(data: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """What was chosen for names that are no group, by the name as it is compared."""
    found = {name: data.get(f"u{_short(name)}", "") for name in names}
    return {same_name(name): chosen for name, chosen in found.items() if chosen}


class AddPeopleForm(PlainForm):
    """More people of a group, while its wave is open."""

    to = forms.IntegerField(
        label=gettext_lazy("People invited, from now on"),
        min_value=1,
        max_value=MAX_INVITED,
        help_text=gettext_lazy("All together: those of before and the new ones. It can only be raised."),
        error_messages={"required": gettext_lazy("Enter how many people are invited now")},
    )
    everybody = forms.BooleanField(
        label=gettext_lazy("With them, these are still all members of the group"), required=False
    )
    cap = forms.IntegerField(
        label=gettext_lazy("Open link: most answers taken"), min_value=1, max_value=MAX_INVITED, required=False
    )

    def __init__(self, *args: Any, group: WaveGroup, **kwargs: Any) -> None:
        initial = {"everybody": group.everybody, "cap": group.cap}
        super().__init__(*args, initial=initial, **kwargs)
        if not group.everybody:
            del self.fields["everybody"]
        if group.link_kind != LinkKind.OPEN:
            del self.fields["cap"]


class CorrectAddressForm(PlainForm):
    """The right address of somebody who was invited."""

    email = forms.CharField(
        label=gettext_lazy("Right e-mail address"),
        max_length=254,
        widget=forms.EmailInput,
        error_messages={"required": gettext_lazy("Enter the right address")},
    )
