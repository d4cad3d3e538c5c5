"""Receipt codes, which are stored nowhere: only their marks are.

Of answers on paper one can tell from the code, and from nothing that is stored, that they are. So a paper answer that
is taken back is no longer counted as one, and the ballot boxes hold no mark of paper.
"""

import hashlib
import secrets

from django.core import signing

from attributes.codes import ALPHABET, check_character, plain_code

RECEIPT_LENGTH = 20  # characters of 30: about 98 bits
SIGNED_SALT = "assessments.respondent.receipt"
# No letter of ALPHABET, so no other receipt begins with it.
MARK = "u"
RANDOM = 18  # characters of 30: about 88 bits


def new_receipt() -> str:
    """Return a receipt code, in groups of five. It is shown once and stored nowhere."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(RECEIPT_LENGTH))
    return _in_groups(letters)


def new_signed_receipt() -> str:
    """Return a receipt code for the page that hands in: sent twice, both times it is the same."""
    return signing.dumps(new_receipt(), salt=SIGNED_SALT)


def receipt_in(signed: str) -> str:
    """Return the receipt code that the page sent, or nothing if it is not one of ours."""
    try:
        return str(signing.loads(signed, salt=SIGNED_SALT))
    except signing.BadSignature:
        return ""


def receipt_mark(receipt: str, purpose: str) -> str:
    """Return what is stored of a receipt. Another purpose, another mark: comments and answers do not match."""
    plain = "".join(receipt.lower().split()).replace("-", "")
    return hashlib.sha256(f"{purpose}:{plain}".encode()).hexdigest()


def new_paper_receipt() -> str:
    """Return a receipt code for a slip, as long as the others and in groups like theirs; its last character checks."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM))
    return _in_groups(f"{MARK}{letters}{check_character(letters)}")


def is_paper_receipt(receipt: str) -> bool:
    """Whether a code, as somebody typed it, is one of a slip without a mistake in it."""
    code = plain_code(receipt)
    return (
        len(code) == RANDOM + 2
        and code.startswith(MARK)
        and set(code[1:]) <= set(ALPHABET)
        and check_character(code[1:-1]) == code[-1]
    )


def _in_groups(code: str) -> str:
    """A code as it is shown and printed: in groups of five."""
    return "-".join(code[start : start + 5] for start in range(0, len(code), 5))
