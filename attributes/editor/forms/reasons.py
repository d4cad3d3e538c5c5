"""What is wrong with a part of a draft, in words for who writes it."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from attributes.broken import Rule
from attributes.documents.documents import Problem

# By the last word of the path that is a name: what a value has to look like.
_PATTERNS: dict[str, Promise] = {
    "code": _("Use letters, digits and hyphens, and begin with a letter or digit"),
    "item_codes": _("Use codes of items, with spaces between them"),
    "replaces": _("Use codes of items, with spaces between them"),
    "a_states": _("Use the answers named beside it, with spaces between them"),
    "b_states": _("Use the answers named beside it, with spaces between them"),
    "named_states": _("Use the answers named beside it, with spaces between them"),
    "slug": _("Use small letters and digits, with single hyphens between them"),
    "key": _("Use small letters, digits and underscores, and begin with a letter"),
    "item": _("Use the code of an item"),
    "when": _("Use small letters, digits and underscores, and begin with a letter"),
    "then": _("Use small letters, digits and underscores, and begin with a letter"),
    "letter": _("Use one capital letter from A to Z"),
    "source_lines": _("Use numbers of lines, such as 12-14, 20"),
    "basis_lines": _("Use numbers of lines, such as 12-14, 20"),
}
_KINDS: dict[str, Promise] = {
    "missing": _("Nothing is written here yet"),
    "too_short": _("There is nothing here yet"),
    "int_type": _("Enter a whole number"),
    "int_parsing": _("Enter a whole number"),
    "greater_than_equal": _("This number is too small"),
    "less_than_equal": _("This number is too large"),
    "bool_type": _("Choose yes or no"),
    "enum": _("Choose one of the list"),
    "extra_forbidden": _("This does not belong here"),
    "url_parsing": _("Enter a web address that starts with https://"),
    "url_scheme": _("Enter a web address that starts with https://"),
}
# By rule; %(x)s is the value that the rule names. What is not here is said to those who write files only.
_RULES: dict[Rule, Promise] = {
    Rule.NO_SOURCE_TEXT: _("There is a translation but no text"),
    Rule.TWICE: _("%(x)s occurs twice"),
    Rule.RESERVED: _("%(x)s has a meaning of its own here: take another key"),
    Rule.OTHER_PLACEHOLDER: _("{resource} is the only word that may stand in braces"),
    Rule.OTHER_PLACEHOLDERS: _("{resource} and {process} are the only words that may stand in braces"),
    Rule.PLACEHOLDER_IN_QUOTATION: _("A quotation must not contain {resource} or other braces"),
    Rule.NEVER_SCORED: _("An item of this kind never counts"),
    Rule.ONLY_SCORED: _("Only an item that counts towards the score can have this"),
    Rule.NEEDS_NA_ALLOWED: _("Allow “not applicable”, or leave this empty"),
    Rule.STAKEHOLDERS_NOT_ASKED: _("Stakeholders are not asked this item"),
    Rule.OTHER_NEEDS_OPTIONS: _("Options are missing"),
    Rule.ANCHORS: _("Each level needs an anchor"),
    Rule.TWO_STATES: _("At least two states are needed"),
    Rule.OPTIONS: _("Options are missing"),
    Rule.CREDIT_MISSING: _("The credit is missing"),
    Rule.NO_FULL_CREDIT: _("No state has credit 1: nobody could reach the highest level"),
    Rule.NO_SUCH_ITEM: _("There is no item %(x)s"),
    Rule.NO_SUCH_STATE: _("This item cannot be answered %(x)s"),
    Rule.WITH_ITSELF: _("Choose two different items"),
    Rule.NO_SHARED_OPTION: _("The two lists have no line in common, so this never holds"),
    Rule.OTHER_OPTIONS: _("The lines of %(x)s are others than those of this item"),
    Rule.NOT_BEFORE: _("Name an item that stands before this one under the same question"),
    Rule.NEVER_ASKED: _("Then nobody is ever asked: leave at least one kind of process"),
    Rule.READING_NOT_ASKED: _("Processes of this kind are not asked"),
    Rule.ONE_QUICK_CHECK: _("The quick check asks one item of a question, and that is %(x)s already"),
    Rule.ONE_SHORT_FORM: _("The short form asks one item of a question, and that is %(x)s already"),
    Rule.NO_SUCH_LEVEL: _("The scale has no level %(x)s"),
    Rule.ONLY_CRITICAL: _("Only a critical item can have this"),
    Rule.NO_PROCESS_DEFAULT: _("A text for stakeholders has {process}: say what stands there otherwise"),
    Rule.UNKNOWN_LANGUAGE: _("This language is not one of those of the set"),
    Rule.EMPTY: _("Nothing is written here yet"),
    Rule.CONTROL_CHARACTER: _("A character here cannot be stored: type the text anew"),
    Rule.NO_FRACTION: _("Enter a share from 0 to 1, such as 1/2"),
    Rule.NO_WEB_ADDRESS: _("Enter a web address that starts with https://"),
    Rule.OUT_OF_RANGE: _("Enter a share from 0 to 1, such as 1/2"),
}


# The kind of a problem whose reason is a code that was given before.
SPENT = "spent"


def reason_of(problem: Problem) -> str:
    """One sentence without a full stop. What is not known yet stays as the check has put it, in English."""
    if problem.kind == "string_pattern_mismatch":
        names = [str(step) for step in reversed(problem.path) if str(step) in _PATTERNS]
        return str(_PATTERNS[names[0]]) if names else gettext("This is not written as it has to be")
    if problem.kind == "string_too_long":
        number = re.search(r"\d+", problem.reason)
        return gettext("This is too long: at most %(number)s characters") % {"number": number[0] if number else "?"}
    if problem.kind == SPENT:
        return gettext("%(code)s was used before, and codes are never used again") % {"code": problem.reason}
    if problem.kind in _KINDS:
        return str(_KINDS[problem.kind])
    words = _RULES.get(Rule[problem.rule]) if problem.rule else None
    if words is None:
        return problem.reason.removeprefix("Value error, ")
    return str(words).replace("%(x)s", repr(problem.value))
