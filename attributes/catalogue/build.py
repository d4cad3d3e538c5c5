"""Rows into a catalogue. One query per table, whatever the size of the set."""

from fractions import Fraction

from attributes.catalogue.types import (
    CatalogueAttribute,
    CatalogueComponent,
    CatalogueCriterion,
    CatalogueGoal,
    CatalogueItem,
    CatalogueLevel,
    CatalogueOption,
    CataloguePrinciple,
    CatalogueQuestion,
    CatalogueQuotation,
    CatalogueRecommendation,
    CatalogueSet,
    CatalogueState,
)
from attributes.kinds import Audience, Kind, Trigger
from attributes.models import Attribute, Item, OptionState, Question, QuestionSet

_PARTS_OF_ITEM = ("anchors", "options", "states", "evidence_prompts", "recommendations")


def build(question_set: QuestionSet) -> CatalogueSet:
    """Read the rows of a question set into a catalogue, whatever its state."""
    prefetched = [f"questions__items__{part}" for part in _PARTS_OF_ITEM]
    attributes = Attribute.objects.filter(question_set=question_set).order_by("position")
    top_level = question_set.scale[-1]["value"]
    return CatalogueSet(
        id=question_set.pk,
        slug=question_set.slug,
        version=question_set.version,
        status=question_set.status,
        digest=question_set.digest,
        title=question_set.title,
        summary=question_set.summary,
        credit=question_set.credit,
        resource_default=question_set.resource_default,
        languages=tuple(question_set.languages),
        source=question_set.source,
        scale=tuple(CatalogueLevel(**level) for level in question_set.scale),
        attributes=tuple(_attribute(row, top_level) for row in attributes.prefetch_related(*prefetched)),
        criteria=tuple(
            CatalogueCriterion(row.code, row.text, row.help, row.source_lines)
            for row in question_set.criteria.order_by("position")
        ),
        goals=tuple(
            CatalogueGoal(row.code, row.text, row.source_lines) for row in question_set.goals.order_by("position")
        ),
        components=tuple(
            CatalogueComponent(row.code, row.text, row.note, row.source_lines)
            for row in question_set.components.order_by("position")
        ),
        crosswalk=tuple(
            CataloguePrinciple(row.framework, row.text, row.source_lines, tuple(row.item_codes), row.not_covered)
            for row in question_set.crosswalk.order_by("position")
        ),
        experimental=question_set.experimental,
    )


def _attribute(row: Attribute, top_level: int) -> CatalogueAttribute:
    return CatalogueAttribute(
        code=row.code,
        slug=row.slug,
        title=row.title,
        summary=row.summary,
        source_lines=row.source_lines,
        quotations=tuple(CatalogueQuotation(**quotation) for quotation in row.quotations),
        questions=tuple(_question(question, row, top_level) for question in row.questions.all()),
    )


def _question(row: Question, attribute: Attribute, top_level: int) -> CatalogueQuestion:
    return CatalogueQuestion(
        code=row.code,
        attribute_code=attribute.code,
        verbatim=row.verbatim,
        source_lines=row.source_lines,
        items=tuple(_item(item, row, attribute, top_level) for item in row.items.all()),
    )


def _item(row: Item, question: Question, attribute: Attribute, top_level: int) -> CatalogueItem:
    return CatalogueItem(
        pk=row.pk,
        code=row.code,
        revision=row.revision,
        question_code=question.code,
        attribute_code=attribute.code,
        kind=Kind(row.kind),
        short=row.short,
        text=row.text,
        note=row.note,
        scored=row.scored,
        critical=row.critical,
        na_allowed=row.na_allowed,
        na_condition=row.na_condition,
        stakeholder_primary=row.stakeholder_primary,
        audience=Audience(row.audience),
        other_allowed=row.other_allowed,
        anchors=tuple(anchor.text for anchor in row.anchors.all()),
        options=tuple(CatalogueOption(option.key, option.label, option.help) for option in row.options.all()),
        states=tuple(_state(state) for state in row.states.all()),
        evidence_prompts=tuple(prompt.text for prompt in row.evidence_prompts.all()),
        recommendations=tuple(
            CatalogueRecommendation(
                advice.code, Trigger(advice.trigger), advice.text, advice.basis_quote, advice.basis_lines
            )
            for advice in row.recommendations.all()
        ),
        replaces=tuple(row.replaces),
        top_level=top_level,
    )


def _state(row: OptionState) -> CatalogueState:
    credit = None if row.credit is None else Fraction(row.credit)
    return CatalogueState(row.key, credit, row.needs_text, row.label, row.text)
