"""Short random codes that stand for drafts, processes, assessments and reports in addresses and on paper."""

import secrets

# No 0/o, 1/i/l: codes are read aloud and typed from paper.
ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
LENGTH = 10


def new_code() -> str:
    """Return a code with about 49 bits of randomness."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
