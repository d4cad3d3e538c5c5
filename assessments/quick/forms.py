"""The choices of a page of the quick check, and what it is kept as."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Process
from assessments.quick.asked import QuickPage
from assessments.quick.kept import Choices, KeptCheck, line_keys, values_of
from assessments.vocabulary import KIND_LABELS
from attributes.catalogue.types import CatalogueItem, CatalogueSet
from attributes.kinds import Kind
from attributes.pages import PlainForm
from attributes.texts import Wording

NEW = "new"
CONTROLS = frozenset({"csrfmiddlewaretoken", "action"})


class ForeignChoice(Exception):
    """Something was sent that no page of ours sends."""


def input_name(item: CatalogueItem, key: str) -> str:
    """The name of the radio buttons of a line."""
    return f"{item.code}-{key}" if key else item.code


def read_choices(page: QuickPage, check: KeptCheck, data: Mapping[str, Any]) -> KeptCheck:
    """Return the choices with those of a page that was sent. Raises ForeignChoice."""
    choices: dict[str, Choices] = dict(check.choices)
    known = set(CONTROLS)
    for item in page.items:
        chosen: dict[str, str] = {}
        for key in line_keys(item):
            name = input_name(item, key)
            known.add(name)
            value = str(data.get(name, ""))
            if value and value not in values_of(item):
                raise ForeignChoice(name)
            if value:
                chosen[key] = value
        choices[item.code] = chosen
    if not known.issuperset(data):
        raise ForeignChoice
    return KeptCheck(check.slug, {code: chosen for code, chosen in choices.items() if chosen})


def page_blocks(catalogue: CatalogueSet, page: QuickPage, check: KeptCheck) -> list[dict[str, Any]]:
    """The items of a page for its template, in their order."""
    say = Wording(catalogue.resource_default)
    return [_block(catalogue, item, check.of(item), say) for item in page.items]


def _block(catalogue: CatalogueSet, item: CatalogueItem, chosen: Choices, say: Wording) -> dict[str, Any]:
    block: dict[str, Any] = {"code": item.code, "short": say(item.short), "text": say(item.text)}
    words: list[tuple[str, str]]
    if item.kind is Kind.RATING:
        words = [(say(anchor), say(level.label)) for level, anchor in zip(catalogue.scale, item.anchors, strict=True)]
    else:
        words = [(say(state.label), "" if item.options else say(state.text)) for state in item.states]
    lines = [_line(item, key, chosen, words) for key in line_keys(item)]
    if not item.options or item.kind is Kind.RATING:
        return {**block, **lines[0], "lines": []}
    for line, option in zip(lines, item.options, strict=True):
        line |= {"label": say(option.label), "help": say(option.help)}
    meanings = [(say(state.label), say(state.text)) for state in item.states if state.text]
    return {**block, "lines": lines, "meanings": meanings}


def _line(item: CatalogueItem, key: str, chosen: Choices, words: Sequence[tuple[str, str]]) -> dict[str, Any]:
    values, now = values_of(item), chosen.get(key, "")
    off_scale = [_("Don't know"), _("Not applicable")]
    return {
        "name": input_name(item, key),
        "scale": [
            {"value": value, "words": said, "label": label, "checked": value == now}
            for value, (said, label) in zip(values, words, strict=False)
        ],
        "off_scale": [
            {"value": value, "words": said, "checked": value == now}
            for value, said in zip(values[len(words) :], off_scale, strict=False)
        ],
    }


class KeepForm(PlainForm):
    """Which process the quick check is about: one that is there, or a new one by its name."""

    process = forms.ChoiceField(label=gettext_lazy("Which process is it about?"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=gettext_lazy("Name of the new process"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("As it is known, with the year or round if there are several."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What it does"),
        choices=[("", gettext_lazy("Say it later")), *KIND_LABELS.items()],
        required=False,
    )

    def __init__(self, *args: Any, processes: Sequence[Process], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.processes = {process.code: process for process in processes}
        if self.processes:
            names = [(code, process.name) for code, process in self.processes.items()]
            self.fields["process"].choices = [(NEW, _("A new process")), *names]  # type: ignore[attr-defined]
        else:
            del self.fields["process"]

    def clean(self) -> dict[str, Any]:
        """A new process needs its name."""
        cleaned = super().clean() or {}
        if cleaned.get("process", NEW) == NEW and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("Enter the name of the process"))
        return cleaned

    def chosen(self) -> Process | None:
        """The process that was chosen; None for a new one."""
        return self.processes.get(self.cleaned_data.get("process", NEW))
