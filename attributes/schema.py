"""What a question set file may contain. No Django: the same models check files, archives and requests.

The models check single values; `schema_rules` checks what only shows when values are seen together.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from attributes.kinds import Audience, Beside, Kind, KindOfProcess, Trigger
from attributes.schema_rules import problems_of
from attributes.schema_values import (
    MAX_LANGUAGES,
    AnswerWord,
    AnswerWords,
    Code,
    Credit,
    Key,
    Language,
    Line,
    Lines,
    OptionalText,
    RecommendationCode,
    Slug,
    Text,
    Version,
    WebAddress,
)


class Spec(BaseModel):
    """Unknown keys are mistakes, not extensions; what was read does not change."""

    # Pages read what was published, which was checked then: what checks a set is made when one comes in or is edited.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class SourceSpec(Spec):
    """Where the questions come from."""

    title: Line
    publisher: Line
    year: Annotated[StrictInt, Field(ge=1, le=9999)]
    url: WebAddress | None = None


class LevelSpec(Spec):
    """A level of the rating scale."""

    value: Annotated[StrictInt, Field(ge=0, le=99)]
    letter: Annotated[str, StringConstraints(pattern=r"^[A-Z]$")]
    label: Text
    meaning: Text


class QuotationSpec(Spec):
    """A passage of the source."""

    text: Text
    source_lines: Lines = ""


class AnchorSpec(Spec):
    """What a level means for one item."""

    level: Annotated[StrictInt, Field(ge=0, le=99)]
    text: Text


class ExampleSpec(Spec):
    """What was done elsewhere and stands at a level (its letter), as published: in the words of `source`."""

    letter: Annotated[str, StringConstraints(pattern=r"^[A-Z]$")]
    text: Text
    source: Line
    source_lines: Lines = ""


class OptionSpec(Spec):
    """A line of a checklist."""

    key: Key
    label: Text
    help: OptionalText = {}


class StateSpec(Spec):
    """What can be said of a line."""

    key: Key
    credit: Credit | None = None
    needs_text: StrictBool = False
    label: Text
    text: OptionalText = {}
    # The same for participants, where the words for organisers would mislead them.
    participant_label: OptionalText = {}
    participant_text: OptionalText = {}


class RecommendationSpec(Spec):
    """What to do, when, and the passage it rests on.

    `basis_case` names the case that the passage tells of; left out where it tells of none.
    """

    code: RecommendationCode
    trigger: Trigger
    text: Text
    basis_quote: Text
    basis_lines: Lines = ""
    basis_case: OptionalText = {}


class ReadingSpec(Spec):
    """How an item is to be read where a process is of another kind than its words have in mind."""

    decides: OptionalText = {}
    recommends: OptionalText = {}
    sets_standards: OptionalText = {}
    dialogues: OptionalText = {}


class DerivedSpec(Spec):
    """A list that follows another: a line that is `when` in `item` is `then` here, and need not be asked."""

    item: Code
    when: Key
    then: Key


class ItemSpec(Spec):
    """One thing that is answered."""

    code: Code
    revision: Annotated[StrictInt, Field(ge=1, le=9999)] = 1
    kind: Kind
    short: Text
    text: Text
    note: OptionalText = {}
    # What participants read instead; {process} is the process they are asked about.
    participant_text: OptionalText = {}
    participant_note: OptionalText = {}
    # Kinds of process it is not asked of, and what it means for the others where its words leave that open.
    not_for: tuple[KindOfProcess, ...] = ()
    reading: ReadingSpec = ReadingSpec()
    # What of the process stands beside it, for those who answer to have in view.
    shows: tuple[Beside, ...] = ()
    scored: StrictBool
    critical: StrictBool = False
    why_critical: OptionalText = {}
    na_allowed: StrictBool = False
    na_condition: OptionalText = {}
    stakeholder_primary: StrictBool = False
    # Asked in the quick check too.
    quick_check: StrictBool = False
    # Stands for its question where participants are asked the short form.
    short_form: StrictBool = False
    audience: Audience = Audience.BOTH
    other_allowed: StrictBool = False
    # Items of earlier versions that this one takes the place of: one for a split, several for a merger.
    replaces: tuple[Code, ...] = ()
    derived_from: DerivedSpec | None = None
    anchors: tuple[AnchorSpec, ...] = ()
    examples: tuple[ExampleSpec, ...] = ()
    options: tuple[OptionSpec, ...] = ()
    states: tuple[StateSpec, ...] = ()
    evidence_prompts: tuple[Text, ...] = ()
    # What the sentence beside a link or file has to say.
    evidence_sentence: OptionalText = {}
    # Advice where a claim is not shown, and where the organiser shows what participants do not see.
    show_it: OptionalText = {}
    blind_spot: OptionalText = {}
    recommendations: tuple[RecommendationSpec, ...] = ()


class QuestionSpec(Spec):
    """A question in the words of the source, and the items it is taken apart into."""

    code: Code
    verbatim: Text
    source_lines: Lines = ""
    items: Annotated[tuple[ItemSpec, ...], Field(min_length=1)]


class AttributeSpec(Spec):
    """A quality a process should have."""

    code: Code
    slug: Slug
    title: Text
    summary: Text
    source_lines: Lines = ""
    quotations: tuple[QuotationSpec, ...] = ()
    # The words by which the source leads to its questions.
    lead_in: OptionalText = {}
    questions: Annotated[tuple[QuestionSpec, ...], Field(min_length=1)]


class CriterionSpec(Spec):
    """A condition under which the approach works best."""

    code: Code
    text: Text
    help: OptionalText = {}
    source_lines: Lines = ""


class GoalSpec(Spec):
    """A goal the source offers as shared."""

    code: Code
    text: Text
    source_lines: Lines = ""


class ComponentSpec(Spec):
    """A part of the model as the source describes it."""

    code: Code
    text: Text
    note: OptionalText = {}
    source_lines: Lines = ""


class PrincipleSpec(Spec):
    """A principle of another framework, and the items that ask for it."""

    framework: Text
    text: Text
    source_lines: Lines = ""
    item_codes: tuple[Code, ...] = ()
    not_covered: OptionalText = {}


class ContradictionSpec(Spec):
    """If item `a` is in one of `a_states`, a line of item `b` in one of `b_states` counts as unknown.

    A line of `b` in one of `named_states` is an admission: both lines are named, and it counts as it is.
    """

    code: Code
    a: Code
    a_states: AnswerWords
    b: Code
    b_states: AnswerWords
    named_states: tuple[AnswerWord, ...] = ()


class QuestionSetSpec(Spec):
    """One version of a question set. The first language is the one it was written in."""

    format: Literal[1]
    slug: Slug
    version: Version
    languages: Annotated[tuple[Language, ...], Field(min_length=1, max_length=MAX_LANGUAGES)]
    # Not settled yet: whoever starts an assessment with it, and every report, is told.
    experimental: StrictBool = False
    title: Text
    summary: OptionalText = {}
    credit: Text
    resource_default: Text
    # What {process} is where no process is asked about: "this process".
    process_default: OptionalText = {}
    source: SourceSpec
    scale: Annotated[tuple[LevelSpec, ...], Field(min_length=2)]
    attributes: Annotated[tuple[AttributeSpec, ...], Field(min_length=1)]
    criteria: tuple[CriterionSpec, ...] = ()
    goals: tuple[GoalSpec, ...] = ()
    components: tuple[ComponentSpec, ...] = ()
    crosswalk: tuple[PrincipleSpec, ...] = ()
    contradictions: tuple[ContradictionSpec, ...] = ()

    @model_validator(mode="after")
    def _rules(self) -> Self:
        """Report every broken rule at its own place in the file, not one by one at the top."""
        errors = [
            InitErrorDetails(type=PydanticCustomError("rule", "{reason}", broken.context), loc=path, input=None)
            for path, broken in problems_of(self)
        ]
        if errors:
            raise ValidationError.from_exception_data(type(self).__name__, errors)
        return self


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a question set file, for editors that complete and check while typing."""
    return QuestionSetSpec.model_json_schema()
