"""What was changed in a wave after its launch, in sentences: page, PDF and the organiser's page say the same."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from assessments.documents.panel import PanelDocument
from assessments.documents.panel_asked import ChangePart, PanelGroup
from assessments.documents.values import day_words
from assessments.headlines import Name, Sentence


@dataclass(frozen=True)
class ChangeLine:
    """A change in a sentence; the reason in the words of whoever gave it, and the name, where they may be told."""

    sentence: Sentence
    reason: str
    by: str


def change_lines(changes: Sequence[ChangePart], names: Mapping[str, str]) -> list[ChangeLine]:
    """Say each change, the first one first. `names` of groups by code."""
    return [
        ChangeLine(SENTENCES[change.kind](change, names.get(change.group, "")), change.reason, change.by)
        for change in changes
    ]


def changes_in(document: PanelDocument) -> list[ChangeLine]:
    """The changes that a document tells of."""
    return change_lines(document.wave.changes, {group.code: group.called for group in document.groups})


def invited_since(document: PanelDocument, group: PanelGroup) -> str:
    """Say of a group how many were invited at first, and from when more: behind its name. Empty where it was so all
    along."""
    own = [change for change in document.wave.changes if change.group == group.code and change.day]
    raised = [change for change in own if change.kind == "people_added"]
    found = []
    for change in own:
        if change.kind == "group_added":
            found.append(gettext("asked from %(day)s") % {"day": day_words(change.day)})
    if raised:
        steps = ", ".join(
            gettext("from %(day)s %(number)s") % {"day": day_words(change.day), "number": change.after}
            for change in raised
        )
        found.append(gettext("invited: %(first)s, %(steps)s") % {"first": raised[0].before, "steps": steps})
    return "; ".join(found)


def _people_added(change: ChangePart, group: str) -> Sentence:
    words = gettext("On %(day)s the number of people invited in %(group)s was raised from %(before)s to %(after)s.")
    return Sentence(words, group=Name.of_people(group), **_days(change))


def _group_added(change: ChangePart, group: str) -> Sentence:
    words = ngettext(
        "On %(day)s the group %(group)s was added, with %(after)s person invited.",
        "On %(day)s the group %(group)s was added, with %(after)s people invited.",
        int(change.after or 0),
    )
    return Sentence(words, group=Name.of_people(group), **_days(change))


def _date_moved(change: ChangePart, _group: str) -> Sentence:
    words = gettext("On %(day)s the closing date was moved from %(before)s to %(after)s.")
    return Sentence(words, **_days(change))


def _stopped(change: ChangePart, _group: str) -> Sentence:
    words = gettext("From %(day)s no more answers were taken; the closing date was %(before)s.")
    return Sentence(words, **_days(change))


def _reopened(change: ChangePart, _group: str) -> Sentence:
    return Sentence(gettext("On %(day)s answers were taken again, until %(after)s."), **_days(change))


def _corrected(change: ChangePart, group: str) -> Sentence:
    words = ngettext(
        "%(group)s: %(n)s address was corrected.", "%(group)s: %(n)s addresses were corrected.", change.number
    )
    return Sentence(words, group=Name.of_people(group), n=change.number)


SENTENCES: dict[str, Callable[[ChangePart, str], Sentence]] = {
    "people_added": _people_added,
    "group_added": _group_added,
    "date_moved": _date_moved,
    "stopped": _stopped,
    "reopened": _reopened,
    "address_corrected": _corrected,
}


def _days(change: ChangePart) -> dict[str, Name]:
    """The parts of a change, days in words."""
    told = {"day": change.day, "before": change.before, "after": change.after}
    return {name: Name.of_page(day_words(value)) for name, value in told.items()}
