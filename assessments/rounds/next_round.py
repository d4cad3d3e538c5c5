"""What starting the next round of a process means: its name, what comes along from the round before and what does not,
which version of the questions it asks, and about how long it takes."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Assessment, EvidenceEntry, Membership, Process, ScreenerAnswer
from assessments.rounds.estimates import minutes_for_next
from assessments.rounds.services.start import sets_to_start_with
from assessments.rounds.year import minutes_in_words
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueSet
from attributes.models import QuestionSet, VersionStatus

YEAR = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)")
LONGEST_TITLE = 120


def proposed_title(before: Assessment, year: int, used: Collection[str]) -> str:
    """Return a name for the round after another one: named like it, with this year; one that no round has."""
    found = list(YEAR.finditer(before.title))
    title = f"{before.title[: found[-1].start()]}{year}{before.title[found[-1].end() :]}" if found else f"{year}"
    if title in used:
        title = _("%(title)s, round %(number)d") % {"title": title, "number": before.round + 1}
    return title[:LONGEST_TITLE]


def offered_sets(before: Assessment) -> list[QuestionSet]:
    """Return what the next round can be pinned to: the newest version of the set used last, that very version where it
    is another one and still published, then every other set."""
    newest = sets_to_start_with()
    first = [row for row in newest if row.slug == before.question_set.slug]
    used = before.question_set
    is_older = bool(first) and first[0].pk != used.pk and used.status == VersionStatus.PUBLISHED
    return [*first, *([used] if is_older else []), *(row for row in newest if row not in first)]


def what_changed(before: CatalogueSet, after: CatalogueSet) -> str:
    """Say in a sentence what another version of the questions asks differently."""
    if after.slug != before.slug:
        return _("Another question set: its answers cannot be laid beside those of last time.")
    if after.version == before.version:
        return _("The same version as last time, %(version)s: every item is asked as it was.") % {
            "version": after.version
        }
    then, now = before.items, after.items
    same = [code for code in now if code in then and then[code].revision == now[code].revision]
    said = {
        "then": before.version,
        "now": after.version,
        "same": len(same),
        "total": len(now),
        "other": sum(code in then for code in now) - len(same),
        "new": sum(code not in then for code in now),
        "gone": sum(code not in now for code in then),
    }
    return (
        _(
            "Version %(now)s; last time it was %(then)s. Asked as then: %(same)s of %(total)s items; asked "
            "differently: %(other)s; new: %(new)s; no longer asked: %(gone)s."
        )
        % said
    )


@dataclass(frozen=True)
class NextRound:
    """What the page says before a round is started: what comes along, each with its number, and how long it takes."""

    before: Assessment
    carried: list[str]
    documents: int
    time: str


def next_round(process: Process, before: Assessment) -> NextRound:
    """Return what starting the round after `before` brings along. Five queries."""
    catalogue = catalogue_of(before.question_set)
    groups, goals = process.groups.count(), process.goals.count()
    documents = EvidenceEntry.objects.filter(process=process).listed().count()
    screened = ScreenerAnswer.objects.filter(process=process).count()
    members = Membership.objects.filter(process=process).count()
    asked = sum(item.scored and item.applies_to(process.kind) for item in catalogue.items.values())
    lines = [
        _("The description of the process, and its attributes and questions."),
        ngettext("%(number)s member, with their role.", "%(number)s members, with their roles.", members)
        % {"number": members},
    ]
    if groups:
        words = ngettext("%(number)s stakeholder group.", "%(number)s stakeholder groups.", groups)
        lines.append(words % {"number": groups})
    if goals:
        lines.append(ngettext("%(number)s goal.", "%(number)s goals.", goals) % {"number": goals})
    if screened:
        lines.append(_("The answers on whether the approach fits: they belong to the process."))
    if documents:
        lines.append(
            ngettext(
                "%(number)s document of the evidence register. You are asked whether it is still true.",
                "%(number)s documents of the evidence register. You are asked of each whether it is still true.",
                documents,
            )
            % {"number": documents}
        )
    return NextRound(before, lines, documents, minutes_in_words(minutes_for_next(asked, documents)))
