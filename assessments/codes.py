"""Secret tokens: links to invitations and questionnaires."""

import hashlib
import secrets


def new_token() -> str:
    """Return a secret for a link: 256 bits of randomness in 43 characters. Only its hash is ever stored."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return what is stored of a token: SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()
