"""Waves of questions to stakeholders: as an organiser makes them, answered and closed, and as documents alone."""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.utils import timezone

from assessments.documents.panel import PanelDocument
from assessments.models import Assessment, GroupStatement, Membership, StakeholderGroup, WaveGroup
from assessments.models.panel import Wave as PanelWave
from assessments.panels.asked import About, AskedGroup
from assessments.panels.build import build_panel
from assessments.panels.counting import asked_specs
from assessments.panels.public import public_document
from assessments.panels.scored import ScoredPanel, WaveTerms, first_closing, later_closing
from assessments.panels.services import closing, setup, waves
from assessments.scoring import GroupResponses, RespondentAnswer, ScoringItem, WaveAnswers, next_wave
from assessments.scoring.experience import LinkCounts
from assessments.vocabulary import GroupMode, LinkKind, Role
from attributes.catalogue.types import CatalogueSet
from msgov.accounts.models import User
from tests import builders
from tests.scoring.panel import TV10, wave_of

GROUP_NAMES = tuple(TV10["CR1a"])
THREE_GROUPS = ("Government", "Business", "Civil society")


def scored_of(wave: WaveAnswers, catalogue: CatalogueSet, sectors: Mapping[str, str] | None = None) -> ScoredPanel:
    """A wave that is given as tallies, closed for the first time."""
    people = {group.code: questionnaires_of(group) for group in wave.groups if not group.on_record}
    return first_closing(WaveTerms(asked_specs(catalogue), None, sectors or {}), wave, people)


def questionnaires_of(group: GroupResponses) -> list[dict[str, RespondentAnswer]]:
    """The nth person gave the nth answer to each item."""
    columns = {
        item: [answer for answer, count in tally.items() for _ in range(count)] for item, tally in group.answers.items()
    }
    return [{item: given[at] for item, given in columns.items() if at < len(given)} for at in range(group.received)]


def documents_of(
    wave: WaveAnswers, catalogue: CatalogueSet, invited: int = 50, sectors: Mapping[str, str] | None = None
) -> tuple[PanelDocument, PanelDocument]:
    """The restricted and the public document of a wave that is given as tallies; groups' codes are their names."""
    scored = scored_of(wave, catalogue, sectors)
    document = build_panel(about_of(wave, invited), catalogue, scored)
    return document, public_document(document, scored)


def closings_of(
    waves: Sequence[WaveAnswers], catalogue: CatalogueSet, specs: Sequence[ScoringItem] | None = None
) -> list[tuple[PanelDocument, PanelDocument]]:
    """The same for each closing of a wave that was reopened; each of `waves` has all answers until then."""
    terms = WaveTerms(asked_specs(catalogue) if specs is None else specs)
    shown: list[WaveAnswers] = []
    found: list[tuple[PanelDocument, PanelDocument]] = []
    for number, wave in enumerate(waves, 1):
        if shown:
            scored = later_closing(terms, shown, next_wave(terms.specs, shown[-1], wave))
        else:
            people = {group.code: questionnaires_of(group) for group in wave.groups if not group.on_record}
            scored = first_closing(terms, wave, people)
        shown.append(scored.wave)
        document = build_panel(about_of(wave, 50, number), catalogue, scored)
        found.append((document, public_document(document, scored, found[-1][1] if found else None)))
    return found


def about_of(wave: WaveAnswers, invited: int, snapshot: int = 1) -> About:
    """What documents of a wave that is given as tallies say besides figures."""
    return About(
        assessment="abcd1234",
        code="wave1234",
        number=1,
        snapshot=snapshot,
        opened_on=date(2026, 3, 2),
        closed_on=date(2026, 3, 30),
        time_zone="UTC",
        languages=["en"],
        resource="",
        groups=[
            AskedGroup(
                group.code,
                group.code,
                group.on_record,
                1 if group.on_record else invited,
                links=None if group.on_record else LinkCounts(invited=invited, used=group.received),
            )
            for group in wave.groups
        ],
        flat_count=2,
    )


def document_of(wave: WaveAnswers, catalogue: CatalogueSet, invited: int = 50) -> PanelDocument:
    """The restricted one of `documents_of`."""
    return documents_of(wave, catalogue, invited)[0]


def public_of(wave: WaveAnswers, catalogue: CatalogueSet, invited: int = 50) -> PanelDocument:
    """The public one of `documents_of`."""
    return documents_of(wave, catalogue, invited)[1]


@cache
def published_example() -> WaveAnswers:
    """The six groups of TV8 to TV10 on Collective responsibility; nobody answered the rest."""
    return wave_of(TV10)


def tv10_document() -> PanelDocument:
    """The restricted document of TV10: five groups of which one is a pool. Needs the database for the items."""
    return document_of(published_example(), builders.items())


def tv10_public() -> PanelDocument:
    """The public document of TV10."""
    return public_of(published_example(), builders.items())


def open_wave(
    names: Iterable[str] = GROUP_NAMES, *, on_record: Collection[str] = (), k: int = 5, **fields: Any
) -> PanelWave:
    """An open wave with these groups."""
    organiser = fields.pop("organiser", None) or builders.user()
    process = builders.process(organiser=organiser)
    assessment = fields.pop("assessment", None) or builders.assessment(process)
    for position, name in enumerate(names):
        StakeholderGroup.objects.create(process=assessment.process, name=name, position=position)
    wave = waves.prepare_wave(assessment=assessment, user=organiser)
    wave.groups.update(invited=50)
    wave.groups.filter(name__in=on_record).update(mode=GroupMode.ON_RECORD, invited=1)
    PanelWave.objects.filter(pk=wave.pk).update(
        closes_on=timezone.localdate() + timedelta(days=7), threshold=k, **fields
    )
    wave.refresh_from_db()
    waves.launch_wave(wave=wave, user=organiser)
    return wave


Answers = Mapping[str, Any]


def put(
    wave: PanelWave, group: str, questionnaires: Sequence[Answers], *, comments: Sequence[str] = (), flat: int = 0
) -> None:
    """Finished questionnaires of a group, as they lie in its ballot boxes; of a group on the record its one response.

    A level stands for a rating, a map for the lines of a checklist, a word for a state.
    """
    row = wave.groups.get(name=group)
    stored = [{code: stored_answer(value) for code, value in questionnaire.items()} for questionnaire in questionnaires]
    if row.mode == GroupMode.ON_RECORD:
        for answers in stored:
            GroupStatement.objects.create(
                group=row,
                answers=answers,
                comments={"IT": " ".join(comments)},
                filed_by="A. Person",
                capacity="Chair",
                how_agreed="In a meeting",
                filed_on=timezone.localdate(),
            )
    else:
        fill(row, "answers", [{"answers": answers, "is_flat": at < flat} for at, answers in enumerate(stored)])
        fill(row, "comments", [{"attribute": "IT", "text": text} for text in comments])
    row.received += len(stored)
    row.save(update_fields=["received"])


def fill(group: WaveGroup, holds: str, entries: Sequence[Mapping[str, Any]]) -> None:
    """Put entries into the ballot boxes of a group, evenly."""
    if not entries:
        return
    ballot_boxes = list(group.ballot_boxes.filter(holds=holds))
    for ballot_box, own in zip(
        ballot_boxes, (entries[start :: len(ballot_boxes)] for start in range(len(ballot_boxes))), strict=True
    ):
        made = [{"id": secrets.token_hex(16), "receipt": secrets.token_hex(32), **entry} for entry in own]
        ballot_box.content = sorted([*ballot_box.content, *made], key=lambda entry: entry["id"])
        if own:
            ballot_box.save(update_fields=["content"])


def stored_answer(value: Any) -> dict[str, Any]:
    """An answer as it is stored."""
    if isinstance(value, int):
        return {"state": "answered", "level": value}
    return {"state": value} if isinstance(value, str) else {"state": "answered", "options": dict(value)}


def put_example(wave: PanelWave, items: Mapping[str, Mapping[str, Sequence[int]]] = TV10) -> None:
    """The numbers of answers per level of the published example: the nth person gave the nth answer to each item."""
    for group in dict.fromkeys(group for groups in items.values() for group in groups):
        columns = {
            item: [level for level, count in enumerate(groups.get(group, ())) for _ in range(count)]
            for item, groups in items.items()
        }
        size = max(map(len, columns.values()))
        put(
            wave, group, [{item: given[at] for item, given in columns.items() if at < len(given)} for at in range(size)]
        )


def reader_of(wave: PanelWave, user: User | None = None) -> User:
    """Somebody who could read comments when the wave was launched, and so may read those of this wave."""
    user = user or builders.user()
    member = builders.member(wave.assessment.process, user, Role.REVIEWER)
    Membership.objects.filter(pk=member.pk).update(created_at=wave.created_at)
    return user


def closed_wave(**fields: Any) -> PanelWave:
    """The six groups and numbers of TV10, answered and closed."""
    wave = open_wave(**fields)
    put_example(wave)
    closing.close_and_freeze(wave=wave, user=wave.created_by)
    return wave


def prepared(organiser: User | None = None, *, names: tuple[str, ...] = THREE_GROUPS, **fields: Any) -> PanelWave:
    """A wave for which everything is settled, with 40 people invited by personal links in each group."""
    organiser = organiser or builders.user()
    process = builders.process(organiser=organiser, name="Northvale")
    for place, name in enumerate(names):
        StakeholderGroup.objects.create(process=process, name=name, position=place)
    assessment: Assessment = builders.assessment(process)
    Membership.objects.create(process=process, user=builders.user(), role=Role.REVIEWER)
    wave = waves.prepare_wave(assessment=assessment, user=organiser)
    asked_by = {"responsible": "The secretariat", "contact": "ask@example.org"}
    settled = {"notice": "The secretariat asks, to do better.", "closes_on": in_days(14), **asked_by, **fields}
    setup.save_settings(wave=wave, fields=settled)
    wave.groups.update(invited=40)
    wave.refresh_from_db()
    return wave


def launched(organiser: User | None = None, **fields: Any) -> PanelWave:
    """The same, open."""
    organiser = organiser or builders.user()
    wave = prepared(organiser, **fields)
    setup.launch_prepared(wave=wave, user=organiser)
    return wave


def in_days(days: int) -> Any:
    """A day from today."""
    return timezone.localdate() + timedelta(days=days)


def open_group(wave: PanelWave, cap: int = 10) -> WaveGroup:
    """The last group of a wave, with an open link instead of personal ones."""
    group: WaveGroup = wave.groups.order_by("position").last()
    group.link_kind, group.cap = LinkKind.OPEN, cap
    group.save()
    return group
