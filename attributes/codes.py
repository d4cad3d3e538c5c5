"""Short random codes for addresses and paper, and secret tokens for links."""

import hashlib
import re
import secrets

from django.urls import register_converter

# No 0/o, 1/i/l: codes are read aloud and typed from paper.
ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
LENGTH = 10
# Stops, brackets, quotation marks and blanks behind a link.
_SIGNS_BEHIND = re.compile(r"[^\w-]+$")


def new_code() -> str:
    """Return a code with about 49 bits of randomness."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def new_token() -> str:
    """Return a secret for a link: 256 bits of randomness in 43 characters. Only its hash is ever stored."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return what is stored of a token: SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def plain_code(typed: str) -> str:
    """A code as somebody typed it, without capitals, blanks and hyphens of any kind."""
    return "".join(character for character in typed.casefold() if character.isalnum())


def check_character(code: str) -> str:
    """The character that is put behind a code so that a mistake in typing shows: Luhn's rule, to the base 30.

    It finds every single wrong character, and nearly every two that changed places.
    """
    base = len(ALPHABET)
    total = 0
    for place, character in enumerate(reversed(code)):
        value = ALPHABET.index(character) * (2 if place % 2 == 0 else 1)
        total += value // base + value % base
    return ALPHABET[-total % base]


class TokenConverter:
    """Takes a token out of an address, also with what stood behind the link in a sentence: “…/r/TOKEN/).”.

    For URL patterns, as `<token:token>`.
    """

    regex = r"[^/]+(?:/[^\w/-]+)?"

    def to_python(self, value: str) -> str:
        """The token. Its letters are those of URL-safe Base64, the hyphen among them."""
        return _SIGNS_BEHIND.sub("", value)

    def to_url(self, value: str) -> str:
        """The token as it is."""
        return value


register_converter(TokenConverter, "token")
