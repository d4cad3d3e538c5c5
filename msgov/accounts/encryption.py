"""Encrypts the secrets of second factors, so that a stolen database does not let anybody in."""

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def box() -> MultiFernet:
    """Return what encrypts with the first key and decrypts with any (`MFA_ENCRYPTION_KEYS`, else SECRET_KEY)."""
    secrets = settings.MFA_ENCRYPTION_KEYS or [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(derive(secret)) for secret in secrets])


def derive(secret: str) -> bytes:
    """Turn a secret of any length into a key used for nothing else."""
    hkdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"msgov second factor")
    return base64.urlsafe_b64encode(hkdf.derive(secret.encode()))


def encrypt(text: str) -> str:
    """Encrypt with the newest key."""
    return box().encrypt(text.encode()).decode()


def decrypt(encrypted: str) -> str:
    """Decrypt with whichever key fits. Raises `cryptography.fernet.InvalidToken` if none does."""
    return box().decrypt(encrypted.encode()).decode()


def rotate(encrypted: str) -> str:
    """Encrypt anew with the newest key."""
    return box().rotate(encrypted.encode()).decode()
