"""Who changed which answer when, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.answers.value import content_of
from assessments.answers.wording import WordedLine, answer_lines
from assessments.models import AnswerVersion, Assessment, Move
from assessments.pages import paged
from assessments.permissions import Right, assessment_for
from assessments.rounds.forms import HistoryFilterForm
from assessments.vocabulary import Track
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueItem, CatalogueSet
from attributes.models import QuestionSet
from attributes.texts import Wording

PAGE_LENGTH = 25


@dataclass(frozen=True)
class HistoryLine:
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
    page = paged(request, _entries(assessment, versions, chosen), PAGE_LENGTH, {"item": chosen} if chosen else {})
    context = {
        "assessment": assessment,
        "form": form,
        "chosen": chosen,
        "changes": _changes(versions, page.rows, say),
        "kinds": assessment.process.kind_changes.order_by("-at", "-pk") if page.number == 1 and not chosen else [],
        "events": assessment.events.order_by("-at", "-pk") if page.number == 1 and not chosen else [],
        **page.context,
    }
    return render(request, "assessments/rounds/history.html", context)


def _versions(assessment: Assessment) -> list[CatalogueSet]:
    """The versions of the question set that were answered: first that of now. One query, if the rest is in memory."""
    moves = Move.objects.filter(assessment=assessment)
    used = QuestionSet.objects.filter(Q(pk__in=moves.values("from_set")) | Q(pk__in=moves.values("to_set")))
    others = [version for version in used if version.pk != assessment.question_set_id]
    return [catalogue_of(version) for version in (assessment.question_set, *others)]


def _entries(assessment: Assessment, versions: list[CatalogueSet], chosen: str) -> "QuerySet[Any, Any]":
    """All entries, or those of the item chosen, each with the id of its item."""
    responses = assessment.responses.filter(track=Track.EVIDENCE).values("pk")
    entries = AnswerVersion.objects.filter(answer__response__in=responses).select_related("user")
    if chosen:
        items = [found.items[chosen].pk for found in versions if chosen in found.items]
        entries = entries.filter(answer__item__in=items)
    return entries.annotate(item_id=F("answer__item_id"))


def _changes(versions: list[CatalogueSet], entries: list[Any], say: Wording) -> list[HistoryLine]:
    items = {item.pk: (version, item) for version in versions for item in version.items.values()}
    before = _before(entries)
    changes = []
    for entry in entries:
        catalogue, item = items[entry.item_id]
        base = before.get(_base_of(entry))
        changes.append(
            HistoryLine(
                at=entry.at,
                by=str(entry.user) if entry.user else "",
                item=item,
                short=say(item.short),
                version="" if catalogue is versions[0] else catalogue.version,
                what=_what(entry),
                parts=_parts(catalogue, item, base, entry, say),
            )
        )
    return changes


def _base_of(entry: AnswerVersion) -> tuple[int, int]:
    """Answer and version that an entry came after, or beside: what was set aside never took the answer's place."""
    return entry.answer_id, entry.version - (entry.reason != AnswerVersion.Reason.SET_ASIDE)


def _before(entries: Iterable[AnswerVersion]) -> dict[tuple[int, int], AnswerVersion]:
    """The entries these came after, by answer and version. One query."""
    wanted = {(answer, version) for answer, version in map(_base_of, entries) if version}
    if not wanted:
        return {}
    condition = reduce(or_, (Q(answer=answer, version=version) for answer, version in sorted(wanted)))
    found = AnswerVersion.objects.filter(condition).exclude(reason=AnswerVersion.Reason.SET_ASIDE)
    return {(entry.answer_id, entry.version): entry for entry in found}


def _what(entry: AnswerVersion) -> str:
    """What happened, where it was not simply a change of the answer."""
    match entry.reason:
        case AnswerVersion.Reason.FILE_ADDED:
            return _("File added: %(name)s") % {"name": entry.detail}
        case AnswerVersion.Reason.FILE_REMOVED:
            return _("File removed: %(name)s") % {"name": entry.detail}
        case AnswerVersion.Reason.SET_ASIDE:
            return _("Set aside when two people had changed the same answer; kept here only")
        case AnswerVersion.Reason.MOVED:
            return _("Taken over from version %(version)s") % {"version": entry.detail}
        case AnswerVersion.Reason.IMPORTED:
            return _("Imported")
        case AnswerVersion.Reason.CLAIMED:
            return _("Taken over from a quick check, as a claim")
        case AnswerVersion.Reason.REGISTER:
            return _("The address was changed in the evidence register")
    return ""


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


def _lines(catalogue: CatalogueSet, item: CatalogueItem, entry: Any, say: Wording) -> dict[str, WordedLine]:
    return {line.key: line for line in answer_lines(catalogue, item, content_of(item, entry), say)}
