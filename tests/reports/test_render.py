import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from assessments.comparing.build import build_comparison
from assessments.reports import child, render
from assessments.reports.drawing import DrawnReport
from assessments.reports.html import render_html
from assessments.reports.render import PdfUnavailable, RenderedPdf, RenderError, render_pdf
from assessments.vocabulary import Annex
from tests.builders import samples
from tests.builders.papers import paper
from tests.builders.samples import Given
from tests.printed import letters_of, pages_of, unspaced

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
ARABIC = "عملية أصحاب المصلحة"
CHINESE = "多利益相关方进程的评估"
EMOJI = "😀🎉"


def reader(pdf: RenderedPdf | DrawnReport) -> PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf.content))


def structure(pdf: RenderedPdf | DrawnReport) -> Iterator[Any]:
    """All structure elements of the document with their types."""
    waiting = [reader(pdf).trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        kids = element.get("/K", []) if hasattr(element, "get") else []
        if "/S" in element:
            yield element
        kids = kids if isinstance(kids, list) else [kids]
        waiting += [kid for kid in kids if not isinstance(kid, int) and hasattr(kid.get_object(), "get")]


def test_report_is_tagged_and_says_what_it_is(pdf: DrawnReport) -> None:
    document = reader(pdf)
    root = document.trailer["/Root"]
    assert pdf.content.startswith(b"%PDF-1.7")
    assert len(document.pages) == pdf.pages
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert document.metadata.title == "Forum on Rural Connectivity: full report"
    assert document.metadata.author == "Ada Okafor"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_report_has_bookmarks_for_its_sections(pdf: DrawnReport) -> None:
    def titles(outline: list[Any]) -> Iterator[str]:
        for entry in outline:
            yield from titles(entry) if isinstance(entry, list) else [entry.title]

    found = list(titles(reader(pdf).outline))
    assert found[0] == "Forum on Rural Connectivity"
    parts = ["How much is known", "Steps", "How sure we are", "Who stands behind it"]
    assert [title for title in found if title in parts][:2] == parts[:2]
    assert set(parts) <= set(found)
    assert [title for title in found if title.startswith("Annex")] == [
        "Annex: what was assessed, and how",
        "Annex: all answers with their evidence",
        "Annex: the attributes in figures",
        "Annex: what the figures rest on",
        "Annex: the method in one page",
        "Annex: the answers under other principles",
    ]
    assert "Collective responsibility" in found


def test_every_picture_has_a_sentence_and_every_header_cell_a_scope(pdf: DrawnReport) -> None:
    elements = list(structure(pdf))
    pictures = [e for e in elements if e["/S"] == "/Figure"]
    headers = [e for e in elements if e["/S"] == "/TH"]
    assert len(pictures) > 30
    assert all(len(e["/Alt"]) > 20 for e in pictures)
    assert {e["/A"]["/Scope"] for e in headers} == {"/Row", "/Column"}
    _heads_tables_sparingly(elements)


def _heads_tables_sparingly(elements: list[Any]) -> None:
    """Expect tables to have no more headings than data, and nothing to be read out that is empty."""
    tables = [e for e in elements if e["/S"] == "/Table"]
    assert tables
    for table in tables:
        cells = [e["/S"] for e in _inside(table)]
        assert cells.count("/TH") <= cells.count("/TD")
        assert cells.count("/TH") > 0
    assert all(e.get("/K") for e in elements if e["/S"] == "/Span")


def _inside(table: Any) -> Iterator[Any]:
    for kid in table.get("/K", []):
        if not isinstance(kid, int) and "/S" in kid.get_object():
            yield kid.get_object()
            yield from _inside(kid.get_object())


def test_running_heads_and_page_numbers_are_artifacts(pdf: DrawnReport) -> None:
    content = b" ".join(reader(pdf).pages[3].get_contents().get_data().split())
    assert content.count(b"/Artifact <</Type /Pagination>> BDC") >= 3


def test_links_can_be_printed(pdf: DrawnReport) -> None:
    annotations = [a.get_object() for page in reader(pdf).pages for a in page.get("/Annots", [])]
    assert annotations
    assert all(a["/F"] == 4 for a in annotations)


def test_fonts_are_the_bundled_ones(pdf: DrawnReport) -> None:
    fonts = {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for page in reader(pdf).pages
        for font in page["/Resources"]["/Font"].get_object().values()
    }
    assert fonts
    assert all(name.startswith("Noto-Sans") for name in fonts)


@pytest.mark.parametrize(
    "name", ["NotoSans-Regular", "NotoSansArabic-Regular", "NotoSansSC-Regular", "NotoEmoji-Regular"]
)
def test_fonts_have_a_space_of_usual_width(name: str) -> None:
    """Pango draws a space in the font of what is before it: a missing one would be an empty box."""
    font = TTFont(child.FONTS / f"{name}.ttf")
    width = font["hmtx"][font.getBestCmap()[ord(" ")]][0] / font["head"].unitsPerEm
    assert 0.2 < width < 0.3


def test_every_page_carries_stamp_code_number_version_digest_and_page_number(pdf: DrawnReport) -> None:
    for number, text in enumerate(map(unspaced, pages_of(pdf.content)), 1):
        assert "SELF-ASSESSED,NOTREVIEWED" in text
        assert "Assessmentk7m2pq9xra,number1·questionset1.0.0·result" in text
        assert f"{number}/{pdf.pages}" in text


@pytest.fixture(scope="module")
def odd() -> RenderedPdf:
    """The draft of an invented process, with text that is long, foreign, or without a space."""
    given = {
        "IT1a": Given(text=f"{ARABIC}\n{CHINESE}\n{EMOJI}", comment="w" * 300),
        "IT5a": Given(text=("Every group was asked twice. " * 400)[:10_000]),
        "CR1a": Given(text="x" * 10_000),
    }
    draft = samples.result(status="draft", is_invented=True, given=given)
    # The annex that prints such text: each further one takes a second to draw.
    return render_pdf(render_html(paper(draft, annexes=[Annex.ANSWERS.value]), "en"))


def test_draft_of_invented_process_says_so_on_every_page(odd: RenderedPdf) -> None:
    for text in map(unspaced, pages_of(odd.content)):
        assert text.count("DRAFT") >= 2
        assert "INVENTEDDATA" in text


def test_long_and_foreign_text_comes_out_readable(odd: RenderedPdf) -> None:
    text = letters_of(odd.content)
    assert CHINESE in text
    assert all(letter in text for letter in EMOJI)
    assert set("".join(ARABIC.split())) <= set(text)
    assert text.count("Everygroupwasaskedtwice.") >= 340
    assert text.count("w") > 300
    assert text.count("x") > 9_900


def test_comparison_is_drawn_without_ranks() -> None:
    documents = [
        samples.result("Beta", code="b222222222"),
        samples.result("Alpha", code="a222222222", default=lambda index: samples.pattern(index + 3)),
        samples.result("Draft", code="c222222222", status="draft"),
    ]
    found = render_pdf(render_html(paper(build_comparison(documents)), "en"))
    _heads_tables_sparingly(list(structure(found)))
    text = letters_of(found.content)
    assert "Comparisonof2processes" in text
    assert text.index("Alpha") < text.index("Beta")
    assert "Notsubmitted:adraftcannotbecompared." in text
    assert reader(found).metadata.title == "Comparison of 2 processes"


def test_error_that_the_engine_only_logs_makes_the_report_fail() -> None:
    with pytest.raises(RenderError) as caught:
        render_pdf('<html lang="en"><title>x</title><p><a href="#nowhere">x</a>')
    assert "nowhere" in caught.value.detail


def test_report_that_takes_too_long_is_ended() -> None:
    beats = []
    html = '<html lang="en"><title>x</title>' + "<p>word</p>" * 200_000
    with pytest.raises(RenderError, match="longer than 1 seconds"):
        render_pdf(html, wall_seconds=1, on_wait=lambda: beats.append(1))
    assert beats


def test_report_beyond_its_time_of_work_is_ended_by_the_system() -> None:
    html = '<html lang="en"><title>x</title>' + "<p>word</p>" * 200_000
    with pytest.raises(RenderError, match="ended by the system"):
        render_pdf(html, cpu_seconds=1)


def test_report_beyond_its_memory_fails() -> None:
    html = '<html lang="en"><title>x</title><p>' + "word " * 10_000_000  # soon too much, unlike many paragraphs
    with pytest.raises(RenderError, match=r"memory|limits"):
        render_pdf(html, memory=400 * 1024 * 1024)


def test_deep_nesting_is_an_error_and_not_a_crash() -> None:
    with pytest.raises(RenderError):
        render_pdf('<html lang="en"><title>x</title>' + "<div>" * 3000)


def test_drawing_works_after_failures() -> None:
    assert render_pdf('<html lang="en"><title>x</title><p>x').pages == 1


def test_without_pango_the_reason_names_the_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "_wait", lambda *args: ("unavailable", "x", "cannot load library 'libgobject-2.0-0'"))
    with pytest.raises(PdfUnavailable) as caught:
        render_pdf("<p>x")
    assert "libpangoft2-1.0-0" in caught.value.reason
    assert "libgobject" in caught.value.detail


def test_engine_that_cannot_be_loaded_is_reported_not_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: object) -> None:
        raise OSError("cannot load library 'libpangoft2-1.0-0'")

    monkeypatch.setattr(child, "_engine", None)
    monkeypatch.setattr(child, "_unavailable", "")
    monkeypatch.setattr(child.Engine, "__init__", fail)
    monkeypatch.setattr(child.gc, "freeze", lambda: None)
    child.prepare()
    kind, _reason, detail = child.attempt("<p>x", 0, 0)
    assert (kind, detail) == ("unavailable", "cannot load library 'libpangoft2-1.0-0'")


def test_web_process_does_not_load_the_engine() -> None:
    script = (
        "import sys, django; django.setup(); import assessments.urls, assessments.reports.render\n"
        "print('weasyprint' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")
def test_what_reports_are_forked_from_holds_neither_fonts_nor_threads() -> None:
    """Newer versions of Pango look for fonts in a thread of their map, which a forked process would wait for."""
    script = (
        "import gc, time\nfrom pathlib import Path\nfrom assessments.reports import child\n"
        "child.prepare(); gc.unfreeze()\n"
        "from weasyprint.text.fonts import FontConfiguration\n"
        "print(sum(isinstance(each, FontConfiguration) for each in gc.get_objects()))\n"
        "until = time.monotonic() + 10\n"
        "while (threads := len(list(Path('/proc/self/task').iterdir()))) > 1 and time.monotonic() < until:\n"
        "    time.sleep(0.01)\n"
        "print(threads)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "1"]
