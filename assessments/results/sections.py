"""The sections of a result: its items, its attributes with what would raise them, and what to do."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import override

from assessments.answers.value import NOT_APPLICABLE, AnswerContent, OptionContent, content_of, link_lines, option_keys
from assessments.documents.result import (
    AttributeResult,
    EvidenceFileLine,
    ImprovementPart,
    ItemResult,
    OptionLine,
    QuestionResult,
    RecommendationPart,
    RecommendationText,
    StateLine,
)
from assessments.documents.values import (
    Text,
    first,
    item_value,
    maybe_points,
    plain,
    points,
    share,
    with_resource,
)
from assessments.models import Answer, EvidenceFile
from assessments.scoring import (
    AttributeScore,
    ItemAnswer,
    ItemState,
    Recommendation,
    Scorecard,
    ScoringItem,
    WeightedItem,
    fraction_text,
    improvements,
    select,
    standings,
    summary_actions,
)
from assessments.scoring import Improvement as Action
from assessments.vocabulary import RESERVED_LABELS
from attributes.catalogue.types import CatalogueAttribute, CatalogueItem, CatalogueSet, CatalogueState

if TYPE_CHECKING:
    from assessments.results.build import StoredRows


def item_result(
    catalogue: CatalogueSet,
    item: CatalogueItem,
    answer: Answer | None,
    files: list[EvidenceFile],
    given: ItemAnswer | None,
    weighted: WeightedItem | None,
    *,
    resource: str,
    has_score: bool,
) -> ItemResult:
    """Put together the answer to one item and its value.

    `given` is what went into scoring and `weighted` what came out, both None for an item that is not scored;
    `has_score` says whether its attribute has a score that the item can contribute to.
    """
    content = content_of(item, answer)
    value = weighted.value if weighted else None
    # What is said, before a checklist without a known option is taken for no answer.
    stated = given.state if given else ItemState(content.state)
    level = content.level if stated is ItemState.ANSWERED else None
    return ItemResult(
        code=item.code,
        revision=item.revision,
        kind=item.kind.value,
        short=plain(item.short),
        text=with_resource(item.text, resource, catalogue.resource_default),
        scored=item.scored,
        critical=item.critical,
        na_allowed=item.na_allowed,
        stakeholder_primary=item.stakeholder_primary,
        states=[_state_line(state) for state in item.states],
        state=(value.state if value else stated).value,
        level=level,
        level_label=plain(catalogue.scale[level].label) if level is not None else {},
        anchor=with_resource(item.anchors[level], resource, catalogue.resource_default) if level is not None else {},
        options=_options(item, content, stated),
        other=content.other,
        answer_text=content.text,
        not_applicable_reason=content.not_applicable_reason if stated is ItemState.NOT_APPLICABLE else "",
        without_reason=content.state == NOT_APPLICABLE and stated is ItemState.UNANSWERED,
        comment=content.comment,
        evidence_class=given.evidence_class if given else content.evidence_class,
        evidence_text=content.evidence_text,
        evidence_links=link_lines(content.evidence_links),
        evidence_files=[
            EvidenceFileLine(code=file.named_code, name=file.name, size=file.size, sha256=file.sha256) for file in files
        ],
        **value_fields(weighted, has_score=has_score),
    )


def value_fields(weighted: WeightedItem | None, *, has_score: bool) -> dict[str, Any]:
    """What of an item comes out of scoring, as the document carries it; None for an item that is not scored."""
    value = weighted.value if weighted else None
    known = value is not None and value.supported is not None
    applicable = value is not None and value.state is not ItemState.NOT_APPLICABLE
    return {
        "claimed": item_value(value.claimed) if value and value.claimed is not None else None,
        "supported": item_value(value.supported) if value and value.supported is not None else None,
        "share_known": share(value.share_known) if value and known else None,
        "weight": share(weighted.weight) if weighted and applicable else None,
        "contribution": points(weighted.contribution) if weighted and known and has_score else None,
        "cap": item_value(value.cap) if value and value.cap is not None else None,
        "capped": value.capped if value else False,
        "letter": value.letter if value else None,
        "claimed_letter": value.claimed_letter if value else None,
        "rule": value.rule if value else "",
    }


def _state_line(state: CatalogueState) -> StateLine:
    return StateLine(
        key=state.key,
        label=plain(state.label),
        credit=None if state.credit is None else fraction_text(state.credit),
        needs_text=state.needs_text,
    )


def _options(item: CatalogueItem, content: AnswerContent, stated: ItemState) -> list[OptionLine]:
    """The lines of a checklist, also those left open. A yes/no item without named lines has one, keyed ""."""
    labels = {option.key: option.label for option in item.options}
    states = {state.key: state for state in item.states}
    given = content.options if stated in (ItemState.ANSWERED, ItemState.DONT_KNOW) else {}
    found = []
    for key in option_keys(item):
        line = given.get(key, OptionContent())
        state = states.get(line.state)
        found.append(
            OptionLine(
                key=key,
                label=plain(labels.get(key)),
                state=line.state,
                state_label=plain(state.label) if state else reserved_label(line.state),
                credit=fraction_text(state.credit) if state and state.credit is not None else None,
                text=line.text,
                known=state is not None and not (state.needs_text and not line.text.strip()),
            )
        )
    return found


def reserved_label(key: str) -> Text:
    """The label of "don't know" and "not applicable" in every language of the interface; empty for other keys."""
    label = RESERVED_LABELS.get(key)
    if label is None:
        return {}
    found = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found[language] = str(label)
    return found


def attribute_result(
    rows: "StoredRows",
    attribute: CatalogueAttribute,
    score: AttributeScore,
    specs: Sequence[ScoringItem],
    given: Mapping[str, ItemAnswer],
) -> AttributeResult:
    """Put together one attribute. `specs` and `given` (by item code) are those of the whole assessment."""
    own = [spec for spec in specs if spec.attribute == attribute.code]
    actions = improvements(own, [given[spec.code] for spec in own if spec.code in given])
    return AttributeResult.from_score(
        score,
        slug=attribute.slug,
        title=plain(attribute.title),
        summary=plain(attribute.summary),
        questions=_questions(rows, attribute, score, given),
        improvements=[_improvement(rows.catalogue, action) for action in actions],
    )


def _questions(
    rows: "StoredRows", attribute: CatalogueAttribute, score: AttributeScore, given: Mapping[str, ItemAnswer]
) -> list[QuestionResult]:
    weighted = {item.code: item for item in score.items}
    return [
        QuestionResult(
            code=question.code,
            verbatim=plain(question.verbatim),
            items=[
                item_result(
                    rows.catalogue,
                    item,
                    rows.answers.get(item.pk),
                    rows.files.get(item.pk, []),
                    given.get(item.code),
                    weighted.get(item.code),
                    resource=rows.process.resource,
                    has_score=score.score is not None,
                )
                for item in question.items
            ],
        )
        for question in attribute.questions
    ]


def _improvement(catalogue: CatalogueSet, action: Action) -> ImprovementPart:
    item = catalogue.items[action.item]
    return ImprovementPart(
        item=action.item,
        short=plain(item.short),
        action=action.action,
        **action_fields(action),
        evidence_class=action.evidence_class,
        level=action.level,
        level_label=plain(catalogue.scale[action.level].label) if action.level is not None else {},
        option_label=_option_label(item, action.option),
        state_label=_state_label(item, action.state),
    )


def action_fields(action: Action) -> dict[str, Any]:
    """The figures of an improvement, as the document carries them."""
    return {
        "gain": maybe_points(action.gain),
        "new_score": maybe_points(action.new_score),
        "range_gain": points(action.range_gain),
        "new_letter": action.new_letter,
    }


def _option_label(item: CatalogueItem, key: str | None) -> dict[str, str]:
    return next((plain(option.label) for option in item.options if option.key == key), {})


def _state_label(item: CatalogueItem, key: str | None) -> dict[str, str]:
    if key is None:
        return {}
    return next((plain(state.label) for state in item.states if state.key == key), reserved_label(key))


def recommendation_parts(
    catalogue: CatalogueSet, specs: Sequence[ScoringItem], scorecard: Scorecard, *, resource: str
) -> list[RecommendationPart]:
    """What to do about each applicable item, most urgent first; items to keep come last (method 3.13)."""
    offered = [
        Recommendation(recommendation.code, item.code, recommendation.trigger.value)
        for item in catalogue.items.values()
        for recommendation in item.recommendations
    ]
    selected = select(standings(specs, scorecard), offered)
    summary = {action.item for action in summary_actions(selected)}
    parts = []
    for entry in selected:
        item = catalogue.items[entry.item]
        prompt = first(item.evidence_prompts) if entry.kind == "find_out" else {}
        parts.append(
            RecommendationPart(
                item=entry.item,
                attribute=entry.attribute,
                short=plain(item.short),
                letter=entry.letter,
                critical=item.critical,
                kind=entry.kind,
                priority=entry.priority,
                in_summary=entry.item in summary,
                texts=_texts(item, entry.recommendations, resource, catalogue.resource_default),
                settle_by=with_resource(prompt, resource, catalogue.resource_default),
            )
        )
    return parts


def _texts(
    item: CatalogueItem, codes: Sequence[str], resource: str, default: Mapping[str, str]
) -> list[RecommendationText]:
    """The recommendations in words; the quotation they rest on is never changed."""
    return [
        RecommendationText(
            code=recommendation.code,
            text=with_resource(recommendation.text, resource, default),
            basis_quote=plain(recommendation.basis_quote),
        )
        for recommendation in item.recommendations
        if recommendation.code in codes
    ]
