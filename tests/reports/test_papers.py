"""What organisers write for those who decide, and how papers look."""

import base64
import io
import re
from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from assessments import visitor_limits
from assessments.actions.services.actions import add_action
from assessments.exceptions import Conflict, InvalidAnswer, NotAllowed
from assessments.logos import LARGEST_LOGO, SIZE, check_colour, contrast_with_white
from assessments.models import Assessment, BoardPaper, Brand, Process, Report
from assessments.reports import papers
from assessments.reports.board import board_paper
from assessments.reports.content import report_on
from assessments.vocabulary import Annex, Paper, Readers, ReportKind, Visibility
from msgov.accounts.models import User
from tests import builders

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], Client]
NOTHING = {"decision": "", "made_by": "", "checked_by": "", "commissioned_by": "", "interests": ""}


@pytest.fixture
def organiser() -> User:
    return builders.user()


@pytest.fixture
def forum(submitted: Callable[..., Assessment], organiser: User) -> Assessment:
    return submitted(builders.process(organiser=organiser, name="Forum"))


def png(size: tuple[int, int] = (1200, 900), mode: str = "RGB", format: str = "PNG") -> bytes:
    stream = io.BytesIO()
    Image.new(mode, size, "navy").save(stream, format)
    return stream.getvalue()


def test_what_was_written_stands_in_the_paper(forum: Assessment, organiser: User) -> None:
    step = report_on(forum, kind=ReportKind.BOARD).evidence.steps.head[0]
    papers.save_board_paper(
        assessment=forum,
        user=organiser,
        version=0,
        fields={**NOTHING, "decision": "confirm the steps;\n\nname an owner.", "checked_by": "The auditor"},
    )
    planned = {
        "text": "Ask them",
        "owner": "The chair",
        "due": date(2027, 1, 31),
        "known_by": "Their answers are out",
    }
    add_action(assessment=forum, user=organiser, item=step.item, fields=planned)
    said = board_paper(report_on(forum, kind=ReportKind.BOARD))
    assert said.decisions == ["confirm the steps;", "name an owner."]
    assert (said.steps[0].text, said.steps[0].owner) == ("Ask them", "The chair")
    assert said.steps[0].known_by == "Their answers are out"
    assert "2027" in said.steps[0].due
    assert said.not_planned == ""
    assert "Checked by: The auditor" in said.behind
    assert "Commissioned by: nobody named" in said.behind


def test_an_empty_paper_says_so_and_has_no_empty_columns(forum: Assessment) -> None:
    said = board_paper(report_on(forum, kind=ReportKind.BOARD))
    assert not said.decisions
    assert not said.has_owners
    assert not said.has_dates
    assert said.not_planned == "No owners or dates have been set yet."
    assert "Checked by: nobody yet" in said.behind


def test_two_who_write_at_once_do_not_overwrite_each_other(forum: Assessment, organiser: User) -> None:
    save = {"assessment": forum, "user": organiser, "version": 0, "fields": NOTHING}
    papers.save_board_paper(**save)
    with pytest.raises(Conflict):
        papers.save_board_paper(**save)
    assert BoardPaper.objects.get().version == 1


@pytest.mark.parametrize("draft", [True, False])
def test_page_keeps_what_was_typed_and_saves_it(
    organiser: User, forum: Assessment, client_for: ClientFor, quick: list[str], draft: bool
) -> None:
    assessment = builders.assessment(builders.process(organiser=organiser)) if draft else forum
    client = client_for(organiser)
    address = reverse("assessments:assessment-board", args=[assessment.code])
    page = client.get(address)
    assert page.status_code == 200
    wrong = {"version": "0", "decision": "x" * 401, "made_by": "The secretariat"}
    again = client.post(address, wrong)
    assert again.status_code == 422
    assert "The secretariat" in again.text
    # Actions are written in one place only.
    assert not re.findall(r'name="(due|owner)-', page.text)
    assert client.post(address, {**wrong, "decision": "decide"}).status_code == 302
    assert BoardPaper.objects.get().decision == "decide"
    assert Report.objects.count() == (0 if draft else 2)


def test_page_of_somebody_slower_is_given_back_and_can_be_saved_again(
    forum: Assessment, organiser: User, client_for: ClientFor, quick: list[str]
) -> None:
    client = client_for(organiser)
    address = reverse("assessments:assessment-board", args=[forum.code])
    client.post(address, {"version": "0", "decision": "first"})
    slower = client.post(address, {"version": "0", "decision": "second"})
    assert slower.status_code == 422
    assert "second" in slower.text
    assert "Somebody else saved" in slower.text
    assert 'name="version" value="1"' in slower.text
    client.post(address, {"version": "1", "decision": "second"})
    assert BoardPaper.objects.get().decision == "second"


def test_logo_is_made_anew_and_small(organiser: User) -> None:
    process = builders.process(organiser=organiser)
    for content in (png(), png(format="JPEG"), png(mode="P")):
        upload = SimpleUploadedFile("logo.png", content)
        brand = papers.save_brand(process=process, user=organiser, name="Forum", colour="#12355b", logo=upload)
        made = Image.open(io.BytesIO(brand.logo))
        assert made.format == "PNG"
        assert made.width <= SIZE[0]
        assert made.height <= SIZE[1]
        assert len(brand.logo) <= LARGEST_LOGO
    kept = papers.save_brand(process=process, user=organiser, name="Forum", colour="")
    assert kept.logo
    gone = papers.save_brand(process=process, user=organiser, name="Forum", colour="", remove_logo=True)
    assert not gone.logo


@pytest.mark.parametrize("content", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"", b"GIF89a", png()[:60]])
def test_what_is_no_picture_is_refused_with_the_reason(organiser: User, content: bytes) -> None:
    process = builders.process(organiser=organiser)
    with pytest.raises(InvalidAnswer) as refused:
        papers.save_brand(
            process=process, user=organiser, name="", colour="", logo=SimpleUploadedFile("logo.svg", content)
        )
    assert "no PNG or JPEG" in refused.value.errors["logo"]
    assert not Brand.objects.exists()


def test_a_large_file_is_refused(organiser: User) -> None:
    upload = SimpleUploadedFile("logo.png", b"\x89PNG" + b"0" * 1024 * 1024)
    with pytest.raises(InvalidAnswer, match="larger than 1 MB"):
        papers.save_brand(
            process=builders.process(organiser=organiser), user=organiser, name="", colour="", logo=upload
        )


def test_colours_that_cannot_be_read_are_refused() -> None:
    assert round(float(contrast_with_white("#000000"))) == 21
    assert float(contrast_with_white("#ffffff")) == 1
    check_colour("#767676")  # the lightest grey that WCAG takes
    for colour, reason in (("#777777", "4.5 to 1"), ("#ffcc00", "too light"), ("red", "six digits")):
        with pytest.raises(NotAllowed, match=reason):
            check_colour(colour)


def test_brand_page_says_why_a_colour_is_not_taken(organiser: User, client_for: ClientFor) -> None:
    process = builders.process(organiser=organiser)
    address = reverse("assessments:process-papers", args=[process.code])
    client = client_for(organiser)
    refused = client.post(address, {"name": "Secretariat", "colour": "#ffcc00"})
    assert refused.status_code == 422
    assert "too light" in refused.text
    assert "Secretariat" in refused.text
    assert client.post(address, {"name": "Secretariat", "colour": "#0A5C36"}).status_code == 302
    assert Brand.objects.get().colour == "#0a5c36"


def test_brand_stands_in_the_document_of_papers(forum: Assessment, organiser: User) -> None:
    upload = SimpleUploadedFile("logo.png", png())
    papers.save_brand(process=forum.process, user=organiser, name="Secretariat", colour="#0a5c36", logo=upload)
    brand = report_on(forum, kind=ReportKind.FULL).brand
    assert (brand.name, brand.colour) == ("Secretariat", "#0a5c36")
    assert base64.b64decode(brand.logo).startswith(b"\x89PNG")


def test_readers_are_named_by_who_may_read(submitted: Callable[..., Assessment], organiser: User) -> None:
    for visibility, readers in (
        (Visibility.PUBLIC, Readers.PUBLIC),
        (Visibility.SIGNED_IN, Readers.ACCOUNTS),
        (Visibility.PRIVATE, Readers.MEMBERS),
    ):
        assessment = submitted(builders.process(organiser=organiser, visibility=visibility))
        assert report_on(assessment, kind=ReportKind.BOARD).readers == readers


def test_visitors_get_public_papers_without_an_account(
    forum: Assessment, client: Client, quick: list[str], django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    Process.objects.filter(pk=forum.process_id).update(visibility=Visibility.PUBLIC)
    results = reverse("assessments:assessment-results", args=[forum.code])
    request = reverse("assessments:report-request", args=[forum.code])
    assert request in client.get(results).text
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        answer = client.post(request, {"kind": "board", "paper": "Letter", "annexes": ["answers"]})
    report = Report.objects.get()
    assert answer.url == reverse("assessments:report-detail", args=[report.code])
    assert (report.kind, report.paper, report.readers) == (ReportKind.BOARD, Paper.LETTER, Readers.PUBLIC)
    assert client.get(answer.url).status_code == 200
    address = reverse("assessments:report-file", args=[report.code])
    assert address in client.get(results).text
    file = client.get(address)
    assert b"".join(file.streaming_content).startswith(b"%PDF-1.7 sample {")
    assert client.post(request, {"kind": "full", "version": "restricted"}).status_code == 302
    assert Report.objects.count() == 1
    assert client.post(request, {"kind": "full", "annexes": [Annex.ANSWERS]}).status_code == 302
    assert Report.objects.get(kind=ReportKind.FULL).document["annexes"] == []


def test_visitors_cannot_ask_without_end(forum: Assessment, client: Client, quick: list[str]) -> None:
    Process.objects.filter(pk=forum.process_id).update(visibility=Visibility.PUBLIC)
    request = reverse("assessments:report-request", args=[forum.code])
    results = reverse("assessments:assessment-results", args=[forum.code])
    visitor_limits.forget()
    for _time in range(visitor_limits.AMOUNTS[visitor_limits.REPORTS]):
        assert "/reports/" in client.post(request, {"kind": "board"}).url
    refused = client.post(request, {"kind": "full"})
    assert refused.url == results
    assert not Report.objects.filter(kind=ReportKind.FULL).exists()
    visitor_limits.forget()


def test_what_is_not_public_stays_with_its_readers(forum: Assessment, client: Client, quick: list[str]) -> None:
    request = reverse("assessments:report-request", args=[forum.code])
    assert "login" in client.post(request, {"kind": "board"}).url
    assert not Report.objects.exists()


def test_word_file_has_headings_and_the_same_decisions(
    forum: Assessment, organiser: User, client_for: ClientFor, quick: list[str]
) -> None:
    papers.save_board_paper(assessment=forum, user=organiser, version=0, fields={**NOTHING, "decision": "confirm"})
    client = client_for(organiser)
    client.post(reverse("assessments:report-request", args=[forum.code]), {"kind": "board"})
    word = client.get(reverse("assessments:report-word", args=[Report.objects.get().code]))
    assert word.headers["Content-Type"].endswith("wordprocessingml.document")
    assert ".docx" in word.headers["Content-Disposition"]
    assert word.content.startswith(b"PK")
