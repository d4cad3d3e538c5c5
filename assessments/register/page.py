"""What the page of the register shows: every document with its uses, and what rests on a single one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.answers.register import EvidenceUse, uses_in, uses_of
from assessments.models import Assessment, EvidenceEntry, Process, document_key
from assessments.permissions import Right
from attributes.texts import Wording

PER_PAGE = 25


class EntryFilter(StrEnum):
    """Which documents are listed."""

    ALL = ""
    UNUSED = "unused"
    ALONE = "alone"
    NOT_OPENED = "not_opened"
    AWAY = "away"


@dataclass(frozen=True)
class ShownUse:
    """One answer that rests on a document, as it is listed."""

    use: EvidenceUse
    short: str
    address: str

    @property
    def round_label(self) -> str:
        """Which round, in words."""
        assessment = self.use.assessment
        return assessment.title or _("Round %(number)d") % {"number": assessment.round}


@dataclass(frozen=True)
class ShownEntry:
    """A document with the answers that rest on it: in the latest round that has any, and in earlier ones."""

    entry: EvidenceEntry
    now: Sequence[ShownUse]
    earlier: Sequence[ShownUse]

    @property
    def alone(self) -> int:
        """How many answers of the latest round rest on nothing else."""
        return sum(shown.use.alone for shown in self.now)

    @property
    def opened(self) -> int:
        """For how many answers of the latest round somebody has opened it, and said whether it shows the point."""
        return sum(bool(shown.use.openings) and shown.use.openings[-1].could_open for shown in self.now)

    @property
    def not_to_be_opened(self) -> int:
        """For how many answers of the latest round the last who tried could not open it."""
        return sum(bool(shown.use.openings) and not shown.use.openings[-1].could_open for shown in self.now)

    @property
    def is_unused(self) -> bool:
        return not self.now and not self.earlier

    def is_in(self, chosen: EntryFilter) -> bool:
        """Whether a filter lists it. What was put away is only in its own."""
        if chosen is EntryFilter.AWAY or self.entry.archived_at:
            return chosen is EntryFilter.AWAY and bool(self.entry.archived_at)
        match chosen:
            case EntryFilter.UNUSED:
                return self.is_unused
            case EntryFilter.ALONE:
                return self.alone > 0
            case EntryFilter.NOT_OPENED:
                return len(self.now) > self.opened
        return True


def entries_of(process: Process, rights: frozenset[Right]) -> list[ShownEntry]:
    """Return the register of a process for somebody with these rights, most used first. Five queries."""
    rounds = list(Assessment.objects.filter(process=process).with_question_set().order_by("round", "pk"))
    for assessment in rounds:
        assessment.process = process
    uses = uses_in(process, rounds)
    rows = EvidenceEntry.objects.filter(process=process).select_related("added_by")
    current = latest_used(rounds, uses)
    found = [_shown_entry(entry, uses_of(entry, uses), current, rights) for entry in rows]
    return sorted(found, key=lambda shown: (-len(shown.now), -len(shown.earlier), shown.entry.label.casefold()))


def latest_used(rounds: Sequence[Assessment], uses: Mapping[str, Sequence[EvidenceUse]]) -> Assessment | None:
    """Return the latest round with an answer that rests on anything: one just begun says nothing yet."""
    used = {use.assessment.pk for found in uses.values() for use in found}
    return next((assessment for assessment in reversed(rounds) if assessment.pk in used), None)


def _shown_entry(
    entry: EvidenceEntry, uses: Sequence[EvidenceUse], current: Assessment | None, rights: frozenset[Right]
) -> ShownEntry:
    """One entry with its uses, as somebody with these rights may follow them."""
    shown = [_shown_use(use, rights) for use in uses]
    return ShownEntry(
        entry,
        now=[one for one in shown if one.use.assessment == current],
        earlier=[one for one in reversed(shown) if one.use.assessment != current],
    )


def _shown_use(use: EvidenceUse, rights: frozenset[Right]) -> ShownUse:
    code, item = use.assessment.code, use.item
    say = Wording(use.assessment.process.resource)
    # Who may not read the answers of a draft reads its evidence where it is opened.
    if Right.VIEW_DRAFT in rights:
        address = reverse("assessments:question", args=[code, item.question_code])
    else:
        address = reverse("assessments:evidence-opened", args=[code])
    return ShownUse(use, say(item.short), f"{address}#{item.code}")


def items_on(entry: EvidenceEntry, items: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the items of a round whose evidence is one document (as `evidence_items` has them), with that alone."""
    names = {entry.key, *entry.former_keys}
    found = []
    for item in items:
        pieces = [piece for piece in item["pieces"] if document_key(piece["words"]) in names]
        if pieces:
            found.append({**item, "pieces": pieces})
    return found


def round_of(entries: Sequence[ShownEntry]) -> str:
    """Return which round the numbers are told of, or "" where nothing is used."""
    return next((shown.now[0].round_label for shown in entries if shown.now), "")


def most_on_one(entries: Sequence[ShownEntry]) -> tuple[int, list[ShownEntry]]:
    """Return the largest number of answers of the latest round that rest on one document, and that document, or all
    that are tied; of lists that are not scored too."""
    most = max((len(shown.now) for shown in entries), default=0)
    return most, [shown for shown in entries if most and len(shown.now) == most]
