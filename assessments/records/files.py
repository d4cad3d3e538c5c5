"""Data of the public record as files: one record, or all of them, under the licence that stands in them."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from assessments.documents.record import RecordAbout, RecordDocument
from assessments.models import GroupReply, RecordVersion
from assessments.records.reading import RecordRow
from assessments.tables import Cell, PlainTable, csv_of, items_table
from assessments.tables.of_result import status_word
from assessments.tables.plain import yes_no
from assessments.vocabulary import KIND_LABELS
from attributes.texts import localise

FORMAT = "msgov-public-record/1"


def pretty(content: Any) -> str:
    """JSON that people can read too."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def record_json(version: RecordVersion, document: RecordDocument, replies: Iterable[GroupReply], url: str) -> str:
    """One version with the replies to it. `digest` is the SHA-256 of `record` with sorted keys and no spaces."""
    return pretty(
        {
            "format": FORMAT,
            "url": url,
            "digest": version.digest,
            "record": document.model_dump(mode="json"),
            "replies": [_reply(reply) for reply in replies],
        }
    )


def _reply(reply: GroupReply) -> dict[str, Any]:
    """A reply as everybody may have it: without its words where they are not shown."""
    found: dict[str, Any] = {
        "group": reply.group,
        "filed_on": reply.filed_at.date().isoformat(),
        "to_version": reply.to_version,
        "state": reply.state,
    }
    if not reply.is_shown:
        return {**found, "note": reply.note}
    found |= {"text": reply.text, "filed_by": reply.filed_by, "capacity": reply.capacity}
    if reply.answer and reply.answered_at:
        found["answer"] = {"text": reply.answer, "on": reply.answered_at.date().isoformat()}
    return found


def record_csv(document: RecordDocument) -> str:
    """The items of one version, each line with the number of the record, its version and the licence."""
    about = document.about
    items = items_table(document.evidence, document.joint)
    before = (about.number, about.version, about.licence.spdx)
    return csv_of(
        PlainTable(
            items.name,
            items.title,
            (_("Record"), _("Version"), _("Licence"), *items.columns),
            tuple((*before, *row) for row in items.rows),
        )
    )


def all_json(rows: Iterable[RecordRow], url_of: Callable[[RecordAbout], str]) -> str:
    """Every record in its newest version: what it is about, and its attributes."""
    return pretty(
        {
            "format": f"{FORMAT}-list",
            "records": [
                {
                    **row.about.model_dump(mode="json"),
                    "url": url_of(row.about),
                    "attributes": [line.model_dump(mode="json") for line in row.figures],
                }
                for row in rows
            ],
        }
    )


def all_csv(rows: Iterable[RecordRow], url_of: Callable[[RecordAbout], str]) -> str:
    """The same as a table: one line for each attribute of each record. Nothing is ranked or summed up."""
    columns = (
        _("Record"), _("Version"), _("Process"), _("Organisation"), _("What it does"), _("Country or region"),
        _("Working language"), _("Round"), _("Submitted"), _("Published"), _("Reviewed"), _("Example"),
        _("Question set"), _("Method"), _("Code"), _("Attribute"), _("Status"), _("Letter"), _("Points"),
        _("Lowest possible"), _("Highest possible"), _("Groups: letter"), _("Groups: points"), _("Licence"),
        _("Address"),
    )  # fmt: skip
    lines = tuple(line for row in rows for line in _lines(row, url_of(row.about)))
    return csv_of(PlainTable("records", _("Public record"), columns, lines))


def _lines(row: RecordRow, url: str) -> Iterable[tuple[Cell, ...]]:
    about = row.about
    before: tuple[Cell, ...] = (
        about.number, about.version, about.name, about.organisation,
        str(KIND_LABELS.get(about.kind, "")), about.country, about.language, about.round, about.submitted_on,
        about.published_on, yes_no(about.is_reviewed), yes_no(about.is_invented or about.is_example),
        f"{localise(about.question_set)} {about.question_set_version}", about.method_version,
    )  # fmt: skip
    for line in row.figures:
        yield (
            *before, line.code, localise(line.title), status_word(line.status), line.letter, line.score, line.low,
            line.high, line.groups_letter, line.groups_score, about.licence.spdx, url,
        )  # fmt: skip
