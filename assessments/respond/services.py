"""Answering: an unfinished questionnaire until it is handed in, then a ballot box, and nothing in between."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Case, F, When
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from assessments.answers.value import joined
from assessments.exceptions import NotAllowed
from assessments.models import (
    BallotBox,
    BallotBoxContent,
    PanelLink,
    UnfinishedQuestionnaire,
    Wave,
    WaveGroup,
)
from assessments.panels.services.waves import SHARDS
from assessments.respond.questionnaire import LinkState, link_state_of, usable_link
from assessments.respond.receipts import new_receipt, receipt_mark
from assessments.respond.statements import Filing, file_statement
from assessments.retrying import retrying
from assessments.signals import traces_left
from assessments.vocabulary import GroupMode, LinkKind, WaveState
from attributes.codes import new_token, token_hash

__all__ = [
    "Filing",
    "begin",
    "choose_language",
    "finish",
    "finish_on_record",
    "finish_test",
    "is_kept",
    "keep_answers",
    "page_mark",
    "questionnaire_mark",
    "response_mark",
    "save_questionnaire",
    "token_hash",
    "usable_link",
]


@transaction.atomic
def begin(*, link: PanelLink, language: str = "") -> tuple[UnfinishedQuestionnaire, str | None]:
    """Return the unfinished questionnaire of a link. An open link makes a personal one, whose token is returned too.

    `language` is kept for a new one only. Raises NotAllowed where the cap of an open link is reached.
    """
    if not link.is_open_link:
        return UnfinishedQuestionnaire.objects.get_or_create(link=link, defaults={"language": language})[0], None
    group = WaveGroup.objects.select_for_update().get(pk=link.group_id)
    if group.cap is not None and group.received >= group.cap:
        raise NotAllowed(_("As many questionnaires as this link takes have been finished."))
    token = new_token()
    own = PanelLink.objects.create(group=group, token_hash=token_hash(token), is_test=link.is_test)
    return UnfinishedQuestionnaire.objects.create(link=own, language=language), token


def choose_language(*, questionnaire: UnfinishedQuestionnaire, language: str) -> None:
    """Store the language somebody answers in."""
    UnfinishedQuestionnaire.objects.filter(pk=questionnaire.pk).update(language=language)
    questionnaire.language = language


def questionnaire_mark(questionnaire: UnfinishedQuestionnaire) -> str:
    """Return what tells a page of this questionnaire from those of others, and nothing about it."""
    return salted_hmac("assessments.respond.questionnaire", str(questionnaire.pk)).hexdigest()[:16]


def page_mark(questionnaire: UnfinishedQuestionnaire, codes: Iterable[str]) -> str:
    """Return a short mark of what is stored under these codes: another mark, and somebody changed it meanwhile."""
    held = [[code, questionnaire.answers.get(code), questionnaire.comments.get(code)] for code in codes]
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()[:16]


def response_mark(questionnaire: UnfinishedQuestionnaire) -> str:
    """Return a short mark of everything that is stored, as `page_mark` does of a page."""
    return page_mark(questionnaire, sorted({*questionnaire.answers, *questionnaire.comments}))


@retrying
@transaction.atomic
def save_questionnaire(
    *,
    questionnaire: UnfinishedQuestionnaire,
    answers: Mapping[str, Mapping[str, Any] | None],
    comments: Mapping[str, str],
    seen: str | None = None,
    codes: Sequence[str] = (),
    merging: bool = True,
    replacing: bool = True,
    saved_by: Mapping[str, str] | None = None,
    compared: str | None = None,
) -> UnfinishedQuestionnaire:
    """Store what one page holds; what other pages hold stays. None takes an answer back.

    `seen` is the mark of the page when it was drawn, `codes` of what: more than was sent, because what was never chosen
    is not. Where it no longer fits, the page was changed in another
    browser since: answers given there are then not taken back by a page that never showed them, and the words of
    both are kept; not `merging` raises ChangedElsewhere instead, for a page that would not show what became of it, and
    not `replacing` leaves answers that are there as they are.
    `saved_by`: of a group on the record, the initials of who saved which page. `compared`: the mark of what was stored
    when it was compared with this page; whatever came in between is compared first (ChangedElsewhere). Raises
    NotAllowed once it is finished.
    """
    stored = UnfinishedQuestionnaire.objects.select_for_update().filter(pk=questionnaire.pk).first()
    if stored is None:
        raise NotAllowed(_("This questionnaire has been finished."))
    if not stored.answers and not stored.comments:
        _let_in(stored)
    mark = page_mark(stored, codes)
    changed_elsewhere = seen is not None and seen != mark
    if (changed_elsewhere and not merging) or compared not in {None, mark}:
        raise ChangedElsewhere(_("This page was changed in another tab or browser."))
    kept = dict(stored.answers)
    for code, entry in answers.items():
        if changed_elsewhere and not replacing and code in kept:
            continue
        if entry is not None:
            kept[code] = dict(entry)
        elif not changed_elsewhere:
            kept.pop(code, None)
    words = dict(stored.comments)
    for key, text in comments.items():
        words[key] = joined(text, words.get(key, "")) if changed_elsewhere else text
    stored.answers, stored.comments = kept, {key: text for key, text in words.items() if text}
    stored.version += 1
    stored.saved_by = {**stored.saved_by, **(saved_by or {})}
    stored.save(update_fields=["answers", "comments", "version", "saved_by"])
    return stored


class NoRoom(NotAllowed):
    """As many people of a group are answering as may."""


class ChangedElsewhere(NotAllowed):
    """A page was changed in another tab or browser since it was drawn."""


def _let_in(stored: UnfinishedQuestionnaire) -> None:
    """Make sure that whoever begins can hand in. Raises NoRoom.

    By personal links, as many questionnaires as people were invited may be handed in or have something in them; by an
    open link twice its cap: who opens the page and enters nothing keeps nobody out, and people cannot begin without end
    before the cap is reached. Who answers anew takes nobody's place: their answers were among those received.
    """
    found = WaveGroup.objects.filter(
        links=stored.link_id, links__in_exchange=False, mode=GroupMode.INDIVIDUAL, cap__isnull=False
    )
    found = found.exclude(wave__state=WaveState.PREPARING)  # a test run
    group = found.select_for_update(of=("self",)).first()
    if group is None:
        return
    begun = UnfinishedQuestionnaire.objects.filter(link__group=group).exclude(answers={}, comments={}).count()
    most = (group.cap or 0) * (2 if group.link_kind == LinkKind.OPEN else 1)
    if group.received + begun >= most:
        raise NoRoom(_("As many questionnaires as this link takes have been begun."))


def _end(questionnaire: UnfinishedQuestionnaire) -> tuple[UnfinishedQuestionnaire, PanelLink, WaveGroup]:
    """What finishing needs, locked. Raises NotAllowed where it was finished before, or can no longer be."""
    stored = UnfinishedQuestionnaire.objects.select_for_update().filter(pk=questionnaire.pk).first()
    if stored is None:
        raise NotAllowed(_("This questionnaire has been finished."))
    # The group first: who holds it writes all of its links, those of others who are finishing too.
    group = WaveGroup.objects.select_for_update().get(links=stored.link_id)
    link = PanelLink.objects.select_for_update().get(pk=stored.link_id)
    link.group, group.wave = group, Wave.objects.get(pk=group.wave_id)
    link.questionnaire = stored
    standing = link_state_of(link)
    if standing is LinkState.FULL:
        raise NotAllowed(_("As many questionnaires as this link takes have been finished."))
    if standing not in {LinkState.USABLE, LinkState.TEST}:
        raise NotAllowed(_("This questionnaire can no longer be finished."))
    return stored, link, group


def erase_traces_after() -> None:
    """Erase earlier versions of rows once the transaction is done (docs/adr/0011)."""
    transaction.on_commit(lambda: traces_left.send(sender=BallotBox))


def _use_up(link: PanelLink, group: WaveGroup) -> None:
    WaveGroup.objects.filter(pk=group.pk).update(received=F("received") + 1)
    # With others in one statement: one by one, their places in the file would be the order of handing in.
    used = Case(When(pk=link.pk, then=True), default=F("is_used"))
    PanelLink.objects.filter(pk__in=link.written_together()).update(is_used=used)
    group.write_boxes_anew()
    erase_traces_after()


@retrying
@transaction.atomic
def finish_test(*, questionnaire: UnfinishedQuestionnaire) -> None:
    """End a test run: everything entered is forgotten, and the link can be tried again. Raises NotAllowed."""
    stored, link, _group = _end(questionnaire)
    if not link.is_test:
        raise NotAllowed(_("This is not a test run."))
    stored.delete()


@retrying
@transaction.atomic
def finish_on_record(*, questionnaire: UnfinishedQuestionnaire, filing: Filing, seen: str | None = None) -> None:
    """Keep an unfinished questionnaire as the one response of its group, openly; use the link up. Raises NotAllowed.

    By the link that was used up it corrects the response. `seen`: the mark of all answers as they were read before
    handing in; where somebody of the group has changed one since, ChangedElsewhere.
    """
    stored, link, group = _end(questionnaire)
    if seen is not None and seen != response_mark(stored):
        raise ChangedElsewhere(_("Somebody else of the group has changed an answer."))
    if group.mode != GroupMode.ON_RECORD or link.is_test:
        raise NotAllowed(_("This group does not answer on the record."))
    if file_statement(group=group, link=link, stored=stored, filing=filing):
        _use_up(link, group)
    stored.delete()


@retrying
@transaction.atomic
def finish(*, questionnaire: UnfinishedQuestionnaire, is_flat: bool = False, receipt: str = "") -> str:
    """Put the answers into a ballot box, use the link up, forget the unfinished questionnaire; return the receipt code.

    `is_flat`: all ratings alike and quickly given (method 6, no. 8); it is counted, never removed. `receipt`: the
    code to use, where the page has made one already. Raises NotAllowed where it was finished before, the wave is
    not open, the cap is reached, or the group answers on the record.
    """
    stored, link, group = _end(questionnaire)
    if link.is_test or group.mode == GroupMode.ON_RECORD:
        raise NotAllowed(_("This questionnaire can no longer be finished."))
    receipt = receipt or new_receipt()
    keep_answers(group=group, answers=stored.answers, comments=stored.comments, receipt=receipt, is_flat=is_flat)
    _use_up(link, group)
    stored.delete()
    return receipt


def keep_answers(
    *,
    group: WaveGroup,
    answers: Mapping[str, Any],
    comments: Mapping[str, str],
    receipt: str,
    is_flat: bool = False,
) -> None:
    """Put answers and comments into ballot boxes of a locked group, in the transaction of the caller.

    However they came in, they look alike there. The caller counts them, and writes the others of the group anew.
    """
    entry = {"answers": answers, "is_flat": is_flat, "receipt": receipt_mark(receipt, "answers")}
    _put(group, BallotBoxContent.ANSWERS, entry)
    for attribute, text in comments.items():
        if text.strip():
            mark = receipt_mark(receipt, f"comment {attribute}")
            _put(group, BallotBoxContent.COMMENTS, {"attribute": attribute, "text": text.strip(), "receipt": mark})


def is_kept(*, group: WaveGroup, receipt: str) -> bool:
    """Whether the answers of a receipt lie in the ballot boxes of a group."""
    mark = receipt_mark(receipt, "answers")
    ballot_boxes = BallotBox.objects.filter(group=group, holds=BallotBoxContent.ANSWERS)
    return any(entry["receipt"] == mark for ballot_box in ballot_boxes for entry in ballot_box.content)


def _put(group: WaveGroup, holds: BallotBoxContent, entry: dict[str, Any]) -> None:
    """Add an entry at the place its random number has among the others of a random ballot box."""
    ballot_box = BallotBox.objects.select_for_update().get(group=group, holds=holds, shard=secrets.randbelow(SHARDS))
    ballot_box.content = sorted(
        [*ballot_box.content, {"id": secrets.token_hex(16), **entry}], key=lambda one: str(one["id"])
    )
    ballot_box.save(update_fields=["content"])
