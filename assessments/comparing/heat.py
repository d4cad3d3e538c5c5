"""The tables and pictures of a comparison: processes by attributes, and items by processes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi

from assessments.comparing.items import TELLING, telling
from assessments.documents.comparison import (
    AttributeHead,
    ComparedAttribute,
    ComparedProcess,
    ComparisonDocument,
    ExperienceAttribute,
)
from assessments.documents.comparison_parts import ComparedAnswer, ComparedItem
from assessments.documents.values import Figure
from assessments.headlines.names import short_title
from assessments.pictures import HeatCell, HeatRow, HeatTable, ProfileRow, heat_class, row_sentence, small_multiple
from attributes.memory import gettext, words_of_page

FEW = 6  # names of processes that stand over their columns as they are; more are turned


@dataclass(frozen=True)
class PictureRow:
    """One process: by name, with a picture for every attribute, each under what that is called."""

    name: str
    is_reference: bool
    pictures: list[tuple[str, SafeString]]


@dataclass(frozen=True)
class ComparedItemRow:
    """One item: its cells are ready to be printed."""

    item: ComparedItem
    is_earlier: bool
    cells: SafeString


@dataclass(frozen=True)
class ItemTable:
    """Items by processes. `is_many`: too many for names to stand over their columns as they are."""

    title: str
    columns: list[str]
    rows: list[ComparedItemRow]
    is_many: bool

    @property
    def width(self) -> int:
        """How many columns there are, with that of the names of items."""
        return len(self.columns) + 1


def attribute_heat(document: ComparisonDocument, names: Mapping[str, str], *, linked: bool = False) -> HeatTable:
    """Processes by attributes with letters and where the score can lie. `linked`: names lead to each result."""
    rows = [
        HeatRow(
            names[process.code],
            tuple(_cell(process.attribute(head.code)) for head in document.attributes),
            reverse("assessments:assessment-results", args=[process.code]) if linked else "",
            gettext("the reference") if process.code == document.reference else "",
        )
        for process in document.processes
    ]
    return HeatTable(
        caption=gettext("Letter, and where the score can lie"),
        sentence=gettext(
            "N not, P partly, L largely, F fully; + is the upper, - the lower half of a band. Early: an early sign, "
            "too little is shown."
        ),
        columns=tuple(short_title(head) for head in document.attributes),
        rows=tuple(rows),
        corner=gettext("Process"),
    )


def experience_heat(document: ComparisonDocument, names: Mapping[str, str]) -> HeatTable | None:
    """The same as stakeholders experience it, of those that asked theirs; None unless at least two did."""
    part = document.experience
    if part is None or len(part.profiles) < 2:
        return None
    return HeatTable(
        caption=gettext("What groups say: letter, and what other people of the same groups might have said"),
        sentence="",
        columns=tuple(short_title(head) for head in part.attributes),
        rows=tuple(
            HeatRow(
                names[profile.code],
                tuple(_experienced(profile.attribute(head.code)) for head in part.attributes),
                note=gettext("the reference") if profile.code == document.reference else "",
            )
            for profile in part.profiles
        ),
        corner=gettext("Process"),
    )


def picture_rows(document: ComparisonDocument, names: Mapping[str, str]) -> list[PictureRow]:
    """A small picture of every figure: evidence above, what groups say below where they were asked."""
    rtl = get_language_bidi()
    asked = profiles_asked(document)
    return [
        PictureRow(
            names[process.code],
            process.code == document.reference,
            [
                (
                    short_title(head),
                    small_multiple(
                        compared_row(names[process.code], head, process, asked.get((process.code, head.code))), rtl=rtl
                    ),
                )
                for head in document.attributes
            ],
        )
        for process in document.processes
    ]


def telling_items(document: ComparisonDocument, columns: Mapping[str, str], limit: int = TELLING) -> ItemTable | None:
    """The items on which the processes say the most different things; None where all say the same."""
    found = telling(document.items, limit)
    return _table("", found, document, columns) if found else None


def all_items(document: ComparisonDocument, columns: Mapping[str, str]) -> list[ItemTable]:
    """All items, a table for each attribute."""
    return [
        _table(short_title(head), [i for i in document.items if i.attribute == head.code], document, columns)
        for head in document.attributes
    ]


def range_words(low: Figure | None, high: Figure | None) -> str:
    """Where a score can lie, in whole points; nothing where it can lie at one place only."""
    if low is None or high is None or low.whole == high.whole:
        return ""
    return gettext("%(low)s to %(high)s") % {"low": low.whole, "high": high.whole}


def _cell(own: ComparedAttribute | None) -> HeatCell:
    if own is None:
        return HeatCell("", "", "not_asked")
    if own.status == "not_applicable":
        return HeatCell("", "", "not_applicable")
    note = range_words(own.low, own.high)
    if own.status == "withheld" or own.letter is None:
        return HeatCell("", note, "withheld")
    marks = [gettext("early")] if own.status == "provisional" else []
    marks += [gettext("not compared")] if own.not_compared else []
    return HeatCell(own.letter, ", ".join([note, *marks] if note else marks))


def _experienced(own: ExperienceAttribute | None) -> HeatCell:
    if own is None or own.status == "not_applicable":
        return HeatCell("", "", "not_applicable")
    if own.letter is None:
        return HeatCell("", "", "withheld")
    low, high = own.sampling.low, own.sampling.high
    note = "" if low is None or low == high else gettext("%(low)s to %(high)s") % {"low": low, "high": high}
    return HeatCell(own.letter, note)


def profiles_asked(document: ComparisonDocument) -> dict[tuple[str, str], ExperienceAttribute]:
    """What stakeholders say, by assessment and attribute, where at least two asked theirs."""
    part = document.experience
    if part is None or len(part.profiles) < 2:
        return {}
    return {(profile.code, own.code): own for profile in part.profiles for own in profile.attributes}


def compared_row(
    name: str, head: AttributeHead, process: ComparedProcess, asked: ExperienceAttribute | None
) -> ProfileRow:
    """The picture of one result on one attribute; `asked` is what its stakeholders say of it."""
    own = process.attribute(head.code)
    has_groups = asked is not None and asked.status != "not_applicable"
    row = ProfileRow(
        title="",
        status=own.status if own else "not_applicable",
        score=_points(own.score if own else None),
        claimed=_points(own.claimed if own else None),
        low=_points(own.low if own else None),
        high=_points(own.high if own else None),
        experience=_points(asked.score) if asked and has_groups else None,
        experience_low=asked.sampling.low if asked and has_groups else None,
        experience_high=asked.sampling.high if asked and has_groups else None,
        experience_status=asked.status if asked else "shown",
    )
    about = gettext("%(process)s, %(attribute)s") % {"process": name, "attribute": short_title(head)}
    return ProfileRow(**{**vars(row), "title": row_sentence(about, row)})


def _points(figure: Figure | None) -> float | None:
    return None if figure is None else figure.number


def _table(
    title: str, items: Sequence[ComparedItem], document: ComparisonDocument, columns: Mapping[str, str]
) -> ItemTable:
    codes = [process.code for process in document.processes]
    newest = {item.item: max(i.revision for i in items if i.item == item.item) for item in items}
    return ItemTable(
        title,
        [columns[code] for code in codes],
        [ComparedItemRow(item, item.revision < newest[item.item], _cells(item.answers)) for item in items],
        len(codes) > FEW,
    )


def _cells(answers: Iterable[ComparedAnswer]) -> SafeString:
    """The cells of a row. Of these there are hundreds: each sort is written once."""
    _ = words_of_page()
    signs = {
        "open": ("?", _("not known")),
        "not_applicable": ("–", _("does not apply")),
        "not_asked": ("", _("not asked")),
    }
    claimed = f' <span class="heat-note">{_("claimed")}</span>'
    cells = []
    for answer in answers:
        if answer.letter:
            letter = escape(answer.letter)
            note = claimed if answer.state == "claimed" else ""
            cells.append(f'<td class="heat {heat_class(answer.letter)}"><b>{letter}</b>{note}</td>')
        else:
            sign, said = signs[answer.state]
            name = "heat-unknown" if answer.state == "open" else "heat-not-applicable"
            cells.append(
                f'<td class="heat {name}"><span aria-hidden="true">{sign}</span>'
                f'<span class="visually-hidden unseen">{said}</span></td>'
            )
    return SafeString("".join(cells))  # every part is escaped above
