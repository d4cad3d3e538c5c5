"""Who may do what. Three layers: login is the default, `visible_to` decides what exists (404), a right decides
what may be done (403). This table is the only place where roles get rights."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.db.models.functions import Coalesce, Now
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from assessments.models import Assessment, Membership, PastRole, Process, Wave
from assessments.models.process import DONE
from assessments.vocabulary import Readers, Role, SecondRatingState, Visibility
from assessments.zones import zone_named
from attributes.memory import Statement

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from assessments.models.assessment import AssessmentQuerySet
    from msgov.accounts.models import User

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


class Right(StrEnum):
    """Something a person may do with a process or one of its assessments."""

    VIEW_PROCESS = "view_process"
    VIEW_MEMBERS = "view_members"
    EDIT_PROCESS = "edit_process"
    EDIT_CONTEXT = "edit_context"  # stakeholder groups, screener, goals register
    DELETE_PROCESS = "delete_process"
    MANAGE_MEMBERS = "manage_members"
    START_ASSESSMENT = "start_assessment"
    VIEW_DRAFT = "view_draft"
    EDIT_ANSWERS = "edit_answers"
    OPEN_EVIDENCE = "open_evidence"  # also of a draft: to open it, and say whether it shows what is claimed
    VIEW_HISTORY = "view_history"
    VIEW_TRAIL = "view_trail"  # who did what in the process, members and stakeholder panel included
    SUBMIT = "submit"
    REOPEN = "reopen"
    DISCARD = "discard"  # a draft begun by mistake
    MANAGE_RATING = "manage_rating"  # ask for a blind second rating, take that back, finish the first ratings
    EDIT_BOARD = "edit_board"  # what a board is asked; before and after submission
    VIEW_ACTIONS = "view_actions"  # all of them with their history; others see those that are public, on the results
    EDIT_ACTIONS = "edit_actions"  # who does what until when, what became of it, and what was decided
    MOVE = "move"  # to a newer version of the question set, and back
    VIEW_REVIEW = "view_review"  # where an independent review stands, and what of it was sent
    REVIEW = "review"  # where one was asked to
    MANAGE_REVIEW = "manage_review"  # ask a reviewer, reply to proposals, answer questions
    VIEW_RESULTS = "view_results"
    DOWNLOAD = "download"
    EXPORT = "export"
    MANAGE_PANEL = "manage_panel"  # set up, launch and close waves; links to questionnaires
    VIEW_PANEL = "view_panel"  # counts per group, nothing else while a wave is open
    MODERATE = "moderate"  # comments of stakeholders: not for those they are about
    REPLY_TO_COMMENTS = "reply_to_comments"  # to the themes of those that were cleared
    VIEW_RESTRICTED = "view_restricted"  # group by item
    PUBLISH = "publish"  # in the public record, for good; and withdraw it, ask groups to reply, answer them


# Those who answer for the process: comments of stakeholders are about their work.
WRITING_ROLES = frozenset({Role.ORGANISER, Role.CONTRIBUTOR})
VISITOR = "visitor"  # not a member; sees what the process shares
SITE_ADMIN = "site_admin"

READING = frozenset({Right.VIEW_PROCESS, Right.VIEW_RESULTS, Right.DOWNLOAD})
MEMBER_READING = READING | {
    Right.VIEW_MEMBERS, Right.VIEW_HISTORY, Right.VIEW_ACTIONS, Right.EXPORT, Right.VIEW_PANEL,
    Right.VIEW_REVIEW,
}  # fmt: skip

RIGHTS: dict[str, frozenset[Right]] = {
    Role.ORGANISER: frozenset(Right) - {Right.MODERATE, Right.REVIEW},
    Role.CONTRIBUTOR: MEMBER_READING | {Right.EDIT_CONTEXT, Right.VIEW_DRAFT, Right.EDIT_ANSWERS, Right.OPEN_EVIDENCE},
    Role.REVIEWER: MEMBER_READING | {Right.MODERATE, Right.VIEW_RESTRICTED, Right.OPEN_EVIDENCE, Right.REVIEW},
    # Looks after the site and can hand an orphaned process to somebody, but does not write its answers.
    SITE_ADMIN: MEMBER_READING | {Right.MANAGE_MEMBERS, Right.VIEW_DRAFT, Right.VIEW_TRAIL, Right.DELETE_PROCESS},
    VISITOR: READING,
}
NONE: frozenset[Right] = frozenset()
NOBODY = 0  # as an id, which starts at 1
# No page of an assessment reads these of the row: the catalogue, which is found by what is left, has the texts in
# memory. Reading and decoding them with every request would cost more than the query.
LEFT_OUT = (
    "title", "languages", "experimental", "based_on", "changelog", "published_by_name", "approved_by_name",
    "translated_from", "published_at",
)  # fmt: skip


class StillRating(PermissionDenied):
    """Somebody rates the assessment a second time and has not seen the levels: until both have finished they read
    nothing of its answers (method 3.14)."""

    def __init__(self, assessment: Assessment) -> None:
        super().__init__()
        self.assessment = assessment


def signed_in(request: HttpRequest) -> "User":
    """Return the person at the screen; refuse a visitor without an account."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def role_in(process: Process, user: "User | AnonymousUser") -> str | None:
    """Return the user's role as a member of the process, or None. No query if it was read along."""
    if not user.is_authenticated:
        return None
    read_along: tuple[int | None, str | None] | None = getattr(process, "_role", None)
    if read_along and read_along[0] == user.pk:
        return read_along[1]
    return Membership.objects.filter(process=process, user=user).values_list("role", flat=True).first()


def rights_in(process: Process, user: "User | AnonymousUser") -> frozenset[Right]:
    """Return the user's rights in a process; none if it is not visible to them. Kept on the instance.

    One query for members, two for visitors.
    """
    cached: tuple[int | None, frozenset[Right]] | None = getattr(process, "_rights", None)
    if cached and cached[0] == user.pk:
        return cached[1]
    role = role_in(process, user)
    rights = RIGHTS[role] if role else NONE
    if user.is_authenticated and user.is_site_admin:
        rights = rights | RIGHTS[SITE_ADMIN]
    if not rights and _shares(process, user):
        rights = RIGHTS[VISITOR]
    process._rights = (user.pk, rights)  # type: ignore[attr-defined]
    return rights


def _shares(process: Process, user: "User | AnonymousUser") -> bool:
    """Whether somebody who is no member may read the process: it is shared, and there is something to read."""
    return _is_open_to(process, user) and bool(_submitted_in(process.pk))


_submitted_in = Statement(
    lambda process: Assessment.objects.filter(process=process).submitted().order_by().only("pk")[:1]
)


def _is_open_to(process: Process, user: "User | AnonymousUser") -> bool:
    """Whether what is submitted in the process is shared with somebody who is no member."""
    shared_with = {Visibility.PUBLIC, Visibility.SIGNED_IN} if user.is_authenticated else {Visibility.PUBLIC}
    return process.visibility in shared_with


def readers_for(process: Process, user: "User | AnonymousUser") -> frozenset[Readers]:
    """Return for which readers reports are made that somebody may open: those of their own circle and wider ones."""
    rights = rights_in(process, user)
    found = {Readers.PUBLIC} if Right.DOWNLOAD in rights else set()
    if found and user.is_authenticated:
        found.add(Readers.ACCOUNTS)
    if Right.VIEW_MEMBERS in rights:
        found.add(Readers.MEMBERS)
    if Right.VIEW_RESTRICTED in rights:
        found.add(Readers.STEERING)
    return frozenset(found)


def comment_readers(wave: Wave) -> "list[User]":
    """Return who may read the comments of a wave: reviewers who have not written in the process since it was prepared.

    One query. Whoever prepared the wave is not among them, whatever they are now; nor is who joined after the launch:
    people had answered by then who were told other names.
    """
    wrote = PastRole.objects.filter(process=wave.assessment.process_id, until__gte=wave.created_at).values("user")
    found = Membership.objects.filter(process=wave.assessment.process_id, role=Role.REVIEWER)
    found = found.exclude(user__in=wrote).exclude(user=wave.created_by_id).select_related("user")
    if wave.launched_at is not None:
        found = found.filter(created_at__lte=wave.launched_at)
    return [membership.user for membership in found.order_by("pk")]


def moderated_waves(user: "User | AnonymousUser") -> "QuerySet[Wave]":
    """Return the waves whose comments somebody may read before they are shown, by the rule of `comment_readers`.

    Of each wave by itself: who was organiser during one may read the comments of the next.
    """
    process = OuterRef("assessment__process")
    launched = Coalesce(OuterRef("launched_at"), Now())
    reads = Membership.objects.filter(process=process, user=user.pk, role=Role.REVIEWER, created_at__lte=launched)
    wrote = PastRole.objects.filter(process=process, user=user.pk, until__gte=OuterRef("created_at"))
    return Wave.objects.filter(Exists(reads), ~Exists(wrote)).exclude(created_by=user.pk)


def may_moderate(assessment: Assessment, user: "User | AnonymousUser") -> bool:
    """Whether somebody may read comments before they are shown, of any wave. At most two queries for members."""
    if Right.MODERATE not in rights_in(assessment.process, user):
        return False
    waves = Wave.objects.filter(assessment=assessment)
    return moderated_waves(user).filter(assessment=assessment).exists() or not waves.exists()


def may_open(assessment: Assessment, rights: frozenset[Right]) -> bool:
    """Whether somebody with these rights in the process may look inside the assessment: drafts need more."""
    return (Right.VIEW_DRAFT if assessment.is_draft else Right.VIEW_RESULTS) in rights


def _read_process_for(user: int, code: str) -> "QuerySet[Process]":
    own = FilteredRelation("memberships", condition=Q(memberships__user=user))
    return Process.objects.annotate(own=own, role_of_reader=F("own__role")).filter(code=code).order_by()


_read_process = Statement(_read_process_for)


def process_for(request: HttpRequest, code: str, right: Right) -> Process:
    """Return the process or answer 404 (not visible to the user) or 403 (visible, but not this right).

    The page that is drawn then shows the time it is in the process. One query for members and administrators.
    """
    user = request.user
    process: Any = _read_process.first(user.pk or NOBODY, code)
    if process is None:
        raise Http404
    process._role = (user.pk, process.role_of_reader)
    rights = rights_in(process, user)
    if not rights:
        raise Http404
    if right not in rights:
        raise PermissionDenied
    show_time_of(process)
    return cast("Process", process)


def show_time_of(process: Process) -> None:
    """Show times in the zone of a process until the request ends (`msgov.middleware.time_zone`)."""
    timezone.activate(zone_named(process.time_zone))


def with_reader_role(assessments: "QuerySet[Assessment]", user: int | None) -> "QuerySet[Assessment]":
    """Read the process and the role in it of the person with this id along with assessments, for `require_visible` and
    `rights_in`; and whether they rate it blind, for `refuse_while_rating`.

    Joins and no subquery, which takes as long to put together as the rest. There is one membership at most, and one
    second rating that is going on.
    """
    own = FilteredRelation("process__memberships", condition=Q(process__memberships__user=user))
    going_on = Q(second_ratings__rater=user, second_ratings__state=SecondRatingState.RATING)
    rating = FilteredRelation("second_ratings", condition=going_on)
    found = assessments.annotate(own=own, rating=rating, role_of_reader=F("own__role"), blind_rating=F("rating__pk"))
    return found.select_related("process")


def reading(*fields: str, along: "Callable[..., AssessmentQuerySet] | None" = None) -> Statement[Assessment]:
    """Return what reads an assessment for `assessment_for`, with its process and question set.

    `fields` are those that a page reads of the three, where it is asked for so often that reading them all matters;
    `along` returns all assessments with what the page reads along with them, for some values more.
    """

    def build(user: int, code: str, *more: Any) -> "QuerySet[Assessment]":
        among = along(*more) if along else Assessment.objects.all()
        found = with_reader_role(among.with_question_set(), user)
        found = found.only(*fields) if fields else found.defer(*(f"question_set__{name}" for name in LEFT_OUT))
        return found.filter(code=code).order_by()

    return Statement(build)


_read_all = reading()


def require_visible(assessments: Iterable[Any], user: "User | AnonymousUser") -> None:
    """Answer 404 if one of the assessments, read `with_reader_role`, is not visible to the user.

    By the rule of `AssessmentQuerySet.visible_to`, without another query: members know of all assessments of their
    process, others of submitted ones where the process shares them.
    """
    for assessment in assessments:
        if user.is_authenticated:
            assessment.process._role = (user.pk, assessment.role_of_reader)
        if assessment.role_of_reader is None and not _is_shown(assessment, user):
            raise Http404


def _is_shown(assessment: Assessment, user: "User | AnonymousUser") -> bool:
    """Whether somebody who is no member may know of an assessment."""
    if user.is_authenticated and user.is_site_admin:
        return True
    return assessment.state in DONE and _is_open_to(assessment.process, user)


def may_export_all(assessments: Iterable[Any], user: "User") -> bool:
    """Whether somebody may take the figures of all of these out of msgov; visitors may read them, no more.

    The assessments were read `with_reader_role`. No query.
    """
    return all(Right.EXPORT in RIGHTS.get(row.role_of_reader or "", NONE) or user.is_site_admin for row in assessments)


def assessment_for(
    request: HttpRequest,
    code: str,
    right: Right,
    *,
    read: Statement[Assessment] | None = None,
    asked: Sequence[str] = (),
) -> Assessment:
    """Return the assessment with its process and question set, or answer 404 or 403. One query for members.

    `read` comes of `reading`, and is `asked` with these values more: for pages that read less of the three, or more
    along with them. Editing and submitting need a draft, reopening and results a frozen one; the services refuse the
    rest.
    """
    assessment = _visible_assessment(request, code, read, asked)
    refuse_while_rating(assessment)
    rights = rights_in(assessment.process, request.user)
    if right not in rights or not may_open(assessment, rights):
        raise PermissionDenied
    return assessment


def refuse_while_rating(assessment: Assessment) -> None:
    """Raise StillRating where the person for whom the assessment was read (`with_reader_role`) rates it blind."""
    if assessment.is_draft and getattr(assessment, "blind_rating", None) is not None:
        raise StillRating(assessment)


def results_for(request: HttpRequest, code: str, *, read: Statement[Assessment] | None = None) -> Assessment:
    """Return the assessment for a page of its results, or answer 404 or 403. `read` as in `assessment_for`.

    Who may read results and no drafts gets one that was reopened too: what was frozen before stays readable.
    """
    assessment = _visible_assessment(request, code, read)
    refuse_while_rating(assessment)
    rights = rights_in(assessment.process, request.user)
    if Right.VIEW_RESULTS not in rights or not (may_open(assessment, rights) or assessment.results.exists()):
        raise PermissionDenied
    return assessment


def evidence_for(request: HttpRequest, code: str, *, reading: bool = False) -> Assessment:
    """Return the assessment for whoever may open its evidence, or answer 404 or 403.

    Members may before it is submitted, also those who see no answers yet: a second pair of eyes is wanted then.
    `reading` lets in those too who may read the assessment as it stands.
    """
    assessment = _visible_assessment(request, code)
    rights = rights_in(assessment.process, request.user)
    may_read = reading and Right.VIEW_HISTORY in rights and may_open(assessment, rights)
    if Right.OPEN_EVIDENCE not in rights and not may_read:
        raise PermissionDenied
    return assessment


def register_for(request: HttpRequest, code: str) -> Process:
    """Return the process for whoever may read its evidence register, or answer 404 or 403.

    Those who may open the evidence of a draft, and those who may read its answers.
    """
    process = process_for(request, code, Right.VIEW_PROCESS)
    if rights_in(process, request.user).isdisjoint({Right.OPEN_EVIDENCE, Right.VIEW_DRAFT}):
        raise PermissionDenied
    return process


def panel_for(request: HttpRequest, code: str, right: Right) -> Assessment:
    """Return the assessment like `assessment_for`, also to members who may not look into its draft.

    Stakeholders are asked while the organiser still answers: a reviewer sees how many did, and not the answers.
    """
    assessment = _visible_assessment(request, code)
    if right not in rights_in(assessment.process, request.user):
        raise PermissionDenied
    return assessment


def _visible_assessment(
    request: HttpRequest, code: str, read: Statement[Assessment] | None = None, asked: Sequence[str] = ()
) -> Assessment:
    if "\x00" in code:  # from a form; PostgreSQL refuses to look for it
        raise Http404
    found = (read or _read_all)(request.user.pk or NOBODY, code, *asked)
    if not found:
        raise Http404
    require_visible(found, request.user)
    (assessment,) = found
    show_time_of(assessment.process)
    return assessment


def open_to_visitors(view: View[P]) -> View[P]:
    """Let a view answer people who are not signed in, for what is shared with everyone.

    Everything else, whether it exists or not, sends them to sign in first: the link in a colleague's mail has
    to work, and a stranger learns nothing.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (Http404, PermissionDenied):
            if request.user.is_authenticated:
                raise
            return redirect_to_login(request.get_full_path())

    return login_not_required(wrapper)
