"""From ballot boxes to frozen numbers: the one place where what people answered becomes what is shown (docs/adr/0008).

A closing counts the answers of each item by group, freezes the result, and empties the ballot boxes: from then
on nobody can read a questionnaire, only how often each answer was given.
"""

import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet

from assessments.documents.panel import PanelDocument
from assessments.documents.values import document_digest
from assessments.exceptions import NotAllowed
from assessments.models import (
    Answer,
    BallotBox,
    BallotBoxContent,
    GroupStatement,
    PanelComment,
    PanelLink,
    UnfinishedQuestionnaire,
    Wave,
    WaveGroup,
    WaveSnapshot,
)
from assessments.models.panel import ADDRESSES_KEPT, last_day_over
from assessments.panels.asked import about_wave, asked_groups, changes_of, coded_groups, is_on_record
from assessments.panels.build import build_panel
from assessments.panels.counting import (
    Counting,
    GroupTally,
    asked_specs,
    group_responses,
    not_applicable_items,
    tally_json,
    tally_of,
    wave_json,
    wave_of,
)
from assessments.panels.public import public_document
from assessments.panels.scored import ScoredPanel, WaveTerms, first_closing, later_closing
from assessments.retrying import retrying
from assessments.scoring import ATTRIBUTED_MIN, ScoringItem, enough_new, next_wave
from assessments.scoring import WaveAnswers as ScoredWave
from assessments.scoring.experience import PanelResult
from assessments.scoring.experience.sampling import Questionnaire
from assessments.scoring.model import ProcessKind
from assessments.signals import process_event, traces_left
from assessments.vocabulary import Track, WaveState
from assessments.zones import FURTHEST_AHEAD, today_in
from attributes.catalogue.published import catalogue_of

if TYPE_CHECKING:
    from msgov.accounts.models import User

logger = logging.getLogger(__name__)


@retrying
@transaction.atomic
def close_and_freeze(*, wave: Wave, user: "User | None" = None) -> WaveSnapshot | None:
    """Close a wave and freeze its result; return the snapshot that holds now.

    Closing again what is closed does nothing. A reopened wave with less than k new answers keeps the snapshot it has,
    and the new answers wait in the ballot boxes. A wave that nobody answered has a snapshot too, which says so. Raises
    NotAllowed for a wave that was never opened.
    """
    row = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    last = row.snapshots.order_by("-number").first()
    if row.state == WaveState.CLOSED:
        return last
    # So that nothing comes in between what is counted and what is emptied.
    lock_answering(row)
    _close_wave(wave, user)
    closed = Wave.objects.select_related("assessment__process", "assessment__question_set")
    # Large, and in memory.
    row = closed.defer("assessment__question_set__document").get(pk=row.pk)
    snapshot = _freeze(row, last)
    for group in row.groups.order_by("pk"):
        group.write_anew()
    transaction.on_commit(lambda: traces_left.send(sender=close_and_freeze, closing=True))
    return snapshot or last


def lock_answering(wave: Wave) -> None:
    """Keep everybody from handing in: locks as finishing takes them, unfinished questionnaires before groups."""
    unfinished = UnfinishedQuestionnaire.objects.select_for_update().filter(link__group__wave=wave)
    list(unfinished.order_by("pk").values_list("pk"))
    list(WaveGroup.objects.select_for_update().filter(wave=wave).order_by("pk").values_list("pk"))


def _close_wave(wave: Wave, user: "User | None") -> None:
    """End a wave and delete unfinished questionnaires. Raises NotAllowed."""
    row = wave.locked(WaveState.OPEN)
    UnfinishedQuestionnaire.objects.filter(link__group__wave=row).delete()
    row.state, row.closed_on = WaveState.CLOSED, row.today
    row.save(update_fields=["state", "closed_on"])
    process_event.send(sender=close_and_freeze, action="wave.closed", user=user, obj=row.assessment, details={})
    wave.state, wave.closed_on = row.state, row.closed_on


def _freeze(row: Wave, last: WaveSnapshot | None) -> WaveSnapshot | None:
    """Make the next snapshot and empty the ballot boxes; None where too little is new for one."""
    catalogue = catalogue_of(row.assessment.question_set)
    before = PanelDocument.model_validate(last.document) if last else None
    # What the process does, and what does not apply, is settled with the first snapshot: other weights would tell
    # groups' answers apart.
    kind = before.wave.kind if before else row.assessment.process.kind
    specs = asked_specs(catalogue, kind, row.form)
    groups = coded_groups(row)
    counted = _counted(groups, specs, last)
    shown = wave_of(last.tallies["shown"]) if last else None
    now = ScoredWave(
        groups=tuple(
            group_responses(code, counted.tallies[code], on_record=is_on_record(groups[code])) for code in groups
        ),
        k=row.threshold,
        not_applicable=shown.not_applicable if shown else not_applicable_items(catalogue, _own_answers(row)),
    )
    if shown is not None and not enough_new(shown, now):
        return None
    asked = asked_groups(groups, before)
    links = {group.code: group.links for group in asked if group.links is not None}
    terms = WaveTerms(
        specs,
        ProcessKind(kind) if kind else None,
        {code: group.sector for code, group in groups.items() if group.sector},
        asked_specs(catalogue, kind) if row.is_short else (),
    )
    if shown is None:
        scored = first_closing(terms, now, counted.questionnaires, links)
    else:
        scored = later_closing(terms, _earlier(row), next_wave(specs, shown, now), links)
    flat = _flat(scored.result, counted.tallies, before)
    about = about_wave(row, asked, before, flat, changes_of(row, groups))
    document = build_panel(about, catalogue, scored)
    snapshot = _stored(row, document, scored, counted, last)
    before_this = {code: tally_of(tally).received for code, tally in last.tallies["all"].items()} if last else {}
    new = {code: tally.received - before_this.get(code, 0) for code, tally in counted.tallies.items()}
    _take_comments(row, groups, new, is_first=last is None)
    BallotBox.objects.filter(group__wave=row).update(content=[])
    return snapshot


def _own_answers(row: Wave) -> QuerySet[Answer]:
    """What the organiser answered."""
    return Answer.objects.filter(response__assessment=row.assessment, response__track=Track.EVIDENCE)


def _earlier(row: Wave) -> list[ScoredWave]:
    """The counts that were shown at each closing before, the first one first. One query."""
    return [wave_of(tallies["shown"]) for tallies in row.snapshots.order_by("number").values_list("tallies", flat=True)]


def _stored(
    row: Wave, document: PanelDocument, scored: ScoredPanel, counted: "CountedWave", last: WaveSnapshot | None
) -> WaveSnapshot:
    """Freeze both documents of a result, with the counts that a later one is compared with."""
    public = public_document(document, scored, PanelDocument.model_validate(last.public) if last else None)
    return WaveSnapshot.objects.create(
        wave=row,
        number=document.wave.snapshot,
        document=document.model_dump(mode="json"),
        digest=document_digest(document),
        public=public.model_dump(mode="json"),
        public_digest=document_digest(public),
        tallies={
            "shown": wave_json(scored.wave),
            "all": {code: tally_json(tally) for code, tally in counted.tallies.items()},
        },
        made_on=row.today,
    )


@dataclass(frozen=True)
class CountedWave:
    """All answers so far by group; of a first closing also person by person, which is never kept."""

    tallies: dict[str, GroupTally]
    questionnaires: dict[str, list[Questionnaire]]


def _counted(groups: Mapping[str, WaveGroup], specs: Sequence[ScoringItem], last: WaveSnapshot | None) -> CountedWave:
    """What was answered: at earlier closings, and what lies in the ballot boxes."""
    counting = Counting(specs)
    found = CountedWave({code: GroupTally() for code in groups}, {code: [] for code in groups})
    codes = {group.pk: code for code, group in groups.items()}
    for code, group in groups.items():
        if last is not None and not is_on_record(group):
            found.tallies[code] = tally_of(last.tallies["all"][code])
    locked = BallotBox.objects.select_for_update().filter(group__in=codes, holds=BallotBoxContent.ANSWERS)
    for ballot_box in locked.order_by("pk").iterator(chunk_size=8):
        code = codes[ballot_box.group_id]
        found.tallies[code] = found.tallies[code].plus(counting.tally(ballot_box.content))
        if last is None:
            found.questionnaires[code] += [counting.questionnaire(entry["answers"]) for entry in ballot_box.content]
    for statement in GroupStatement.objects.filter(group__in=codes):
        if is_on_record(groups[codes[statement.group_id]]):
            found.tallies[codes[statement.group_id]] = counting.tally([{"answers": statement.answers}])
    return found


def _flat(result: PanelResult, everything: Mapping[str, GroupTally], before: PanelDocument | None) -> int:
    """How many responses that are in figures are flat; the number of before until k responses in figures are new."""
    used = [code for unit in result.units for code in unit.members]
    if before is not None and before.flat_count is not None:
        new = sum(unit.received for unit in result.units) - sum(unit.received for unit in before.units)
        if new < result.k:
            return before.flat_count
    return sum(everything[code].flat for code in used)


def _named_in_comments(groups: Mapping[str, WaveGroup], new: Mapping[str, int], enough: int) -> set[str]:
    """The groups whose comments carry their name.

    Counted is who answered since the last snapshot: the comments are theirs alone. And a comment without a name
    comes from one of the groups that are not named. So these are at least two and together large enough; where they
    would not be, the next larger ones are not named either.
    """
    sizes = sorted((number, code) for code, number in new.items() if number and not is_on_record(groups[code]))
    nameless = [entry for entry in sizes if entry[0] < enough]
    named = sizes[len(nameless) :]
    while nameless and named and (len(nameless) < 2 or sum(number for number, _code in nameless) < enough):
        nameless.append(named.pop(0))
    return {code for _number, code in named}


def _take_comments(row: Wave, groups: Mapping[str, WaveGroup], new: Mapping[str, int], *, is_first: bool) -> None:
    """Turn the comments in the ballot boxes into rows for moderation, in random order. `new`: responses by group.

    A comment has its group only where enough answered in it, or where the group answers on the record.
    """
    named = _named_in_comments(groups, new, max(row.threshold, ATTRIBUTED_MIN))
    codes = {group.pk: code for code, group in groups.items()}
    found = []
    for ballot_box in BallotBox.objects.filter(group__in=codes, holds=BallotBoxContent.COMMENTS):
        group = ballot_box.group_id if codes[ballot_box.group_id] in named else None
        for entry in ballot_box.content:
            found.append(PanelComment(wave=row, group_id=group, attribute=entry["attribute"], text=entry["text"]))
    for statement in GroupStatement.objects.filter(group__in=codes) if is_first else ():
        for attribute, text in statement.comments.items():
            if text.strip():
                found.append(PanelComment(wave=row, group_id=statement.group_id, attribute=attribute, text=text))
    secrets.SystemRandom().shuffle(found)
    PanelComment.objects.bulk_create(found, batch_size=500)


@transaction.atomic
def forget_addresses() -> int:
    """Delete to whom links were mailed, and when, of waves closed ADDRESSES_KEPT days ago; return of how many links.

    Whether they were used stays: else people could answer twice if the wave is opened again.
    """
    kept = timedelta(days=ADDRESSES_KEPT)
    closed = Wave.objects.filter(state=WaveState.CLOSED, closed_on__lte=today_in(FURTHEST_AHEAD) - kept)
    with_addresses = PanelLink.objects.exclude(email="").filter(group__wave__in=closed)
    waves = closed.filter(pk__in=with_addresses.values("group__wave")).select_related("assessment__process")
    over = [wave for wave in waves if wave.closed_on is not None and wave.closed_on <= wave.today - kept]
    mailed = PanelLink.objects.exclude(email="").filter(group__wave__in=over)
    count = mailed.update(email="", language="", sent_on=None, reminded_on=None, failure="") if over else 0
    if count:
        transaction.on_commit(lambda: traces_left.send(sender=forget_addresses, closing=True))
    return count


def close_due_waves() -> int:
    """Close every open wave whose last day is over, each for itself; return how many. Answers are refused before.

    One that cannot be closed is named in the log and tried again the next time.
    """
    closed = 0
    perhaps = Wave.objects.filter(state=WaveState.OPEN, closes_on__lt=last_day_over(FURTHEST_AHEAD))
    for wave in perhaps.select_related("assessment__process").order_by("pk"):
        if not wave.is_due:
            continue
        try:
            close_and_freeze(wave=wave)
        except NotAllowed:  # somebody closed it in this moment
            continue
        except Exception:
            logger.exception("Wave %s could not be closed", wave.code)
            continue
        closed += 1
    return closed
