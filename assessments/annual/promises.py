"""Promises in rows: those of last time with what became of them, those made now."""

import datetime
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.actions.reading import name_of_part
from assessments.annual.moved import moved_of_promise
from assessments.documents.actions import ActionPart
from assessments.documents.annual import AnnualDocument
from assessments.documents.values import Text, day_words

MONTH = 30  # days, in which lateness is counted from two months on
SHORTEST_IN_MONTHS = 60


@dataclass(frozen=True)
class PromiseRow:
    """A promise of last time. `short` names its item where nothing more was written than that; then `text` is that.

    `state` says whether it is done, open or dropped, and since when or how late; `happened` is in the words of people.
    """

    text: str
    short: Text
    state: str
    happened: str
    moved: str
    is_public: bool


@dataclass(frozen=True)
class NextRow:
    """A promise made now; `owner`, `by` and `known_by` are "" where nobody said it. `carried`: it is from last time.

    `state` says what has become of it where it is late, done or dropped by now.
    """

    text: str
    short: Text
    owner: str
    by: str
    known_by: str
    state: str
    carried: bool
    is_public: bool


def promise_rows(document: AnnualDocument) -> list[PromiseRow]:
    """Return the promises of last time that the page shows."""
    return [
        PromiseRow(
            text=_text(action, document),
            short=_short(action, document),
            state=state_in_words(action, document.as_of, carried=action.carried_on),
            happened=_happened(action),
            moved=moved_of_promise(document, action),
            is_public=action.is_public,
        )
        for action in document.promised.shown
    ]


def next_rows(document: AnnualDocument) -> list[NextRow]:
    """Return the promises made now that the page shows."""
    return [
        NextRow(
            text=_text(action, document),
            short=_short(action, document),
            owner=action.owner,
            by=day_words(action.due),
            known_by=action.known_by,
            state=_by_now(action, document.as_of),
            carried=action.carried,
            is_public=action.is_public,
        )
        for action in document.promises.shown
    ]


def _by_now(action: ActionPart, as_of: str) -> str:
    is_late = action.state == "open" and bool(action.due) and action.due < as_of
    return state_in_words(action, as_of) if is_late or action.state != "open" else ""


def state_in_words(action: ActionPart, as_of: str, *, carried: bool = False) -> str:
    """Say what became of a promise by a day: done or dropped when, or open and how late."""
    when = date_format(datetime.date.fromisoformat(action.closed_on), "YEAR_MONTH_FORMAT") if action.closed_on else ""
    if action.state == "done":
        return _("Done, %(when)s") % {"when": when} if when else _("Done")
    if action.state == "dropped":
        return _("Dropped, %(when)s") % {"when": when} if when else _("Dropped")
    return _open(action, as_of, carried=carried)


def _open(action: ActionPart, as_of: str, *, carried: bool) -> str:
    if not action.due:
        return _("Open, without a date; carried over") if carried else _("Open, without a date")
    due = datetime.date.fromisoformat(action.due)
    days = (datetime.date.fromisoformat(as_of) - due).days if as_of else 0
    if days <= 0:
        said = {"day": date_format(due, "DATE_FORMAT")}
        return _("Open, by %(day)s; carried over") % said if carried else _("Open, by %(day)s") % said
    if days < SHORTEST_IN_MONTHS:
        if carried:
            return ngettext("Open, %(n)s day late; carried over", "Open, %(n)s days late; carried over", days) % {
                "n": days
            }
        return ngettext("Open, %(n)s day late", "Open, %(n)s days late", days) % {"n": days}
    months = days // MONTH
    if carried:
        return ngettext("Open, %(n)s month late; carried over", "Open, %(n)s months late; carried over", months) % {
            "n": months
        }
    return ngettext("Open, %(n)s month late", "Open, %(n)s months late", months) % {"n": months}


def _happened(action: ActionPart) -> str:
    if action.state == "dropped" and action.reason:
        return _("Reason: %(reason)s") % {"reason": action.reason}
    return action.happened


def _text(action: ActionPart, document: AnnualDocument) -> str:
    """What was promised; without words of its own, what its item is called."""
    return name_of_part(action, document.result.items())


def _short(action: ActionPart, document: AnnualDocument) -> Text:
    item = document.result.items().get(action.item)
    return {} if action.text or item is None else item.short
