"""From the result of a wave to its restricted document (method 3.8, 3.9). `public` makes the one for everybody.

Pure: nothing is read here, and only `documents.values` rounds."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import cast

from assessments.documents.about import IndexPart
from assessments.documents.panel import (
    FORMAT,
    NoRange,
    NoScores,
    PanelAttribute,
    PanelDocument,
    SamplingPart,
    UnitFigure,
    without_small_counts,
)
from assessments.documents.panel_asked import (
    AskedShare,
    ChangePart,
    LinksPart,
    PanelGroup,
    PanelUnit,
    PanelWave,
    ShortFormPart,
)
from assessments.documents.values import Figure, QuestionSetRef, maybe_points, plain, points, whole_share
from assessments.panels.build_items import item_part, option_matrices, tenths
from assessments.panels.scored import ScoredPanel
from assessments.scoring import (
    ATTRIBUTED_MIN,
    POOLED,
    Unit,
    fraction_text,
)
from assessments.scoring.experience import (
    BalancedAttribute,
    LinkCounts,
    PanelResult,
    SamplingRange,
    restricted_attribute,
    restricted_item,
)
from attributes.catalogue.types import CatalogueSet
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


def build_panel(about: About, catalogue: CatalogueSet, scored: ScoredPanel) -> PanelDocument:
    """Return the restricted document of a closed wave."""
    result = scored.result
    items = {item.code: restricted_item(item) for item in result.items}
    document = PanelDocument(
        format=FORMAT,
        version="restricted",
        method_version=result.method_version,
        assessment=about.assessment,
        question_set=QuestionSetRef.of(catalogue),
        wave=_wave(about, result.k),
        groups=_groups(about, result),
        units=_units(about, result.units),
        received=result.received,
        withheld=result.withheld,
        no_scores=_no_scores(result),
        attributes=[
            _attribute(catalogue, restricted_attribute(found), scored.ranges[found.code]) for found in result.attributes
        ],
        weakest=list(result.weakest),
        index=None if result.index is None else IndexPart.of(result.index),
        items=[item_part(catalogue, catalogue.items[code], items[code], about.resource) for code in items],
        barriers=option_matrices(catalogue, scored.terms.specs, scored.wave),
        flat_count=about.flat_count,
        short_form=_short_form(scored),
    )
    return without_small_counts(document)


def _wave(about: About, k: int) -> PanelWave:
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


def _short_form(scored: ScoredPanel) -> ShortFormPart | None:
    """How much was asked; None where it was the full form."""
    asked, full = scored.terms.specs, scored.terms.full
    if not full:
        return None
    return ShortFormPart(
        asked=len(asked),
        of=len(full),
        attributes=[
            AskedShare(
                attribute=found.code,
                asked=sum(spec.attribute == found.code for spec in asked),
                of=sum(spec.attribute == found.code for spec in full),
                share=_percent(found.asked),
            )
            for found in scored.result.attributes
        ],
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _groups(about: About, result: PanelResult) -> list[PanelGroup]:
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
            links=_links(group.links, result.k),
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


def _links(links: LinkCounts | None, k: int) -> LinksPart | None:
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


def _units(about: About, units: Sequence[Unit]) -> list[PanelUnit]:
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


def _no_scores(result: PanelResult) -> NoScores | None:
    """Why no item can have a score; None where some could."""
    if not result.received:
        return "no_answers"
    if not result.units:
        return "no_usable_group"
    return "one_usable_group" if len(result.units) == 1 else None


def _attribute(catalogue: CatalogueSet, found: BalancedAttribute, sampling: SamplingRange) -> PanelAttribute:
    attribute, result = catalogue.attribute(found.code), found.result
    return PanelAttribute(
        code=found.code,
        slug=attribute.slug,
        title=plain(attribute.title),
        status=result.status.value,
        score=maybe_points(result.score),
        low=maybe_points(result.low),
        high=maybe_points(result.high),
        sampling=sampling_part(sampling),
        coverage=_percent(result.coverage),
        scope=_percent(result.scope),
        reduced_scope=result.reduced_scope,
        letter=result.letter,
        band_letter=result.band_letter,
        limited_by=list(result.limited_by),
        critical_open=list(result.critical_open),
        provisional_because=list(result.provisional_because),
        group_count=found.group_count,
        confidential=found.confidential,
        divided=list(found.divided),
        may_be_divided=list(found.may_be_divided),
        compared=found.compared,
        depends_on_who=found.depends_on_who,
        depends_on_named=found.depends_on_named,
        depends_on_groups=found.depends_on_groups,
        hidden=None,
        score_hidden=None,
        repeats_earlier=False,
        groups=[UnitFigure(unit=own.unit, score=points(own.score), letter=own.letter) for own in found.profiles],
        highest=list(found.highest),
        lowest=list(found.lowest),
        per_head=maybe_points(found.per_head),
        gap=maybe_points(found.gap),
        chance_gap=None if found.chance_gap is None else points(tenths(found.chance_gap)),
        composition_low=maybe_points(found.composition_low),
        composition_high=maybe_points(found.composition_high),
        without_named=maybe_points(found.without_named),
        by_sector=maybe_points(found.by_sector),
    )


def _percent(value: Fraction) -> Figure:
    """A share of weight, exact and printed as whole per cent."""
    return Figure(exact=fraction_text(value), printed=whole_share(value).printed)


def sampling_part(found: SamplingRange) -> SamplingPart:
    """A sampling range as documents say it."""
    return SamplingPart(
        low=found.low,
        high=found.high,
        t=None if found.t is None else fraction_text(found.t),
        at_most=found.at_most,
        missing_a_unit=found.missing_a_unit,
        why=cast(NoRange | None, found.why),
    )
