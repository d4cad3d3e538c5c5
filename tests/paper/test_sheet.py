"""The questionnaire on paper: what stands on it, for whom it is drawn, and that it is as accessible as other PDFs."""

import io
from typing import Any

import pypdf
import pytest
from django.test import Client

from assessments import visitor_limits
from assessments.models import PaperAssistant, Wave
from assessments.panels.short_codes import new_short_code
from assessments.paper import drawing
from assessments.paper.services.paper import name_assistant
from assessments.reports.render import RenderedPdf
from assessments.respond.receipts import is_paper_receipt, new_paper_receipt, new_receipt
from tests.builders.panels import open_wave
from tests.builders.respondents import come_in, new_link, questions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_was_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitor_limits, "WINDOW", 10**9)  # the minute never ends
    visitor_limits.forget()
    drawing._kept._values.clear()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The HTML of papers instead of drawing them."""
    found: list[str] = []

    def draw(html: str, **_limits: Any) -> RenderedPdf:
        found.append(html)
        return RenderedPdf(b"%PDF-1.7", 1)

    monkeypatch.setattr(drawing, "render_pdf", draw)
    return found


@pytest.fixture
def wave() -> Wave:
    return open_wave(["Villages", "Business", "Union"], on_record=["Union"], notice="Because we want to know.")


def words(html: str) -> str:
    return " ".join(html.split())


def sheet_for(wave: Wave, group: str, drawn: list[str], **asked: str) -> str:
    """What the organiser prints for a group."""
    client = Client()
    client.force_login(wave.created_by)
    pk = wave.groups.get(name=group).pk
    response = client.get(f"/assessments/{wave.assessment.code}/panel/paper/sheet/en/", {"group": pk, **asked})
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    return words(drawn[-1])


def test_a_sheet_asks_what_the_link_asks(wave: Wave, drawn: list[str]) -> None:
    page = sheet_for(wave, "Villages", drawn)
    assert f"Question {len(questions(wave))} of {len(questions(wave))}" in page
    # A box for each level, and for what is off the scale, of each rating; in lists one for each in each row.
    assert page.count('class="paper-box"') > 6 * 14
    for told in (
        "Because we want to know.",
        "You are asked as part of the group <bdi>Villages</bdi>.",
        "A group is in the results only if at least 5 people of it answered.",
        "Whoever enters your answers reads this sheet.",
        "To the person who gave it to you",
        "testserver/k",
        f"testserver/r/withdraw/{wave.code}",
    ):
        assert told in page


def test_a_sheet_says_who_will_read_it_and_where_it_goes(wave: Wave, drawn: list[str]) -> None:
    group = wave.groups.get(name="Villages")
    group.wave = wave
    name_assistant(group=group, user=wave.created_by, name="M. Reyes", of_organiser=False)
    Wave.objects.update(paper_return={"en": "A box at the library"})
    page = sheet_for(wave, "Villages", drawn)
    assert "<bdi>M. Reyes</bdi> reads this sheet and enters your answers. The organiser says" in page
    assert "A box at the library" in page
    PaperAssistant.objects.update(of_organiser=True)
    assert "This person works for the organiser." in sheet_for(wave, "Villages", drawn)


def test_a_group_on_the_record_prepares_on_paper_and_hands_in_by_its_link(wave: Wave, drawn: list[str]) -> None:
    page = sheet_for(wave, "Union", drawn)
    assert "the sheet itself is not taken" in page
    assert "How the group agreed on these answers" in page
    for untrue in ("Write your name on no page", "Receipt", "Give the sheet back", "enters your answers"):
        assert untrue not in page


def test_whoever_holds_a_link_gets_the_sheet_of_their_group_and_others_one_for_any(
    wave: Wave, drawn: list[str]
) -> None:
    address = f"/r/paper/{wave.code}/en/"
    assert Client().get(address).status_code == 200
    assert "Your group (choose one)" in words(drawn[-1])
    assert "Union" not in drawn[-1]
    come_in(new_link(wave, "Union")).get(address)
    assert "For the one response of the group <bdi>Union</bdi>" in words(drawn[-1])
    assert Client().get(f"/r/paper/{wave.code}/fr/").status_code == 404
    assert Client().get("/r/paper/zzzzzzzzzz/en/").status_code == 404
    assert Client().get(address, {"paper": "a0"}).status_code == 404


def test_the_same_sheet_is_drawn_once_and_nobody_draws_without_end(wave: Wave, drawn: list[str]) -> None:
    client = Client()
    address = f"/r/paper/{wave.code}/en/"
    for _time in range(visitor_limits.AMOUNTS[visitor_limits.PAPER_SHEETS]):
        assert client.get(address).status_code == 200
    assert len(drawn) == 1
    assert client.get(address).status_code == 429


def test_while_others_are_drawn_one_is_asked_to_wait(
    wave: Wave, drawn: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "WAIT", 0.01)
    for _place in range(drawing.AT_ONCE):
        assert drawing._drawing.acquire(blocking=False)
    try:
        response = Client().get(f"/r/paper/{wave.code}/en/")
    finally:
        for _place in range(drawing.AT_ONCE):
            drawing._drawing.release()
    assert response.status_code == 503
    assert response["Retry-After"]


def test_slips_have_codes_of_their_own_each_time_and_no_code_of_a_link(wave: Wave, drawn: list[str]) -> None:
    client = Client()
    client.force_login(wave.created_by)
    pk = wave.groups.get(name="Villages").pk
    address = f"/assessments/{wave.assessment.code}/panel/paper/{pk}/slips/"
    for _time in range(2):
        response = client.post(address, {"number": 3, "language": "en"})
        assert response["Cache-Control"] == "no-store, private"
    found = [
        [word for word in html.replace("<", " ").replace(">", " ").split() if is_paper_receipt(word)] for html in drawn
    ]
    assert [len(codes) for codes in found] == [6, 6]
    assert len(set(found[0])) == 3
    assert not set(found[0]) & set(found[1])
    assert client.post(address, {"number": 3, "language": "fr"}).status_code == 302
    assert client.post(address, {"number": 9999, "language": "en"}).status_code == 302
    assert len(drawn) == 2


def test_the_organiser_prints_drafts_before_the_launch_and_says_where_sheets_go(wave: Wave, drawn: list[str]) -> None:
    client = Client()
    client.force_login(wave.created_by)
    address = f"/assessments/{wave.assessment.code}/panel/paper/"
    page = client.get(address).content.decode()
    assert page.count("/sheet/en/?group=") == 2 * 3
    assert client.post(address, {"where_en": "The library"}).status_code == 302
    assert Wave.objects.get(pk=wave.pk).paper_return == {"en": "The library"}
    Wave.objects.update(state="preparing")
    assert 'data-mark="DRAFT"' in sheet_for(wave, "Villages", drawn)


def test_a_receipt_of_a_slip_is_told_from_others_and_from_mistakes() -> None:
    code = new_paper_receipt()
    assert len(code) == len(new_receipt()) == 23
    assert is_paper_receipt(code.upper().replace("-", " "))
    assert not is_paper_receipt(code[:-1] + ("2" if code[-1] != "2" else "3"))
    assert not is_paper_receipt(new_receipt())
    assert not is_paper_receipt(new_short_code())


@pytest.mark.slow
def test_a_sheet_is_a_tagged_pdf_on_either_paper(wave: Wave) -> None:
    for paper, width in (("a4", 595), ("letter", 612)):
        content = Client().get(f"/r/paper/{wave.code}/en/", {"paper": paper}).content
        pdf = pypdf.PdfReader(io.BytesIO(content))
        assert round(pdf.pages[0].mediabox.width) == width
        assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert pdf.trailer["/Root"]["/Lang"] == "en"
        assert b'pdfuaid:part="1"' in content
