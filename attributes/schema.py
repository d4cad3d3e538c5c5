"""What a question set file may contain. No Django: the same models check files, archives and requests.

The models check single values; `schema_rules` checks what only shows when values are seen together.
"""

import re
from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    StrictBool,
    StrictInt,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from attributes.kinds import Audience, Kind, Trigger
from attributes.schema_rules import Broken, Rule, problems_of

LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"


_PLAIN_NUMBER = re.compile(r"-?[0-9]*\.?[0-9]*(/[0-9]+)?")


def _error(rule: Rule, value: str = "") -> PydanticCustomError:
    """As a ValueError would be reported, with the rule beside it."""
    return PydanticCustomError("value_error", "Value error, {reason}", Broken(rule, value).context)


def _readable(text: str) -> str:
    if not text.strip():
        raise _error(Rule.EMPTY)
    # NUL cannot be stored, lone surrogates cannot be encoded, and no control character belongs into a text.
    if any((ord(char) < 32 and char not in "\n\t") or 0xD800 <= ord(char) <= 0xDFFF for char in text):
        raise _error(Rule.CONTROL_CHARACTER)
    return text


def _fraction(text: str) -> str:
    try:
        # `Fraction` alone would read "1e999999999", and write out all its digits before anything else is looked at.
        value = Fraction(text if _PLAIN_NUMBER.fullmatch(text) else "")
    except (ValueError, ZeroDivisionError) as error:
        raise _error(Rule.NO_FRACTION) from error
    if not 0 <= value <= 1:
        raise _error(Rule.OUT_OF_RANGE)
    if str(value) != text:
        raise _error(Rule.FRACTION_NOT_REDUCED, str(value))
    return text


def _web_address(text: str) -> str:
    """On the value itself, so that no draft holds one that runs code either, whatever else it lacks."""
    try:
        HttpUrl(text)
    except ValidationError as error:
        raise _error(Rule.NO_WEB_ADDRESS) from error
    return text


Language = Annotated[str, StringConstraints(pattern=LANGUAGE_PATTERN, max_length=20)]
Words = Annotated[str, StringConstraints(max_length=10_000), AfterValidator(_readable)]
Line = Annotated[str, StringConstraints(max_length=200), AfterValidator(_readable)]
# More than any set needs; what goes through languages one by one stays quick whatever a file holds.
MAX_LANGUAGES = 100
OptionalText = Annotated[dict[Language, Words], Field(max_length=MAX_LANGUAGES)]
Text = Annotated[OptionalText, Field(min_length=1)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*$", max_length=20)]
RecommendationCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*$", max_length=30)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=50)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Version = Annotated[str, StringConstraints(pattern=r"^\d{1,4}\.\d{1,4}\.\d{1,4}$")]
Lines = Annotated[str, StringConstraints(pattern=r"^[0-9, -]*$", max_length=40)]
Credit = Annotated[str, StringConstraints(max_length=20), AfterValidator(_fraction)]


class Spec(BaseModel):
    """Unknown keys are mistakes, not extensions; what was read does not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceSpec(Spec):
    """Where the questions come from."""

    title: Line
    publisher: Line
    year: Annotated[StrictInt, Field(ge=1, le=9999)]
    url: Annotated[str, StringConstraints(max_length=500), AfterValidator(_web_address)] | None = None


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


class RecommendationSpec(Spec):
    """What to do, when, and the passage it rests on."""

    code: RecommendationCode
    trigger: Trigger
    text: Text
    basis_quote: Text
    basis_lines: Lines = ""


class ItemSpec(Spec):
    """One thing that is answered."""

    code: Code
    revision: Annotated[StrictInt, Field(ge=1, le=9999)] = 1
    kind: Kind
    short: Text
    text: Text
    note: OptionalText = {}
    scored: StrictBool
    critical: StrictBool = False
    na_allowed: StrictBool = False
    na_condition: OptionalText = {}
    stakeholder_primary: StrictBool = False
    audience: Audience = Audience.BOTH
    other_allowed: StrictBool = False
    # Items of earlier versions that this one takes the place of: one for a split, several for a merger.
    replaces: tuple[Code, ...] = ()
    anchors: tuple[AnchorSpec, ...] = ()
    options: tuple[OptionSpec, ...] = ()
    states: tuple[StateSpec, ...] = ()
    evidence_prompts: tuple[Text, ...] = ()
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
    source: SourceSpec
    scale: Annotated[tuple[LevelSpec, ...], Field(min_length=2)]
    attributes: Annotated[tuple[AttributeSpec, ...], Field(min_length=1)]
    criteria: tuple[CriterionSpec, ...] = ()
    goals: tuple[GoalSpec, ...] = ()
    components: tuple[ComponentSpec, ...] = ()
    crosswalk: tuple[PrincipleSpec, ...] = ()

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
