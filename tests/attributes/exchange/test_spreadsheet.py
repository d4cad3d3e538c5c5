"""Texts out to translators and back: by key, only what was translated, and nothing that is no text."""

import datetime
import struct
import zipfile
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from attributes.documents import translating
from attributes.documents.documents import fingerprint
from attributes.exchange import package_check, spreadsheet
from attributes.exchange.reading import FileRefused
from attributes.exchange.services.exported import text_words
from attributes.exchange.translations import ImportOutcome, outcome_of, read_sheet
from tests.attributes.exchange import generated, workbooks
from tests.examples import examples
from tests.work import at_most

SHEET = "xl/worksheets/sheet1.xml"


def exported(document: dict[str, Any], marks: Any = None, **options: Any) -> bytes:
    return spreadsheet.to_xlsx(document, marks or {}, name="Small", called=text_words, **options)


def outcome(document: dict[str, Any], data: bytes) -> ImportOutcome:
    return outcome_of(document, read_sheet(data))


def troubles(data: bytes) -> list[tuple[str, str]]:
    with pytest.raises(FileRefused) as refused:
        read_sheet(data)
    return [(trouble.where, trouble.reason) for trouble in refused.value.troubles]


def test_one_row_per_text_with_key_words_source_and_translations(small: dict[str, Any]) -> None:
    marks = {"fr": {"attribute/B/title": fingerprint("Once"), "set/title": fingerprint("Small")}}
    rows = workbooks.cells(exported(small, marks))
    assert rows[0] == ["key", "context", "source en", "fr", "check", "comment"]
    assert len(rows) == 2 + len(translating.texts_of(small))
    found = {row[0]: row[1:] for row in rows[2:]}
    assert found["set/title"] == ["The question set: title", "Small", "Petit", None, None]
    assert found["attribute/B/title"] == ["Attribute B: title", "Second", "Deuxième", "fr", None]
    assert found["item/A1a/anchors/1"] == ["Item A1a: level 1", "yes", None, None, None]
    assert found["item/A1a/evidence_prompts/0"][0] == "Item A1a: evidence prompt 1"
    assert found["scale/0/label"][0] == "Scale: level 0, label"
    assert found["goals/G1/text"][0] == "Goals: goal G1, text"
    assert found["crosswalk/0/text"][0] == "Crosswalk: principle 1, text"
    assert found["item/A1b/options/there/help"][:2] == ["Item A1b: line there, help", "far"]


def test_file_is_protected_but_for_translations_and_comments_and_says_how(small: dict[str, Any]) -> None:
    book = load_workbook(BytesIO(exported(small)))
    sheet, how_to = book.worksheets
    assert sheet.protection.sheet
    assert [sheet.cell(3, column).protection.locked for column in range(1, 7)] == [True, True, True, False, True, False]
    assert sheet.freeze_panes == "B3"
    assert all(sheet.cell(3, column).number_format == "@" for column in range(1, 7))
    assert how_to.cell(1, 1).value == "Small"
    assert "no formulas" in " ".join(str(row[0].value) for row in how_to.iter_rows())


def test_same_content_is_the_same_file(small: dict[str, Any]) -> None:
    assert exported(small) == exported(small)


def test_another_language_gets_a_column(small: dict[str, Any]) -> None:
    assert workbooks.cells(exported(small, extra_language="pt-BR"))[0][2:5] == ["source en", "fr", "pt-BR"]
    assert workbooks.cells(exported(small, extra_language="fr"))[0][2:5] == ["source en", "fr", "check"]


def test_nothing_becomes_a_formula_or_a_link(small: dict[str, Any]) -> None:
    small["title"] = {"en": "=1+1", "fr": "@SUM(A1)"}
    small["credit"] = {"en": "https://example.org/"}
    book = load_workbook(BytesIO(exported(small)))
    kinds = {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}
    assert not outcome(small, exported(small)).changes


def test_text_too_long_for_a_cell_is_cut_marked_and_refused_when_it_comes_back() -> None:
    assert spreadsheet.cell_text("x" * 32_767) == "x" * 32_767
    cut = spreadsheet.cell_text("x" * 40_000)
    assert len(cut) == 32_767
    assert cut.endswith(spreadsheet.CUT)
    data = workbooks.sheet_of(("key", "source en", "fr"), ("", "", ""), ("set/title", "Small", f"x{spreadsheet.CUT}"))
    assert troubles(data) == [("C3", "was cut when it was exported: it cannot be taken back")]


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(generated.question_sets())
def test_made_up_set_comes_back_unchanged(document: dict[str, Any]) -> None:
    data = exported(document, extra_language="de")
    found = outcome(document, data)
    assert (found.changes, found.unknown, found.comments, found.new_languages) == ([], [], [], [])


def test_what_was_translated_is_found_by_key_wherever_the_row_stands(small: dict[str, Any]) -> None:
    def edit(sheet: Any) -> None:
        rows = {sheet.cell(number, 1).value: number for number in range(3, sheet.max_row + 1)}
        sheet.cell(rows["item/A1a/text"], 4).value = "  On s’en occupe ?\r\nVraiment ? "
        sheet.cell(rows["set/title"], 4).value = None
        sheet.cell(rows["goals/G1/text"], 6).value = "Goal of what?"
        sheet.move_range(f"A{rows['item/A1a/text']}:F{rows['item/A1a/text']}", rows=100)

    found = outcome(small, workbooks.edited(exported(small), edit))
    assert [(one.key, one.language, one.old, one.new) for one in found.changes] == [
        ("item/A1a/text", "fr", "", "On s’en occupe ?\nVraiment ?")
    ]
    assert found.changes[0].cell.startswith("D1")
    assert not found.changes[0].is_stale
    assert found.comments == [("goals/G1/text", "Goal of what?")]


def test_source_changed_since_the_export_is_told(small: dict[str, Any]) -> None:
    data = workbooks.edited(exported(small), lambda sheet: sheet.cell(3, 4, "Minuscule"))
    assert workbooks.cells(data)[2][0] == "set/title"
    small["title"]["en"] = "Tiny"
    (change,) = outcome(small, data).stale
    assert (change.source, change.source_now, change.old, change.new) == ("Small", "Tiny", "Petit", "Minuscule")
    assert outcome(small, data).fresh == []


def test_new_language_and_unknown_texts_are_named(small: dict[str, Any]) -> None:
    data = workbooks.sheet_of(
        ("key", "source en", "pt-BR", "de"),
        (),
        ("set/title", "Small", "Pequeno", None),
        ("item/GONE/text", "Small", "Ido", None),
        ("item/GONE/note", "Small", None, None),
    )
    found = outcome(small, data)
    assert found.new_languages == ["pt-BR"]
    assert [(one.where, one.reason) for one in found.unknown] == [("A4", "item/GONE/text")]
    assert [one.key for one in found.changes] == ["set/title"]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("=A1", "is a formula"),
        ("=HYPERLINK(\"http://example.org\")", "is a formula"),
        pytest.param(ArrayFormula("C3:C4", "=A1:A2"), "is a formula", id="formula of an area"),
        ("#N/A", "holds an error value"),
        (2016, "holds a number, a date or true/false"),
        (0.5, "holds a number, a date or true/false"),
        (True, "holds a number, a date or true/false"),
        (datetime.datetime(2020, 1, 1), "holds a number, a date or true/false"),
        ("x" * 10_001, "at most 10000 characters"),
        ("a_x0000_b", "contains a control character"),
        ("a_xD800_b", "unicode"),
    ],
    ids=str,
)  # fmt: skip
def test_cell_that_is_no_text_is_refused_by_name(value: Any, reason: str) -> None:
    book = Workbook()
    book.active.append(("key", "source en", "fr"))
    book.active.append(("", "", ""))
    book.active.append(("set/title", "Small", value))
    ((where, why),) = troubles(workbooks.saved(book))
    assert where == "C3"
    assert reason in why


def test_what_somebody_wrote_beside_the_texts_is_left_out_with_a_notice(small: dict[str, Any]) -> None:
    data = workbooks.sheet_of(
        ("key", "source en", "fr", "notes", 5),
        (),
        ("set/title", "Small", "Tout petit", "ask Ana", "x"),
        ("", "", "(to be checked)"),
    )
    found = outcome(small, data)

    assert [(change.key, change.new) for change in found.changes] == [("set/title", "Tout petit")]
    assert [trouble.where for trouble in found.ignored] == ["D1", "E1", "A4"]
    assert "“notes” is not the code of a language" in found.ignored[0].reason
    # And does not hide what is wrong with the texts.
    wrong = workbooks.sheet_of(("key", "source en", "fr", "notes"), (), ("set/title", "Small", 5, "ask Ana"))
    assert [where for where, _reason in troubles(wrong)] == ["C3"]


def test_placeholder_that_was_translated_is_refused_with_language_and_place(small: dict[str, Any]) -> None:
    sheet = read_sheet(
        workbooks.sheet_of(
            ("key", "source en", "fr", "pt-BR"),
            (),
            ("set/title", "Small", "Petit {ressource}", "{resource}"),
            ("attribute/B/title", "Second", "Deuxième", "Segundo }"),
        )
    )
    with pytest.raises(FileRefused) as refused:
        outcome_of(small, sheet)

    assert [trouble.where for trouble in refused.value.troubles] == ["C3", "D4"]
    assert refused.value.troubles[0].reason.startswith("French, set/title: {resource} is the only word")


@pytest.mark.parametrize(
    ("header", "where", "reason"),
    [
        (("key", "source en", "fr", "fr"), "D1", "stands twice"),
        (("key", "fr"), "", "no column “source”"),
        (("key", "source en", "check"), "", "no language"),
        (("Key", "source en", "fr"), "A1", "no sheet whose first cell is “key”"),
    ],
)
def test_header_that_cannot_be_read_is_refused_by_name(header: tuple[Any, ...], where: str, reason: str) -> None:
    ((place, why),) = troubles(workbooks.sheet_of(header, (), ("set/title", "Small", "Petit")))
    assert place == where
    assert reason in why


def test_rows_with_one_key_twice_are_refused() -> None:
    data = workbooks.sheet_of(
        ("key", "source en", "fr"),
        (),
        ("set/title", "Small", "Petit"),
        ("set/title", "Small", "Autre"),
        (None, "Remark of nobody", None),
    )
    assert [where for where, _reason in troubles(data)] == ["A4"]


def test_other_source_language_is_refused(small: dict[str, Any]) -> None:
    with pytest.raises(FileRefused, match="translated from de; this draft is written in en"):
        outcome(small, workbooks.sheet_of(("key", "source de", "fr"), (), ("set/title", "Klein", "Petit")))
    with pytest.raises(FileRefused, match="en is the language the set is written in"):
        outcome(small, workbooks.sheet_of(("key", "source en", "en"), (), ("set/title", "Small", "Tiny")))


# How the cell with the translation stands in the file below.
C3 = r'<c r="C3" t="inlineStr"><is><t>Petit</t></is></c>'
GOOD = workbooks.sheet_of(("key", "source en", "fr"), (), ("set/title", "Small", "Petit"))


def _lying_about_its_size() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name in ("[Content_Types].xml", "xl/workbook.xml"):
            package.writestr(name, b"<a>" + b" " * 3_000_000 + b"</a>")
    data = bytearray(file.getvalue())
    for place in (22, data.index(b"PK\x01\x02") + 24):
        struct.pack_into("<L", data, place, 100)
    return bytes(data)


def _encrypted() -> bytes:
    data = bytearray(GOOD)
    start = data.index(b"PK\x01\x02")
    data[start + 8] |= 1
    return bytes(data)


PACKAGES: dict[str, tuple[bytes, str]] = {
    "not a package": (b"PK\x03\x04 nothing", "is not an XLSX file, or is damaged"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "old or an encrypted Excel file"),
    "cut short": (GOOD[: len(GOOD) // 2], "damaged"),
    "another package": (b"PK\x05\x06" + b"\0" * 18, "not an XLSX file"),
    "macros": (workbooks.repacked(GOOD, add={"xl/vbaProject.bin": b"x"}), "macros"),
    "links to other files": (workbooks.repacked(GOOD, add={"xl/externalLinks/externalLink1.xml": b"<a/>"}), "links"),
    "embedded objects": (workbooks.repacked(GOOD, add={"xl/embeddings/oleObject1.bin": b"x"}), "embedded"),
    "many parts": (workbooks.repacked(GOOD, add={f"xl/a{n}.xml": b"" for n in range(501)}), "too many parts"),
    "zip bomb": (workbooks.repacked(GOOD, add={"xl/media/a.png": b"\0" * 42_000_000}), "40 MB when unpacked"),
    "the same part twice": (workbooks.repacked(GOOD, add={"XL/workbook.xml": b"<a/>"}), "the same part twice"),
    "encrypted": (_encrypted(), "encrypted"),
    "lying about its size": (_lying_about_its_size(), "damaged"),
    "document type": (
        workbooks.repacked(GOOD, replace={SHEET: ("^<", '<!DOCTYPE a [<!ENTITY x "y">]><')}),
        "document type definition",
    ),
    "external entity": (
        workbooks.repacked(GOOD, replace={SHEET: ("^<", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><')}),
        "document type definition",
    ),
    "no XML": (workbooks.repacked(GOOD, replace={SHEET: ("</worksheet>", "")}), "damaged"),
    "deep XML": (workbooks.repacked(GOOD, add={"xl/deep.xml": b"<a>" * 1000 + b"</a>" * 1000}), "cannot be read"),
    "no such string": (
        workbooks.repacked(GOOD, replace={SHEET: (C3, '<c r="C3" t="s"><v>999</v></c>')}),
        "damaged",
    ),
    "a place that is none": (workbooks.repacked(GOOD, replace={SHEET: ('r="C3"', 'r="!!"')}), "damaged"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", PACKAGES)
def test_bad_package_is_refused_with_a_reason_and_soon(name: str) -> None:
    data, reason = PACKAGES[name]
    with at_most(16_000_000):
        ((_where, why),) = troubles(data)
    assert reason in why


def test_xml_is_read_to_the_first_element_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a lower limit: two million take seconds to count."""
    assert package_check.MAX_ELEMENTS == 2_000_000
    monkeypatch.setattr(package_check, "MAX_ELEMENTS", 2000)
    package_check.check_package(workbooks.repacked(GOOD, add={"xl/much.xml": b"<a>" + b"<b/>" * 1999 + b"</a>"}))
    data = workbooks.repacked(GOOD, add={"xl/much.xml": b"<a>" + b"<b/>" * 100_000 + b"</a>"})
    with at_most(60_000):
        ((where, why),) = troubles(data)
    assert where == "xl/much.xml"
    assert "cannot be read" in why


def test_merged_cells_are_named() -> None:
    def edit(sheet: Any) -> None:
        sheet.merge_cells("C3:C4")

    ((where, why),) = troubles(workbooks.edited(GOOD, edit))
    assert where == SHEET
    assert "C3:C4" in why


def test_size_a_sheet_claims_and_cells_far_away_cost_nothing() -> None:
    far = workbooks.edited(GOOD, lambda sheet: sheet.cell(1_048_576, 16_384, "far"))
    with at_most(10_000_000):
        sheet = read_sheet(far)
    assert [row.key for row in sheet.rows] == ["set/title"]
    assert package_check.MAX_UNPACKED == 40 * 1024 * 1024


def test_texts_are_read_whatever_program_wrote_them(small: dict[str, Any]) -> None:
    inline = workbooks.repacked(
        GOOD,
        replace={SHEET: (C3, '<c r="C3" t="inlineStr"><is><t>a_x000D_\nb</t></is></c>')},
    )
    assert [one.new for one in outcome(small, inline).changes] == ["a\nb"]
    rich = workbooks.repacked(
        GOOD,
        replace={
            SHEET: (
                C3,
                '<c r="C3" t="inlineStr"><is><r><t>bold </t></r><r><t>words</t></r></is></c>',
            )
        },
    )
    assert [one.new for one in outcome(small, rich).changes] == ["bold words"]


@pytest.mark.slow
def test_large_set_goes_out_and_comes_back_in_time() -> None:
    languages = ["en", "fr", "es", "pt", "ar", "zh"]
    texts = {language: f"{language} " + "words " * 20 for language in languages}
    document = {
        "slug": "large",
        "languages": languages,
        "attributes": [
            {
                "code": f"A{a}",
                "title": texts,
                "questions": [{"code": f"A{a}Q{q}", "verbatim": texts} for q in range(200)],
            }
            for a in range(12)
        ],
    }
    with at_most(10_000_000):
        data = exported(document)
        found = outcome(document, data)
    assert (found.changes, found.unchanged) == ([], 5 * 2412)
