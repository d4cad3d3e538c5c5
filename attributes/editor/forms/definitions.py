"""Which fields the form of each part of a draft has. Items: only those that their kind knows."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from attributes.editor.forms.fields import Choice, Codes, Credit, Decision, Field, Flag, Group, Line, Number, Words
from attributes.editor.forms.rows import Anchors, Levels, Rows, TextRows, key_line
from attributes.kinds import CHECKLIST_KINDS, UNSCORED_KINDS, Audience, Kind, Trigger

_LINES_HINT = _("Where it stands in the source, for those who check quotations. Not shown to readers.")
_LINES = Line("source_lines", _("Lines of the source"), _LINES_HINT, optional=True)
_KEY_HINT = _("Proposed from the words. Answers are stored under it: it cannot change once it was published.")
_CODE_HINT = _("Proposed. It cannot change once it was published.")
_CODE = Line("code", _("Code"), _CODE_HINT, optional=True)
_RESOURCE_HINT = _("{resource} stands for what the process looks after.")

SET: tuple[Field, ...] = (
    Words("title", _("Title"), rows=0),
    Words("summary", _("Summary"), optional=True, rows=4),
    Words("credit", _("Credit"), _("Printed with the questions: who wrote what, and under which terms."), rows=3),
    Words(
        "resource_default",
        _("What the process looks after"),
        _("Takes the place of {resource} in the texts, where an assessment names nothing of its own."),
        rows=0,
    ),
    Flag(
        "experimental",
        _("Experimental"),
        _("Not settled yet: whoever starts an assessment with it, and every report, is told."),
    ),
    Group(
        "source",
        _("Source"),
        fields=(
            Line("title", _("Title of the source"), size=60),
            Line("publisher", _("Publisher"), size=60),
            Number("year", _("Year"), size=6),
            Line("url", _("Web address"), optional=True, size=60),
        ),
    ),
)

SCALE: tuple[Field, ...] = (
    Levels(
        "rows",
        _("Levels, lowest first"),
        single=_("Level"),
        fields=(
            Line("letter", _("Letter"), _("One capital letter, different for each level."), size=3),
            Words("label", _("Label"), rows=0),
            Words("meaning", _("What it means"), rows=2),
        ),
    ),
)

ATTRIBUTE: tuple[Field, ...] = (
    Words("title", _("Title"), rows=0),
    Line("slug", _("Name in addresses"), _("Small letters, digits and hyphens."), size=40),
    Words("summary", _("Summary"), rows=5),
    _LINES,
    Rows(
        "quotations",
        _("Quotations"),
        _("Word for word from the source."),
        optional=True,
        single=_("Quotation"),
        fields=(Words("text", _("Text"), rows=3), _LINES),
    ),
)

QUESTION: tuple[Field, ...] = (
    Words("verbatim", _("Question"), _("Word for word as in the source."), rows=4),
    _LINES,
)


def _coded(text: Any, *more: Field, label: Any, single: Any) -> tuple[Field, ...]:
    fields = (_CODE, Words("text", text, rows=2), *more, _LINES)
    return (Rows("rows", label, optional=True, identity="code", single=single, fields=fields),)


CRITERIA = _coded(
    _("Condition"),
    Words("help", _("Help"), optional=True),
    label=_("Conditions under which the approach works best"),
    single=_("Condition"),
)
GOALS = _coded(_("Goal"), label=_("Shared goals"), single=_("Goal"))
COMPONENTS = _coded(
    _("Text"), Words("note", _("Note"), optional=True), label=_("Parts of the model"), single=_("Part of the model")
)
CROSSWALK: tuple[Field, ...] = (
    Rows(
        "rows",
        _("Principles of other frameworks"),
        optional=True,
        single=_("Principle"),
        fields=(
            Words("framework", _("Framework"), rows=0),
            Words("text", _("Principle"), rows=2),
            _LINES,
            Codes("item_codes", _("Items that ask for it"), _("Codes, with spaces between them."), optional=True),
            Words("not_covered", _("What no item asks for"), optional=True),
        ),
    ),
)

_ABOUT_ITEM: tuple[Field, ...] = (
    Words("short", _("Short text"), _("A few words, for lists and charts."), rows=0),
    Words("text", _("What is asked"), _RESOURCE_HINT, rows=3),
    Words("note", _("Note to who answers"), optional=True, rows=3),
)
_SCORING: tuple[Field, ...] = (
    Decision("scored", _("Counts towards the score")),
    Flag("critical", _("Critical item"), _("A low level here limits the letter of the whole attribute.")),
    Flag("na_allowed", _("May be not applicable")),
    Words("na_condition", _("When it is not applicable"), optional=True),
    Flag("stakeholder_primary", _("The organiser alone cannot vouch for it")),
)
_AUDIENCE = Choice(
    "audience",
    _("Who is asked"),
    choices=((Audience.BOTH, _("Organisers and stakeholders")), (Audience.ORGANISER, _("Organisers only"))),
)
_OPTIONS = Rows(
    "options",
    _("Options"),
    _("The lines of the checklist."),
    identity="key",
    single=_("Option"),
    fields=(
        Words("label", _("Label"), rows=0),
        key_line(_KEY_HINT),
        Words("help", _("Help"), optional=True, rows=2),
    ),
)
_OTHER = Flag("other_allowed", _("Another option may be added by who answers"))
_PROMPTS = TextRows(
    "evidence_prompts",
    _("Evidence to look for"),
    optional=True,
    single=_("Evidence"),
    fields=(Words("", _("Text"), rows=0),),
)
_ADVICE = Rows(
    "recommendations",
    _("Recommendations"),
    optional=True,
    identity="code",
    single=_("Recommendation"),
    fields=(
        _CODE,
        Choice(
            "trigger",
            _("Shown"),
            choices=(
                (Trigger.NOT_OR_PARTIALLY, _("at the two lowest levels")),
                (Trigger.LARGELY, _("at the level below the highest")),
            ),
        ),
        Words("text", _("What to do"), rows=2),
        Words("basis_quote", _("Passage of the source it rests on"), rows=2),
        Line("basis_lines", _("Lines of the source"), optional=True),
    ),
)
_REPLACES = Codes(
    "replaces",
    _("Takes the place of"),
    _("Codes of items of earlier versions, whose answers are proposed for this one. Splitting and merging fill it in."),
    optional=True,
)


def _states(*, credited: bool) -> Rows:
    credit = (Credit("credit", _("Credit"), _("A share from 0 to 1, such as 1/2."), size=6),) if credited else ()
    fields = (
        Words("label", _("Label"), rows=0),
        key_line(_KEY_HINT),
        *credit,
        Flag("needs_text", _("Needs a sentence from who answers")),
        Words("text", _("What it means"), optional=True, rows=2),
    )
    return Rows(
        "states", _("States"), _("What can be said of each line."), identity="key", single=_("State"), fields=fields
    )


def item_fields(kind: Kind, levels: tuple[tuple[int, str], ...]) -> tuple[Field, ...]:
    """The fields of an item of a kind. `levels`: number and name of each level of the scale."""
    can_score = kind not in UNSCORED_KINDS
    fields = [*_ABOUT_ITEM, *(_SCORING if can_score else ()), _AUDIENCE]
    if kind is Kind.RATING:
        hint = _("What each level means here, so that two people choose the same one.")
        fields.append(Anchors("anchors", _("Anchors"), hint, levels=levels))
    if kind in CHECKLIST_KINDS:
        fields += [_OPTIONS, _OTHER, _states(credited=can_score)]
    fields.append(_PROMPTS)
    if can_score:
        fields.append(_ADVICE)
    return (*fields, _REPLACES)


def names_of(kind: Kind) -> frozenset[str]:
    """What an item of a kind may have beside its code, revision and kind."""
    return frozenset(entry.name for entry in item_fields(kind, ())) | {"code", "revision", "kind", "scored"}


FIELDS: dict[str, tuple[Field, ...]] = {
    "set": SET,
    "scale": SCALE,
    "attribute": ATTRIBUTE,
    "question": QUESTION,
    "criteria": CRITERIA,
    "goals": GOALS,
    "components": COMPONENTS,
    "crosswalk": CROSSWALK,
}
