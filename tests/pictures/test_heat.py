"""Heat tables: real tables, with letters in their cells."""

from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from assessments.pictures import HeatCell, HeatRow, HeatTable, KnownBar, heat_class, known_bar, parts_bar

TABLE = HeatTable(
    caption="A < B",
    sentence="What it shows.",
    columns=("One", "Two", "Three"),
    rows=(
        HeatRow("Row", (HeatCell("L+", "70"), HeatCell("", state="withheld"), HeatCell("")), link="/there/"),
        HeatRow("Other", (HeatCell("N", state="claimed"), HeatCell("", state="few"), HeatCell("F")), note="critical"),
    ),
    corner="Process",
)


def drawn(table: HeatTable) -> ElementTree.Element:
    return ElementTree.fromstring(render_to_string("assessments/pictures/_heat.html", {"heat": table}))


def said(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.mark.parametrize(
    ("letter", "name"),
    {
        "N": "heat-N",
        "P-": "heat-P-minus",
        "P": "heat-P",
        "P+": "heat-P-plus",
        "L-": "heat-L-minus",
        "L+": "heat-L-plus",
        "F": "heat-F",
        "": "heat-unknown",
        None: "heat-unknown",
    }.items(),
)
def test_every_letter_has_its_class(letter: str | None, name: str) -> None:
    assert heat_class(letter) == name


def test_it_is_a_table_with_heads_for_rows_and_columns_and_says_what_it_shows() -> None:
    table = drawn(TABLE)
    assert said(next(table.iter("caption"))) == "A < B What it shows."
    assert [head.get("scope") for head in table.iter("th")] == ["col"] * 4 + ["row"] * 2
    assert table.get("tabindex") == "0"
    assert table.get("aria-label") == "A < B"


def test_letters_and_words_stand_in_the_cells() -> None:
    cells = [(said(cell), cell.get("class")) for cell in drawn(TABLE).iter("td")]
    assert cells == [
        ("L+ 70", "heat heat-L-plus"),
        ("withheld", "heat heat-withheld"),
        ("? not known", "heat heat-unknown"),
        ("N claimed", "heat heat-N"),
        ("– too few answers", "heat heat-few"),
        ("F", "heat heat-F"),
    ]


def test_names_people_wrote_are_kept_apart() -> None:
    assert [said(name) for name in drawn(TABLE).iter("bdi")] == ["One", "Two", "Three", "Row", "Other"]


# --- How much is known ---------------------------------------------------------------------------------------


def rects(markup: str) -> list[tuple[str, float, float]]:
    return [
        (e.get("class") or "", float(e.get("x") or 0), float(e.get("width") or 0))
        for e in ElementTree.fromstring(markup)
        if e.tag.endswith("rect")
    ]


def test_the_parts_of_what_is_known_fill_the_bar() -> None:
    assert rects(known_bar(6, 3, 1)) == [
        ("pic-shown", 0, 180),
        ("pic-range", 180, 90),
        ("pic-withheld", 270.5, 29),
    ]


def test_right_to_left_it_begins_at_the_right() -> None:
    assert [rect[1] for rect in rects(known_bar(6, 3, 1, rtl=True))] == [120, 30, 0.5]


def test_of_nothing_nothing_is_known() -> None:
    assert [rect[0] for rect in rects(known_bar(0, 0, 0))] == ["pic-withheld"]


def test_the_sentence_and_the_words_say_the_numbers() -> None:
    bar = KnownBar(25, 3, 1)
    assert bar.sentence == "Of 29 answers 25 are shown, 3 claimed and not shown, 1 not known."
    html = render_to_string("assessments/pictures/_known.html", {"known": bar, "on_paper": True})
    assert said(ElementTree.fromstring(html)).endswith("25 shown 3 claimed, not shown 1 not known")


def test_parts_are_darker_from_part_to_part_and_what_is_empty_is_not_drawn() -> None:
    markup = parts_bar([2, 0, 4], 8, width=101)
    drawn = [e.attrib for e in ElementTree.fromstring(markup) if e.get("class") == "pic-part"]
    assert [(part["x"], part["width"], part["fill-opacity"]) for part in drawn] == [
        ("0.5", "25", "0.25"),
        ("25.5", "50", "1"),
    ]
    mirrored = parts_bar([2, 0, 4], 8, width=101, rtl=True)
    assert [e.get("x") for e in ElementTree.fromstring(mirrored) if e.get("class") == "pic-part"] == ["75.5", "25.5"]
