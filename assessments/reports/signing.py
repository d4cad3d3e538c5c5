"""Signing reports, and knowing signatures: Ed25519, with keys that are named by what they are.

A key goes by the beginning of the digest of its public half, so that a report says by which key it was signed, and
several can be known at once. What a signature proves, and how keys are changed, is told in docs/verifying.md.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from assessments.documents.manifest import ManifestDocument, signed_part

KEY_ID_LENGTH = 16
UNSIGNED = "A" * 88  # stands where the signature will stand, and is as long


@dataclass(frozen=True)
class KnownKey:
    """A public key whose signatures are believed; `owner` is "" for those of this site."""

    id: str
    public: Ed25519PublicKey
    owner: str

    @property
    def text(self) -> str:
        """The key as it is published."""
        return _text(self.public.public_bytes_raw())


def signing_key() -> Ed25519PrivateKey | None:
    """Return the key that reports are signed with, or None. Raises ImproperlyConfigured where it is none."""
    if not settings.REPORT_SIGNING_KEY:
        return None
    try:
        return Ed25519PrivateKey.from_private_bytes(_raw(settings.REPORT_SIGNING_KEY))
    except ValueError:
        # Not a word of what was read: it is a secret.
        raise ImproperlyConfigured("REPORT_SIGNING_KEY is no key that `manage.py make_report_key` made.") from None


def known_keys() -> dict[str, KnownKey]:
    """Return the public keys whose signatures are believed, by their names: first that in use, then the others.

    Raises ImproperlyConfigured where one cannot be read.
    """
    private = signing_key()
    found = [_known(private.public_key(), "")] if private else []
    for entry in settings.REPORT_KNOWN_KEYS:
        owner, _dot, text = entry.rpartition(".")
        try:
            found.append(_known(Ed25519PublicKey.from_public_bytes(_raw(text)), owner))
        except ValueError as error:
            raise ImproperlyConfigured(f"REPORT_KNOWN_KEYS: “{entry}” is no NAME.KEY.") from error
    return {key.id: key for key in reversed(found)}


def new_key() -> tuple[str, str, str]:
    """Make a key; return its name, the secret half and the public half."""
    private = Ed25519PrivateKey.generate()
    public = private.public_key()
    return key_id(public), _text(private.private_bytes_raw()), _text(public.public_bytes_raw())


def key_id(public: Ed25519PublicKey) -> str:
    """Return what a public key is called."""
    return hashlib.sha256(public.public_bytes_raw()).hexdigest()[:KEY_ID_LENGTH]


def signing_name() -> str:
    """Return what the key is called that reports are signed with, or ""."""
    private = signing_key()
    return key_id(private.public_key()) if private else ""


def to_be_signed(manifest: ManifestDocument) -> ManifestDocument:
    """Return the manifest with the room that its signature will need, if there is a key to sign it with."""
    name = signing_name()
    return manifest.model_copy(update={"key": name, "signature": UNSIGNED}) if name else manifest


def signed(manifest: ManifestDocument) -> ManifestDocument:
    """Return the manifest with its signature, if there is a key to sign it with."""
    private = signing_key()
    if private is None:
        return manifest
    return manifest.model_copy(update={"signature": _text(private.sign(signed_part(manifest)))})


def signer(manifest: ManifestDocument) -> KnownKey | None:
    """Return the known key that signed exactly this manifest, or None."""
    key = known_keys().get(manifest.key)
    if key is None or not manifest.signature:
        return None
    try:
        key.public.verify(_raw(manifest.signature), signed_part(manifest))
    except (InvalidSignature, ValueError):
        return None
    return key


def _known(public: Ed25519PublicKey, owner: str) -> KnownKey:
    return KnownKey(key_id(public), public, owner)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _raw(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
