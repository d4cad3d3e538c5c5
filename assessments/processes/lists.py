"""Processes as the home page and the list show them: with the user's role, the latest round, and what to do next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.models import Assessment, Membership, Process
from assessments.permissions import NONE, RIGHTS, SITE_ADMIN, VISITOR, Right, may_open
from assessments.vocabulary import AssessmentState, Role
from attributes.searching import tags_in

if TYPE_CHECKING:
    from msgov.accounts.models import User


@dataclass(frozen=True)
class ProcessRow:
    """A line of a list. `role` is empty for who is no member; `href` and `step` say what to do next."""

    process: Process
    role: str
    assessment: Assessment | None
    step: str
    href: str

    @property
    def page(self) -> str:
        """Where the process is described."""
        return reverse("assessments:process-detail", args=[self.process.code])

    @property
    def tags(self) -> list[str]:
        """Its tags, for members."""
        return self.process.tag_list if self.role else []

    @property
    def standing(self) -> str:
        """What the person is in the process, in words."""
        return self.role or _("Shared with you")

    @property
    def progress(self) -> str:
        """How far the assessment is, in words."""
        if self.assessment is None:
            return _("Not assessed yet")
        return _("Round %(round)s: %(state)s") % {
            "round": self.assessment.round,
            "state": AssessmentState(self.assessment.state).label,
        }


def listed(processes: QuerySet[Process]) -> QuerySet[Process]:
    """The same processes with no more than a line shows of them."""
    return processes.only("code", "name", "organisation", "tags", "is_invented", "is_example")


def tags_of(user: "User") -> list[str]:
    """Return the tags of all processes the user is a member of, by alphabet. One query."""
    stored = Process.objects.of_member(user).exclude(tags="").order_by().values_list("tags", flat=True).distinct()
    return tags_in(",".join(stored))


def process_rows(processes: Iterable[Process], user: "User") -> list[ProcessRow]:
    """Return a line for each process, in the same order. Two queries for any number."""
    processes = list(processes)
    roles: dict[int, str] = dict(
        Membership.objects.filter(user=user, process__in=processes).values_list("process_id", "role")
    )
    latest = _latest_known(processes, user, roles)
    return [_row(process, roles.get(process.pk, ""), latest.get(process.pk), user) for process in processes]


def _latest_known(processes: list[Process], user: "User", roles: Mapping[int, str]) -> dict[int, Assessment]:
    """The last round of each process; for who is no member the last one submitted."""
    latest: dict[int, Assessment] = {}
    rounds = Assessment.objects.filter(process__in=processes).only("code", "process", "round", "state")
    for assessment in rounds.order_by("process_id", "round", "pk"):
        if assessment.is_submitted or assessment.process_id in roles or user.is_site_admin:
            latest[assessment.process_id] = assessment
    return latest


def _row(process: Process, role: str, assessment: Assessment | None, user: "User") -> ProcessRow:
    rights = RIGHTS[role] if role else NONE
    if user.is_site_admin:
        rights = rights | RIGHTS[SITE_ADMIN]
    step, href = next_step(process, assessment, rights or RIGHTS[VISITOR])
    return ProcessRow(process, str(Role(role).label) if role else "", assessment, step, href)


def next_step(process: Process, assessment: Assessment | None, rights: frozenset[Right]) -> tuple[str, str]:
    """Return what there is to do next, and where; ("", "") if there is nothing."""
    if assessment is None:
        if Right.START_ASSESSMENT in rights:
            return _("Prepare and start an assessment"), reverse("assessments:process-detail", args=[process.code])
        return "", ""
    if not may_open(assessment, rights):
        return "", ""
    if not assessment.is_draft:
        return _("Read the results"), reverse("assessments:assessment-results", args=[assessment.code])
    hub = reverse("assessments:assessment-hub", args=[assessment.code])
    return (_("Continue answering") if Right.EDIT_ANSWERS in rights else _("Look at the draft")), hub
