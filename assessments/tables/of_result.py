"""Tables of a frozen result: attributes, items and steps, with what groups say where they were asked."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.documents.both_tracks import JointDocument
from assessments.documents.last_time import LastTimePart
from assessments.documents.panel import PanelAttribute
from assessments.documents.panel_items import PanelItem
from assessments.documents.result import AttributeResult, ItemResult, QuestionResult, ResultDocument
from assessments.documents.steps import StepPart
from assessments.headlines import second_rating_words
from assessments.pictures.of_panel import verdict_words
from assessments.tables.plain import Cell, PlainTable, figure_cell, percent_cell, points_cell, yes_no
from assessments.vocabulary import STATE_LABELS
from attributes.texts import localise


def attributes_table(
    document: ResultDocument, joint: JointDocument | None = None, last: LastTimePart | None = None
) -> PlainTable:
    """Return the attributes with all their figures, as they are printed."""
    columns = [
        _("Attribute"), _("Code"), _("Status"), _("Letter"), _("Shown"), _("Claimed"), _("Lowest possible"),
        _("Highest possible"), _("Answered, per cent of the weight"), _("Shown, per cent of the weight"),
    ]  # fmt: skip
    if joint is not None:
        columns += [
            _("Groups: status"), _("Groups: letter"), _("Groups: points"), _("Groups: 90 % range from"),
            _("Groups: 90 % range to"),
        ]  # fmt: skip
    if last is not None:
        columns += [_("Last round: letter"), _("Last round: points")]
    rows = []
    for attribute in document.attributes:
        row = _attribute(attribute)
        if joint is not None:
            row += _experience(joint.panel.attribute(attribute.code))
        if last is not None:
            then = last.attribute(attribute.code)
            row += [then.letter, figure_cell(then.score)] if then else [None, None]
        rows.append(tuple(row))
    return PlainTable("attributes", _("Attributes"), tuple(columns), tuple(rows))


def items_table(document: ResultDocument, joint: JointDocument | None = None) -> PlainTable:
    """Return every item: what counts, what is claimed, and what groups say of it."""
    columns = [
        _("Attribute"), _("Question"), _("Item"), _("Code"), _("Critical"), _("Answer"), _("Letter"), _("Points"),
        _("Claimed: letter"), _("Claimed: points"), _("Evidence"),
    ]  # fmt: skip
    if joint is not None:
        columns += [_("Groups: letter"), _("Groups: points"), _("Groups: how far apart")]
    rows = []
    for attribute in document.attributes:
        for question in attribute.questions:
            for item in question.items:
                row = _item(attribute, question, item)
                if joint is not None:
                    row += _groups_on(joint.panel.item(item.code))
                rows.append(tuple(row))
    return PlainTable("items", _("Items"), tuple(columns), tuple(rows))


def steps_table(document: ResultDocument, joint: JointDocument | None = None) -> PlainTable:
    """Return the one list of steps in its order."""
    steps = joint.steps if joint is not None else document.steps
    titles = {attribute.code: localise(attribute.title) for attribute in document.attributes}
    columns = (
        _("Step"), _("First"), _("Kind"), _("Item"), _("Code"), _("Attribute"), _("Critical"), _("Letter"),
        _("What to do"), _("What would show it"), _("Points at stake"),
    )  # fmt: skip
    rows = tuple(_step(number, step, titles) for number, step in enumerate(steps.steps, 1))
    return PlainTable("steps", _("Steps"), columns, rows)


def second_rating_table(document: ResultDocument) -> PlainTable:
    """Return every item under either rater, and what both agreed on."""
    columns = (
        _("Item"), _("Code"), _("First rating"), _("Second rating"), _("Levels apart"), _("Agreed by both"),
        _("Why: first rating"), _("Why: second rating"), _("Why: agreed"), _("Changed since"),
    )  # fmt: skip
    words = second_rating_words(document)
    rows = tuple(
        (
            localise(line.item.short),
            line.part.code,
            "; ".join(line.first),
            "; ".join(line.second),
            line.part.apart,
            "; ".join(line.consensus),
            line.part.first.reason,
            line.part.second.reason,
            line.part.consensus.reason if line.part.consensus else "",
            yes_no(line.part.changed_since),
        )
        for line in (words.lines if words else ())
    )
    return PlainTable("second-rating", _("Two ratings of the same evidence"), columns, rows)


def _attribute(attribute: AttributeResult) -> list[Cell]:
    return [
        localise(attribute.title),
        attribute.code,
        status_word(attribute.status),
        attribute.letter,
        figure_cell(attribute.score),
        figure_cell(attribute.claimed),
        figure_cell(attribute.low),
        figure_cell(attribute.high),
        percent_cell(attribute.coverage),
        percent_cell(attribute.shown_share),
    ]


def _experience(found: PanelAttribute | None) -> list[Cell]:
    if found is None:
        return [_("not asked"), None, None, None, None]
    return [
        status_word(found.status),
        found.letter,
        figure_cell(found.score),
        found.sampling.low,
        found.sampling.high,
    ]


def _item(attribute: AttributeResult, question: QuestionResult, item: ItemResult) -> list[Cell]:
    return [
        localise(attribute.title),
        question.code,
        localise(item.short),
        item.code,
        yes_no(item.critical),
        str(STATE_LABELS[item.state]),
        item.letter,
        points_cell(item.counted),
        item.claimed_letter,
        points_cell(item.claimed),
        item.grade or None,
    ]


def _groups_on(found: PanelItem | None) -> list[Cell]:
    if found is None:
        return [None, None, None]
    return [found.letter, figure_cell(found.score), verdict_words(found, critical=False) or None]


def _step(number: int, step: StepPart, titles: Mapping[str, str]) -> tuple[Cell, ...]:
    return (
        number,
        yes_no(step.in_head),
        step_kind(step.kind),
        localise(step.short),
        step.item,
        titles.get(step.attribute, step.attribute),
        yes_no(step.critical),
        step.standing,
        "\n".join(localise(text.text) for text in step.texts) or localise(step.hint) or None,
        localise(step.settle_by) or None,
        figure_cell(step.at_stake),
    )


def status_word(status: str) -> str:
    """What the status of an attribute is called."""
    return {
        "shown": pgettext("status", "shown"),
        "provisional": _("provisional"),
        "withheld": _("withheld"),
        "not_applicable": _("not applicable"),
    }[status]


def step_kind(kind: str) -> str:
    """What a kind of step is called."""
    return {"find_out": _("Find out"), "show_it": _("Show it"), "improve_it": _("Improve it")}[kind]
