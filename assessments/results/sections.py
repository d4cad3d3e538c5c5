"""The sections of a result: its attributes, their items, what was answered and what it counts as."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import override

from assessments.answers.counting import item_spec, unscored_lines
from assessments.answers.evidence import NO_EVIDENCE, GivenEvidence, pieces_of
from assessments.answers.value import (
    ANSWERED,
    DONT_KNOW,
    NOT_APPLICABLE,
    AnswerContent,
    OptionContent,
    link_lines,
)
from assessments.documents.result import (
    AttributeResult,
    EvidenceFileLine,
    ItemResult,
    OpeningLine,
    OptionLine,
    QuestionResult,
    StateLine,
)
from assessments.documents.steps import AdviceText
from assessments.documents.values import Text, first, item_value, maybe_item_value, plain, points, share
from assessments.scoring import ItemState, ScoringItem, fraction_text
from assessments.scoring.evidence import (
    CountedAttribute,
    CountedItem,
    LineReading,
    WeighedItem,
    following_value,
)
from assessments.scoring.evidence.pieces import last_mark
from assessments.vocabulary import RESERVED_LABELS
from attributes.catalogue.types import CatalogueAttribute, CatalogueItem, CatalogueState

if TYPE_CHECKING:
    from assessments.results.build import CountedRows


def attribute_result(counted: "CountedRows", attribute: CatalogueAttribute, score: CountedAttribute) -> AttributeResult:
    """Put together one attribute."""
    return AttributeResult.from_score(
        score,
        slug=attribute.slug,
        title=plain(attribute.title),
        summary=plain(attribute.summary),
        questions=[
            QuestionResult(
                code=question.code,
                verbatim=plain(question.verbatim),
                items=[item_result(counted, item, score) for item in question.items],
            )
            for question in attribute.questions
        ],
    )


def item_result(counted: "CountedRows", item: CatalogueItem, score: CountedAttribute) -> ItemResult:
    """Put together the answer to one item, what it counts as, and what could be done about it."""
    content = counted.contents[item.code]
    evidence = counted.rows.evidence.get(item.pk, NO_EVIDENCE)
    found = counted.result.items.get(item.code)
    weighed = next((entry for entry in score.items if entry.code == item.code), None)
    words = counted.words
    level = content.level if content.state == ANSWERED else None
    by_kind = item.code in counted.result.by_kind
    said: dict[str, Any] = {"said": content.state}
    if not found:
        said["state"] = NOT_APPLICABLE if by_kind else content.state
    return ItemResult(
        code=item.code,
        revision=item.revision,
        kind=item.kind.value,
        short=plain(item.short),
        text=words(item.text),
        scored=item.scored,
        critical=item.critical,
        na_allowed=item.na_allowed,
        stakeholder_primary=item.stakeholder_primary,
        not_for=list(item.not_for),
        by_kind=by_kind,
        states=[_state_line(state) for state in item.states],
        level=level,
        level_label=plain(counted.rows.catalogue.scale[level].label) if level is not None else {},
        anchor=words(item.anchors[level]) if level is not None else {},
        options=_options(counted, item, content, found),
        other=content.other,
        answer_text=content.text,
        not_applicable_reason=content.not_applicable_reason if content.state == ItemState.NOT_APPLICABLE else "",
        comment=content.comment,
        moved_because=content.moved_because,
        chosen=content.evidence_class,
        source=content.evidence_source,
        evidence_text=content.evidence_text,
        evidence_links=link_lines(content.evidence_links),
        evidence_files=[
            EvidenceFileLine(code=file.named_code, name=file.name, size=file.size, sha256=file.sha256)
            for file in counted.rows.files.get(item.pk, [])
        ],
        openings=opening_lines(content, evidence),
        settle_by=words(first(item.evidence_prompts)),
        show_it=words(item.show_it),
        blind_spot=words(item.blind_spot),
        advice=[
            AdviceText(
                code=entry.code,
                trigger=entry.trigger.value,
                text=words(entry.text),
                basis_quote=plain(entry.basis_quote),
                basis_lines=entry.basis_lines,
                basis_case=plain(entry.basis_case),
            )
            for entry in item.recommendations
        ],
        against=counted.against(item.code, ""),
        **value_fields(item_spec(item) if found else None, found, weighed, has_score=score.score is not None),
        **said,
    )


def value_fields(
    spec: ScoringItem | None, item: CountedItem | None, weighed: WeighedItem | None, *, has_score: bool
) -> dict[str, Any]:
    """What of an item comes out of scoring, as the document carries it; None for an item that does not enter it."""
    if item is None or spec is None or weighed is None:
        figures = (
            "claimed",
            "counted",
            "following",
            "share_known",
            "share_applicable",
            "weight",
            "contribution",
            "cap",
        )
        empty = dict.fromkeys(("grade", "open_because", "capped_because"), "")
        nothing = dict.fromkeys((*figures, "letter", "claimed_letter", "opened_on"))
        return {**nothing, **empty, "shown": False}
    known = item.counted is not None
    applicable = item.state is not ItemState.NOT_APPLICABLE
    return {
        "state": item.state.value,
        "grade": item.evidence.grade.value,
        "opened_on": item.evidence.opened.day if item.evidence.opened else None,
        "claimed": maybe_item_value(item.claimed),
        "counted": maybe_item_value(item.counted),
        "following": maybe_item_value(following_value(spec, item)),
        "share_known": share(item.share_known) if known else None,
        "share_applicable": share(item.share_applicable) if applicable else None,
        "weight": share(weighed.weight) if applicable else None,
        "contribution": points(weighed.contribution) if known and has_score else None,
        "cap": item_value(item.cap),
        "shown": item.shown,
        "letter": item.letter,
        "claimed_letter": item.claimed_letter,
        "open_because": item.open_because or "",
        "capped_because": item.capped_because or "",
    }


def opening_lines(content: AnswerContent, evidence: GivenEvidence) -> list[OpeningLine]:
    """What the last second person found who opened each piece of evidence, as it stands."""
    found: list[OpeningLine] = []
    for piece in pieces_of(content, evidence) if evidence.openings else ():
        mark = last_mark(piece)
        if mark is not None:
            found.append(OpeningLine(reference=piece.reference, on=mark.day, shows=mark.shows, opened=mark.opened))
    return found


def _state_line(state: CatalogueState) -> StateLine:
    return StateLine(
        key=state.key,
        label=plain(state.label),
        credit=None if state.credit is None else fraction_text(state.credit),
        needs_text=state.needs_text,
    )


def _options(
    counted: "CountedRows", item: CatalogueItem, content: AnswerContent, found: CountedItem | None
) -> list[OptionLine]:
    """The lines of a list as answered and as they count, also those left open. A yes/no item without named lines has
    one, keyed "".

    Of an item whose lines enter nothing, they count as they would in a list that is not scored."""
    labels = {option.key: option.label for option in item.options}
    states = {state.key: state for state in item.states}
    if content.state not in (ANSWERED, DONT_KNOW):
        content = replace(content, options={})
    lines = found.lines if found else unscored_lines(item, content, reasons_needed=not item.scored)
    read = {line.option: line for line in lines or unscored_lines(item, content)}
    return [
        option_line(counted, item, labels.get(key), states, content.options.get(key, OptionContent()), read[key])
        for key in item.option_keys
    ]


def option_line(
    counted: "CountedRows",
    item: CatalogueItem,
    label: Mapping[str, str] | None,
    states: Mapping[str, CatalogueState],
    line: OptionContent,
    read: LineReading,
) -> OptionLine:
    """One line of a list."""
    state = states.get(line.state)
    return OptionLine(
        key=read.option,
        label=plain(label),
        state=line.state,
        # "Don't know" and "not applicable" are words of the application, not of the question set.
        state_label=plain(state.label) if state else {},
        credit=fraction_text(state.credit) if state and state.credit is not None else None,
        text=line.text,
        counts_as=read.counts_as,
        open_because=read.open_because or "",
        against=counted.against(item.code, read.option) if read.option else None,
    )


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
