"""Who changed which answer when, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.answering.services.answers import PAGE, SET_ASIDE
from assessments.answering.services.evidence import FILE_ADDED, FILE_REMOVED
from assessments.answers.value import content_of
from assessments.answers.wording import Line, Wording, answer_lines
from assessments.models import Answer, Assessment, Move, Track
from assessments.moving.writing import MOVED_FROM
from assessments.pages import page_number
from assessments.permissions import Right, assessment_for
from assessments.rounds.forms import HistoryFilterForm
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueItem, CatalogueSet
from attributes.models import QuestionSet

PAGE_LENGTH = 25


@dataclass(frozen=True)
class Change:
    """One entry: each part that changed with its old and its new words."""

    at: Any
    by: str
    item: CatalogueItem
    short: str
    # The version of the question set that was answered, where it is not that of the assessment now.
    version: str
    what: str
    parts: list[tuple[str, str, str]]


@require_safe
def assessment_history(request: HttpRequest, code: str) -> HttpResponse:
    """The changes, newest first, a page at a time, of all items or of one."""
    assessment = assessment_for(request, code, Right.VIEW_HISTORY)
    versions = _versions(assessment)
    say = Wording(assessment.process.resource or versions[0].resource_default)
    # Items that only an earlier version has come last.
    items = {item.code: item for version in reversed(versions) for item in version.items.values()}
    in_order = list(dict.fromkeys(code for version in versions for code in version.items))
    form = HistoryFilterForm(request.GET, items=[(code, f"{code}: {say(items[code].short)}") for code in in_order])
    chosen = form.cleaned_data["item"] if form.is_valid() else ""
    page = page_number(request)
    entries = _entries(assessment, versions, chosen, page)
    query = f"item={chosen}&" if chosen else ""
    context = {
        "assessment": assessment,
        "form": form,
        "chosen": chosen,
        "changes": _changes(versions, entries[:PAGE_LENGTH], say),
        "page": page,
        "previous": f"?{query}page={page - 1}" if page > 1 else "",
        "next": f"?{query}page={page + 1}" if len(entries) > PAGE_LENGTH else "",
        "events": assessment.events.order_by("-at", "-pk") if page == 1 and not chosen else [],
    }
    return render(request, "assessments/rounds/history.html", context)


def _versions(assessment: Assessment) -> list[CatalogueSet]:
    """The versions of the question set that were answered: first that of now. One query, if the rest is in memory."""
    moves = Move.objects.filter(assessment=assessment)
    used = QuestionSet.objects.filter(Q(pk__in=moves.values("from_set")) | Q(pk__in=moves.values("to_set")))
    others = [version for version in used if version.pk != assessment.question_set_id]
    return [catalogue_of(version) for version in (assessment.question_set, *others)]


def _entries(assessment: Assessment, versions: list[CatalogueSet], chosen: str, page: int) -> list[Any]:
    """The entries of a page, and one more if there is another page."""
    responses = assessment.responses.filter(track=Track.EVIDENCE).values("pk")
    entries = Answer.history.filter(response_id__in=responses).select_related("history_user")
    if chosen:
        entries = entries.filter(item_id__in=[found.items[chosen].pk for found in versions if chosen in found.items])
    start = (page - 1) * PAGE_LENGTH
    return list(entries.order_by("-history_date", "-history_id")[start : start + PAGE_LENGTH + 1])


def _changes(versions: list[CatalogueSet], entries: list[Any], say: Wording) -> list[Change]:
    items = {item.pk: (version, item) for version in versions for item in version.items.values()}
    before = _before(entries)
    changes = []
    for entry in entries:
        catalogue, item = items[entry.item_id]
        # What was set aside never took the place of the answer beside which it was kept.
        base = before.get((entry.id, entry.version - (entry.history_change_reason != SET_ASIDE)))
        changes.append(
            Change(
                at=entry.history_date,
                by=str(entry.history_user) if entry.history_user else "",
                item=item,
                short=say(item.short),
                version="" if catalogue is versions[0] else catalogue.version,
                what=_what(entry.history_change_reason or ""),
                parts=_parts(catalogue, item, base, entry, say),
            )
        )
    return changes


def _before(entries: Iterable[Any]) -> dict[tuple[int, int], Any]:
    """The entries these came after, by answer and version. One query."""
    wanted = {
        (entry.id, entry.version - (entry.history_change_reason != SET_ASIDE))
        for entry in entries
        if entry.version > 1 or entry.history_change_reason == SET_ASIDE
    }
    if not wanted:
        return {}
    condition = reduce(or_, (Q(id=answer, version=version) for answer, version in sorted(wanted)))
    found = Answer.history.filter(condition).exclude(history_change_reason=SET_ASIDE)
    return {(entry.id, entry.version): entry for entry in found}


def _what(reason: str) -> str:
    """What happened, where it was not simply a change of the answer."""
    if reason.startswith(FILE_ADDED):
        return _("File added: %(name)s") % {"name": reason.removeprefix(FILE_ADDED)}
    if reason.startswith(FILE_REMOVED):
        return _("File removed: %(name)s") % {"name": reason.removeprefix(FILE_REMOVED)}
    if reason == SET_ASIDE:
        return _("Set aside when two people had changed the same answer; kept here only")
    if reason.startswith(MOVED_FROM):
        return _("Taken over from version %(version)s") % {"version": reason.removeprefix(MOVED_FROM)}
    if reason == "import":
        return _("Imported")
    return "" if reason.startswith(PAGE) else reason


def _parts(
    catalogue: CatalogueSet, item: CatalogueItem, base: Any, entry: Any, say: Wording
) -> list[tuple[str, str, str]]:
    old = _lines(catalogue, item, base, say)
    new = _lines(catalogue, item, entry, say)
    labels = {key: line.label for key, line in {**old, **new}.items()}
    nothing = _("nothing")
    return [
        (label, old[key].text if key in old else nothing, new[key].text if key in new else nothing)
        for key, label in labels.items()
        if old.get(key) != new.get(key)
    ]


def _lines(catalogue: CatalogueSet, item: CatalogueItem, entry: Any, say: Wording) -> dict[str, Line]:
    return {line.key: line for line in answer_lines(catalogue, item, content_of(item, entry), say)}
