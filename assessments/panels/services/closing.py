"""From ballot boxes to frozen numbers: the one place where what people answered becomes what is shown (docs/adr/0008).

A closing counts the answers of each item by group, freezes the result, and empties the ballot boxes: from then
on nobody can read a questionnaire, only how often each answer was given.
"""

import logging
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from assessments.documents.panel import PanelDocument
from assessments.documents.values import document_digest
from assessments.exceptions import NotAllowed
from assessments.models import (
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
from assessments.panels.build import About, AskedGroup, build_panel, may_show_by_group
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
from assessments.results.build import StoredRows, rows_of
from assessments.retrying import retrying
from assessments.scoring import ATTRIBUTED_MIN, Experience, ScoringItem, enough_new, next_wave, score_wave
from assessments.scoring import WaveAnswers as ScoredWave
from assessments.signals import process_event, traces_left
from assessments.vocabulary import GroupMode, LinkKind, WaveState
from assessments.zones import FURTHEST_AHEAD, today_in

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
    rows = rows_of(row.assessment)
    specs = asked_specs(rows.catalogue)
    groups = _groups(row)
    everything = _tallies(groups, specs, last)
    shown = wave_of(last.tallies["shown"]) if last else None
    now = ScoredWave(
        groups=tuple(group_responses(code, everything[code], on_record=_on_record(groups[code])) for code in groups),
        k=row.threshold,
        # What does not apply is settled with the first snapshot: other weights would tell groups' answers apart.
        not_applicable=shown.not_applicable if shown else not_applicable_items(rows),
    )
    if shown is not None and not enough_new(shown, now):
        return None
    scored = now if shown is None else next_wave(specs, shown, now)
    experience = score_wave(specs, scored)
    before = PanelDocument.model_validate(last.document) if last else None
    document = build_panel(
        _about(row, rows, groups, before, _flat(experience, everything, before)),
        rows.catalogue,
        specs,
        scored,
        experience,
        by_group=may_show_by_group(experience, scored, shown, before),
    )
    snapshot = WaveSnapshot.objects.create(
        wave=row,
        number=document.wave.snapshot,
        document=document.model_dump(mode="json"),
        digest=document_digest(document),
        tallies={"shown": wave_json(scored), "all": {code: tally_json(tally) for code, tally in everything.items()}},
        made_on=row.today,
    )
    before_this = {code: tally_of(tally).received for code, tally in last.tallies["all"].items()} if last else {}
    new = {code: tally.received - before_this.get(code, 0) for code, tally in everything.items()}
    _take_comments(row, groups, new, is_first=last is None)
    BallotBox.objects.filter(group__wave=row).update(content=[])
    return snapshot


def _groups(row: Wave) -> dict[str, WaveGroup]:
    """The groups by the code they have in this wave's documents: their place, which is settled with the launch."""
    return {f"g{place}": group for place, group in enumerate(row.groups.order_by("position", "pk"), 1)}


def _on_record(group: WaveGroup) -> bool:
    return group.mode == GroupMode.ON_RECORD


def _tallies(
    groups: Mapping[str, WaveGroup], specs: Sequence[ScoringItem], last: WaveSnapshot | None
) -> dict[str, GroupTally]:
    """All answers so far, by group: those of earlier closings, and what lies in the ballot boxes."""
    counting = Counting(specs)
    found = {code: GroupTally() for code in groups}
    codes = {group.pk: code for code, group in groups.items()}
    for code, group in groups.items():
        if last is not None and not _on_record(group):
            found[code] = tally_of(last.tallies["all"][code])
    locked = BallotBox.objects.select_for_update().filter(group__in=codes, holds=BallotBoxContent.ANSWERS)
    for ballot_box in locked.order_by("pk").iterator(chunk_size=8):
        found[codes[ballot_box.group_id]] = found[codes[ballot_box.group_id]].plus(counting.tally(ballot_box.content))
    for statement in GroupStatement.objects.filter(group__in=codes):
        if _on_record(groups[codes[statement.group_id]]):
            found[codes[statement.group_id]] = counting.tally([{"answers": statement.answers}])
    return found


def _flat(experience: Experience, everything: Mapping[str, GroupTally], before: PanelDocument | None) -> int:
    """How many responses that are in figures are flat; the number of before until k responses in figures are new."""
    used = [code for unit in experience.units for code in unit.members]
    if before is not None and before.flat_count is not None:
        new = sum(unit.received for unit in experience.units) - sum(unit.received for unit in before.units)
        if new < experience.k:
            return before.flat_count
    return sum(everything[code].flat for code in used)


def _about(
    row: Wave, rows: StoredRows, groups: Mapping[str, WaveGroup], before: PanelDocument | None, flat_count: int
) -> About:
    return About(
        assessment=rows.assessment.code,
        code=row.code,
        number=row.number,
        snapshot=before.wave.snapshot + 1 if before else 1,
        opened_on=row.opened_on,
        closed_on=row.ended_on,
        time_zone=row.time_zone or row.assessment.process.time_zone,
        languages=row.languages,
        resource=rows.process.resource,
        groups=_asked(groups),
        flat_count=flat_count,
    )


def _asked(groups: Mapping[str, WaveGroup]) -> list[AskedGroup]:
    """The groups as they were set up, and how many links were taken back. One query."""
    links = PanelLink.objects.filter(group__in=groups.values(), is_revoked=True, is_open_link=False)
    withdrawn = Counter(links.values_list("group", flat=True))
    return [
        AskedGroup(
            code,
            group.name,
            _on_record(group),
            group.invited,
            is_open_link=group.link_kind == LinkKind.OPEN,
            withdrawn=withdrawn[group.pk],
        )
        for code, group in groups.items()
    ]


def _named_in_comments(groups: Mapping[str, WaveGroup], new: Mapping[str, int], enough: int) -> set[str]:
    """The groups whose comments carry their name.

    Counted is who answered since the last snapshot: the comments are theirs alone. And a comment without a name
    comes from one of the groups that are not named. So these are at least two and together large enough; where they
    would not be, the next larger ones are not named either.
    """
    sizes = sorted((number, code) for code, number in new.items() if number and not _on_record(groups[code]))
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
    count = mailed.update(email="", sent_on=None, reminded_on=None, failure="") if over else 0
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
