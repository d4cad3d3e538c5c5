"""What stands in calendars: the open actions of processes, and the other days on which something is due."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.actions.calendar_file import CalendarDay
from assessments.actions.reading import name_of
from assessments.models import Action, Process, QuestionAssignment, Wave
from assessments.permissions import RIGHTS, Right
from assessments.vocabulary import WaveState
from attributes.catalogue.published import catalogue_of
from attributes.texts import localise

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from assessments.models.action import ActionQuerySet
    from msgov.accounts.models import User

# Makes a whole address of the path of a page.
Absolute = Callable[[str], str]
SEES_PANELS = frozenset(role for role, rights in RIGHTS.items() if Right.VIEW_PANEL in rights)


def days_of_person(user: "User", absolute: Absolute) -> list[CalendarDay]:
    """Return the days of all processes of a person: open actions, panels that close, questions given to them.

    Three queries.
    """
    actions = Action.objects.going_on().readable_by(user)
    waves = Wave.objects.filter(
        assessment__process__memberships__user=user, assessment__process__memberships__role__in=SEES_PANELS
    )
    given = QuestionAssignment.objects.in_drafts().filter(member__user=user)
    return [*_of_actions(actions, absolute), *_of_waves(waves, absolute), *_of_questions(given, absolute)]


def days_of_process(process: Process, *, with_drafts: bool, absolute: Absolute) -> list[CalendarDay]:
    """Return the days of a process for a member: open actions, and panels that close. Two queries."""
    actions = Action.objects.going_on().filter(assessment__process=process)
    if not with_drafts:
        actions = actions.of_submitted()
    waves = Wave.objects.filter(assessment__process=process)
    return [*_of_actions(actions, absolute), *_of_waves(waves, absolute)]


def _of_actions(actions: "ActionQuerySet", absolute: Absolute) -> Iterator[CalendarDay]:
    for row in actions.exclude(due=None).with_names().order_by("due", "pk"):
        if row.due is None:
            continue
        process = row.assessment.process.name
        said = [
            _("Process: %(name)s") % {"name": process},
            _("Owner: %(owner)s") % {"owner": row.owner} if row.owner else "",
            _("How one will know: %(sign)s") % {"sign": row.known_by} if row.known_by else "",
        ]
        page = reverse("assessments:actions", args=[row.assessment.code])
        yield CalendarDay(
            uid=f"action-{row.code}@msgov",
            day=row.due,
            title=name_of(row),
            words="\n".join(filter(None, said)),
            address=absolute(f"{page}#{row.code}"),
        )


def _of_waves(waves: "QuerySet[Wave]", absolute: Absolute) -> Iterator[CalendarDay]:
    rows = waves.filter(state=WaveState.OPEN).exclude(closes_on=None).select_related("assessment__process")
    for row in rows.order_by("closes_on", "pk"):
        if row.closes_on is not None:
            yield CalendarDay(
                uid=f"panel-{row.code}@msgov",
                day=row.closes_on,
                title=_("Last day of the panel: %(name)s") % {"name": row.assessment.process.name},
                words="",
                address=absolute(reverse("assessments:panel", args=[row.assessment.code])),
            )


def _of_questions(given: "QuerySet[QuestionAssignment]", absolute: Absolute) -> Iterator[CalendarDay]:
    rows = given.exclude(due=None).select_related("assessment__process", "assessment__question_set")
    for row in rows.defer("assessment__question_set__document").order_by("due", "pk"):
        if row.due is None:
            continue
        questions = {each.code: each for each in catalogue_of(row.assessment.question_set).questions}
        asked = questions.get(row.question)
        yield CalendarDay(
            uid=f"question-{row.assessment.code}-{row.question}@msgov",
            day=row.due,
            title=_("Question given to you: %(question)s")
            % {"question": localise(asked.short) if asked else row.question},
            words=_("Process: %(name)s") % {"name": row.assessment.process.name},
            address=absolute(reverse("assessments:question", args=[row.assessment.code, row.question])),
        )
