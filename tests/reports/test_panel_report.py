"""Reports of assessments whose stakeholders were asked: both tracks, two versions, and nobody gets the wrong one."""

import hashlib
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from assessments.comparing.build import build_comparison
from assessments.documents.both_tracks import JointDocument
from assessments.documents.panel import PanelDocument
from assessments.documents.report import ReportDocument
from assessments.models import PanelComment, PanelLink, Report, WaveSnapshot
from assessments.models.panel import Wave as PanelWave
from assessments.panels.services import closing
from assessments.reports.content import shown_of
from assessments.reports.drawing import DrawnReport, draw_report
from assessments.reports.html import render_html
from assessments.reports.render import render_pdf
from assessments.reports.services import cache_key, request_report
from assessments.results.both_tracks import read_together
from assessments.vocabulary import CommentState, LinkKind, Role, Visibility
from msgov.accounts.models import User
from tests import builders
from tests.builders import panels, samples
from tests.builders.papers import paper
from tests.printed import pages_of
from tests.reports.test_render import CHINESE, reader, structure
from tests.results.test_both_tracks import result_of
from tests.results.test_disagreement_pages import plain, submitted
from tests.verifying.test_drawn import drawn_elsewhere

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ClientFor = Callable[[User], Client]
CODES = ["k7m2pq9xra"]
RESTRICTED = ("61 80 25 67 33", "47 to 60", "Business 80", "Consensus: mixed", "Restricted: for the", "SECRET-COMMENT")


def joint(*, restricted: bool = True, **changes: Any) -> JointDocument:
    """Both tracks of an assessment, with the published example as experience."""
    panel = (panels.tv10_document() if restricted else panels.tv10_public()).model_copy(update=changes)
    result = result_of({"CR1a": 3, "CR1b": 2, "CR1c": 0})
    found = read_together(result, panel)
    assert found is not None
    return found


def words(document: Any, language: str = "en") -> str:
    return plain(render_html(paper(document), language))


@pytest.fixture
def wave(db: None) -> PanelWave:
    """The published example, closed and submitted, open to everyone, with a comment that is shown."""
    found = panels.closed_wave()
    submitted(found)
    PanelComment.objects.create(wave=found, attribute="CR", text="SECRET-COMMENT", state=CommentState.SHOWN)
    found.assessment.process.visibility = Visibility.PUBLIC
    found.assessment.process.save()
    return found


def test_stakeholders_have_pages_and_figures_of_their_own() -> None:
    html = render_html(paper(joint()), "en")
    heads = [" ".join(head.split()) for head in re.findall(r"<h1[^>]*>([^<]*)</h1>", html)]
    assert heads[-3:] == ["Where groups agree and where not", "Steps", "How sure we are"]
    annexes = [" ".join(head.split()) for head in re.findall(r"<h2[^>]*>([^<]*)</h2>", html)]
    assert [head for head in annexes if head in ("Where people disagree, in figures", "Barriers")] == [
        "Where people disagree, in figures",
        "Barriers",
    ]


ASKED = "Stakeholder groups were asked from 2 March 2026 to 30 March 2026"


def dated(zone: str, *, restricted: bool = True) -> JointDocument:
    """Both tracks, with days in a time zone; without one as before there were any."""
    found = joint(restricted=restricted)
    panel = found.panel.model_copy(update={"wave": found.panel.wave.model_copy(update={"time_zone": zone})})
    process = found.result.process.model_copy(update={"time_zone": zone})
    result = found.result.model_copy(update={"process": process})
    return found.model_copy(update={"panel": panel, "result": result})


@cache
def drawn(*, restricted: bool) -> tuple[ReportDocument, DrawnReport]:
    """Either version with days in Nairobi, drawn as in production: once for all tests of this file."""
    document = paper(dated("Africa/Nairobi", restricted=restricted))
    return document, draw_report(document, "en", assessments=CODES)


@pytest.mark.parametrize(
    ("zone", "end"),
    [
        ("Africa/Nairobi", " (Nairobi, UTC+3): "),
        ("Europe/Berlin", " (Berlin, UTC+2): "),  # since the day before
        ("UTC", " (UTC): "),
        ("Mars/Base", " (Mars/Base): "),  # known where it was written
        ("", ": "),
    ],
)
def test_report_says_in_which_zone_its_days_are(zone: str, end: str) -> None:
    found = words(dated(zone))
    assert f"{ASKED}{end}" in found
    assert f"Wave 1, 2 March 2026 to 30 March 2026{end.removesuffix(': ')}; restricted version" in found
    assert ("Time zone of these days" in found) == bool(zone)


def test_printed_report_says_in_which_zone_its_days_are() -> None:
    _document, pdf = drawn(restricted=True)
    found = " ".join(" ".join(pages_of(pdf.content)).split())
    assert f"{ASKED} (Nairobi, UTC+3): " in found
    assert "Time zone of these days Nairobi" in found


def test_page_and_report_say_how_people_answered_and_no_small_number(client_for: ClientFor) -> None:
    wave = panels.open_wave(["Government", "Business", "Youth"])
    for name, number in {"Government": 6, "Business": 7, "Youth": 3}.items():
        panels.put(wave, name, [{"CR1a": 2}] * number)
    wave.groups.filter(name="Government").update(link_kind=LinkKind.OPEN)
    business = wave.groups.get(name="Business")
    for used in (True, False):
        PanelLink.objects.create(group=business, token_hash=f"{used}", is_used=used, is_revoked=True)
    snapshot = closing.close_and_freeze(wave=wave)
    submitted(wave)
    found = read_together(result_of({"CR1a": 3}), PanelDocument.model_validate(snapshot.document))
    address = reverse("assessments:disagreement", args=[wave.assessment.code])
    for text in (plain(client_for(wave.created_by).get(address).content.decode()), words(found)):
        assert "13 answers in figures, 150 invited" in text
        open_link = "by one open link: the number of people behind it is not known"
        assert f"Government ({open_link}) Everyone alone, confidentially 50 6" in text
        links = "2 personal links made; 2 links taken back (whether before or after it was used is not told for so few)"
        assert f"Business ({links}) Everyone alone, confidentially 50 7" in text
        assert "What was answered by a link before it was taken back stays in the figures" in text
        assert "Youth Everyone alone, confidentially 50 fewer than 5" in text


def test_report_says_that_comments_wait_and_not_that_they_were_read(wave: PanelWave) -> None:
    PanelComment.objects.update(state=CommentState.WAITING)
    PanelComment.objects.create(wave=wave, attribute="CR", text="SECRET-TOO")
    text = words(shown_of(wave.assessment, restricted=True))
    assert "2 comments wait to be read and are not shown." in text
    assert "Comments were read" not in text
    PanelComment.objects.update(state=CommentState.SHOWN)
    text = words(shown_of(wave.assessment, restricted=True))
    assert "Comments were read by somebody who took out names" in text
    assert "wait to be read" not in text


def test_report_without_a_wave_has_no_pages_of_stakeholders() -> None:
    html = render_html(paper(samples.result()), "en")
    assert re.search(r"<h1>\s*Steps\s*</h1>", html)
    assert re.search(r"<h1>\s*How sure we are\s*</h1>", html)
    assert "Where groups agree" not in html
    assert "No answers of stakeholders stand beside this result." in html
    assert "xperience" not in html


def test_restricted_report_has_the_published_figures() -> None:
    text = words(joint())
    assert "Groups say L-, 59 (90 % range 53 to 65)." in text
    assert "Groups are divided on 2 of 3 questions that could be compared." in text
    assert "If other people of the same groups had answered: 53 to 65." in text
    assert (
        "Business 80, Civil society 25. Without one group 47 to 60. One answer decides up to 4 %. Consensus: mixed."
        in text
    )
    assert "Depends on who answered: per head 67." in text
    assert "CR1a Shared responsibility 61 80 25 67 33" in text
    assert "Government Everyone alone, confidentially 50 6 12 % Shown by itself" in text
    assert "Youth Everyone alone, confidentially 50 fewer than 5 – Pooled with other small groups" in text
    assert "2 responses gave the same level throughout" in text


def test_standard_sentences_are_printed() -> None:
    text = words(joint())
    assert "Respondents chose to take part and were not drawn by lot. A sampling range says what other answers" in text
    assert "Every stakeholder group counts the same, however many people answered." in text
    assert "Counting heads would give: Collective responsibility 66 instead of 59." in text
    hidden = "Groups with too few answers to be shown without exposing people are in no figure"
    assert hidden not in text
    assert hidden in words(joint(withheld=None))


def test_public_report_holds_nothing_restricted(wave: PanelWave) -> None:
    restricted, public = (words(shown_of(wave.assessment, restricted=which)) for which in (True, False))
    assert [part for part in RESTRICTED if part not in restricted] == []
    assert [part for part in RESTRICTED if part in public] == []
    assert "This is the public part" in public
    assert "67 L- 73 L+ 40 P+ 73 L+ 42 P+" in public


def test_restricted_report_is_marked_on_every_page() -> None:
    html = render_html(paper(joint()), "en")
    assert 'data-stamp="Restricted: for the steering group · ' in html
    assert "Restricted" not in render_html(paper(joint(restricted=False)), "en")


def test_versions_have_keys_of_their_own() -> None:
    whole = joint()
    public = whole.model_copy(update={"panel": panels.tv10_public()})
    assert len({cache_key(paper(document), "en", of=["a"]) for document in (whole, public, whole.result)}) == 3


def test_both_versions_are_drawn_tagged_with_a_sentence_for_every_picture() -> None:
    for which in (True, False):
        document, first = drawn(restricted=which)
        html = render_html(document, "en")
        assert html.count("<svg") == html.count("<title>") - 1
        assert first.pages > 10
        # What is promised to be on one page is.
        pages = pages_of(first.content)
        after = pages[next(number for number, text in enumerate(pages) if "the method in one page" in text) + 1]
        assert "the answers under other principles" in after


def test_same_document_gives_same_bytes_in_another_process() -> None:
    """The one with all that can stand in a report, also in one without stakeholders."""
    document, pdf = drawn(restricted=True)
    assert drawn_elsewhere([(document, CODES)]) == [hashlib.sha256(pdf.content).hexdigest()]


def test_every_picture_has_its_sentence_and_every_header_cell_its_scope() -> None:
    elements = list(structure(drawn(restricted=True)[1]))
    pictures = [element for element in elements if element["/S"] == "/Figure"]
    headers = [element for element in elements if element["/S"] == "/TH"]
    assert len(pictures) > 20
    assert all(len(element["/Alt"]) > 20 for element in pictures)
    assert {element["/A"]["/Scope"] for element in headers} == {"/Row", "/Column"}


@pytest.mark.parametrize("language", ["ar", "zh-hans"])
def test_report_is_drawn_in_other_directions_and_scripts(language: str) -> None:
    found = read_together(samples.result(name=CHINESE, missing=("CO",)), panels.tv10_document())
    assert found is not None
    pdf = render_pdf(render_html(paper(found), language))
    assert pdf.pages > 10
    assert reader(pdf).trailer["/Root"]["/Lang"] == language


# --- Who gets which -------------------------------------------------------------------------------------------


def ask(client: Client, wave: PanelWave, version: str) -> Any:
    return client.post(reverse("assessments:report-request", args=[wave.assessment.code]), {"version": version})


def test_restricted_report_is_served_to_the_steering_group_only(
    client: Client, client_for: ClientFor, wave: PanelWave, quick: list[str]
) -> None:
    contributor, reviewer = builders.user(), builders.user()
    builders.member(wave.assessment.process, contributor, Role.CONTRIBUTOR)
    builders.member(wave.assessment.process, reviewer, Role.REVIEWER)
    report = request_report(assessment=wave.assessment, user=wave.created_by, language="en", restricted=True)
    report.file.save("r.pdf", ContentFile(b"%PDF-1.7"))
    Report.objects.filter(pk=report.pk).update(state="ready", pages=3)
    for name in ("report-detail", "report-file", "report-retry"):
        address = reverse(f"assessments:{name}", args=[report.code])
        method = "post" if name == "report-retry" else "get"
        assert getattr(client_for(contributor), method)(address).status_code == 403
        assert getattr(client_for(builders.user()), method)(address).status_code == 403
        assert getattr(client, method)(address).status_code == 302
        served = getattr(client_for(reviewer), method)(address)
        assert served.status_code in (200, 302)
        if served.streaming:
            assert b"".join(served.streaming_content) == b"%PDF-1.7"
    listed = reverse("assessments:assessment-results", args=[wave.assessment.code])
    assert report.code in client_for(reviewer).get(listed).content.decode()
    assert report.code not in client_for(contributor).get(listed).content.decode()


def test_asking_for_the_restricted_version_needs_the_right(
    client_for: ClientFor, wave: PanelWave, quick: list[str]
) -> None:
    before = Report.objects.count()
    assert ask(client_for(builders.user()), wave, "restricted").status_code == 403
    assert Report.objects.count() == before
    assert ask(client_for(wave.created_by), wave, "restricted").status_code == 302
    assert Report.objects.get(readers="steering").requested_by == wave.created_by


def test_same_words_from_others_lead_to_the_public_report(
    client_for: ClientFor, wave: PanelWave, quick: list[str]
) -> None:
    mine = ask(client_for(wave.created_by), wave, "restricted").url
    theirs = ask(client_for(builders.user()), wave, "").url
    assert mine != theirs
    assert "restricted" not in {Report.objects.get(code=theirs.split("/")[-2]).document["joint"]["panel"]["version"]}


def test_restricted_version_of_no_wave_is_refused(client_for: ClientFor, quick: list[str]) -> None:
    organiser = builders.user()
    wave = panels.open_wave(organiser=organiser)
    submitted(wave)
    assert ask(client_for(organiser), wave, "restricted").url == reverse(
        "assessments:assessment-results", args=[wave.assessment.code]
    )


def test_report_follows_when_a_comment_is_moderated(wave: PanelWave, quick: list[str]) -> None:
    def key() -> str:
        return request_report(assessment=wave.assessment, user=None, language="en", restricted=True).cache_key

    before = key()
    assert key() == before
    PanelComment.objects.update(state=CommentState.WITHHELD)
    assert key() != before


def test_snapshot_is_not_changed_by_reading(wave: PanelWave) -> None:
    before = WaveSnapshot.objects.values_list("document", "digest").get()
    shown_of(wave.assessment, restricted=False)
    shown_of(wave.assessment, restricted=True)
    assert WaveSnapshot.objects.values_list("document", "digest").get() == before


# --- Comparison -----------------------------------------------------------------------------------------------


def asked(*codes: str) -> dict[str, PanelDocument]:
    return {code: panels.tv10_public().model_copy(update={"assessment": code}) for code in codes}


def test_comparison_shows_the_experience_of_those_who_asked() -> None:
    results = [samples.result(name, code=name[0].lower() * 4) for name in ("One", "Two", "Xenia")]
    results = [
        result.model_copy(update={"process": result.process.model_copy(update={"code": result.assessment.code})})
        for result in results
    ]
    text = words(build_comparison(results, asked("oooo", "xxxx")))
    assert "As stakeholders experience it" in text
    assert "No answers of stakeholders stand beside: Two." in text
    assert "One withheld L- 53 to 65 withheld withheld" in text
    assert "Divided on 2 of 3 items, may be on 0. without one group 56 to 64" in text
    assert [part for part in RESTRICTED if part in text] == []


def test_experience_of_one_alone_is_not_put_beside_nothing() -> None:
    results = [samples.result("One", code="aaaa"), samples.result("Two", code="bbbb")]
    text = words(build_comparison(results, asked("aaaa")))
    assert "As stakeholders experience it" not in text
    assert "Only One has asked its stakeholders; what they say stands with its own results" in text


def test_comparison_without_a_wave_stays_as_it_was() -> None:
    results = [samples.result("One", code="aaaa"), samples.result("Two", code="bbbb")]
    assert "xperience" not in render_html(paper(build_comparison(results)), "en")


def test_closing_without_usable_groups_is_printed(wave: PanelWave) -> None:
    empty = panels.open_wave()
    closing.close_and_freeze(wave=empty, user=empty.created_by)
    submitted(empty)
    text = words(shown_of(empty.assessment, restricted=True))
    assert "Every group is too small to show without exposing people, so there are no scores." in text
