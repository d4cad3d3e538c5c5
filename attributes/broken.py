"""The names of the rules of a question set, and how a broken one is reported: (path, what is broken)."""

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple


class Rule(Enum):
    """What can be broken: name and reason in English, as it is printed for whoever writes files.

    Pages have words of their own by name (`attributes.editor.forms.reasons`).
    """

    # Of single values (`attributes.schema`).
    EMPTY = "is empty"
    CONTROL_CHARACTER = "contains a control character"
    NO_FRACTION = 'is not a fraction such as "1/2"'
    OUT_OF_RANGE = "is not between 0 and 1"
    FRACTION_NOT_REDUCED = 'has to be written as "{value}"'
    NO_WEB_ADDRESS = "is not an address that starts with http:// or https://"
    # Of values beside each other.
    TWICE = "{value!r} occurs twice"
    NO_SOURCE_TEXT = "has no text in {value!r}, the language the set was written in"
    UNKNOWN_LANGUAGE = "is not one of the languages of the set"
    OTHER_PLACEHOLDER = "{value} is the only placeholder"
    OTHER_PLACEHOLDERS = "{value} are the only placeholders"
    PLACEHOLDER_IN_QUOTATION = "must not contain a placeholder"
    LEVEL_NUMBER = "levels are numbered from 0 upwards: {value} was expected"
    NEVER_SCORED = "{value} is never scored"
    ONLY_SCORED = "only makes sense on a scored item"
    NEEDS_NA_ALLOWED = "needs na_allowed"
    STAKEHOLDERS_NOT_ASKED = "stakeholders are not asked this item"
    OTHER_NEEDS_OPTIONS = "needs options"
    NO_ANCHORS = "{value} has no anchors"
    ANCHORS = "a rating has exactly one anchor per level, lowest first"
    NO_OPTIONS = "{value} has no options"
    NO_STATES = "{value} has no states"
    TWO_STATES = "{value} needs at least two states"
    OPTIONS = "{value} needs options"
    RESERVED = "{value!r} is reserved"
    CREDIT_MISSING = "is missing on a scored item"
    NO_FULL_CREDIT = 'no state has credit "1": the item could never be fully achieved'
    NO_SUCH_ITEM = "there is no item {value!r}"
    NO_SUCH_STATE = "this item cannot be answered {value!r}"
    WITH_ITSELF = "an item cannot contradict itself"
    NO_SHARED_OPTION = "{value} has none of the options of the other item, so the rule never holds"
    OTHER_OPTIONS = "{value} has other options"
    NOT_BEFORE = "{value} has to stand before this item in the same question"
    NEVER_ASKED = "an item that no kind of process is asked can be left out"
    READING_NOT_ASKED = "processes of this kind are not asked"
    ONE_QUICK_CHECK = "the quick check asks {value} of this question already"
    ONE_SHORT_FORM = "the short form asks {value} of this question already"
    NO_SUCH_LEVEL = "the scale has no level {value!r}"
    ONLY_CRITICAL = "only makes sense on a critical item"
    NO_PROCESS_DEFAULT = "is missing: texts for participants have {value}"


class Broken(NamedTuple):
    """A rule, and the value that the reason names."""

    rule: Rule
    value: str = ""

    @property
    def reason(self) -> str:
        """In English."""
        return self.rule.value.format(value=self.value)

    @property
    def context(self) -> dict[str, str]:
        """What pydantic carries along."""
        return {"reason": self.reason, "rule": self.rule.name, "value": self.value}


Path = tuple[str | int, ...]
Problem = tuple[Path, Broken]


def repeated(path: Path, field: str, rows: Iterable[tuple[Path, str]]) -> Iterator[Problem]:
    """What occurs twice, without case: codes become names of form fields, file names and parts of addresses."""
    seen: set[str] = set()
    for where, value in rows:
        if value.casefold() in seen:
            yield (*path, *where, field), Broken(Rule.TWICE, value)
        seen.add(value.casefold())


def repeated_words(path: Path, words: tuple[str, ...]) -> Iterator[Problem]:
    """Words that occur twice in a list, each at its place."""
    for where, broken in repeated(path, "", [((position,), word) for position, word in enumerate(words)]):
        yield where[:-1], broken
