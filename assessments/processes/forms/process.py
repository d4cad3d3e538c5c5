"""Forms about a process itself."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from assessments.fields import LongSelect, LongTextField
from assessments.models import Process
from assessments.processes.services.process import EDITABLE
from assessments.vocabulary import KIND_HELP, KIND_LABELS, Promise, Role, Visibility
from assessments.working_languages import called, working_languages
from assessments.zones import site_time_zone, zone_choices, zone_names
from attributes.pages import PlainForm
from attributes.searching import LONGEST_TAG, as_tags, tags_in

# What mail programs make a link of; looked for in the plainest form of the letters.
ADDRESS = re.compile(r":/|//|\w\.\w+:\d|\S@\S+\.|\bwww\.|\w\.[^\W\d]{2,}/", re.IGNORECASE)


def _size(name: str) -> int:
    """How long the model lets a text be."""
    field = Process._meta.get_field(name)
    if not isinstance(field, models.Field) or field.max_length is None:
        raise TypeError(f"{name} has no length")
    return field.max_length


def _flat(choices: Iterable[Any]) -> dict[Any, Any]:
    """The labels of choices by their values, those in groups included."""
    found: dict[Any, Any] = {}
    for value, label in choices:
        found.update(label if isinstance(label, list | tuple) else [(value, label)])
    return found


class WebAddressField(forms.URLField):
    """An address that a browser can open as a page; others could run code when followed."""

    default_validators = [URLValidator(schemes=["http", "https"])]


class ProcessForm(PlainForm):
    """Description of a process. `version` is what the editing began with; name and what it does have to be given."""

    name = forms.CharField(
        label=_("Name of the process"),
        max_length=_size("name"),
        help_text=_("As it is known, with the year or round if there are several."),
        error_messages={"required": _("Enter the name of the process")},
    )
    kind = forms.ChoiceField(
        label=_("What it does"),
        choices=[(kind, format_lazy("{}: {}", label, KIND_HELP[kind])) for kind, label in KIND_LABELS.items()],
        widget=forms.RadioSelect,
        help_text=_(
            "Some questions are read in another way for some of them, and a few do not apply to a dialogue. Choose "
            "what it does in the end: a dialogue that addresses recommendations to somebody recommends. Each change is "
            "kept with its date, and readers see it."
        ),
        error_messages={"required": _("Choose what the process does")},
    )
    issue = LongTextField(label=_("Issue it deals with"), max_length=_size("issue"), required=False)
    organisation = forms.CharField(
        label=_("Organisation that runs it"), max_length=_size("organisation"), required=False
    )
    period = forms.CharField(
        label=_("Period"),
        max_length=_size("period"),
        required=False,
        help_text=_("For example: March 2025 to June 2026."),
    )
    outcome_expected = LongTextField(
        label=_("Outcome expected"),
        max_length=_size("outcome_expected"),
        required=False,
        help_text=_("For example: a set of recommendations to the board."),
    )
    resource = forms.CharField(
        label=_("Resource or domain it governs"),
        max_length=_size("resource"),
        required=False,
        help_text=_(
            "Some questions speak of “the Internet”. If your process governs something else, such as “the river "
            "basin”, these words take its place. Leave it empty for “the Internet”."
        ),
    )
    promise = forms.ChoiceField(
        label=_("Promise made to participants"),
        choices=[("", _("Not stated")), *Promise.choices],
        required=False,
        help_text=_("What those who take part were told their part would be, in the words of the IAP2 spectrum."),
    )
    country = forms.CharField(
        label=_("Country or region"),
        max_length=_size("country"),
        required=False,
        help_text=_("For example: Kenya, Southeast Asia, or worldwide."),
    )
    language = forms.ChoiceField(
        label=_("Working language"),
        required=False,
        widget=LongSelect,
        help_text=_("The one in which most is said and written."),
    )
    website = WebAddressField(
        label=_("Website"),
        max_length=_size("website"),
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Enter a web address that begins with https:// or http://")},
    )
    tags = forms.CharField(
        label=_("Tags"),
        max_length=_size("tags"),
        required=False,
        help_text=_("Words by which members find it among others, with commas between them. Only members see them."),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        widget=LongSelect,
        help_text=_(
            "That of most people who take part. Days end there, such as the last day on which stakeholders can answer, "
            "and the pages of the process show the time it is there. Stakeholders who are being asked already keep the "
            "zone they were told. Type the first letters of a city to find it."
        ),
        error_messages={"invalid_choice": _("Choose a time zone from the list")},
    )
    visibility = forms.ChoiceField(
        label=_("Who may read submitted assessments"),
        choices=[
            (Visibility.PRIVATE, _("Members only")),
            (Visibility.SIGNED_IN, _("Everyone with an account on this site")),
            (Visibility.PUBLIC, _("Everyone, without an account; the home page lists it")),
        ],
        initial=Visibility.PRIVATE,
        widget=forms.RadioSelect,
        help_text=_(
            "Readers see this description, the groups, the fit and the goals, and of each submitted assessment "
            "the scores, the answers and what is written as evidence. Files, drafts, the list of members and who "
            "changed what are for members only."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, process: Process | None = None, **kwargs: Any) -> None:
        if process is not None:
            stored = {name: getattr(process, name) for name in EDITABLE}
            kwargs["initial"] = {**stored, "version": process.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["version"].required = process is not None
        # Where nobody has chosen yet, other parts of a description can be corrected all the same.
        self.fields["kind"].required = process is None or bool(process.kind)
        self._offer_languages(process.language if process else "")
        self._begin_with_zone(process.time_zone if process else site_time_zone())

    def _offer_languages(self, stored: str) -> None:
        """Offer all that are listed; also that which is stored and not in the list."""
        offered = working_languages()
        unknown = [(stored, called(stored))] if stored and stored not in dict(offered) else []
        self.fields["language"].choices = [("", _("Not stated")), *unknown, *offered]  # type: ignore[attr-defined]

    def _begin_with_zone(self, stored: str) -> None:
        """Offer all zones; also that which is stored where this computer no longer knows it."""
        field = self.fields["time_zone"]
        unknown = [] if stored in zone_names() else [(stored, stored)]
        field.choices = [*unknown, *zone_choices()]  # type: ignore[attr-defined]
        self.initial.setdefault("time_zone", stored)
        field.hide_optional = True  # type: ignore[attr-defined]  # it is never empty
        self._zone = stored

    def clean_time_zone(self) -> str:
        """Nothing sent: as it is."""
        return self.cleaned_data["time_zone"] or self._zone

    def clean_tags(self) -> str:
        """Each once, by alphabet."""
        tags = tags_in(self.cleaned_data["tags"])
        for tag in tags:
            if len(tag) > LONGEST_TAG:
                raise forms.ValidationError(
                    _("“%(tag)s” is longer than %(most)s letters. Put commas between tags.")
                    % {"tag": tag, "most": LONGEST_TAG}
                )
        return as_tags(tags)

    def clean_name(self) -> str:
        """One line: the name is used in titles and in mail."""
        name = " ".join(self.cleaned_data["name"].split())
        if ADDRESS.search(unicodedata.normalize("NFKC", name).replace("。", ".")):
            # Else it would stand in the subject of mails that come from this site.
            raise forms.ValidationError(_("A name has no web address in it. Put it into the description."))
        return name

    def described(self) -> dict[str, Any]:
        """The description, as services take it."""
        return {name: self.cleaned_data[name] for name in EDITABLE}

    def clashes_with(self, stored: Process) -> list[dict[str, str]]:
        """What is stored and what was typed here, for each field in which they differ, as people read it."""
        rows = []
        for name in EDITABLE:
            theirs, ours = getattr(stored, name), self.cleaned_data[name]
            if theirs != ours:
                names = _flat(getattr(self.fields[name], "choices", ()))
                rows.append(
                    {
                        "label": str(self.fields[name].label),
                        "theirs": str(names.get(theirs, theirs)),
                        "ours": str(names.get(ours, ours)),
                    }
                )
        return rows


class DeleteProcessForm(PlainForm):
    """Deleting asks for the name, so that it cannot happen by a slip."""

    confirmation = forms.CharField(
        label=_("Type the name of the process to confirm"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type the name of the process")},
    )

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.process = process

    def clean_confirmation(self) -> str:
        """The name, whatever the spaces."""
        typed = " ".join(self.cleaned_data["confirmation"].split())
        if typed != " ".join(self.process.name.split()):
            raise forms.ValidationError(_("This is not the name of the process"))
        return typed


class ProcessFilterForm(PlainForm):
    """Narrow down the list of processes; sent as GET, so that the result can be bookmarked."""

    STATES = [
        ("", _("Any")),
        ("none", _("No assessment yet")),
        ("draft", _("Draft under way")),
        ("submitted", _("Submitted")),
    ]
    q = forms.CharField(
        label=_("Name or organisation contains"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    role = forms.ChoiceField(
        label=_("My role"),
        choices=[("", _("Any")), *Role.choices, ("visitor", _("None: shared with me"))],
        required=False,
    )
    state = forms.ChoiceField(label=_("Assessment"), choices=STATES, required=False)
    tag = forms.ChoiceField(label=_("Tag"), required=False)

    def __init__(self, *args: Any, tags: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tag"].choices = [("", _("Any")), *((tag, tag) for tag in tags)]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.hide_optional = True  # type: ignore[attr-defined]
