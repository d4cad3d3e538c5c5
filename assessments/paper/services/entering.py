"""Entering what was answered on paper."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from assessments.exceptions import NotAllowed
from assessments.models import PaperAssistant, UnfinishedQuestionnaire, Wave, WaveGroup
from assessments.respond.services import NoRoom, erase_traces_after, is_kept, keep_answers
from assessments.retrying import retrying
from assessments.vocabulary import GroupMode


class ReceiptInUse(NotAllowed):
    """Answers with this receipt are kept already: the same sheet was sent twice."""


@retrying
@transaction.atomic
def enter_from_paper(
    *, assistant: PaperAssistant, answers: Mapping[str, Any], comments: Mapping[str, str], receipt: str
) -> None:
    """Keep what somebody answered on paper as one more answer of the assistant's group; no link is used up.

    Counted are the answers of the group and how many of them an assistant entered; neither the answers nor the
    assistant's row say anything of each other. Raises NotAllowed where the assistant may no longer, the group takes
    no more answers, and where the receipt is in use already.
    """
    group = WaveGroup.objects.select_for_update().get(paper_assistants=assistant.pk)
    group.wave = Wave.objects.get(pk=group.wave_id)
    stored = PaperAssistant.objects.usable().filter(pk=assistant.pk).exists()
    if not stored or not group.wave.is_open or group.mode == GroupMode.ON_RECORD:
        raise NotAllowed(_("No more sheets can be entered here."))
    begun = UnfinishedQuestionnaire.objects.filter(link__group=group).exclude(answers={}, comments={}).count()
    if group.cap is not None and group.received + begun >= group.cap:
        raise NoRoom(_("As many questionnaires of this group have been begun as may be handed in."))
    if is_kept(group=group, receipt=receipt):
        raise ReceiptInUse(_("A sheet with this receipt has been entered already."))
    keep_answers(group=group, answers=answers, comments=comments, receipt=receipt)
    WaveGroup.objects.filter(pk=group.pk).update(received=F("received") + 1, by_assistant=F("by_assistant") + 1)
    group.write_anew()
    erase_traces_after()
