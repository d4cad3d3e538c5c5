"""Codes that can be typed from a card, beside the link that nobody can type.

A code is 11 characters of 30 and a check character: 54 bits. Whoever guesses over the network is slowed down
(`visitor_limits`): against 2,000 cards, from one address, it would take two hundred thousand years. Whoever has a copy
of the database could try all codes against a plain hash in weeks; so what is stored is made with the secret of the
installation, which is in no table (docs/adr/0018).
"""

import secrets

from django.conf import settings
from django.db.models import Q
from django.utils.crypto import salted_hmac

from attributes.codes import ALPHABET, check_character, plain_code

RANDOM = 11
LENGTH = RANDOM + 1
PART = 4  # characters that stand together on paper
SALT = "assessments.panels.short_code"


def new_short_code() -> str:
    """Return a code as it is typed, without hyphens. Only `short_hash` of it is ever stored."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM))
    return letters + check_character(letters)


def printed(code: str) -> str:
    """A code as it stands on paper: capitals, in three groups."""
    return "-".join(code[start : start + PART] for start in range(0, LENGTH, PART)).upper()


def short_hash(code: str) -> str:
    """Return what is stored of a code."""
    return _hash(code, settings.SECRET_KEY)


def _hash(code: str, secret: str) -> str:
    return salted_hmac(SALT, code, secret=secret, algorithm="sha256").hexdigest()


def is_well_formed(code: str) -> bool:
    """Whether it can be a code: long enough, of our characters, and its check character fits."""
    return len(code) == LENGTH and set(code) <= set(ALPHABET) and check_character(code[:-1]) == code[-1]


def has_short_code(typed: str) -> Q | None:
    """Return the condition on links that have this code; None where it cannot be one.

    Cards that were printed before the secret was changed work on, as long as the old one is named in the settings.
    """
    code = plain_code(typed)
    if not is_well_formed(code):
        return None
    hashes = [_hash(code, secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return Q(short_hash__in=hashes)
