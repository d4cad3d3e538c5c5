"""Which fields the form of each part of a draft has. Items: only those that their kind knows."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from attributes.editor.forms.fields import (
    CodeListField,
    CreditField,
    DecisionField,
    FlagField,
    GroupField,
    LineField,
    NumberField,
    PartField,
    WordChoiceField,
    WordsField,
)
from attributes.editor.forms.rows import AnchorsField, LevelsField, RowsField, TextRowsField, key_line
from attributes.kinds import CHECKLIST_KINDS, UNSCORED_KINDS, Audience, Kind, Trigger

_LINES_HINT = _("Where it stands in the source, for those who check quotations. Not shown to readers.")
_LINES = LineField("source_lines", _("Lines of the source"), _LINES_HINT, optional=True)
_KEY_HINT = _("Proposed from the words. Answers are stored under it: it cannot change once it was published.")
_CODE_HINT = _("Proposed. It cannot change once it was published.")
_CODE = LineField("code", _("Code"), _CODE_HINT, optional=True)
_RESOURCE_HINT = _("{resource} stands for what the process looks after.")

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

_ABOUT_ITEM: tuple[PartField, ...] = (
    WordsField("short", _("Short text"), _("A few words, for lists and charts."), rows=0),
    WordsField("text", _("What is asked"), _RESOURCE_HINT, rows=3),
    WordsField("note", _("Note to who answers"), optional=True, rows=3),
)
_SCORING: tuple[PartField, ...] = (
    DecisionField("scored", _("Counts towards the score")),
    FlagField("critical", _("Critical item"), _("A low level here limits the letter of the whole attribute.")),
    FlagField("na_allowed", _("May be not applicable")),
    WordsField("na_condition", _("When it is not applicable"), optional=True),
    FlagField("stakeholder_primary", _("The organiser alone cannot vouch for it")),
)
_AUDIENCE = WordChoiceField(
    "audience",
    _("Who is asked"),
    choices=((Audience.BOTH, _("Organisers and stakeholders")), (Audience.ORGANISER, _("Organisers only"))),
)
_OPTIONS = RowsField(
    "options",
    _("Options"),
    _("The lines of the checklist."),
    identity="key",
    single=_("Option"),
    fields=(
        WordsField("label", _("Label"), rows=0),
        key_line(_KEY_HINT),
        WordsField("help", _("Help"), optional=True, rows=2),
    ),
)
_OTHER = FlagField("other_allowed", _("Another option may be added by who answers"))
_PROMPTS = TextRowsField(
    "evidence_prompts",
    _("Evidence to look for"),
    optional=True,
    single=_("Evidence"),
    fields=(WordsField("", _("Text"), rows=0),),
)
_ADVICE = RowsField(
    "recommendations",
    _("Recommendations"),
    optional=True,
    identity="code",
    single=_("Recommendation"),
    fields=(
        _CODE,
        WordChoiceField(
            "trigger",
            _("Shown"),
            choices=(
                (Trigger.NOT_OR_PARTIALLY, _("at the two lowest levels")),
                (Trigger.LARGELY, _("at the level below the highest")),
            ),
        ),
        WordsField("text", _("What to do"), rows=2),
        WordsField("basis_quote", _("Passage of the source it rests on"), rows=2),
        LineField("basis_lines", _("Lines of the source"), optional=True),
    ),
)
_REPLACES = CodeListField(
    "replaces",
    _("Takes the place of"),
    _("Codes of items of earlier versions, whose answers are proposed for this one. Splitting and merging fill it in."),
    optional=True,
)


def _states(*, credited: bool) -> RowsField:
    credit = (CreditField("credit", _("Credit"), _("A share from 0 to 1, such as 1/2."), size=6),) if credited else ()
    fields = (
        WordsField("label", _("Label"), rows=0),
        key_line(_KEY_HINT),
        *credit,
        FlagField("needs_text", _("Needs a sentence from who answers")),
        WordsField("text", _("What it means"), optional=True, rows=2),
    )
    return RowsField(
        "states", _("States"), _("What can be said of each line."), identity="key", single=_("State"), fields=fields
    )


def item_fields(kind: Kind, levels: tuple[tuple[int, str], ...]) -> tuple[PartField, ...]:
    """The fields of an item of a kind. `levels`: number and name of each level of the scale."""
    can_score = kind not in UNSCORED_KINDS
    fields = [*_ABOUT_ITEM, *(_SCORING if can_score else ()), _AUDIENCE]
    if kind is Kind.RATING:
        hint = _("What each level means here, so that two people choose the same one.")
        fields.append(AnchorsField("anchors", _("Anchors"), hint, levels=levels))
    if kind in CHECKLIST_KINDS:
        fields += [_OPTIONS, _OTHER, _states(credited=can_score)]
    fields.append(_PROMPTS)
    if can_score:
        fields.append(_ADVICE)
    return (*fields, _REPLACES)


def names_of(kind: Kind) -> frozenset[str]:
    """What an item of a kind may have beside its code, revision and kind."""
    return frozenset(entry.name for entry in item_fields(kind, ())) | {"code", "revision", "kind", "scored"}


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
