"""What is wrong with a part of a draft, in words for who writes it."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from attributes.documents.documents import Problem

# By the last word of the path that is a name: what a value has to look like.
_PATTERNS: dict[str, Promise] = {
    "code": _("Use letters, digits and hyphens, and begin with a letter or digit"),
    "item_codes": _("Use codes of items, with spaces between them"),
    "replaces": _("Use codes of items, with spaces between them"),
    "slug": _("Use small letters and digits, with single hyphens between them"),
    "key": _("Use small letters, digits and underscores, and begin with a letter"),
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
_RULES: list[tuple[re.Pattern[str], Promise]] = [
    (re.compile(pattern), words)
    for pattern, words in [
        (r"has no text in '(?P<x>.+)', the language the set was written in", _("There is a translation but no text")),
        (r"(?P<x>'.+'|\".+\") occurs twice", _("%(x)s occurs twice")),
        (r"(?P<x>'.+') is reserved", _("%(x)s has a meaning of its own here: take another key")),
        (r"\{resource\} is the only placeholder", _("{resource} is the only word that may stand in braces")),
        (r"must not contain a placeholder", _("A quotation must not contain {resource} or other braces")),
        (r"\w+ is never scored", _("An item of this kind never counts")),
        (r"only makes sense on a scored item", _("Only an item that counts towards the score can have this")),
        (r"needs na_allowed", _("Allow “not applicable”, or leave this empty")),
        (
            r"stakeholders are not asked this item",
            _("Stakeholders are not asked, so the organiser has to vouch for it"),
        ),
        (r"needs options", _("Options are missing")),
        (r"a rating has exactly one anchor per level, lowest first", _("Each level needs an anchor")),
        (r"\w+ needs at least two states", _("At least two states are needed")),
        (r"\w+ needs options", _("Options are missing")),
        (r"is missing on a scored item", _("The credit is missing")),
        (
            r'no state has credit "1": the item could never be fully achieved',
            _("No state has credit 1: nobody could reach the highest level"),
        ),
        (r"there is no item (?P<x>'.+')", _("There is no item %(x)s")),
        (r"is not one of the languages of the set", _("This language is not one of those of the set")),
        (r"is empty", _("Nothing is written here yet")),
        (r"contains a control character", _("A character here cannot be stored: type the text anew")),
        (r'is not a fraction such as "1/2"', _("Enter a share from 0 to 1, such as 1/2")),
        (r"is not an address that starts with http.*", _("Enter a web address that starts with https://")),
        (r"is not between 0 and 1", _("Enter a share from 0 to 1, such as 1/2")),
    ]
]


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
    reason = problem.reason.removeprefix("Value error, ")
    for pattern, words in _RULES:
        if match := pattern.fullmatch(reason):
            return str(words) % match.groupdict() if match.groupdict().get("x") and "%(" in str(words) else str(words)
    return reason
