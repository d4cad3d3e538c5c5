"""Receipt codes of answers on paper: one can tell from the code, and from nothing that is stored, that they are.

So a paper answer that is taken back is no longer counted as one, and the ballot boxes hold no mark of paper.
"""

import secrets

from attributes.codes import ALPHABET, check_character, plain_code

# No letter of ALPHABET, so no other receipt begins with it.
MARK = "u"
RANDOM = 18  # characters of 30: about 88 bits


def new_paper_receipt() -> str:
    """Return a receipt code for a slip, as long as the others and in groups like theirs; its last character checks."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM))
    code = f"{MARK}{letters}{check_character(letters)}"
    return "-".join(code[start : start + 5] for start in range(0, len(code), 5))


def is_paper_receipt(receipt: str) -> bool:
    """Whether a code, as somebody typed it, is one of a slip without a mistake in it."""
    code = plain_code(receipt)
    return (
        len(code) == RANDOM + 2
        and code.startswith(MARK)
        and set(code[1:]) <= set(ALPHABET)
        and check_character(code[1:-1]) == code[-1]
    )
