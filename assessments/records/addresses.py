"""Where a record and its files are, as the world sees it."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.documents.record import RecordAbout
from assessments.models import RecordVersion
from assessments.records.citing import CitedRecord
from assessments.records.reading import about_of


def publisher_name(request: HttpRequest) -> str:
    """Who gives the data out: the name that the operator has set, or the host."""
    name = settings.PUBLIC_RECORD_PUBLISHER
    return name or _("msgov public record, %(host)s") % {"host": request.get_host()}


def version_url(request: HttpRequest, about: RecordAbout) -> str:
    """The whole address of a version, which stays."""
    return request.build_absolute_uri(
        reverse("assessments:record-version", kwargs={"number": about.number, "version": about.version})
    )


def cited(request: HttpRequest, version: RecordVersion) -> CitedRecord:
    """A version with all its addresses, as references and metadata need them."""
    about = about_of(version)
    own = {"number": about.number, "version": about.version}

    def file(name: str) -> str:
        return request.build_absolute_uri(reverse("assessments:record-file", kwargs={**own, "name": name}))

    return CitedRecord(
        about=about,
        url=version_url(request, about),
        record_url=request.build_absolute_uri(reverse("assessments:record", kwargs={"number": about.number})),
        publisher=publisher_name(request),
        data_url=file("data.json"),
        table_url=file("data.csv"),
        report_url=request.build_absolute_uri(reverse("assessments:record-report", kwargs=own)),
        digest=version.digest,
        is_withdrawn=version.record.is_withdrawn,
    )
