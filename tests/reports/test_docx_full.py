"""The full report as a Word file: the pages of the PDF, with what people wrote and what was replied."""

import re
from typing import Any

import pytest
from docx.oxml.ns import qn

from assessments.documents.report import FACTS, ReportDocument, StatementFact, StatementPart, as_report
from assessments.documents.themes import CommentLine, ThemePart
from assessments.headlines.themes import reply_head
from assessments.reports.docx_full import full_docx
from assessments.reports.full import attribute_pages
from assessments.reports.html import render_html
from assessments.reports.stakeholders import stakeholder_pages
from tests.headlines.given import joint, profile, step, steps
from tests.reports.test_docx import BOARD, everything, opened, picture

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


def theme(title: str, **fields: Any) -> ThemePart:
    nothing = {"summary": "", "comments": None, "reply": "", "replied_on": None, "corrected_on": None, "quotes": []}
    return ThemePart(title=title, **(nothing | fields))


REPLY = {"reply": "We open two sessions.", "replied_on": "2026-05-03"}
THEMES = [
    theme("Time to speak", summary="Villages wait long.", comments=9, **REPLY, corrected_on="2026-06-01"),
    theme("Papers come late"),
]
COMMENT = CommentLine(
    about="IT",
    group="Business",
    group_names={"en": "Business", "fr": "Entreprises"},
    text="Les villages attendent.",
    language="fr",
    translation="The villages wait.",
)


def report(**changes: Any) -> ReportDocument:
    both = joint(profile(), blind_spots=[], steps=steps(step("ED3a"), step("CR1b")))
    both = both.model_copy(update={"themes": THEMES, "comments": [COMMENT], **changes})
    facts = StatementPart(facts=[StatementFact(key=key, said="not_said") for key in FACTS])
    return as_report(both, kind="full", board=BOARD, readers="steering", statement=facts)


def test_it_has_what_people_wrote_and_what_was_replied() -> None:
    word = opened(full_docx(report(), "en"))
    heads = [(found.style.name, found.text) for found in word.paragraphs if found.style.name.startswith("Heading")]
    at = heads.index(("Heading 1", "Where groups agree and where not"))
    assert heads[at + 1 : at + 5] == [
        ("Heading 2", "What people wrote about, and what was replied"),
        ("Heading 3", "Time to speak"),
        ("Heading 3", "Papers come late"),
        ("Heading 2", "In their words"),
    ]
    words = everything(word)
    for said in (
        "Villages wait long.",
        "Reply of the organiser, 3 May 2026 (corrected on 1 June 2026) We open two sessions.",
        "The organiser has not replied yet.",
        "“Les villages attendent.” Translation: “The villages wait.” – Business",
        "took out names and what would identify a person",
    ):
        assert said in words, said
    (quote,) = [run for found in word.paragraphs for run in found.runs if "Les villages" in run.text]
    assert quote._r.rPr.find(qn("w:lang")).get(qn("w:val")) == "fr"
    assert "– Entreprises" in everything(opened(full_docx(report(), "fr")))


def test_without_comments_it_says_nothing_of_them() -> None:
    words = everything(opened(full_docx(report(themes=[], comments=[]), "en")))
    assert "In their words" not in words
    assert "took out names" not in words


def test_word_file_and_pdf_say_the_same_of_groups_and_attributes() -> None:
    given = report()
    assert given.joint is not None
    word = everything(opened(full_docx(given, "en")))
    paper = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", render_html(given, "en")))
    pages = stakeholder_pages(given.joint)
    said = [*pages.asked, *pages.divided, *map(reply_head, THEMES), pages.headline]
    said += [sentence for page in attribute_pages(given) for sentence in (page.headline, page.counted, *page.figures)]
    for sentence in filter(None, said):
        assert sentence in word, sentence
        assert sentence in paper, sentence
    assert "Process statement" in word
    assert "full report" in opened(full_docx(given, "en")).core_properties.title


def test_a_report_without_stakeholders_has_no_page_of_them() -> None:
    alone = as_report(report().evidence, kind="full", board=BOARD, readers="public")
    assert "Where groups agree" not in everything(opened(full_docx(alone, "en")))


def test_the_same_report_gives_the_same_bytes() -> None:
    assert full_docx(report(), "en", picture()) == full_docx(report(), "en", picture())
