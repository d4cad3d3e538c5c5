"""Which fields the form of an item has: only those that its kind knows."""

from django.utils.translation import gettext_lazy as _

from attributes.editor.forms.fields import (
    CodeListField,
    CreditField,
    DecisionField,
    FlagField,
    GroupField,
    LineField,
    PartField,
    SomeWordsField,
    WordChoiceField,
    WordsField,
)
from attributes.editor.forms.rows import AnchorsField, RowsField, TextRowsField, key_line
from attributes.kinds import CHECKLIST_KINDS, UNSCORED_KINDS, Audience, Beside, Kind, KindOfProcess, Trigger
from attributes.labels import BESIDE_LABELS, PROCESS_KIND_LABELS

_KEY_HINT = _("Proposed from the words. Answers are stored under it: it cannot change once it was published.")
_CODE_HINT = _("Proposed. It cannot change once it was published.")
_CODE = LineField("code", _("Code"), _CODE_HINT, optional=True)
_RESOURCE_HINT = _("{resource} stands for what the process looks after.")
_PARTICIPANT_HINT = _("Left empty, they read the same. {process} stands for the process they are asked about.")

_ABOUT_ITEM: tuple[PartField, ...] = (
    WordsField("short", _("Short text"), _("A few words, for lists and charts."), rows=0),
    WordsField("text", _("What is asked"), _RESOURCE_HINT, rows=3),
    WordsField("note", _("Note to who answers"), optional=True, rows=3),
)
_FOR_PARTICIPANTS: tuple[PartField, ...] = (
    WordsField("participant_text", _("What stakeholders are asked"), _PARTICIPANT_HINT, optional=True, rows=3),
    WordsField("participant_note", _("Note to stakeholders"), optional=True, rows=3),
)
_KINDS_OF_PROCESS: tuple[PartField, ...] = (
    SomeWordsField(
        "not_for",
        _("Does not apply to"),
        _("Processes of these kinds are not asked, and lose nothing by it."),
        choices=tuple((kind, PROCESS_KIND_LABELS[kind]) for kind in KindOfProcess),
    ),
    GroupField(
        "reading",
        _("How to read it, by kind of process"),
        _("Stands under the question, which itself never changes."),
        optional=True,
        fields=tuple(WordsField(kind, PROCESS_KIND_LABELS[kind], optional=True) for kind in KindOfProcess),
    ),
)
_SHOWS = SomeWordsField(
    "shows",
    _("What of the process stands beside it"),
    _("For items that speak of the groups or the goals: who answers has them in view."),
    choices=tuple((what, BESIDE_LABELS[what]) for what in Beside),
)
_SCORING: tuple[PartField, ...] = (
    DecisionField("scored", _("Counts towards the score")),
    FlagField("critical", _("Critical item"), _("A low level here limits the letter of the whole attribute.")),
    WordsField("why_critical", _("Why it is critical"), optional=True),
    FlagField("na_allowed", _("May be not applicable")),
    WordsField("na_condition", _("When it is not applicable"), optional=True),
    FlagField("stakeholder_primary", _("The organiser alone cannot vouch for it")),
    FlagField("quick_check", _("Asked in the quick check"), _("One item of a question at most.")),
    FlagField(
        "short_form",
        _("Stands for its question in the short form"),
        _("One item of a question at most, one that stakeholders can judge. Critical items are asked in any case."),
    ),
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
_EXAMPLES = RowsField(
    "examples",
    _("Examples from published cases"),
    _("Word for word, with their source: what was done elsewhere, and the letter of the level it stands at."),
    optional=True,
    single=_("Example"),
    fields=(
        LineField("letter", _("Letter of the level"), size=3),
        WordsField("text", _("Text"), rows=2),
        LineField("source", _("Source")),
        LineField("source_lines", _("Lines of the source"), optional=True),
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
_SENTENCE = WordsField(
    "evidence_sentence",
    _("The sentence asked for"),
    _("What a sentence beside a link or file has to say."),
    optional=True,
)
_OTHER_ADVICE: tuple[PartField, ...] = (
    WordsField("show_it", _("Advice where it is claimed and not shown"), optional=True),
    WordsField("blind_spot", _("Advice where it is shown and stakeholders do not see it"), optional=True),
)
_ADVICE = RowsField(
    "recommendations",
    _("Recommendations"),
    _("What to do to improve it."),
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
        WordsField("basis_case", _("Case that the passage tells of"), optional=True, rows=0),
    ),
)
_DERIVED = GroupField(
    "derived_from",
    _("Follows another list"),
    _("A line with that answer there has this answer here, and need not be asked again."),
    optional=True,
    fields=(
        LineField("item", _("Code of the other item"), optional=True),
        LineField("when", _("Its answer (key)"), optional=True),
        LineField("then", _("The answer here (key)"), optional=True),
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
        WordsField("participant_label", _("Label for stakeholders"), optional=True, rows=0),
        WordsField("participant_text", _("What it means, for stakeholders"), optional=True, rows=2),
    )
    return RowsField(
        "states", _("States"), _("What can be said of each line."), identity="key", single=_("State"), fields=fields
    )


def item_fields(kind: Kind, levels: tuple[tuple[int, str], ...]) -> tuple[PartField, ...]:
    """The fields of an item of a kind. `levels`: number and name of each level of the scale."""
    can_score = kind not in UNSCORED_KINDS
    fields = [*_ABOUT_ITEM, *(_SCORING if can_score else ()), _AUDIENCE, *_FOR_PARTICIPANTS, *_KINDS_OF_PROCESS, _SHOWS]
    if kind is Kind.RATING:
        hint = _("What each level means here, so that two people choose the same one.")
        fields += [AnchorsField("anchors", _("Anchors"), hint, levels=levels), _EXAMPLES]
    if kind in CHECKLIST_KINDS:
        fields += [_OPTIONS, _OTHER, _states(credited=can_score), _DERIVED]
    fields.append(_PROMPTS)
    if can_score:
        fields += [_SENTENCE, *_OTHER_ADVICE, _ADVICE]
    return (*fields, _REPLACES)


def names_of(kind: Kind) -> frozenset[str]:
    """What an item of a kind may have beside its code, revision and kind."""
    return frozenset(entry.name for entry in item_fields(kind, ())) | {"code", "revision", "kind", "scored"}
