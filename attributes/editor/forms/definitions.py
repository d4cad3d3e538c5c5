"""Which fields the form of each part of a draft has; items: `item_definitions`."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from attributes.editor.forms.contradictions import ContradictionsField
from attributes.editor.forms.fields import (
    CodeListField,
    FlagField,
    GroupField,
    LineField,
    NumberField,
    PartField,
    WordChoiceField,
    WordsField,
)
from attributes.editor.forms.rows import LevelsField, RowsField

_LINES_HINT = _("Where it stands in the source, for those who check quotations. Not shown to readers.")
_LINES = LineField("source_lines", _("Lines of the source"), _LINES_HINT, optional=True)
_CODE_HINT = _("Proposed. It cannot change once it was published.")
_CODE = LineField("code", _("Code"), _CODE_HINT, optional=True)

SET: tuple[PartField, ...] = (
    WordsField("title", _("Title"), rows=0),
    WordsField("summary", _("Summary"), optional=True, rows=4),
    WordsField("credit", _("Credit"), _("Printed with the questions: who wrote what, and under which terms."), rows=3),
    WordsField(
        "resource_default",
        _("What the process looks after"),
        _("Takes the place of {resource} in the texts, where an assessment names nothing of its own."),
        rows=0,
    ),
    WordsField(
        "process_default",
        _("What a process is called"),
        _("Takes the place of {process} in texts for stakeholders, where none is asked about: “this process”."),
        optional=True,
        rows=0,
    ),
    FlagField(
        "experimental",
        _("Experimental"),
        _("Not settled yet: whoever starts an assessment with it, and every report, is told."),
    ),
    GroupField(
        "source",
        _("Source"),
        fields=(
            LineField("title", _("Title of the source"), size=60),
            LineField("publisher", _("Publisher"), size=60),
            NumberField("year", _("Year"), size=6),
            LineField("url", _("Web address"), optional=True, size=60),
        ),
    ),
)

SCALE: tuple[PartField, ...] = (
    LevelsField(
        "rows",
        _("Levels, lowest first"),
        single=_("Level"),
        fields=(
            LineField("letter", _("Letter"), _("One capital letter, different for each level."), size=3),
            WordsField("label", _("Label"), rows=0),
            WordsField("meaning", _("What it means"), rows=2),
        ),
    ),
)

ATTRIBUTE: tuple[PartField, ...] = (
    WordsField("title", _("Title"), rows=0),
    LineField("slug", _("Name in addresses"), _("Small letters, digits and hyphens."), size=40),
    WordsField("summary", _("Summary"), rows=5),
    _LINES,
    RowsField(
        "quotations",
        _("Quotations"),
        _("Word for word from the source."),
        optional=True,
        single=_("Quotation"),
        fields=(WordsField("text", _("Text"), rows=3), _LINES),
    ),
    WordsField("lead_in", _("How the source leads to its questions"), _("Word for word."), optional=True),
)

QUESTION: tuple[PartField, ...] = (
    WordsField("verbatim", _("Question"), _("Word for word as in the source."), rows=4),
    _LINES,
)


def _coded(text: Any, *more: PartField, label: Any, single: Any) -> tuple[PartField, ...]:
    fields = (_CODE, WordsField("text", text, rows=2), *more, _LINES)
    return (RowsField("rows", label, optional=True, identity="code", single=single, fields=fields),)


CRITERIA = _coded(
    _("Condition"),
    WordsField("help", _("Help"), optional=True),
    label=_("Conditions under which the approach works best"),
    single=_("Condition"),
)
GOALS = _coded(_("Goal"), label=_("Shared goals"), single=_("Goal"))
COMPONENTS = _coded(
    _("Text"),
    WordsField("note", _("Note"), optional=True),
    label=_("Parts of the model"),
    single=_("Part of the model"),
)
CROSSWALK: tuple[PartField, ...] = (
    RowsField(
        "rows",
        _("Principles of other frameworks"),
        optional=True,
        single=_("Principle"),
        fields=(
            WordsField("framework", _("Framework"), rows=0),
            WordsField("text", _("Principle"), rows=2),
            _LINES,
            CodeListField(
                "item_codes", _("Items that ask for it"), _("Codes, with spaces between them."), optional=True
            ),
            WordsField("not_covered", _("What no item asks for"), optional=True),
        ),
    ),
)


def contradiction_fields(items: tuple[tuple[str, str], ...], answers: Mapping[str, list[str]]) -> tuple[PartField, ...]:
    """The rules about answers that cannot both be. `answers`: by item, what it can be answered."""
    choices = (("", "–"), *items)
    return (
        ContradictionsField(
            "rows",
            _("Answers that contradict each other"),
            _("If the first item has one of these answers, an answer to the second counts as not known."),
            optional=True,
            identity="code",
            single=_("Rule"),
            answers=answers,
            fields=(
                _CODE,
                WordChoiceField("a", _("If this item"), choices=choices),
                CodeListField("a_states", _("is answered"), size=24),
                WordChoiceField("b", _("then this item"), choices=choices),
                CodeListField("b_states", _("cannot be"), size=24),
                CodeListField("named_states", _("and is only named, and counts, where it is"), optional=True, size=24),
            ),
        ),
    )


FIELDS: dict[str, tuple[PartField, ...]] = {
    "set": SET,
    "scale": SCALE,
    "attribute": ATTRIBUTE,
    "question": QUESTION,
    "criteria": CRITERIA,
    "goals": GOALS,
    "components": COMPONENTS,
    "crosswalk": CROSSWALK,
}
