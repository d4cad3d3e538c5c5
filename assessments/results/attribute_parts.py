"""One attribute of a result: its figures, its questions, and what would raise it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from assessments.documents.result import AttributeResult, Improvement, QuestionResult
from assessments.documents.values import maybe_points, plain, points
from assessments.results.item_parts import item_result, reserved_label
from assessments.scoring import AttributeScore, ItemAnswer, ItemSpec, improvements
from assessments.scoring import Improvement as Action
from attributes.catalogue.types import CatalogueAttribute, CatalogueItem, CatalogueSet

if TYPE_CHECKING:
    from assessments.results.build import Rows


def attribute_result(
    rows: "Rows",
    attribute: CatalogueAttribute,
    score: AttributeScore,
    specs: Sequence[ItemSpec],
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
    rows: "Rows", attribute: CatalogueAttribute, score: AttributeScore, given: Mapping[str, ItemAnswer]
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


def _improvement(catalogue: CatalogueSet, action: Action) -> Improvement:
    item = catalogue.items[action.item]
    return Improvement(
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
