"""What somebody answered, shown to them before they hand in, and what they can keep: a copy, and the receipt."""

import html
import re
from collections.abc import Callable, Iterator

import pytest
from django.http import HttpResponse
from django.test import Client

from assessments.models import BallotBox, PanelLink, UnfinishedQuestionnaire, Wave
from assessments.panels.services.closing import close_and_freeze
from assessments.panels.services.stopping import close_early
from tests.builders.panels import in_days, open_wave
from tests.builders.respondents import come_in, fill, form_of, hand_in, new_link
from tests.forms_in_pages import ParsedPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wave_key")]


@pytest.fixture(scope="module")
def wave_key(build_once: Callable[[Callable[[], int]], int]) -> int:
    return build_once(lambda: open_wave(["A group of ours", "B"], results_on=in_days(30)).pk)


@pytest.fixture
def wave(db: None, wave_key: int) -> Wave:
    return Wave.objects.get(pk=wave_key)


def words(response: HttpResponse) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())


def answered(wave: Wave) -> tuple[Client, str]:
    """A browser of somebody who has answered a rating, a list and a comment."""
    token = new_link(wave)
    client = come_in(token)
    client.post("/r/q/IT1/", {"IT1a": "2", "action": "next"})
    first, second, *_rest = form_of(client.get("/r/q/IT2/")).choices
    client.post("/r/q/IT2/", {first: "mitigated", second: "dont_know", "action": "next"})
    client.post("/r/q/IT5/", {"IT-words": "We were asked late.", "action": "next"})
    return client, token


# --- Before handing in ----------------------------------------------------------------------------------------


def test_check_page_shows_what_was_answered_and_marks_what_was_left_out(wave: Wave) -> None:
    client, _token = answered(wave)
    page = words(client.get("/r/check/"))
    assert re.search(r"Question 1 .{20,200} Largely", page)
    assert re.search(r"Question 2 .*: mitigated .*: Don’t know .*: Not answered", page), page
    assert "Don’t know" in page
    assert "Not answered" in page
    assert "We were asked late." in page
    assert "You have left out this page." in page
    links = re.findall(r'href="/r/q/(\w+)/"', client.get("/r/check/").content.decode())
    assert len(links) == 14


def test_copy_has_everything_that_was_answered_and_nothing_that_tells_whose_it_is(wave: Wave) -> None:
    client, token = answered(wave)
    check = client.get("/r/check/").content.decode()
    assert 'href="/r/copy/"' in check
    page, file = client.get("/r/copy/"), client.get("/r/copy/?as=text")
    assert (file["Content-Type"], file["Content-Disposition"]) == (
        "text/plain; charset=utf-8",
        'attachment; filename="answers.txt"',
    )
    receipt = form_of(client.get("/r/check/")).fields["receipt_code"]
    main = page.content.decode().partition("<main")[2]
    for copy in (main, file.content.decode()):
        for kept in ("Largely", "We were asked late.", "Don’t know", "Not answered"):
            assert kept in copy
        for secret in (token, receipt, "A group of ours", PanelLink.objects.get().token_hash):
            assert secret not in copy
        assert "this site keeps none" in copy
    assert "<" not in file.content.decode()
    assert file["Cache-Control"] == "no-store, private"


def test_nothing_of_a_copy_is_stored(wave: Wave) -> None:
    client, _token = answered(wave)
    before = list(UnfinishedQuestionnaire.objects.values())
    client.get("/r/copy/")
    client.get("/r/copy/?as=text")
    assert list(UnfinishedQuestionnaire.objects.values()) == before


def test_no_copy_without_a_questionnaire(wave: Wave) -> None:
    assert Client().get("/r/copy/").status_code == 403
    client, _token = answered(wave)
    hand_in(client)
    assert client.get("/r/copy/?as=text").status_code == 403


# --- On the way -----------------------------------------------------------------------------------------------


def test_link_opened_again_says_how_much_is_answered(wave: Wave) -> None:
    _client, token = answered(wave)
    assert "Questions you have answered so far: 3 of 14." in words(Client().get(f"/r/{token}/"))


def test_who_sees_what_is_a_step_away_from_every_question(wave: Wave) -> None:
    client, _token = answered(wave)
    page = client.get("/r/q/IT1/").content.decode()
    assert re.search(r'href="/r/#told"\s+target="_blank"\s+rel="noopener"', page)
    assert '<h2 id="told">' in client.get("/r/").content.decode()


def test_question_is_folded_where_its_one_item_says_the_same(wave: Wave) -> None:
    client, _token = answered(wave)
    for code, is_folded in (("IT1", True), ("ED4", False)):
        page = client.get(f"/r/q/{code}/").content.decode()
        assert ("<details" in page) is is_folded
        assert "<blockquote" in page


# --- The receipt ----------------------------------------------------------------------------------------------


def receipt_of(client: Client) -> tuple[str, dict[str, str], HttpResponse]:
    """The code, what the button to save it sends, and the page."""
    hand_in(client)
    page = client.get("/r/receipt/")
    code = re.search(r'class="code"[^>]*>([^<]+)<', page.content.decode())
    assert code is not None
    return code[1], form_of(page).fields, page


def test_receipt_is_saved_from_the_page_and_says_when_and_where(wave: Wave) -> None:
    client, token = answered(wave)
    code, fields, page = receipt_of(client)
    assert client.get("/r/receipt/").status_code == 410
    for _twice in range(2):
        file = client.post("/r/receipt/file/", fields)
        text = file.content.decode()
        assert file["Content-Disposition"] == 'attachment; filename="receipt.txt"'
        assert f"Receipt code: {code}" in text
        assert f"http://testserver/r/withdraw/{wave.code}/" in text
        assert token not in text
        for shown in (text, words(page)):
            assert f"http://testserver/r/results/{wave.code}/" in shown
            assert "Results are planned for" in shown
    assert code not in str(list(BallotBox.objects.values("content")))


def test_a_receipt_that_is_not_ours_is_not_written(wave: Wave) -> None:
    for held in ("", "forged", "a:b:c"):
        assert Client().post("/r/receipt/file/", {"held": held}).status_code == 410


def test_receipt_of_a_group_on_the_record_says_when_and_where_too() -> None:
    wave = open_wave(["A", "B"], on_record=["B"], results_on=in_days(30))
    client = come_in(new_link(wave, "B"))
    fill(client, "IT1")
    form = form_of(client.get("/r/check/"))
    filing = {"filed_by": "A. Person", "capacity": "Chair", "how_agreed": "In a meeting"}
    client.post("/r/finish/", {**form.fields, **filing})
    page = words(client.get("/r/receipt/"))
    assert f"http://testserver/r/results/{wave.code}/" in page
    assert "Results are planned for" in page


# --- Answering again ------------------------------------------------------------------------------------------


def again(client: Client, wave: Wave, code: str) -> HttpResponse:
    address = f"/r/withdraw/{wave.code}/"
    fields = form_of(client.get(address)).fields
    return client.post(address, {**fields, "receipt_code": code, "action": "again"})


def test_whoever_has_the_code_answers_again_by_a_new_link(wave: Wave) -> None:
    client, token = answered(wave)
    code, _fields, _page = receipt_of(client)
    elsewhere = Client()
    answer = again(elsewhere, wave, code)
    assert (answer.status_code, answer["Location"]) == (302, "/r/")
    start = elsewhere.get("/r/")
    assert "Your answers have been deleted. You can answer again now" in words(start)
    own = re.search(r'href="(http://testserver/r/[^"]+)"', start.content.decode())
    assert own is not None
    assert token not in own[1]
    assert "Nothing" not in words(elsewhere.get("/r/check/")).partition("Check your answers")[0]
    fill(elsewhere, "IT1", "3")
    assert "have been deleted" not in words(elsewhere.get("/r/"))
    assert come_in(own[1].removeprefix("http://testserver/r/").strip("/")).get("/r/q/IT1/").status_code == 200
    new_code, _fields, _page = receipt_of(elsewhere)
    assert new_code != code
    assert [entry["answers"]["IT1a"]["level"] for entry in handed_in()] == [3]
    assert again(Client(), wave, code).status_code == 422
    assert Client().get(f"/r/{token}/").status_code == 410


def handed_in() -> Iterator[dict[str, dict[str, dict[str, int]]]]:
    for box in BallotBox.objects.filter(holds="answers"):
        yield from box.content


def test_where_it_is_too_late_to_begin_answers_can_only_be_deleted(wave: Wave) -> None:
    client, _token = answered(wave)
    code, _fields, _page = receipt_of(client)
    address = f"/r/withdraw/{wave.code}/"
    fields = form_of(client.get(address)).fields
    close_early(wave=wave, user=wave.created_by)
    assert again_is_offered(client.get(address)) is False
    late = client.post(address, {**fields, "receipt_code": code, "action": "again"})
    assert (late.status_code, "only be deleted now" in words(late)) == (410, True)
    assert len(list(handed_in())) == 1
    assert client.post(address, {**fields, "receipt_code": code, "action": "delete"}).status_code == 200
    assert not list(handed_in())


def again_is_offered(page: HttpResponse) -> bool:
    (form,) = ParsedPage(page.content.decode()).forms
    return form is not None and 'value="again"' in page.content.decode()


def test_after_the_closing_neither_is_possible(wave: Wave) -> None:
    client, _token = answered(wave)
    code, _fields, _page = receipt_of(client)
    fields = form_of(client.get(f"/r/withdraw/{wave.code}/")).fields
    close_and_freeze(wave=wave)
    for action in ("again", "delete"):
        answer = client.post(f"/r/withdraw/{wave.code}/", {**fields, "receipt_code": code, "action": action})
        assert answer.status_code == 410
    assert not PanelLink.objects.filter(in_exchange=True).exists()
