"""The single values that a question set file holds: texts, codes, credits, each with what it may contain. No Django."""

import re
from fractions import Fraction
from typing import Annotated

from pydantic import AfterValidator, Field, HttpUrl, StringConstraints, ValidationError
from pydantic_core import PydanticCustomError

from attributes.broken import Broken, Rule

LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"


# NUL cannot be stored, lone surrogates cannot be encoded, and no control character belongs into a text.
_UNREADABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff]")
_PLAIN_NUMBER = re.compile(r"-?[0-9]*\.?[0-9]*(/[0-9]+)?")


def _error(rule: Rule, value: str = "") -> PydanticCustomError:
    """As a ValueError would be reported, with the rule beside it."""
    return PydanticCustomError("value_error", "Value error, {reason}", Broken(rule, value).context)


def _readable(text: str) -> str:
    if not text.strip():
        raise _error(Rule.EMPTY)
    if _UNREADABLE.search(text):
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
# What an answer to an item or to a line of it can be: a state of its list, a level, or what is offered to all.
AnswerWord = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9_]*|[0-9]{1,2})$", max_length=50)]
AnswerWords = Annotated[tuple[AnswerWord, ...], Field(min_length=1)]
Lines = Annotated[str, StringConstraints(pattern=r"^[0-9, -]*$", max_length=40)]
Credit = Annotated[str, StringConstraints(max_length=20), AfterValidator(_fraction)]
WebAddress = Annotated[str, StringConstraints(max_length=500), AfterValidator(_web_address)]
