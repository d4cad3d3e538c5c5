"""Carrying a quick check into a full assessment: its choices become answers without evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.answering.services.answers import AnswerToSave, save_answers
from assessments.answers.value import AnswerContent, is_empty
from assessments.exceptions import NotAllowed
from assessments.models import AnswerVersion, Assessment, Process
from assessments.permissions import RIGHTS, Right
from assessments.processes.services.process import create_process
from assessments.rounds.services.start import start_assessment
from assessments.vocabulary import AssessmentState
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueSet
from attributes.models import QuestionSet

if TYPE_CHECKING:
    from msgov.accounts.models import User

MOST_PROCESSES = 20


@dataclass(frozen=True)
class CarriedCheck:
    """The assessment, and how many answers were written into it; `kept` were there and stayed as they were."""

    assessment: Assessment
    written: int
    kept: int


def processes_for_check(user: "User") -> list[Process]:
    """Return the processes that the user could carry a quick check into: they may start a round or answer one."""
    needed = {Right.START_ASSESSMENT, Right.EDIT_ANSWERS}
    roles = [role for role, rights in RIGHTS.items() if needed <= rights]
    found = Process.objects.filter(memberships__user=user, memberships__role__in=roles)
    return list(found.filter(is_invented=False, is_example=False).order_by("-pk")[:MOST_PROCESSES])


@transaction.atomic
def carry_check(
    *,
    user: "User",
    catalogue: CatalogueSet,
    contents: Mapping[str, AnswerContent],
    process: Process | None = None,
    name: str = "",
    kind: str = "",
) -> CarriedCheck:
    """Write the choices into the draft of a process, or of a new one by this name; a round is started where none is.

    What was answered there already stays as it is. Raises NotAllowed where a draft answers other questions.
    """
    if process is None:
        process = create_process(user=user, fields={"name": name, "kind": kind})
    draft = Assessment.objects.with_question_set().filter(process=process, state=AssessmentState.DRAFT).first()
    if draft is None:
        draft = start_assessment(process=process, user=user, question_set=QuestionSet.objects.get(pk=catalogue.id))
    elif draft.question_set_id != catalogue.id:
        raise NotAllowed(_("The draft of this process answers other questions, or another version of them."))
    entries = _entries(catalogue_of(draft.question_set), contents, process.kind)
    saved = save_answers(assessment=draft, user=user, entries=entries, reason=AnswerVersion.Reason.CLAIMED)
    return CarriedCheck(draft, len(saved.changed), len(entries) - len(saved.changed))


def _entries(catalogue: CatalogueSet, contents: Mapping[str, AnswerContent], kind: str) -> Sequence[AnswerToSave]:
    """The answers to items that apply to the kind of process; one that started from nothing."""
    items = [catalogue.items[code] for code in contents]
    return [
        AnswerToSave(item, partial(_where_empty, contents[item.code]), 0) for item in items if item.applies_to(kind)
    ]


def _where_empty(claim: AnswerContent, stored: AnswerContent) -> AnswerContent:
    """What a claim makes of an answer: nothing where there is one."""
    return claim if is_empty(stored) else stored
