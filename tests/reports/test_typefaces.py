"""Fonts beside the shipped ones: found, used, told apart by language, and missed with a word.

The fonts here are made by the tests, because a machine may have none, or any.
"""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pytest_django import Settings

from assessments.comparing.build import build_comparison
from assessments.documents.report import ReportDocument
from assessments.documents.result import ResultDocument
from assessments.models import Assessment
from assessments.reports.html import printable, render_html
from assessments.reports.render import render_pdf
from assessments.reports.services import cache_key
from assessments.typefaces import choice
from assessments.typefaces.choice import COMMON, NOTHING, SHIPPED, choose_for_document
from assessments.typefaces.fontconfig import covered
from assessments.typefaces.scripts import east_asian_language, is_drawn
from assessments.vocabulary import Annex
from attributes.texts import first_direction
from tests import builders
from tests.builders import samples
from tests.builders.papers import paper
from tests.builders.samples import Given
from tests.printed import letters_of
from tests.reports.test_render import reader

KHMER = "ភាសា"
JAPANESE, TRADITIONAL, KOREAN = "インターネットの直", "臺灣網路治理論壇直", "한국直"


def font(folder: Path, family: str, characters: str) -> None:
    """Write a font that draws each of the characters as a triangle."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((500, 700))
    pen.lineTo((500, 0))
    pen.closePath()
    names = {ord(c): f"uni{ord(c):04X}" for c in {*characters, " "}}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    builder.setupGlyf(dict.fromkeys([".notdef", *names.values()], pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", *names.values()], (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    folder.mkdir(exist_ok=True)
    builder.save(folder / f"{family}.ttf")


def sample(*lines: str, name: str = "Forum") -> ResultDocument:
    return samples.result(name, given={"IT1a": Given(text="\n".join(lines))})


def with_answers(*lines: str) -> ReportDocument:
    """A report with the one annex that prints such text: each further one takes seconds to draw."""
    return paper(sample(*lines), annexes=[Annex.ANSWERS.value])


@pytest.mark.slow
def test_letters_of_an_added_font_are_drawn_with_it(tmp_path: Path, settings: Settings) -> None:
    settings.FONTS_DIR = tmp_path / "none"
    plain, khmer = (cache_key(paper(sample(words)), "en") for words in ("plain", KHMER))
    settings.FONTS_DIR = tmp_path / "fonts"
    font(settings.FONTS_DIR, "Test Khmer", KHMER)
    # A report that needs no other font is the same one; the other is made anew.
    assert cache_key(paper(sample("plain")), "en") == plain
    assert cache_key(paper(sample(KHMER)), "en") != khmer
    # As its name, which stands on two pages as well.
    ready = printable(paper(sample(name=KHMER), kind="board", annexes=[]), "en")
    html = ready.html
    pdf = render_pdf(ready.html, fonts=ready.fonts.files, style=ready.style)
    used = {
        str(each.get_object()["/BaseFont"]).split("+")[-1]
        for page in reader(pdf).pages
        for each in page["/Resources"]["/Font"].get_object().values()
    }
    assert "Test-Khmer" in used
    assert KHMER in letters_of(pdf.content)
    assert "cannot be printed" not in html


def test_what_no_font_has_is_named_in_the_report_and_before_it_is_made(
    client: Client, submitted: Callable[..., Assessment], settings: Settings, tmp_path: Path
) -> None:
    settings.FONTS_DIR = tmp_path / "none"
    for document in (
        sample(name=KHMER),
        build_comparison([sample(name=KHMER), samples.result("B", code="b222222222")]),
    ):
        ready = printable(paper(document), "en")
        html, fonts = ready.html, ready.fonts
        assert not fonts.files
        assert "3 characters cannot be printed" in html
        assert "Khmer (U+1797, U+179F, U+17B6)" in html
    assert "cannot be printed" not in printable(paper(samples.result()), "en").html
    organiser = builders.user()
    client.force_login(organiser)
    khmer, plain = (submitted(builders.process(organiser=organiser, name=name)) for name in (KHMER, "Plain"))
    results = [reverse("assessments:assessment-results", args=[each.code]) for each in (khmer, plain)]
    compared = f"{reverse('assessments:compare-show')}?code={khmer.code}&code={plain.code}"
    for address in (results[0], compared):
        assert "no font of this site has Khmer (U+1797, U+179F, U+17B6)" in client.get(address).content.decode()
    assert "no font" not in client.get(results[1]).content.decode()


@pytest.mark.slow
def test_han_characters_are_drawn_as_their_language_has_them(tmp_path: Path, settings: Settings) -> None:
    settings.FONTS_DIR = tmp_path / "fonts"
    for mark in ("JP", "KR", "TC"):
        font(settings.FONTS_DIR, f"Test Sans {mark}", JAPANESE + TRADITIONAL + KOREAN)
    ready = printable(with_answers(JAPANESE, TRADITIONAL, KOREAN, "简体中文直"), "en")
    html, fonts = ready.html, ready.fonts
    assert {Path(file).stem for file in fonts.files} == {"Test Sans JP", "Test Sans KR", "Test Sans TC"}
    for language, text, family in (
        ("ja", JAPANESE, "Test Sans JP"),
        ("zh-Hant", TRADITIONAL, "Test Sans TC"),
        ("ko", KOREAN, "Test Sans KR"),
    ):
        assert f'<bdi dir="ltr" lang="{language}">{text}</bdi>' in html
        rule = next(line for line in fonts.style.splitlines() if f":lang({language.lower()})" in line)
        assert family in rule
    assert '<bdi dir="ltr" lang="zh-Hans">简体中文直</bdi>' in html
    assert render_pdf(ready.html, fonts=ready.fonts.files, style=ready.style).pages


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("東京の", "ja"),
        ("한국", "ko"),
        ("臺灣", "zh-Hant"),
        ("ㄅㄆ", "zh-Hant"),
        ("简体", "zh-Hans"),
        ("中文", ""),
        ("text", ""),
    ],
)
def test_language_of_east_asian_text(text: str, language: str) -> None:
    assert east_asian_language(text) == language


def test_text_against_the_direction_of_the_page_is_kept_apart() -> None:
    arabic, name = "تعليق (مع أقواس) ونقطة.", "منتدى — IGF 2026 (الدورة 21)"
    html = render_html(paper(sample(arabic, "English (with brackets).", name=name)), "en")
    assert f'<h1><bdi dir="rtl">{name}</bdi></h1>' in html
    assert f'<bdi dir="rtl">{arabic}</bdi><br>English (with brackets).' in html
    assert f'data-running="\u2068{name}\u2069"' in html
    html = render_html(paper(sample(arabic, "English (with brackets).", name=name)), "ar")
    assert f'<bdi dir="rtl">{name}</bdi>' in html  # it has Latin letters
    assert '<br><bdi dir="ltr">English (with brackets).</bdi>' in html
    assert [first_direction(each) for each in ("(א", "1. a", "12 –")] == ["rtl", "ltr", ""]


def test_common_characters_are_in_the_shipped_fonts() -> None:
    common = {chr(code) for code in range(0x2300) if COMMON.fullmatch(chr(code)) and is_drawn(chr(code))}
    assigned = {character for character in common if unicodedata.category(character) != "Cn"}
    assert len(assigned) > 1500
    assert not assigned - covered(assigned, str(SHIPPED))


def test_only_what_is_uncommon_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[list[tuple[str, str]]] = []
    monkeypatch.setattr(choice, "choose", lambda texts: looked_up.append(list(texts)) or NOTHING)
    assert choose_for_document(sample("Chères collègues – “Ελληνικά”"), "en") is NOTHING
    assert looked_up == []
    choose_for_document(sample("Common", KHMER, JAPANESE), "en")
    assert looked_up == [[("Common", "en"), (KHMER, "en"), (JAPANESE, "ja")]]
