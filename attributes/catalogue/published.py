"""A question set as the rest of the program reads it: plain values, made of its document.

Published versions never change, so each is built once per process. What was checked when it was published is not
checked again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from attributes.catalogue.framework_types import (
    CatalogueComponent,
    CatalogueCriterion,
    CatalogueGoal,
    CataloguePrinciple,
    CatalogueQuotation,
)
from attributes.catalogue.types import (
    CatalogueAttribute,
    CatalogueContradiction,
    CatalogueDerived,
    CatalogueExample,
    CatalogueItem,
    CatalogueLevel,
    CatalogueOption,
    CatalogueQuestion,
    CatalogueRecommendation,
    CatalogueSet,
    CatalogueState,
)
from attributes.kinds import UNANSWERED, Audience, Kind, Trigger
from attributes.memory import MemoryCache
from attributes.models import QuestionSet
from attributes.texts import TextMap, with_process

MAX_CACHED = 32

# The time of creation is part of the key because ids and content may both return after a database is restored
# or rolled back under a running process, with other ids on the items.
_cache: MemoryCache[tuple[Any, ...], CatalogueSet] = MemoryCache(MAX_CACHED)

Row = Mapping[str, Any]


def catalogue_of(question_set: QuestionSet) -> CatalogueSet:
    """What this version asks. Two queries (its document, its items), none when cached."""
    key = (question_set.pk, question_set.digest, question_set.status, question_set.created_at)
    return _cache.get_or_make(
        key,
        lambda: build(
            question_set.document,
            dict(question_set.items.values_list("code", "pk")),
            id=question_set.pk,
            status=question_set.status,
            digest=question_set.digest,
        ),
    )


def latest_catalogue(slug: str | None = None) -> CatalogueSet | None:
    """The published version to start with: the highest of this slug, or of the default set.

    Where the default set (setting DEFAULT_QUESTION_SET) is not stored: of the first slug in `newest_first`.
    """
    for question_set in QuestionSet.objects.latest_versions():
        if slug in (None, question_set.slug):
            return catalogue_of(question_set)
    return None


def build(document: Row, item_ids: Mapping[str, int], *, id: int, status: str, digest: str) -> CatalogueSet:
    """A document as a catalogue. Of a draft, which may be unfinished: its items and levels have to be complete.

    `item_ids` has the number of every item by its code.
    """
    scale = tuple(
        CatalogueLevel(row["value"], row["letter"], row["label"], row["meaning"]) for row in document.get("scale", ())
    )
    top_level = scale[-1].value if scale else 0
    return CatalogueSet(
        id=id,
        slug=document.get("slug", ""),
        version=document.get("version", ""),
        status=status,
        digest=digest,
        title=document.get("title", {}),
        summary=document.get("summary", {}),
        credit=document.get("credit", {}),
        resource_default=document.get("resource_default", {}),
        languages=tuple(document.get("languages", ())),
        source=document.get("source", {}),
        scale=scale,
        attributes=tuple(_attribute(row, item_ids, top_level) for row in document.get("attributes", ())),
        criteria=tuple(
            CatalogueCriterion(row["code"], row["text"], row.get("help", {}), row.get("source_lines", ""))
            for row in document.get("criteria", ())
        ),
        goals=tuple(
            CatalogueGoal(row["code"], row["text"], row.get("source_lines", "")) for row in document.get("goals", ())
        ),
        components=tuple(
            CatalogueComponent(row["code"], row["text"], row.get("note", {}), row.get("source_lines", ""))
            for row in document.get("components", ())
        ),
        crosswalk=tuple(_principle(row) for row in document.get("crosswalk", ())),
        experimental=document.get("experimental", False),
        process_default=document.get("process_default", {}),
        contradictions=tuple(_contradiction(row) for row in document.get("contradictions", ())),
    )


def _contradiction(row: Row) -> CatalogueContradiction:
    return CatalogueContradiction(
        code=row["code"],
        a=row["a"],
        a_states=_answers(row["a_states"]),
        b=row["b"],
        b_states=_answers(row["b_states"]),
        named_states=_answers(row.get("named_states", ())),
    )


def _answers(words: Iterable[str]) -> tuple[str, ...]:
    """As the method has them: no answer yet is "" there."""
    return tuple("" if word == UNANSWERED else word for word in words)


def _principle(row: Row) -> CataloguePrinciple:
    return CataloguePrinciple(
        framework=row["framework"],
        text=row["text"],
        source_lines=row.get("source_lines", ""),
        item_codes=tuple(row.get("item_codes", ())),
        not_covered=row.get("not_covered", {}),
    )


def _attribute(row: Row, item_ids: Mapping[str, int], top_level: int) -> CatalogueAttribute:
    return CatalogueAttribute(
        code=row.get("code", ""),
        slug=row.get("slug", ""),
        title=row.get("title", {}),
        summary=row.get("summary", {}),
        source_lines=row.get("source_lines", ""),
        quotations=tuple(
            CatalogueQuotation(quotation["text"], quotation.get("source_lines", ""))
            for quotation in row.get("quotations", ())
        ),
        questions=tuple(
            CatalogueQuestion(
                code=question.get("code", ""),
                attribute_code=row.get("code", ""),
                verbatim=question.get("verbatim", {}),
                source_lines=question.get("source_lines", ""),
                items=tuple(
                    _item(item, item_ids[item["code"]], question["code"], row["code"], top_level)
                    for item in question.get("items", ())
                ),
            )
            for question in row.get("questions", ())
        ),
        lead_in=row.get("lead_in", {}),
    )


def _item(row: Row, pk: int, question_code: str, attribute_code: str, top_level: int) -> CatalogueItem:
    return CatalogueItem(
        pk=pk,
        code=row["code"],
        revision=row.get("revision", 1),
        question_code=question_code,
        attribute_code=attribute_code,
        kind=Kind(row["kind"]),
        short=row["short"],
        text=row["text"],
        note=row.get("note", {}),
        scored=row["scored"],
        critical=row.get("critical", False),
        na_allowed=row.get("na_allowed", False),
        na_condition=row.get("na_condition", {}),
        stakeholder_primary=row.get("stakeholder_primary", False),
        quick_check=row.get("quick_check", False),
        short_form=row.get("short_form", False),
        audience=Audience(row.get("audience", Audience.BOTH)),
        other_allowed=row.get("other_allowed", False),
        anchors=tuple(anchor["text"] for anchor in row.get("anchors", ())),
        options=tuple(
            CatalogueOption(option["key"], option["label"], option.get("help", {})) for option in row.get("options", ())
        ),
        states=tuple(_state(state) for state in row.get("states", ())),
        evidence_prompts=tuple(row.get("evidence_prompts", ())),
        recommendations=tuple(_recommendation(advice) for advice in row.get("recommendations", ())),
        replaces=tuple(row.get("replaces", ())),
        top_level=top_level,
        not_for=tuple(row.get("not_for", ())),
        reading=row.get("reading", {}),
        participant_text=row.get("participant_text", {}),
        participant_note=row.get("participant_note", {}),
        why_critical=row.get("why_critical", {}),
        evidence_sentence=row.get("evidence_sentence", {}),
        show_it=row.get("show_it", {}),
        blind_spot=row.get("blind_spot", {}),
        derived_from=CatalogueDerived(**row["derived_from"]) if row.get("derived_from") else None,
        shows=tuple(row.get("shows", ())),
        examples=tuple(
            CatalogueExample(example["letter"], example["text"], example["source"], example.get("source_lines", ""))
            for example in row.get("examples", ())
        ),
    )


def _state(row: Row) -> CatalogueState:
    credit = row.get("credit")
    return CatalogueState(
        key=row["key"],
        credit=None if credit is None else Fraction(credit),
        needs_text=row.get("needs_text", False),
        label=row["label"],
        text=row.get("text", {}),
        participant_label=row.get("participant_label", {}),
        participant_text=row.get("participant_text", {}),
    )


def _recommendation(row: Row) -> CatalogueRecommendation:
    return CatalogueRecommendation(
        code=row["code"],
        trigger=Trigger(row["trigger"]),
        text=row["text"],
        basis_quote=row["basis_quote"],
        basis_lines=row.get("basis_lines", ""),
        basis_case=row.get("basis_case", {}),
    )


def for_participants(item: CatalogueItem, question_set: CatalogueSet, process: str | TextMap = "") -> CatalogueItem:
    """The item as participants read it: their own words in every language that has any, with the process in place of
    {process}.

    `process` is what it is called; without it: "this process", as the set says it. {resource} stays, as in all texts.
    """
    name = process or question_set.process_default
    return replace(
        item,
        text=with_process({**item.text, **item.participant_text}, name),
        note=with_process({**item.note, **item.participant_note}, name),
        states=tuple(_state_for_participants(state, name) for state in item.states),
    )


def _state_for_participants(state: CatalogueState, name: str | TextMap) -> CatalogueState:
    return replace(
        state,
        label=with_process(state.participant_label or state.label, name),
        text=with_process(state.participant_text or state.text, name),
    )
