"""Writes to a process itself: create, edit, delete."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.exceptions import Conflict
from assessments.models import (
    Answer,
    Assessment,
    EvidenceEntry,
    EvidenceFile,
    KindChange,
    Membership,
    Process,
    Report,
    Response,
    StakeholderGroup,
    Wave,
)
from assessments.signals import process_event
from assessments.vocabulary import Role

if TYPE_CHECKING:
    from msgov.accounts.models import User

EDITABLE = (
    "name",
    "kind",
    "issue",
    "organisation",
    "period",
    "outcome_expected",
    "resource",
    "promise",
    "country",
    "language",
    "website",
    "tags",
    "time_zone",
    "visibility",
)
# What decides how answers count, who reads what and when things end: the trail says what it was changed to.
RECORDED = ("kind", "visibility", "time_zone")


def default_groups() -> list[str]:
    """Return the names of the groups a new process starts with, in the language of the page."""
    return [
        _("Government"),
        _("Business"),
        _("Civil society"),
        _("Technical community"),
        _("Academia"),
    ]


@transaction.atomic
def create_process(*, user: "User", fields: Mapping[str, Any]) -> Process:
    """Create a process from the EDITABLE fields, with the user as organiser and the default groups."""
    process = Process.objects.create(created_by=user, **_known(fields))
    if process.kind:
        KindChange.objects.create(process=process, kind=process.kind, at=timezone.now())
    Membership.objects.create(process=process, user=user, role=Role.ORGANISER)
    StakeholderGroup.objects.bulk_create(
        StakeholderGroup(process=process, name=name, position=position)
        for position, name in enumerate(default_groups())
    )
    process_event.send(sender=create_process, action="process.created", user=user, obj=process, details={})
    return process


@transaction.atomic
def edit_process(*, process: Process, user: "User", version: int, fields: Mapping[str, Any]) -> Process:
    """Change a process if it still stands at the version the editing began with, and return it as stored.

    Raises Conflict, with the process as it is stored now, if somebody else changed it in the meantime.
    """
    known = _known(fields)
    updated = Process.objects.filter(pk=process.pk, version=version).update(
        **known, version=F("version") + 1, updated_at=timezone.now()
    )
    current = Process.objects.get(pk=process.pk)
    if not updated:
        if {name: getattr(current, name) for name in known} == known:
            return current  # the same change, twice: a double click
        raise Conflict(_("Somebody else changed this process while you were editing it."), current)
    if current.kind != process.kind:
        KindChange.objects.create(process=current, kind=current.kind, at=timezone.now())
    details = {name: getattr(current, name) for name in RECORDED if getattr(current, name) != getattr(process, name)}
    process_event.send(sender=edit_process, action="process.edited", user=user, obj=current, details=details)
    return current


def _known(fields: Mapping[str, Any]) -> dict[str, Any]:
    unknown = fields.keys() - set(EDITABLE)
    if unknown:
        raise ValueError(f"not editable: {sorted(unknown)}")
    return dict(fields)


_OF_CURRENT_VERSION = {"item__question_set": F("response__assessment__question_set")}


def losses(process: Process) -> dict[str, int]:
    """Return how many of each kind of thing would go if the process were deleted."""
    responses = Response.objects.filter(assessment__process=process)
    return {
        "assessments": Assessment.objects.filter(process=process).count(),
        # Of answers carried to another version of the questions only those that hold.
        "answers": Answer.objects.filter(response__in=responses, **_OF_CURRENT_VERSION).count(),
        "files": len(_files_of(process)),
        "waves": Wave.objects.filter(assessment__process=process).count(),
        "reports": _reports_on(process).count(),
        "members": Membership.objects.filter(process=process).count(),
    }


def _files_of(process: Process) -> list[str]:
    """The stored files of evidence, each once: those of answers, and those of the register."""
    given = EvidenceFile.everything.filter(response__assessment__process=process).values_list("file", flat=True)
    entered = EvidenceEntry.objects.filter(process=process).exclude(file="").values_list("file", flat=True)
    return list(dict.fromkeys([*given, *entered]))


def _reports_on(process: Process) -> Any:
    """Reports that show anything of the process: comparisons with others included, and published ones not.

    What is in the public record stays there.
    """
    shown = Report.objects.filter(assessments__process=process, record_versions=None)
    return Report.objects.filter(pk__in=shown.values("pk"))


@transaction.atomic
def delete_process(*, process: Process, user: "User") -> None:
    """Delete a process with everything that was said in it: answers, their history, files and reports."""
    reports = _reports_on(process)
    files = [
        *_files_of(process),
        *reports.exclude(file="").values_list("file", flat=True),
    ]
    process_event.send(
        sender=delete_process,
        action="process.deleted",
        user=user,
        obj=process,
        details={"code": process.code, **losses(process)},
    )
    reports.delete()
    process.delete()
    # Files are not part of the transaction: they go when it is certain.
    for name in dict.fromkeys(files):
        transaction.on_commit(partial(default_storage.delete, name), robust=True)
