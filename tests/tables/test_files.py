"""Tables as files: nothing is run, nothing is lost, and numbers are numbers."""

import csv
from decimal import Decimal
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.utils.translation import override

from assessments.csv_files import BYTE_ORDER_MARK
from assessments.tables import Cell, PlainTable, csv_of, xlsx_of

EVIL = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", '=HYPERLINK("https://evil.example","x")']


def table(*cells: Cell) -> PlainTable:
    return PlainTable("name", "Title", tuple(f"C{n}" for n in range(len(cells))), (cells,))


def read(text: str, delimiter: str = ",") -> list[list[str]]:
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.reader(StringIO(text.removeprefix(BYTE_ORDER_MARK)), delimiter=delimiter))


def opened(tables: list[PlainTable]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(xlsx_of(tables, [("Process", "=1+1")])))


@pytest.mark.parametrize("text", EVIL)
def test_no_text_is_run_as_a_formula(text: str) -> None:
    [_head, [cell]] = read(csv_of(table(text)))
    assert cell == f"'{text}"
    book = opened([table(text)])
    found = book["Title"]["A2"]
    assert found.data_type == "s"
    assert str(found.value).replace("_x000D_", "\r") == text
    assert book.worksheets[0]["B1"].data_type == "s"


@pytest.mark.parametrize("text", EVIL)
def test_no_heading_is_run_either(text: str) -> None:
    own = PlainTable("name", "Title", (text,), ())
    assert read(csv_of(own)) == [[f"'{text}"]]
    assert opened([own])["Title"]["A1"].data_type == "s"


def test_numbers_are_numbers_also_below_zero() -> None:
    own = table(Decimal("51.4"), 7, Decimal("-3.5"), None, "")
    assert read(csv_of(own))[1] == ["51.4", "7", "-3.5", "", ""]
    sheet = opened([own])["Title"]
    assert [cell.value for cell in sheet[2]] == [51.4, 7, -3.5, None, None]


@pytest.mark.parametrize(
    ("language", "delimiter", "number"), [("en", ",", "51.4"), ("de", ";", "51,4"), ("fr", ";", "51,4")]
)
def test_cells_are_parted_as_the_language_expects(language: str, delimiter: str, number: str) -> None:
    with override(language):
        text = csv_of(table(Decimal("51.4"), "a"))
    assert read(text, delimiter)[1] == [number, "a"]


def test_titles_that_no_sheet_may_have_are_made_to_fit_and_stay_apart() -> None:
    long = "What groups say / item by item: [all] of them?"
    names = [PlainTable("a", long, ("x",), ()), PlainTable("b", long, ("x",), ())]
    sheets = opened(names).sheetnames
    assert len(set(sheets)) == 3
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in sheets)


def test_a_text_too_long_for_a_cell_is_cut_and_marked() -> None:
    found = opened([table("x" * 40_000)])["Title"]["A2"].value
    assert str(found).endswith("[… cut]")


def test_the_same_table_gives_the_same_bytes() -> None:
    assert xlsx_of([table("a", 1)], []) == xlsx_of([table("a", 1)], [])


def test_a_row_that_does_not_fit_its_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="does not have a cell"):
        PlainTable("n", "T", ("a", "b"), (("x",),))
