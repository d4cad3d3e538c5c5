"""Computing the frozen numbers of waves again from the counts that were frozen with them.

What cannot follow from counts is taken as it stands: names, dates, changes while it was open, what became of links, how
many responses were flat or came on paper, and the ends of sampling ranges, for which the questionnaires would be needed
that are gone since the closing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import ValidationError

from assessments.documents.leaves import differing_leaves, json_path
from assessments.documents.panel import PanelDocument
from assessments.documents.panel_asked import PanelGroup
from assessments.documents.values import stored_digest
from assessments.models import WaveSnapshot
from assessments.panels.asked import About, AskedGroup
from assessments.panels.build import build_panel
from assessments.panels.counting import asked_specs, wave_of
from assessments.panels.public import public_document
from assessments.panels.scored import WaveTerms, scored_again
from assessments.results.rechecking import KINDS, is_known_method, stored_catalogue
from assessments.scoring import ScoringError, parse_fraction
from assessments.scoring.experience import LinkCounts, SamplingRange
from assessments.scoring.model import ProcessKind
from assessments.vocabulary import QuestionnaireForm
from attributes.catalogue.types import CatalogueSet
from attributes.kinds import PLACEHOLDER

RESTRICTED, PUBLIC = "$.document", "$.public"


def recheck_wave(snapshots: Sequence[WaveSnapshot]) -> list[list[str]]:
    """Return for each result of one wave, the first one first, the leaves that do not follow from its counts.

    Those of the public document begin with `$.public`, those of the restricted one with `$.document`.
    """
    return [_recheck(snapshot, snapshots[:index]) for index, snapshot in enumerate(snapshots)]


def _recheck(snapshot: WaveSnapshot, earlier: Sequence[WaveSnapshot]) -> list[str]:
    found = [
        f"{root}: the document is not the one its digest was taken of"
        for root, content, digest in (
            (RESTRICTED, snapshot.document, snapshot.digest),
            (PUBLIC, snapshot.public, snapshot.public_digest),
        )
        if stored_digest(content) != digest
    ]
    try:
        document = PanelDocument.model_validate(snapshot.document)
        before = PanelDocument.model_validate(earlier[-1].public) if earlier else None
    except ValidationError as error:
        return found + [f"{json_path(problem['loc'], RESTRICTED)}: {problem['msg']}" for problem in error.errors()]
    catalogue = stored_catalogue(document.question_set)
    if catalogue is None:
        return [*found, f"{RESTRICTED}.question_set: is not stored here with this digest"]
    if problem := _unfit(document):
        return [*found, f"{RESTRICTED}.{problem}"]
    try:
        restricted, public = _rebuilt(snapshot, document, earlier, before, catalogue)
    except (ScoringError, ValueError, KeyError) as error:
        return [*found, f"{RESTRICTED}: holds what nothing can be computed of: {error}"]
    return [
        *found,
        *differing_leaves(snapshot.document, restricted.model_dump(mode="json"), RESTRICTED),
        *differing_leaves(snapshot.public, public.model_dump(mode="json"), PUBLIC),
    ]


def _unfit(document: PanelDocument) -> str:
    """Why nothing can be computed again; empty if it can."""
    if not is_known_method(document.method_version):
        return f"method_version: “{document.method_version}” is no version of the method that is known here"
    if document.wave.kind not in KINDS:
        return f"wave.kind: “{document.wave.kind}” is no kind of process"
    return ""


def _rebuilt(
    snapshot: WaveSnapshot,
    document: PanelDocument,
    earlier: Sequence[WaveSnapshot],
    before: PanelDocument | None,
    catalogue: CatalogueSet,
) -> tuple[PanelDocument, PanelDocument]:
    """Both documents as the counts give them now."""
    kind = document.wave.kind
    is_short = document.short_form is not None
    terms = WaveTerms(
        asked_specs(catalogue, kind, QuestionnaireForm.SHORT if is_short else QuestionnaireForm.FULL),
        ProcessKind(kind) if kind else None,
        {group.code: group.sector for group in document.groups if group.sector},
        asked_specs(catalogue, kind) if is_short else (),
    )
    waves = [wave_of(row.tallies["shown"]) for row in (*earlier, snapshot)]
    scored = scored_again(terms, waves[:-1], waves[-1])
    scored = replace(scored, ranges=_ranges(document, scored.ranges, is_later=bool(earlier)))
    restricted = build_panel(_about(snapshot, document, catalogue), catalogue, scored)
    told = {group.code: group.links for group in document.groups}
    restricted = restricted.model_copy(
        update={
            "method_version": document.method_version,
            "groups": [group.model_copy(update={"links": told.get(group.code)}) for group in restricted.groups],
        }
    )
    return restricted, public_document(restricted, scored, before)


def _ranges(
    document: PanelDocument, bounds: Mapping[str, SamplingRange], *, is_later: bool
) -> dict[str, SamplingRange]:
    """The sampling ranges with the ends that the document says, where there is one at all."""
    found = {}
    for code, bound in bounds.items():
        attribute = document.attribute(code)
        if attribute is not None and bound.why is None:
            told = attribute.sampling
            t = None if told.t is None else parse_fraction(told.t)
            bound = replace(bound, low=told.low, high=told.high, t=t)
        found[code] = replace(bound, at_most=is_later)
    return found


def _about(snapshot: WaveSnapshot, document: PanelDocument, catalogue: CatalogueSet) -> About:
    wave = document.wave
    return About(
        assessment=snapshot.wave.assessment.code,
        code=snapshot.wave.code,
        number=snapshot.wave.number,
        snapshot=snapshot.number,
        opened_on=_day(wave.opened_on),
        closed_on=_day(wave.closed_on),
        time_zone=wave.time_zone,
        languages=wave.languages,
        resource=resource_in(document, catalogue),
        groups=[_asked(group) for group in document.groups],
        flat_count=document.flat_count or 0,
        kind=wave.kind,
        threshold_chosen_by=wave.threshold_chosen_by,
        threshold_chosen_on=_day(wave.threshold_chosen_on),
        changes=wave.changes,
        in_workshop=wave.in_workshop,
    )


def _asked(group: PanelGroup) -> AskedGroup:
    links = LinkCounts(open_link=group.link_kind == "open")
    on_record = group.mode == "on_record"
    return AskedGroup(
        group.code,
        group.name,
        on_record,
        group.invited,
        group.sector,
        None if on_record else links,
        by_assistant=group.by_assistant or 0,
        names=group.names,
    )


def _day(day: str | None) -> date | None:
    return None if day is None else date.fromisoformat(day)


def resource_in(document: PanelDocument, catalogue: CatalogueSet) -> str:
    """What the process called its own resource when the document was made, read from its texts; "" for the usual."""
    for item in document.items:
        asked: Any = catalogue.items[item.code].text
        for language, words in asked.items():
            first, *others = words.split(PLACEHOLDER)
            if not others:
                continue
            pattern = f"{re.escape(first)}(.*?){re.escape(others[0])}" + "".join(
                rf"\1{re.escape(part)}" for part in others[1:]
            )
            found = re.fullmatch(pattern, item.text.get(language, ""), re.DOTALL)
            if found and found[1] != catalogue.resource_default.get(language):
                return found[1]
    return ""
