"""One item of a result: what was answered, and what it counts as."""

from typing import Any

from django.conf import settings
from django.utils.translation import override

from assessments.answers.value import AnswerContent, OptionContent, content_of, link_lines, option_keys
from assessments.documents.result import EvidenceFileLine, ItemResult, OptionLine, StateLine
from assessments.documents.values import Text, item_value, plain, points, share, with_resource
from assessments.models import Answer, EvidenceFile
from assessments.scoring import AnswerState, ItemAnswer, WeightedItem, fraction_text
from assessments.vocabulary import RESERVED_LABELS
from attributes.catalogue.types import CatalogueItem, CatalogueSet, CatalogueState


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
    stated = given.state if given else AnswerState(content.state)
    level = content.level if stated is AnswerState.ANSWERED else None
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
        not_applicable_reason=content.not_applicable_reason if stated is AnswerState.NOT_APPLICABLE else "",
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
    applicable = value is not None and value.state is not AnswerState.NOT_APPLICABLE
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


def _options(item: CatalogueItem, content: AnswerContent, stated: AnswerState) -> list[OptionLine]:
    """The lines of a checklist, also those left open. A yes/no item without named lines has one, keyed ""."""
    labels = {option.key: option.label for option in item.options}
    states = {state.key: state for state in item.states}
    given = content.options if stated in (AnswerState.ANSWERED, AnswerState.DONT_KNOW) else {}
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
