"""Answering: a sheet while a questionnaire is under way, an urn once it is finished, and nothing in between."""

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from assessments.codes import ALPHABET
from assessments.exceptions import NotAllowed
from assessments.models.panel import PanelLink, Sheet, Urn, UrnContent, Wave, WaveGroup, WaveState
from assessments.services.panels.waves import SHARDS
from assessments.services.retrying import LostRace, retrying

RECEIPT_LENGTH = 20  # characters of 30: about 98 bits


def token_hash(token: str) -> str:
    """Return what is stored of a link's token: SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_receipt() -> str:
    """Return a receipt code, in groups of five. It is shown once and stored nowhere."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(RECEIPT_LENGTH))
    return "-".join(letters[start : start + 5] for start in range(0, RECEIPT_LENGTH, 5))


def receipt_mark(receipt: str, purpose: str) -> str:
    """Return what is stored of a receipt. Another purpose, another mark: comments and answers do not match."""
    plain = "".join(receipt.lower().split()).replace("-", "")
    return hashlib.sha256(f"{purpose}:{plain}".encode()).hexdigest()


def usable_link(token: str) -> PanelLink | None:
    """Return the link with this token, with its group and wave, if a questionnaire can be answered by it now."""
    return (
        PanelLink.objects.select_related("group__wave")
        .filter(token_hash=token_hash(token), is_revoked=False, is_used=False, group__wave__state=WaveState.OPEN)
        .first()
    )


@transaction.atomic
def begin(*, link: PanelLink) -> tuple[Sheet, str | None]:
    """Return the sheet of a link. By an open link a new personal one is made, whose token is returned with it.

    Raises NotAllowed where the cap of an open link is reached.
    """
    if not link.is_open_link:
        return Sheet.objects.get_or_create(link=link)[0], None
    group = WaveGroup.objects.select_for_update().get(pk=link.group_id)
    if group.cap is not None and group.received >= group.cap:
        raise NotAllowed(_("As many questionnaires as this link takes have been finished."))
    token = secrets.token_urlsafe(32)
    own = PanelLink.objects.create(group=group, token_hash=token_hash(token))
    return Sheet.objects.create(link=own), token


@retrying
@transaction.atomic
def save_sheet(*, sheet: Sheet, answers: Mapping[str, Any], comments: Mapping[str, str]) -> Sheet:
    """Store what one page holds; what other pages hold stays. Raises NotAllowed once it is finished."""
    stored = Sheet.objects.select_for_update().filter(pk=sheet.pk).first()
    if stored is None:
        raise NotAllowed(_("This questionnaire has been finished."))
    stored.answers = {**stored.answers, **answers}
    stored.comments = {**stored.comments, **comments}
    stored.version += 1
    stored.save(update_fields=["answers", "comments", "version"])
    return stored


@retrying
@transaction.atomic
def finish(*, sheet: Sheet, is_flat: bool = False) -> str:
    """Put the answers into an urn, use the link up, forget the sheet; return the receipt code.

    `is_flat`: all ratings alike and quickly given (method 6, no. 8); it is counted, never removed. Raises NotAllowed
    where it was finished before, the wave is not open or the cap is reached.
    """
    stored = Sheet.objects.select_for_update().filter(pk=sheet.pk).first()
    if stored is None:
        raise NotAllowed(_("This questionnaire has been finished."))
    link = PanelLink.objects.select_for_update().get(pk=stored.link_id)
    group = WaveGroup.objects.select_for_update().get(pk=link.group_id)
    wave = Wave.objects.get(pk=group.wave_id)
    if not wave.is_open or link.is_used or link.is_revoked:
        raise NotAllowed(_("This questionnaire can no longer be finished."))
    if group.cap is not None and group.received >= group.cap:
        raise NotAllowed(_("As many questionnaires as this link takes have been finished."))
    receipt = new_receipt()
    entry = {"answers": stored.answers, "is_flat": is_flat, "receipt": receipt_mark(receipt, "answers")}
    _put(group, UrnContent.ANSWERS, entry)
    for attribute, text in stored.comments.items():
        if text.strip():
            mark = receipt_mark(receipt, f"comment {attribute}")
            _put(group, UrnContent.COMMENTS, {"attribute": attribute, "text": text.strip(), "receipt": mark})
    WaveGroup.objects.filter(pk=group.pk).update(received=F("received") + 1)
    if not PanelLink.objects.filter(pk=link.pk, is_used=False).update(is_used=True):
        raise LostRace
    stored.delete()
    return receipt


def _put(group: WaveGroup, holds: UrnContent, entry: dict[str, Any]) -> None:
    """Add an entry at the place its random number has among the others of a random urn."""
    urn = Urn.objects.select_for_update().get(group=group, holds=holds, shard=secrets.randbelow(SHARDS))
    urn.content = sorted([*urn.content, {"id": secrets.token_hex(16), **entry}], key=lambda one: str(one["id"]))
    urn.save(update_fields=["content"])


@retrying
@transaction.atomic
def withdraw(*, wave: Wave, receipt: str) -> bool:
    """Delete the answers and comments of a receipt from an open wave. Returns whether there were any.

    The link stays used: nothing says whose it was. Raises NotAllowed where the wave is not open.
    """
    if not Wave.objects.select_for_update().get(pk=wave.pk).is_open:
        raise NotAllowed(_("The wave is closed: its answers can no longer be withdrawn."))
    group_id = None
    for urn in Urn.objects.select_for_update().filter(group__wave=wave).order_by("pk"):
        left = [entry for entry in urn.content if entry["receipt"] != _mark_of(urn, entry, receipt)]
        if len(left) < len(urn.content):
            group_id = urn.group_id if urn.holds == UrnContent.ANSWERS else group_id
            urn.content = left
            urn.save(update_fields=["content"])
    if group_id is None:
        return False
    WaveGroup.objects.filter(pk=group_id).update(received=F("received") - 1)
    return True


def _mark_of(urn: Urn, entry: Mapping[str, Any], receipt: str) -> str:
    is_comment = urn.holds == UrnContent.COMMENTS
    return receipt_mark(receipt, f"comment {entry['attribute']}" if is_comment else "answers")
