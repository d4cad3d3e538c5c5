"""Tables of rounds over time: every round, every change between two, the items that moved, and what was promised."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from assessments.documents.comparison_parts import RoundAttribute, RoundsPair
from assessments.documents.over_time import ItemNote, OverTimeDocument
from assessments.tables.of_result import status_word
from assessments.tables.plain import Cell, PlainTable, figure_cell, percent_cell, yes_no
from assessments.vocabulary import ActionState
from attributes.texts import localise


def over_time_tables(document: OverTimeDocument) -> list[PlainTable]:
    """Return all tables of it."""
    return [_rounds(document), _changes(document), _items(document), _actions(document), _groups(document)]


def _rounds(document: OverTimeDocument) -> PlainTable:
    columns = (
        _("Round"), _("Submitted"), _("Checked"), _("Question set"), _("Attribute"), _("Code"), _("Status"),
        _("Letter"), _("Shown"),
    )  # fmt: skip
    titles = {head.code: localise(head.title) for head in document.attributes}
    checked = {"self_assessed": _("self-assessed"), "reviewed": _("reviewed")}
    rows = tuple(
        (
            entry.round,
            entry.submitted_on,
            checked[entry.assurance],
            entry.question_set_version,
            titles[found.attribute],
            found.attribute,
            status_word(found.status),
            found.letter,
            figure_cell(found.score),
        )
        for entry in document.rounds
        for found in entry.standings
    )
    return PlainTable("rounds", _("Rounds"), columns, rows)


def _changes(document: OverTimeDocument) -> PlainTable:
    columns = (
        _("Round before"), _("Round after"), _("Attribute"), _("Code"), _("Before"), _("After"), _("Difference"),
        _("Points needed"), _("Verdict"), _("Because"), _("Items compared"), _("Items that moved"),
        _("Rating again moves about"), _("Same raters"), _("Share before, per cent"), _("Share after, per cent"),
    )  # fmt: skip
    titles = {head.code: localise(head.title) for head in document.attributes}
    rows = tuple(
        (*_numbers(document, pair), titles[entry.attribute], entry.attribute, *_change(entry))
        for pair in [*document.steps, *document.since_first]
        for entry in pair.attributes
    )
    return PlainTable("changes", _("Changes"), columns, rows)


def _numbers(document: OverTimeDocument, pair: RoundsPair) -> tuple[Cell, Cell]:
    return document.round(pair.earlier).round, document.round(pair.later).round


def _change(entry: RoundAttribute) -> tuple[Cell, ...]:
    return (
        figure_cell(entry.before),
        figure_cell(entry.after),
        figure_cell(entry.difference),
        entry.threshold,
        _verdicts()[entry.verdict] if entry.verdict else _("not compared"),
        _reasons()[entry.why] if entry.why else None,
        entry.items,
        len(entry.moved),
        entry.expected_moves,
        None if entry.same_raters is None else yes_no(entry.same_raters),
        percent_cell(entry.share_before),
        percent_cell(entry.share_after),
    )


def _verdicts() -> dict[str, str]:
    return {
        "better": _("better"),
        "lower": _("lower"),
        "within_re_rating": _("within what re-rating gives"),
        "mostly_shown": _("change, mostly in what is shown"),
    }


def _reasons() -> dict[str, str]:
    return {
        "little_in_common": _("too little in common"),
        "reviews": _("one round is reviewed and the other is not"),
        "missing": _("not part of both"),
        "not_rebuilt": _("the stored result lacks what is needed"),
    }


def _items(document: OverTimeDocument) -> PlainTable:
    columns = (
        _("Round before"), _("Round after"), _("Item"), _("Code"), _("How it moved"), _("Claimed before"),
        _("Claimed after"), _("Counts before"), _("Counts after"), _("Reason given"), _("Evidence before"),
        _("Evidence after"), _("New links"),
    )  # fmt: skip
    moved = {
        "better_answer": _("better answer"),
        "lower_answer": _("lower answer"),
        "better_shown": _("better shown"),
        "less_shown": _("less shown"),
        "claims_more": _("claims more"),
        "claims_less": _("claims less"),
    }
    notes = {(note.earlier, note.later, note.item): note for note in document.notes}
    rows = tuple(
        (
            *_numbers(document, pair),
            localise(item.short),
            item.item,
            moved[item.how],
            item.claimed_before,
            item.claimed_after,
            item.counted_before,
            item.counted_after,
            *_noted(notes.get((pair.earlier, pair.later, item.item)), item.new_links),
        )
        for pair in document.steps
        for entry in pair.attributes
        for item in entry.moved
    )
    return PlainTable("items", _("Items that moved"), columns, rows)


def _noted(note: ItemNote | None, links: Sequence[str]) -> tuple[Cell, ...]:
    known = (note.reason, note.grade_before, note.grade_after) if note else ("", "", "")
    return (*known, " ".join(links))


def _actions(document: OverTimeDocument) -> PlainTable:
    columns = (
        _("Promised on round"), _("Seen from round"), _("Promise"), _("Item"), _("Owner"), _("Due"), _("State"),
        _("What happened"), _("Closed on"), _("Reason"), _("The item since"),
    )  # fmt: skip
    since = {
        "counts_more": _("counts more"),
        "not_more": _("does not count more (yet)"),
        "not_compared": _("cannot be compared"),
    }
    rows = tuple(
        (
            document.round(between.earlier).round,
            document.round(between.later).round,
            entry.action.text or localise(entry.short),
            localise(entry.short) if entry.short else "",
            entry.action.owner,
            entry.action.due,
            str(ActionState(entry.action.state).label),
            entry.action.happened,
            entry.action.closed_on,
            entry.action.reason,
            since[entry.since],
        )
        for between in document.actions
        for entry in between.actions
    )
    return PlainTable("actions", _("Promises"), columns, rows)


def _groups(document: OverTimeDocument) -> PlainTable:
    columns = (
        _("Round before"), _("Round after"), _("Attribute"), _("Code"), _("All groups before: letter"),
        _("All groups before"), _("All groups after: letter"), _("All groups after"), _("Change"),
    )  # fmt: skip
    change = {
        "better": _("better"),
        "lower": _("lower"),
        "cannot_tell": _("cannot be told from chance"),
        "not_compared": _("not compared"),
    }
    titles = {head.code: localise(head.title) for head in document.attributes}
    rows = tuple(
        (
            document.round(pair.earlier).round,
            document.round(pair.later).round,
            titles[entry.attribute],
            entry.attribute,
            entry.then_letter,
            figure_cell(entry.then),
            entry.now_letter,
            figure_cell(entry.now),
            change[entry.change],
        )
        for pair in document.groups
        for entry in pair.attributes
        if entry.attribute in titles
    )
    return PlainTable("groups", _("What groups said"), columns, rows)
