"""What waits for a person in all their processes, the most urgent first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.actions.reading import waiting_for
from assessments.models import CommentTheme, Membership, PanelComment, Review, SecondRating, Wave
from assessments.permissions import RIGHTS, Right, moderated_waves
from assessments.rounds.given import given_to
from assessments.vocabulary import AssessmentState, CommentState, ReviewState, Role, SecondRatingState, WaveState
from assessments.zones import today_in
from attributes.texts import filled

if TYPE_CHECKING:
    from msgov.accounts.models import User

SHOWN = 10  # of each kind
SOON = timedelta(days=14)
# What a line says of an assessment. Without it a query would take as long for the columns that nobody reads.
NAMED = ("assessment__code", "assessment__process__name")
REPLYING = [role for role in Role if Right.MANAGE_REVIEW in RIGHTS[role]]
REPLYING_TO_COMMENTS = [role for role in Role if Right.REPLY_TO_COMMENTS in RIGHTS[role]]
MANAGING = [role for role in Role if Right.MANAGE_PANEL in RIGHTS[role]]


@dataclass(frozen=True)
class WaitingTask:
    """One thing to do: what, in which process, and until when; `note` says the rest."""

    what: str | SafeString
    process: str
    href: str
    due: date | None = None
    is_late: bool = False
    note: str = ""

    @property
    def when(self) -> str:
        """Until when, in words."""
        if self.due is None:
            return self.note
        day = date_format(self.due, "DATE_FORMAT")
        said = _("since %(day)s") % {"day": day} if self.is_late else _("by %(day)s") % {"day": day}
        return f"{said} · {self.note}" if self.note else said


def waiting_for_person(user: "User") -> list[WaitingTask]:
    """Return what waits for the user: what is late first, then by day, then what has no day.

    A constant number of queries.
    """
    found = [
        *_actions(user),
        *_given(user),
        *_second_ratings(user),
        *_reviews(user),
        *_comments(user),
        *_themes(user),
        *_panels(user),
    ]
    return sorted(found, key=lambda one: (not one.is_late, one.due is None, one.due or date.max))


def _actions(user: "User") -> Iterable[WaitingTask]:
    """Actions that are late, or due soon."""
    for line in waiting_for(user)[:SHOWN]:
        assessment = line.action.assessment
        href = reverse("assessments:actions", args=[assessment.code])
        yield WaitingTask(line.name, assessment.process.name, href, line.action.due, line.is_late, line.action.owner)


def _second_ratings(user: "User") -> Iterable[WaitingTask]:
    """Second ratings that the person was asked for, or has not finished."""
    rows = SecondRating.objects.waiting_for(user).select_related("assessment__process")
    for row in rows.only("state", *NAMED).order_by("pk")[:SHOWN]:
        is_asked = row.state == SecondRatingState.ASKED
        what = _("Say whether you give a second rating") if is_asked else _("Go on with your second rating")
        href = reverse("assessments:second-rating", args=[row.assessment.code])
        yield WaitingTask(what, row.assessment.process.name, href)


def _given(user: "User") -> Iterable[WaitingTask]:
    """Questions given to the person that are not answered in full."""
    for line in given_to(user):
        given = line.given
        said = {"number": str(line.number), "question": line.short}
        what = filled(_("Answer question %(number)s: %(question)s"), said)
        late = given.due is not None and given.due < given.today
        yield WaitingTask(what, given.assessment.process.name, line.address, given.due, late)


def _comments(user: "User") -> Iterable[WaitingTask]:
    """Comments of stakeholders that the person can decide on."""
    waiting = PanelComment.objects.filter(state=CommentState.WAITING, wave__in=moderated_waves(user))
    found = waiting.values(code=F("wave__assessment__code"), process=F("wave__assessment__process__name"))
    for row in found.annotate(number=Count("pk")).order_by("process", "code")[:SHOWN]:
        what = ngettext(
            "Look at %(number)s comment of stakeholders",
            "Look at %(number)s comments of stakeholders",
            row["number"],
        )
        href = reverse("assessments:panel-comments", args=[row["code"]])
        yield WaitingTask(what % {"number": row["number"]}, row["process"], href)


def _themes(user: "User") -> Iterable[WaitingTask]:
    """Themes of what stakeholders wrote that the person may reply to; once no comment of them waits to be read."""
    own = Membership.objects.filter(user=user, role__in=REPLYING_TO_COMMENTS).values("process")
    themes = CommentTheme.objects.filter(wave__assessment__process__in=own).exclude(
        wave__in=PanelComment.objects.filter(state=CommentState.WAITING).values("wave")
    )
    shown = themes.filter(Exists(PanelComment.objects.filter(theme=OuterRef("pk"), state=CommentState.SHOWN)))
    open_ones = shown.exclude(replies__published_on__isnull=False)
    found = open_ones.values(code=F("wave__assessment__code"), process=F("wave__assessment__process__name"))
    for row in found.annotate(number=Count("pk", distinct=True)).order_by("process", "code")[:SHOWN]:
        what = ngettext(
            "Reply to %(number)s theme of what stakeholders wrote",
            "Reply to %(number)s themes of what stakeholders wrote",
            row["number"],
        )
        href = reverse("assessments:comment-replies", args=[row["code"]])
        yield WaitingTask(what % {"number": row["number"]}, row["process"], href)


def _panels(user: "User") -> Iterable[WaitingTask]:
    """Panels the person looks after whose last day is near: until then people can be reminded."""
    own = Membership.objects.filter(user=user, role__in=MANAGING).values("process")
    open_now = Q(state=WaveState.OPEN, closes_on__isnull=False)
    waves = Wave.objects.filter(open_now, assessment__process__in=own).select_related("assessment__process")
    read = ("closes_on", "time_zone", *NAMED, "assessment__process__time_zone")
    for wave in waves.only(*read).order_by("closes_on", "pk")[:SHOWN]:
        if wave.closes_on is not None and wave.today <= wave.closes_on <= wave.today + SOON:
            what = _("Remind who has not answered: the panel closes")
            href = reverse("assessments:panel", args=[wave.assessment.code])
            yield WaitingTask(what, wave.assessment.process.name, href, wave.closes_on)


def _reviews(user: "User") -> Iterable[WaitingTask]:
    """Reviews: for the reviewer what is asked for or begun, for organisers proposals and changes asked for."""
    own = Membership.objects.filter(user=user, role__in=REPLYING).values("process")
    as_reviewer = Q(reviewer=user, state__in=[ReviewState.INVITED, ReviewState.IN_REVIEW])
    as_organiser = Q(assessment__process__in=own, state__in=[ReviewState.REPLIES, ReviewState.CHANGES_ASKED])
    submitted = Q(assessment__state__in=[AssessmentState.SUBMITTED, AssessmentState.SUPERSEDED])
    rows = Review.objects.filter(submitted & (as_reviewer | as_organiser)).select_related("assessment__process")
    for row in rows.only("state", "reply_by", *NAMED, "assessment__process__time_zone").order_by("pk")[:SHOWN]:
        what = {
            ReviewState.INVITED: _("Accept or decline to review"),
            ReviewState.IN_REVIEW: _("Go on with your review"),
            ReviewState.REPLIES: _("Reply to what the reviewer proposes"),
            ReviewState.CHANGES_ASKED: _("Make the changes that the reviewer asks for"),
        }[ReviewState(row.state)]
        due = row.reply_by if row.state == ReviewState.REPLIES else None
        late = due is not None and due < today_in(row.assessment.process.zone)
        href = reverse("assessments:review", args=[row.assessment.code])
        yield WaitingTask(what, row.assessment.process.name, href, due, late)
