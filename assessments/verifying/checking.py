"""Checking a PDF: what it carries against itself, against its signature, and against what was given out here."""

import hashlib
import json
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from assessments.documents.leaves import differing_leaves
from assessments.documents.manifest import ManifestDocument, number_of
from assessments.documents.report import ReportDocument
from assessments.models import IssuedReport
from assessments.reports.seal import NotSealed, digest_around
from assessments.reports.signing import KnownKey, known_keys, signer
from assessments.verifying.opening import AmbiguousPdf, OpenedPdf, UnreadablePdf, open_pdf
from assessments.verifying.recomputing import Recomputed, recompute
from assessments.verifying.standing import replacement
from assessments.verifying.verdict import ReportVerdict, Standing

MOST_DIFFERENCES = 20  # that are told; one changed answer moves many figures


def check(content: bytes) -> ReportVerdict:
    """Say of a PDF whether it is genuine and current. Never raises, whatever the file is."""
    try:
        opened = open_pdf(content)
    except UnreadablePdf:
        return ReportVerdict(Standing.UNKNOWN, [_("This is not a PDF that can be read here.")])
    except AmbiguousPdf:
        return ReportVerdict(
            Standing.ALTERED, [_("The file carries the data of a report twice: something was added to it.")]
        )
    if not opened.manifest and not opened.report:
        return ReportVerdict(
            Standing.UNKNOWN, [_("The file carries nothing that msgov puts into its reports: it is not one of them.")]
        )
    manifest = _manifest(opened.manifest)
    if manifest is None:
        return ReportVerdict(Standing.ALTERED, [_("What the file says of itself was taken out of it, or changed.")])
    return _Check(content, opened, manifest).verdict()


def _manifest(raw: bytes) -> ManifestDocument | None:
    try:
        return ManifestDocument.model_validate_json(raw)
    except ValidationError:
        return None


class _Check:
    """One file on its way through all checks."""

    def __init__(self, content: bytes, opened: OpenedPdf, manifest: ManifestDocument) -> None:
        self.content = content
        self.opened = opened
        self.manifest = manifest
        self.key: KnownKey | None = signer(manifest)
        records = IssuedReport.objects.filter(number=manifest.number).select_related("report")
        self.records = list(records.order_by("as_of", "pk"))
        digest = hashlib.sha256(content).hexdigest()
        self.record = next((row for row in reversed(self.records) if row.file_digest == digest), None)
        self.data_fits = hashlib.sha256(opened.report).hexdigest() == manifest.document
        self.number_fits = number_of(manifest.document, manifest.language) == manifest.number
        self.seal_fits = self._seal_fits()

    def _seal_fits(self) -> bool:
        try:
            return digest_around(self.content, self.opened.manifest) == self.manifest.file
        except NotSealed:
            return False

    def verdict(self) -> ReportVerdict:
        """The first thing that is wrong decides; where nothing is, what is stored says whether the report holds."""
        if self.record is None and (wrong := self._wrong()):
            return self._altered(wrong)
        if self.record is None and not self.records:
            return self._not_recorded()
        document, raw = self._document()
        if document is None:
            return self._altered([_("The data in the file is not of the form that reports have.")])
        again = recompute(document, raw)
        if again.differences:
            return self._say(
                Standing.ALTERED, [_("Figures in it do not follow from the answers that it carries.")], again
            )
        return self._genuine(again)

    def _wrong(self) -> list[str]:
        """What shows that the file is not as it was made."""
        found = []
        if self.key is None and self.manifest.key in known_keys():
            found.append(_("The signature is not of this report."))
        if not self.data_fits:
            found.append(_("The data that the file carries was changed."))
        if not self.number_fits:
            found.append(_("Its number does not belong to this data."))
        if not self.seal_fits:
            found.append(_("Bytes of the file were changed: of its pages, or of something else in it."))
        # It fits itself: only what is known of the report from elsewhere can tell.
        if not found and self.key is None and self.records:
            found.append(_("A report with this number was made here, but not this file."))
        return found

    def _altered(self, reasons: list[str]) -> ReportVerdict:
        return self._say(Standing.ALTERED, reasons, Recomputed(differences=self._where()))

    def _where(self) -> list[str]:
        """Where the data is not what it was, as far as that can be told."""
        raw = _parsed(self.opened.report)
        if self.data_fits or raw is None or not self.records:
            return []
        stored = next((row.report.document for row in self.records if row.report is not None), None)
        if stored is not None:
            return differing_leaves(raw, stored)
        document, raw = self._document()
        return [] if document is None else recompute(document, raw).differences

    def _document(self) -> tuple[ReportDocument | None, Any]:
        raw = _parsed(self.opened.report)
        try:
            return ReportDocument.model_validate(raw), raw
        except (ValidationError, RecursionError):
            return None, raw

    def _not_recorded(self) -> ReportVerdict:
        if self.key is None:
            reason = _("The file fits itself, but nothing here says who made it: no report of this number is known.")
            return self._say(Standing.UNKNOWN, [reason])
        if self.key.owner:
            reason = _("The signature of %(name)s holds. Whether the report is current, only they can say.")
            return self._say(Standing.UNKNOWN, [reason % {"name": self.key.owner}])
        reason = _("The signature holds, but this site has no record of the report: it cannot be said to be current.")
        return self._say(Standing.UNKNOWN, [reason])

    def _genuine(self, again: Recomputed) -> ReportVerdict:
        issued = self.record or self.records[-1]
        found = replacement(issued)
        if found is None:
            return self._say(Standing.CURRENT, [_("It is as it was made here, and nothing newer is known.")], again)
        return self._say(Standing.REPLACED, [found.why], again, replaced_by=found.number, replaced_since=found.since)

    def _say(
        self, standing: Standing, reasons: list[str], again: Recomputed | None = None, **more: Any
    ) -> ReportVerdict:
        again = again or Recomputed()
        return ReportVerdict(
            standing,
            reasons,
            number=self.manifest.number,
            kind=self.manifest.kind,
            as_of=self.manifest.as_of,
            signed_by=self.key.id if self.key and self.seal_fits and self.data_fits else "",
            differences=again.differences[:MOST_DIFFERENCES],
            recomputed=again.done,
            not_recomputed=again.left,
            **more,
        )


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None
