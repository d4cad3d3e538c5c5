"""Tables of a comparison: processes by attributes, and what can be told of each two. Nothing is ranked or summed up."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from assessments.documents.comparison import AttributeVerdict, ComparedAttribute, ComparedProcess, ComparisonDocument
from assessments.tables.of_result import status_word
from assessments.tables.plain import Cell, PlainTable, figure_cell, percent_cell, yes_no
from attributes.texts import localise


def compared_attributes(document: ComparisonDocument, names: Mapping[str, str]) -> PlainTable:
    """Return each process on each attribute, a line each; `names` by the code of the assessment."""
    columns = (
        _("Process"), _("Round"), _("Attribute"), _("Code"), _("Status"), _("Letter"), _("Shown"), _("Claimed"),
        _("Lowest possible"), _("Highest possible"), _("Shown, per cent of the weight"), _("Compared"),
        _("Groups: letter"), _("Groups: points"), _("Groups: 90 % range from"), _("Groups: 90 % range to"),
    )  # fmt: skip
    titles = {head.code: localise(head.title) for head in document.attributes}
    rows = tuple(
        (names[process.code], process.round, titles[own.code], *_figures(own), *_experience(document, process, own))
        for process in document.processes
        for own in process.attributes
        if own.code in titles
    )
    return PlainTable("attributes", _("Processes and attributes"), columns, rows)


def compared_pairs(document: ComparisonDocument, names: Mapping[str, str]) -> PlainTable:
    """Return what can be said of each two, attribute by attribute; sentences, and no order of processes."""
    titles = {head.code: localise(head.title) for head in document.attributes}
    rows = tuple(
        (names[pair.first], names[pair.second], titles[entry.attribute], *_verdict(entry))
        for pair in document.pairs
        for entry in pair.attributes
        if entry.attribute in titles
    )
    columns = (_("First"), _("Second"), _("Attribute"), _("What can be told"), _("Because"), _("Points needed"))
    return PlainTable("pairs", _("Pairs"), columns, rows)


def _figures(own: ComparedAttribute) -> tuple[Cell, ...]:
    return (
        own.code,
        status_word(own.status),
        own.letter,
        figure_cell(own.score),
        figure_cell(own.claimed),
        figure_cell(own.low),
        figure_cell(own.high),
        percent_cell(own.shown_share),
        yes_no(own.not_compared is None),
    )


def _experience(
    document: ComparisonDocument, process: ComparedProcess, own: ComparedAttribute
) -> tuple[Cell, Cell, Cell, Cell]:
    profile = document.experience.profile(process.code) if document.experience else None
    found = profile.attribute(own.code) if profile else None
    if found is None:
        return None, None, None, None
    return found.letter, figure_cell(found.score), found.sampling.low, found.sampling.high


def _verdict(entry: AttributeVerdict) -> tuple[Cell, Cell, Cell]:
    said = {
        "first_higher": _("the first stands higher"),
        "second_higher": _("the second stands higher"),
        "cannot_be_told_apart": _("cannot be told apart"),
        "not_compared": _("not compared"),
    }
    because = {
        "within_rater_noise": _("other people could give as much"),
        "within_chance": _("chance could give as much"),
        "ranges_overlap": _("the ranges overlap"),
        "no_sampling_range": _("there is no range for what groups say"),
        "provisional": _("provisional"),
        "withheld": _("withheld"),
        "not_applicable": _("not applicable"),
        "reduced_scope": _("too little of the attribute applies"),
        "little_in_common": _("too little in common"),
        "missing": _("not asked"),
        "not_rebuilt": _("the stored result lacks what is needed"),
        "asked_otherwise": _("asked otherwise"),
        "not_told": _("not told in public"),
    }
    return said[entry.verdict], because[entry.why] if entry.why else None, entry.threshold
