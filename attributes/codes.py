"""Short random codes for addresses and paper, and secret tokens for links."""

import hashlib
import secrets

# No 0/o, 1/i/l: codes are read aloud and typed from paper.
ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
LENGTH = 10


def new_code() -> str:
    """Return a code with about 49 bits of randomness."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def new_token() -> str:
    """Return a secret for a link: 256 bits of randomness in 43 characters. Only its hash is ever stored."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return what is stored of a token: SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()
