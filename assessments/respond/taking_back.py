"""Taking handed in answers back: for good, or to give them anew (docs/adr/0015). Both by the receipt code alone."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from assessments.exceptions import NotAllowed
from assessments.models import BallotBox, BallotBoxContent, PanelLink, Wave, WaveGroup
from assessments.respond.receipts import is_paper_receipt, receipt_mark
from assessments.respond.services import erase_traces_after
from assessments.retrying import retrying
from attributes.codes import token_hash


@retrying
@transaction.atomic
def withdraw(*, wave: Wave, receipt: str) -> bool:
    """Delete the answers and comments of a receipt from a wave that is not closed. Returns whether there were any.

    The link stays used: nothing says whose it was. Raises NotAllowed where the wave is closed.
    """
    row = Wave.objects.select_for_update().get(pk=wave.pk)
    if not row.gives_back:
        raise NotAllowed(_("The wave is closed: its answers can no longer be withdrawn."))
    taken = _taken_out(row, receipt)
    erase_traces_after()
    return taken.total() > 0


@retrying
@transaction.atomic
def exchange(*, wave: Wave, receipt: str, token: str) -> PanelLink | None:
    """Delete the answers of a receipt, and make a link in their place by which they can be given anew.

    The link they came by stays used, and nothing says whose the new one is. Sent twice, because the answer got lost on
    the way, it returns the same link; None where there are no answers with this code. Nothing of what was answered is
    given back: a receipt would else show what its owner said. Raises NotAllowed where nothing can be begun any more.
    """
    row = Wave.objects.select_for_update().get(pk=wave.pk)
    if not row.takes_new:
        raise NotAllowed(_("The closing date has passed."))
    hashed = token_hash(token)
    made = PanelLink.objects.filter(group__wave=row, token_hash=hashed, in_exchange=True).first()
    if made is not None:
        return made
    taken = _taken_out(row, receipt)
    erase_traces_after()
    if not taken.total():
        return None
    # One, however often the same code was handed in by a forged form.
    return PanelLink.objects.create(group_id=next(iter(taken)), token_hash=hashed, in_exchange=True)


def _taken_out(row: Wave, receipt: str) -> Counter[int]:
    """Take what a receipt belongs to out of the ballot boxes of a locked wave; return how many answers, by group."""
    # Groups before ballot boxes, as finishing takes them.
    list(WaveGroup.objects.select_for_update().filter(wave=row).order_by("pk").values_list("pk"))
    taken: Counter[int] = Counter()
    for ballot_box in BallotBox.objects.select_for_update().filter(group__wave=row).order_by("pk"):
        left = [entry for entry in ballot_box.content if entry["receipt"] != _mark_of(ballot_box, entry, receipt)]
        if len(left) < len(ballot_box.content):
            # More than one where somebody forged the form and handed in twice with the same code.
            taken[ballot_box.group_id] += (
                len(ballot_box.content) - len(left) if ballot_box.holds == BallotBoxContent.ANSWERS else 0
            )
            ballot_box.content = left
            ballot_box.save(update_fields=["content"])
    for group_id, number in taken.items():
        # A slip says of itself that it went with a sheet; the answers do not.
        on_paper = number if is_paper_receipt(receipt) else 0
        WaveGroup.objects.filter(pk=group_id).update(
            received=F("received") - number, by_assistant=Greatest(F("by_assistant") - on_paper, 0)
        )
        WaveGroup(pk=group_id).write_boxes_anew()
    return taken


def _mark_of(ballot_box: BallotBox, entry: Mapping[str, Any], receipt: str) -> str:
    is_comment = ballot_box.holds == BallotBoxContent.COMMENTS
    return receipt_mark(receipt, f"comment {entry['attribute']}" if is_comment else "answers")
