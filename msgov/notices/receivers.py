"""Decides who is told what: turns events of processes into mails that are queued once the write is stored.

Whoever did it is told nothing. Where too many mails were sent already, nobody is told, and what was done is done.
"""

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override

from assessments.exceptions import NotAllowed
from assessments.mail_limits import queue_mails
from assessments.models import (
    ActionMailing,
    Assessment,
    Membership,
    PanelComment,
    Process,
    SecondRating,
    Wave,
    WaveMailPlan,
)
from assessments.permissions import comment_readers
from assessments.signals import process_event
from assessments.vocabulary import CommentState, Role
from attributes.catalogue.published import catalogue_of
from msgov.accounts.models import User
from msgov.notices.late import enqueue_late_actions
from msgov.notices.mailing import Notice
from msgov.notices.tasks import enqueue_notice
from msgov.request_info import current

logger = logging.getLogger(__name__)

# Of what organisers can do without, by the page “What is due”.
ON_PANELS = {"wave_closed", "wave_stopped", "wave_closes_soon", "statement_corrected"}


@dataclass(frozen=True)
class MemberEvent:
    """Who did it, what else is known of it, and how this site was reached; `root` is empty without a request."""

    actor: User | None
    details: Mapping[str, Any]
    root: str


def connect() -> None:
    """Start listening."""
    process_event.connect(process_event_sent, dispatch_uid="msgov.notices")


def process_event_sent(sender: Any, action: str, user: Any = None, obj: Any = None, **kwargs: Any) -> None:
    """Tell members of a process of an event that concerns them, after it was stored."""
    tell = TOLD.get(action)
    if tell is not None and obj is not None:
        actor = user if isinstance(user, User) else None
        event = MemberEvent(actor, dict(kwargs.get("details") or {}), current.get().root)
        transaction.on_commit(partial(tell, obj, event), robust=True)


def _tell_members(kind: str, page: str, assessment: Assessment, event: MemberEvent) -> None:
    """Everybody who belongs to the process."""
    _queue(kind, assessment.process, event, list(Role.values), assessment=assessment, page=page)


def _wave_closed(assessment: Assessment, event: MemberEvent) -> None:
    """The organisers; and that comments wait those who can decide on them, whoever closed the wave."""
    process, event = assessment.process, _led(assessment, event)
    _queue("wave_closed", process, event, [Role.ORGANISER], assessment=assessment, page="assessments:panel")
    wave = Wave.objects.filter(assessment=assessment).select_related("assessment").order_by("-number")[0]
    if PanelComment.objects.filter(wave=wave, state=CommentState.WAITING).exists():
        readers = [reader.pk for reader in comment_readers(wave)]
        page = "assessments:panel-comments"
        _queue("comments_waiting", process, event, [], also=readers, assessment=assessment, page=page)


def _statement_corrected(assessment: Assessment, event: MemberEvent) -> None:
    """The organisers: which group on the record has corrected its response."""
    words = {"group": str(event.details.get("group", ""))}
    page = "assessments:panel"
    _queue(
        "statement_corrected",
        assessment.process,
        event,
        [Role.ORGANISER],
        assessment=assessment,
        page=page,
        words=words,
    )


def _wave_ends(kind: str, assessment: Assessment, event: MemberEvent) -> None:
    """The organisers: that it closes tomorrow, or that one of them stopped it; with the day until which it holds."""
    wave = Wave.objects.filter(assessment=assessment).select_related("assessment__process").order_by("-number")[0]
    with override(settings.LANGUAGE_CODE):
        words = {"until": wave.until}
    _queue(
        kind, assessment.process, _led(assessment, event), [Role.ORGANISER],
        assessment=assessment, page="assessments:panel", words=words,
    )  # fmt: skip


def _led(assessment: Assessment, event: MemberEvent) -> MemberEvent:
    """What happens by date comes with no request: then the address is known by which organisers reached this site."""
    plan = WaveMailPlan.objects.filter(wave__assessment=assessment).exclude(root="").order_by("-wave__number").first()
    return replace(event, root=event.root or (plan.root.rstrip("/") if plan else ""))


def _role_changed(process: Process, event: MemberEvent) -> None:
    """The person, and the organisers: a role decides who reads what."""
    roles = {"before": str(event.details.get("from", "")), "after": str(event.details.get("to", ""))}
    person = event.details.get("member")
    _queue("role_changed", process, event, [Role.ORGANISER], also=[person], person=person, words=roles)


def _question(kind: str, assessment: Assessment, event: MemberEvent) -> None:
    """The member who was given a question: which, and by when."""
    code, due = str(event.details.get("question", "")), str(event.details.get("due", ""))
    catalogue = catalogue_of(assessment.question_set)
    if code not in {question.code for question in catalogue.questions}:
        return
    with override(settings.LANGUAGE_CODE):
        words = {"number": str(catalogue.position(code)), "due": date_format(date.fromisoformat(due)) if due else ""}
    _queue(
        kind,
        assessment.process,
        event,
        [],
        also=[event.details.get("member")],
        assessment=assessment,
        page="assessments:question",
        at=[code],
        words=words,
    )


def _rating(kind: str, assessment: Assessment, event: MemberEvent) -> None:
    """The second rater, the organisers, or both: each is told what the other did."""
    if kind == "rating_finished" and SecondRating.objects.revealed().filter(assessment=assessment).exists():
        return  # they are told that both can be read
    roles = [] if kind in ("rating_asked", "rating_withdrawn") else [Role.ORGANISER]
    rater = event.details.get("member")
    also = [] if kind in ("rating_declined", "rating_finished") else [rater]
    page = "assessments:process-detail" if kind == "rating_withdrawn" else "assessments:second-rating"
    of = None if kind == "rating_withdrawn" else assessment
    words = {"number": str(event.details.get("round", ""))}
    _queue(kind, assessment.process, event, roles, also=also, assessment=of, page=page, person=rater, words=words)


def _group_replied(assessment: Assessment, event: MemberEvent) -> None:
    """The organisers, who may answer; and those who may read comments, who look for personal data and attacks."""
    waves = Wave.objects.filter(assessment=assessment).select_related("assessment").order_by("-number")[:1]
    readers = [reader.pk for wave in waves for reader in comment_readers(wave)]
    number = str(event.details.get("record", ""))
    path, words = reverse("assessments:record-replies", args=[number]), {"number": number}
    process, roles = assessment.process, [Role.ORGANISER]
    _queue("record_replied", process, event, roles, also=readers, assessment=assessment, path=path, words=words)


def _late_actions(person: User, event: MemberEvent) -> None:
    """The person who was chosen to be told, of late actions in all their processes."""
    address = _absolute(event, reverse("assessments:own-actions"))
    enqueue_late_actions(person, list(event.details.get("actions", [])), address)


def _review(what: str, roles: Collection[str], assessment: Assessment, event: MemberEvent) -> None:
    """What happened to a review: those in the roles, and without any the reviewer."""
    _queue(
        "review",
        assessment.process,
        event,
        roles,
        also=[] if roles else [event.details.get("reviewer")],
        assessment=assessment,
        page="assessments:review",
        words={"what": what},
    )


def _queue(
    kind: str,
    process: Process,
    event: MemberEvent,
    roles: Collection[str],
    *,
    also: Collection[int | None] = (),
    page: str = "assessments:process-members",
    at: Collection[str] = (),
    path: str = "",
    assessment: Assessment | None = None,
    person: int | None = None,
    words: Mapping[str, str] | None = None,
) -> None:
    """Queue a notice to the members in these roles and to those in `also`. Nobody is told of invented processes.
    Organisers can do without those on panels.

    `at` says where on the page of the assessment or process: further parts of its address. `path` is another page.
    """
    if process.is_invented or process.is_example:
        return
    members = Membership.objects.filter(process=process, user__is_active=True)
    told = set(members.filter(Q(role__in=roles) | Q(user__in=[*also])).values_list("user_id", flat=True))
    actor = event.actor
    told -= {actor.pk if actor else None}
    if kind in ON_PANELS:
        told -= set(ActionMailing.objects.filter(wants_panel_mail=False, user__in=told).values_list("user", flat=True))
    if not told:
        return
    notice = Notice(
        kind=kind,
        process=process.pk,
        assessment=assessment.pk if assessment else None,
        people=sorted(told),
        person=person,
        actor=actor.pk if actor else None,
        address=_absolute(event, path or reverse(page, args=[(assessment or process).code, *at])),
        words=dict(words or {}),
        stop=_absolute(event, reverse("assessments:own-actions") + "#mails") if kind in ON_PANELS else "",
    )
    try:
        with transaction.atomic():
            queue_mails(actor, len(told))
            enqueue_notice(notice)
    except NotAllowed:
        logger.warning("Members were not told (%s): too many mails in 24 hours", kind)


def _absolute(event: MemberEvent, path: str) -> str:
    """A page of this site, for a mail; empty where nobody knows how the site is reached.

    What happens by date comes with no request: then the address of the site is that of its settings.
    """
    root = event.root or settings.SITE_ADDRESS.removesuffix(settings.BASE_PATH)
    return root + path if root else ""


TOLD: dict[str, Callable[..., None]] = {
    "assessment.submitted": partial(_tell_members, "submitted", "assessments:assessment-results"),
    "assessment.reopened": partial(_tell_members, "reopened", "assessments:assessment-results"),
    "member.role_changed": _role_changed,
    "wave.closed": _wave_closed,
    "statement.corrected": _statement_corrected,
    "wave.stopped": partial(_wave_ends, "wave_stopped"),
    "wave.closes_soon": partial(_wave_ends, "wave_closes_soon"),
    "rating.asked": partial(_rating, "rating_asked"),
    "rating.declined": partial(_rating, "rating_declined"),
    "rating.withdrawn": partial(_rating, "rating_withdrawn"),
    "rating.second_finished": partial(_rating, "rating_finished"),
    "rating.revealed": partial(_rating, "rating_revealed"),
    "actions.late": _late_actions,
    "record.replied": _group_replied,
    "question.given": partial(_question, "question_given"),
    "question.due": partial(_question, "question_due"),
    **{
        f"review.{what}": partial(_review, what, ())
        for what in ("invited", "withdrawn", "answered", "resubmitted", "replied")
    },
    **{
        f"review.{what}": partial(_review, what, (Role.ORGANISER,))
        for what in ("accepted", "declined", "asked", "sent", "changes")
    },
    "review.signed": partial(_review, "signed", tuple(Role.values)),
}
