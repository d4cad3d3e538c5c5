"""Who may do what with a record: those who have the rights in its process now, and whoever runs the site."""

from enum import StrEnum
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from assessments.models import Process, PublicRecord
from assessments.permissions import Right, may_moderate, rights_in, signed_in
from assessments.records.reading import refuse_where_switched_off

if TYPE_CHECKING:
    from msgov.accounts.models import User


class RecordRole(StrEnum):
    """What somebody is to a record."""

    PUBLISHER = "publisher"  # organises the process: withdraws, asks groups to reply, answers them
    READER = "reader"  # reads comments of the panel before they are shown: enters replies, takes them off the page
    ADMIN = "admin"  # runs the site, also where the process is gone


def roles_on(record: PublicRecord, user: "User") -> frozenset[RecordRole]:
    """Return what a person is to a record, which was read with its assessment and process."""
    found = {RecordRole.ADMIN} if user.is_site_admin else set()
    if record.assessment is not None:
        if Right.PUBLISH in rights_in(record.assessment.process, user):
            found.add(RecordRole.PUBLISHER)
        if may_moderate(record.assessment, user):
            found.add(RecordRole.READER)
    return frozenset(found)


def record_for(request: HttpRequest, number: str, *needed: RecordRole) -> tuple[PublicRecord, frozenset[RecordRole]]:
    """Return a record, withdrawn or not, and what the person is to it, for whoever has one of the roles.

    Others get 403 if they may know of the process, and 404 else.
    """
    refuse_where_switched_off()
    records = PublicRecord.objects.select_related("assessment__process")
    record = get_object_or_404(records, number=number.upper())
    user = signed_in(request)
    roles = roles_on(record, user)
    if roles & set(needed):
        return record, roles
    known = Process.objects.visible_to(user)
    if record.assessment is None or not known.filter(pk=record.assessment.process_id).exists():
        raise Http404
    raise PermissionDenied
