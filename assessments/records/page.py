"""The parts of a record's page that show what is frozen and nothing else, kept in memory once they are drawn."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from assessments.documents.actions import ActionPart
from assessments.documents.record import RecordDocument
from assessments.results.page import page_context
from assessments.statement import fact_lines
from assessments.vocabulary import ActionState
from attributes.memory import MemoryCache
from attributes.texts import localise


@dataclass(frozen=True)
class RecordParts:
    """The result as it is shown everywhere; then what was decided and promised; then how it came about."""

    title: SafeString
    message: SafeString
    sections: SafeString
    promised: SafeString
    statement: SafeString
    workings: SafeString
    groups: tuple[str, ...]


@dataclass(frozen=True)
class PublicAction:
    """An action; `step` is the name of the step it takes, where it has no words of its own."""

    part: ActionPart
    state: str
    step: str


_kept: MemoryCache[tuple[str, str], RecordParts] = MemoryCache(64)


def record_parts(digest: str, document: Callable[[], RecordDocument]) -> RecordParts:
    """Return the parts of a version with this digest; `document` is asked for only if they have to be drawn."""
    if settings.DEBUG:  # templates change under the hands of who works on them
        return drawn_record(document())
    return _kept.get_or_make((digest, get_language() or ""), lambda: drawn_record(document()))


def drawn_record(document: RecordDocument) -> RecordParts:
    """Draw the parts of a record."""
    context = {
        **page_context(document.evidence, document.joint, document.last),
        "on_record": True,
        "result": None,
        "board": document.board,
        "actions": _actions(document),
        "facts": fact_lines(document.statement),
    }

    def part(name: str) -> SafeString:
        return render_to_string(f"assessments/{name}.html", context)

    return RecordParts(
        title=part("results/_title"),
        message=part("results/_message"),
        sections=part("results/_sections"),
        promised=part("records/_promised"),
        statement=part("statement/_folded"),
        workings=part("results/_how"),
        groups=tuple(document.groups),
    )


def _actions(document: RecordDocument) -> list[PublicAction]:
    items = document.evidence.items()
    return [
        PublicAction(
            part=action,
            state=str(ActionState(action.state).label),
            step=localise(items[action.item].short) if action.item in items else "",
        )
        for action in document.board.actions
    ]
