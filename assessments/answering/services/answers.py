"""Saving answers: only what changed, under an optimistic lock per answer, each change with its entry in the history."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.answering.services.entries import enter_links
from assessments.answers.following import followed
from assessments.answers.value import AnswerContent, canonical, content_of, fields_of
from assessments.exceptions import MovedMeanwhile, NotEditable
from assessments.models import Answer, AnswerVersion, Assessment
from assessments.retrying import LostRace, retrying
from assessments.vocabulary import AssessmentState, Track
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueItem
from attributes.memory import Statement

if TYPE_CHECKING:
    from msgov.accounts.models import User


@dataclass(frozen=True)
class AnswerToSave:
    """What a page wants an answer to be, and the version it started from (0: there was none).

    `content` may be a function of what is stored, for a page that shows only a part of the answer.
    """

    item: CatalogueItem
    content: AnswerContent | Callable[[AnswerContent], AnswerContent]
    version: int
    # What a merge decided against: kept in the history.
    set_aside: AnswerContent | None = None


@dataclass(frozen=True)
class Clash:
    """The same answer was changed twice from the same version: by two people, or by one in two tabs."""

    item: CatalogueItem
    mine: AnswerContent
    theirs: AnswerContent
    version: int
    by: str
    at: datetime
    by_id: int | None = None


# What is to be written: the entry, its canonical content, and the row it takes the place of.
Write = tuple[AnswerToSave, AnswerContent, Answer | None]


@dataclass
class SaveOutcome:
    """What became of the entries.

    `versions` holds, by item code, the versions a page may go on from. `overtaken` are answers that somebody else
    changed and this page did not: nothing was lost, but the page shows an old answer.
    """

    versions: dict[str, int] = field(default_factory=dict)
    changed: dict[str, AnswerContent] = field(default_factory=dict)
    clashes: dict[str, Clash] = field(default_factory=dict)
    overtaken: set[str] = field(default_factory=set)
    # Answers that rest on a file more than before.
    with_files: set[str] = field(default_factory=set)
    # What is stored now, by the id of the item: of the entries, and of what was to be read along.
    rows: dict[int, Answer] = field(default_factory=dict)


_locked: Statement[tuple[str, int, int]] = Statement(
    lambda pk: (
        Assessment.objects.select_for_update()
        .filter(pk=pk, responses__track=Track.EVIDENCE)
        .values_list("state", "question_set_id", "responses")
    )
)


def editable_response(assessment: Assessment) -> int:
    """Return the id of the organiser's response, the assessment locked until the transaction ends.

    The lock keeps a submission from freezing, and the assessment from being moved to another version of its
    question set, while an answer is on its way. Raises NotEditable unless it is a draft, and MovedMeanwhile if it is
    at another version than the instance says.
    """
    ((state, question_set_id, response_id),) = _locked(assessment.pk)
    if state != AssessmentState.DRAFT:
        raise NotEditable(_("This assessment has been submitted: its answers can no longer be changed."))
    if question_set_id != assessment.question_set_id:
        raise MovedMeanwhile(_("The assessment has been moved to another version of its questions in the meantime."))
    return int(response_id)


@retrying
@transaction.atomic
def save_answers(
    *,
    assessment: Assessment,
    user: "User",
    entries: Sequence[AnswerToSave],
    page: str = "",
    reason: str = AnswerVersion.Reason.SAVED,
    along: Iterable[CatalogueItem] = (),
) -> SaveOutcome:
    """Store the entries that change something; clashes are returned and not stored, the rest is.

    Lines of a list that follow another one are set, and opened again, with it. Documents that the register does not
    have yet are entered. `page` names the page that sends them, `reason` stands in the history; answers to the items
    `along` are read too. Raises as `editable_response`.
    """
    response_id = editable_response(assessment)
    leads = _leads(assessment, entries)
    asked = [*(entry.item for entry in entries), *(item for pair in leads.values() for item in pair), *along]
    rows = answer_rows(response_id, {item.pk for item in asked})
    outcome = SaveOutcome(rows=rows)
    writes: list[Write] = []
    links: list[tuple[str, str]] = []
    for entry in _leads_first([*entries, *_followers(entries, leads, rows)], leads):
        row = rows.get(entry.item.pk)
        stored = content_of(entry.item, row)
        content = entry.content(stored) if callable(entry.content) else entry.content
        wanted = canonical(entry.item, content)
        if entry.item.code in leads:
            lead = leads[entry.item.code][1]
            before = content_of(lead, rows.get(lead.pk))
            now = next((written for wrote, written, _row in writes if wrote.item.code == lead.code), before)
            wanted = followed(entry.item, wanted, stored, before, now)
        version = row.version if row else 0
        if wanted == stored:
            outcome.versions[entry.item.code] = version
            if entry.set_aside is not None and row is not None:
                _record_set_aside(row, entry, user)
        elif row is None or entry.version == version or _may_follow(entry, wanted, row, page, outcome):
            writes.append((entry, wanted, row))
            if stored.evidence_links != wanted.evidence_links:
                links.append((stored.evidence_links, wanted.evidence_links))
    _write(writes, response_id=response_id, user=user, page=page, reason=reason, outcome=outcome)
    if links:
        enter_links(process_id=assessment.process_id, user=user, changes=links, page=page)
    return outcome


def _leads(assessment: Assessment, entries: Sequence[AnswerToSave]) -> dict[str, tuple[CatalogueItem, CatalogueItem]]:
    """By code, the lists among the entries that follow another one, and those that follow an entry: each with the
    list it follows, where that one is asked too."""
    catalogue, kind = catalogue_of(assessment.question_set), assessment.process.kind
    codes, found = {entry.item.code for entry in entries}, {}
    for code, lead in catalogue.following.items():
        item = catalogue.items[code]
        if {code, lead.code} & codes and item.applies_to(kind) and lead.applies_to(kind):
            found[code] = (item, lead)
            codes.add(code)
    return found


def _leads_first(entries: Iterable[AnswerToSave], leads: Iterable[str]) -> list[AnswerToSave]:
    """In an order in which what a list follows is known before it."""
    order = {code: number for number, code in enumerate(leads, 1)}
    return sorted(entries, key=lambda entry: order.get(entry.item.code, 0))


def _followers(
    entries: Sequence[AnswerToSave],
    leads: Mapping[str, tuple[CatalogueItem, CatalogueItem]],
    rows: Mapping[int, Answer],
) -> list[AnswerToSave]:
    """Entries for the lists that were not sent and follow one that was: as they are stored."""
    sent = {entry.item.code for entry in entries}
    found = []
    for code, (item, _lead) in leads.items():
        if code not in sent:
            row = rows.get(item.pk)
            found.append(AnswerToSave(item, content_of(item, row), row.version if row else 0))
    return found


def answer_rows(response_id: int, items: Iterable[int]) -> dict[int, Answer]:
    """Return the stored answers to these items, by the id of the item."""
    return {row.item_id: row for row in _rows(response_id, list(items))}


_rows = Statement(lambda response, items: Answer.objects.filter(response=response, item__in=items).order_by())


def _may_follow(entry: AnswerToSave, wanted: AnswerContent, row: Answer, page: str, outcome: SaveOutcome) -> bool:
    """Whether an entry made from an older version may be stored all the same; else say in `outcome` why not."""
    item = entry.item
    since = list(
        row.history.filter(version__gte=entry.version)
        .exclude(reason=AnswerVersion.Reason.SET_ASIDE)
        .order_by("version", "pk")
    )
    started_from = next((past for past in since if past.version == entry.version), None)
    base = content_of(item, started_from) if started_from or not entry.version else None
    stored = content_of(item, row)
    later = [(past.reason, past.detail) for past in since if past.version > entry.version]
    if base == stored or (page and later and all(written == (AnswerVersion.Reason.SAVED, page) for written in later)):
        return True
    if base == wanted:
        outcome.overtaken.add(item.code)
    else:
        by = "" if row.updated_by is None else str(row.updated_by)
        outcome.clashes[item.code] = Clash(item, wanted, stored, row.version, by, row.updated_at, row.updated_by_id)
    return False


def _write(
    writes: Iterable[Write],
    *,
    response_id: int,
    user: "User",
    page: str,
    reason: str,
    outcome: SaveOutcome,
) -> None:
    now = timezone.now()
    new, changed = [], []
    for entry, wanted, row in writes:
        stamp = {"updated_by": user, "updated_at": now}
        if row is None:
            row = Answer(response_id=response_id, item_id=entry.item.pk, **fields_of(entry.item, wanted), **stamp)
            new.append(row)
        else:
            compare_and_swap(row, {**fields_of(entry.item, wanted), **stamp})
            changed.append(row)
        outcome.versions[entry.item.code] = row.version
        outcome.changed[entry.item.code] = wanted
    if new:
        Answer.objects.bulk_create(new)
    if new or changed:
        AnswerVersion.record([*new, *changed], user=user, reason=reason, detail=page)
    for entry, _wanted, written in writes:
        if entry.set_aside is not None and written is not None:
            _record_set_aside(written, entry, user)


def compare_and_swap(row: Answer, fields: Mapping[str, Any]) -> None:
    """Write over a row that is still what it was; raises LostRace if it is not. Leaves the history to the caller."""
    version = row.version + 1
    if not Answer.objects.filter(pk=row.pk, version=row.version).update(**fields, version=version):
        raise LostRace
    for name, value in {**fields, "version": version}.items():
        setattr(row, name, value)


def _record_set_aside(row: Answer, entry: AnswerToSave, user: "User") -> None:
    """Keep the version that a merge decided against: in the history, not in the answer."""
    if entry.set_aside is None:
        return
    copy = Answer(pk=row.pk, response_id=row.response_id, item_id=row.item_id, version=row.version)
    for name, value in fields_of(entry.item, entry.set_aside).items():
        setattr(copy, name, value)
    AnswerVersion.record([copy], user=user, reason=AnswerVersion.Reason.SET_ASIDE)


def touch_answer(*, response_id: int, item_pk: int, user: "User", reason: AnswerVersion.Reason, detail: str) -> int:
    """Put into the history of an answer that something beside it changed (its files), and return the version that
    this makes. For use in a transaction."""
    row = Answer.objects.filter(response_id=response_id, item_id=item_pk).first()
    stamp = {"updated_by": user, "updated_at": timezone.now()}
    if row is None:
        row = Answer.objects.create(response_id=response_id, item_id=item_pk, **stamp)
    else:
        compare_and_swap(row, stamp)
    AnswerVersion.record([row], user=user, reason=reason, detail=detail)
    return row.version
