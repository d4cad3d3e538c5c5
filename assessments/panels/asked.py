"""Who was asked in a wave, and what became of the links: what a result says besides figures. Rows in, values out; and
the parts of the restricted document made of these."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from assessments.documents.panel import PanelDocument
from assessments.documents.panel_asked import Change, ChangePart, LinksPart, PanelGroup, PanelUnit, PanelWave
from assessments.documents.values import plain
from assessments.models import PanelLink, Wave, WaveGroup
from assessments.scoring import ATTRIBUTED_MIN, POOLED, Unit
from assessments.scoring.experience import LinkCounts, PanelResult
from assessments.vocabulary import GroupMode, LinkKind, WaveChangeKind
from attributes.texts import TextMap


@dataclass(frozen=True)
class AskedGroup:
    """A group as it was set up. `code` is the one its answers carry in the wave that is scored."""

    code: str
    name: str
    on_record: bool
    invited: int
    sector: str = ""
    # None for a group on the record; how many `made`, revoked ones included.
    links: LinkCounts | None = None
    # How many answers came on paper so far; and as the result before says it, beside the number of all.
    by_assistant: int = 0
    told_before: tuple[int | None, int | None] | None = None
    # By language; the first one too.
    names: TextMap = field(default_factory=dict)


@dataclass(frozen=True)
class About:
    """What the document says of the wave besides figures."""

    assessment: str
    code: str
    number: int
    snapshot: int
    opened_on: date | None
    closed_on: date | None
    time_zone: str
    languages: Sequence[str]
    resource: str
    groups: Sequence[AskedGroup]
    flat_count: int
    kind: str = ""
    threshold_chosen_by: str = ""
    threshold_chosen_on: date | None = None
    changes: Sequence[ChangePart] = ()
    in_workshop: bool = False


def is_on_record(group: WaveGroup) -> bool:
    """Whether the group answers once, openly."""
    return group.mode == GroupMode.ON_RECORD


def coded_groups(row: Wave) -> dict[str, WaveGroup]:
    """The groups by the code they have in documents of this wave: their place; those added come last. One query."""
    return {f"g{place}": group for place, group in enumerate(row.groups.order_by("position", "pk"), 1)}


def about_wave(
    row: Wave,
    asked: Sequence[AskedGroup],
    before: PanelDocument | None,
    flat_count: int,
    changes: Sequence[ChangePart] = (),
) -> About:
    """Return what the documents say of a wave; `before` is the restricted document of the closing before."""
    chosen_by = row.threshold_chosen_by
    return About(
        assessment=row.assessment.code,
        code=row.code,
        number=row.number,
        snapshot=before.wave.snapshot + 1 if before else 1,
        opened_on=row.opened_on,
        closed_on=row.ended_on,
        time_zone=row.time_zone or row.assessment.process.time_zone,
        languages=row.languages,
        resource=row.assessment.process.resource,
        groups=asked,
        flat_count=flat_count,
        kind=before.wave.kind if before else row.assessment.process.kind,
        threshold_chosen_by=chosen_by.get_full_name() if chosen_by else "",
        threshold_chosen_on=row.threshold_chosen_on,
        changes=changes,
        in_workshop=row.is_workshop,
    )


def changes_of(row: Wave, groups: Mapping[str, WaveGroup]) -> list[ChangePart]:
    """Return what was changed after the launch; addresses that were corrected as a number for each group. One query."""
    codes = {group.pk: code for code, group in groups.items()}
    corrected: Counter[str] = Counter()
    found = []
    for change in row.changes.select_related("by").order_by("pk"):
        group = codes.get(change.group_id or 0, "")
        if change.kind == WaveChangeKind.ADDRESS_CORRECTED:
            corrected[group] += 1
            continue
        found.append(
            ChangePart(
                kind=cast(Change, change.kind),
                group=group,
                day=change.day.isoformat(),
                before=change.before,
                after=change.after,
                number=1,
                reason=change.reason,
                by=change.by.get_full_name() if change.by else "",
            )
        )
    return found + [
        ChangePart(kind="address_corrected", group=code, day=None, before="", after="", number=number, reason="", by="")
        for code, number in sorted(corrected.items())
    ]


def asked_groups(groups: Mapping[str, WaveGroup], before: PanelDocument | None) -> list[AskedGroup]:
    """Return the groups as they were set up, and what became of their links. One query."""
    links: dict[int, list[PanelLink]] = {group.pk: [] for group in groups.values()}
    # Those in exchange are of people who are counted by the link they came by first.
    own = PanelLink.objects.filter(group__in=links, is_open_link=False, is_test=False, in_exchange=False)
    for link in own.only("group", "is_used", "is_revoked", "failure"):
        links[link.group_id].append(link)
    replaced = {group.code: group.links.reissued for group in before.groups if group.links} if before else {}
    told = {group.code: (group.received, group.by_assistant) for group in before.groups} if before else {}
    return [
        AskedGroup(
            code,
            group.name,
            is_on_record(group),
            group.invited,
            sector=group.sector,
            links=None if is_on_record(group) else _link_counts(group, links[group.pk], replaced.get(code, 0)),
            by_assistant=group.by_assistant,
            told_before=told.get(code),
            names=group.all_names,
        )
        for code, group in groups.items()
    ]


def _link_counts(group: WaveGroup, links: Sequence[PanelLink], replaced: int) -> LinkCounts:
    """`replaced`: how many the result before named, because addresses and failures may be forgotten by now."""
    revoked = [link for link in links if link.is_revoked]
    return LinkCounts(
        invited=len(links),
        used=sum(link.is_used for link in links),
        revoked_unused=sum(not link.is_used for link in revoked),
        revoked_used=sum(link.is_used for link in revoked),
        # Only one whose mail came back makes room for another (`links.left_to_invite`).
        reissued=max(replaced, sum(bool(link.failure) for link in revoked)),
        open_link=group.link_kind == LinkKind.OPEN,
        # Where links were taken back, used or not: a range must not tell whether somebody used theirs. Nor where sheets
        # were entered, which use up no link: somebody may have answered twice.
        everybody=group.everybody and len(links) >= group.invited and not revoked and not group.by_assistant,
    )


# --- In the document ------------------------------------------------------------------------------------------------


def wave_part(about: About, k: int) -> PanelWave:
    """Return what the document says of the wave; `k` is its smallest group."""
    return PanelWave(
        code=about.code,
        number=about.number,
        snapshot=about.snapshot,
        opened_on=_day(about.opened_on),
        closed_on=_day(about.closed_on),
        threshold=k,
        threshold_chosen_by=about.threshold_chosen_by,
        threshold_chosen_on=_day(about.threshold_chosen_on),
        attributed_min=max(k, ATTRIBUTED_MIN),
        languages=list(about.languages),
        time_zone=about.time_zone,
        kind=about.kind,
        changes=list(about.changes),
        in_workshop=about.in_workshop,
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def group_parts(about: About, result: PanelResult) -> list[PanelGroup]:
    """Return what it says of each group that was asked."""
    counts = {count.code: count for count in result.counts}
    return [
        PanelGroup(
            code=group.code,
            name=group.name,
            sector=group.sector,
            mode="on_record" if group.on_record else "individual",
            invited=group.invited,
            received=counts[group.code].received,
            use=counts[group.code].use.value,
            link_kind="open" if group.links and group.links.open_link else "personal",
            links=links_part(group.links, result.k),
            by_assistant=_by_assistant(group, counts[group.code].received),
            names=plain(group.names),
        )
        for group in about.groups
    ]


def _by_assistant(group: AskedGroup, received: int | None) -> int | None:
    """How many of the answers that are told came on paper: where these are as before, as it was told before."""
    if group.told_before is not None and group.told_before[0] == received:
        return group.told_before[1]
    return min(group.by_assistant, received or 0) or None


def links_part(links: LinkCounts | None, k: int) -> LinksPart | None:
    """What became of personal links. Of fewer revoked ones than k nobody is told how many were used: whoever revoked
    the link of one person would learn whether this person took part."""
    if links is None or links.open_link:
        return None
    revoked = links.revoked_unused + links.revoked_used
    return LinksPart(
        made=links.invited,
        used=links.used,
        revoked=revoked,
        revoked_used=links.revoked_used if not revoked or revoked >= k else None,
        reissued=links.reissued,
        everybody=links.everybody,
    )


def unit_parts(about: About, units: Sequence[Unit]) -> list[PanelUnit]:
    """Return what it says of each group, or pool of groups, that has figures."""
    groups = {group.code: group for group in about.groups}
    return [
        PanelUnit(
            code=unit.code,
            name=own.name if own else "",
            members=list(unit.members),
            received=unit.received,
            on_record=unit.on_record,
            is_pool=unit.code == POOLED,
            names=plain(own.names) if own else {},
        )
        for unit, own in ((unit, groups.get(unit.code)) for unit in units)
    ]
