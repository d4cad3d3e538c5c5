"""The questionnaire of a respondent, from the link to the receipt and back."""

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import signing
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.utils import timezone

from assessments import visitor_limits
from assessments.models import BallotBox, GroupStatement, PanelLink, UnfinishedQuestionnaire, Wave
from assessments.panels.services import waves
from assessments.panels.services.closing import close_and_freeze
from assessments.respond import services
from assessments.respond.access import COOKIE, SALT
from assessments.vocabulary import GroupMode, LinkKind
from attributes.codes import TokenConverter
from msgov.accounts.models import AuditEvent
from tests import builders
from tests.builders.panels import open_wave
from tests.builders.respondents import come_in, fill, form_of, hand_in, new_link, questions
from tests.panels.test_storage import dump

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wave_key")]


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    visitor_limits.forget()


@pytest.fixture(scope="module")
def wave_key(build_once: Callable[[Callable[[], int]], int]) -> int:
    return build_once(lambda: open_wave(["Government", "Business"]).pk)


@pytest.fixture
def wave(db: None, wave_key: int) -> Wave:
    return Wave.objects.get(pk=wave_key)


def stored(wave: Wave, holds: str = "answers") -> list[dict[str, Any]]:
    return [
        entry for ballot_box in BallotBox.objects.filter(group__wave=wave, holds=holds) for entry in ballot_box.content
    ]


def text_of(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


# --- Coming in ---------------------------------------------------------------------------------------------------


def test_opening_the_link_starts_nothing(wave: Wave, client: Client) -> None:
    token = new_link(wave)
    for _time in range(3):
        response = client.get(f"/r/{token}/")
    assert response.status_code == 200
    assert UnfinishedQuestionnaire.objects.count() == 0
    assert not PanelLink.objects.filter(is_used=True).exists()
    assert COOKIE not in response.cookies
    assert token not in response.content.decode()


def test_button_takes_the_token_out_of_the_address(wave: Wave, client: Client) -> None:
    token = new_link(wave)
    response = client.post(f"/r/{token}/")
    cookie = response.cookies[COOKIE]
    assert response["Location"] == "/r/"
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["expires"]) == ("/r/", True, "Lax", "")
    assert signing.loads(cookie.value, salt=SALT) == {"token": token, "began": None}
    assert UnfinishedQuestionnaire.objects.get().link.token_hash == services.token_hash(token)


def test_forged_cookie_opens_nothing(wave: Wave, client: Client) -> None:
    come_in(new_link(wave))
    for value in ("", "x", signing.dumps({"token": "x", "began": None}), signing.dumps("x", salt=SALT)):
        client.cookies[COOKIE] = value
        response = client.get("/r/check/")
        assert response.status_code == 403
        assert "Open the link you were given again" in text_of(response)


def state(wave: Wave, **fields: Any) -> None:
    Wave.objects.filter(pk=wave.pk).update(**fields)


def used(wave: Wave, token: str) -> None:
    PanelLink.objects.filter(token_hash=services.token_hash(token)).update(is_used=True)


def revoked(wave: Wave, token: str) -> None:
    PanelLink.objects.filter(token_hash=services.token_hash(token)).update(is_revoked=True)


def closed(wave: Wave, token: str) -> None:
    close_and_freeze(wave=wave)


def overdue(wave: Wave, token: str) -> None:
    state(wave, closes_on=timezone.localdate() - timedelta(days=2))  # in the hour after midnight yesterday is not over


def preparing(wave: Wave, token: str) -> None:
    state(wave, state="preparing")


def full(wave: Wave, token: str) -> None:
    wave.groups.update(cap=0)


@pytest.mark.parametrize(
    ("happens", "title"),
    [
        (used, "This link has been used"),
        (revoked, "This link is no longer valid"),
        (closed, "No more answers are taken"),
        (overdue, "No more answers are taken"),
        (preparing, "It has not started yet"),
        (full, "This link takes no more answers"),
    ],
)
def test_link_that_is_over_says_why_at_every_address(wave: Wave, client: Client, happens: Any, title: str) -> None:
    token = new_link(wave)
    come_in(token, client)
    happens(wave, token)
    for address in (f"/r/{token}/", "/r/", "/r/q/IT1/", "/r/check/", "/r/pause/"):
        for method in (client.get, client.post):
            response = method(address)
            if happens in (closed, overdue) and address == f"/r/{token}/":
                # What became of it, the same for everybody: tests/feedback.
                assert (response.status_code, response["Location"]) == (302, f"/r/results/{wave.code}/")
            elif response.status_code != 405:
                assert (address, response.status_code) == (address, 410)
                assert title in text_of(response)
    assert client.post("/r/finish/").status_code == 410
    assert stored(wave) == []


def test_unknown_link_says_so(client: Client) -> None:
    response = client.get("/r/no-such-token/")
    assert response.status_code == 404
    assert "There is no such link" in text_of(response)


@pytest.mark.parametrize("behind", [".", ",", ")/", "/)", "/).", "/>", "/%20", "%E2%80%9D"])
def test_signs_behind_a_link_do_no_harm(behind: str, wave: Wave, client: Client) -> None:
    token = new_link(wave, "Business")
    response = client.get(f"/r/{token}{behind}", follow=True)
    assert response.status_code == 200
    assert "Business" in text_of(response)


def test_every_letter_of_a_token_counts() -> None:
    converter = TokenConverter()
    assert converter.to_python("ab-") == "ab-"
    assert converter.to_python("ab_/).”") == "ab_"
    assert converter.to_python("ab/") == "ab"


def test_everything_is_said_before_the_first_question(wave: Wave) -> None:
    state(wave, notice="The council asks,\nbecause it wants to learn.")
    client = come_in(new_link(wave, "Business"))
    text = text_of(client.get("/r/"))
    for words in (
        "because it wants to learn", "Business", " minutes", "Open until", "no single answers",
        "at least 5.", "at least 8 people", "too small", "A technician with access to the database",
        "the connection is deleted", "confidential", "everyone in a group gives the same answer", "receipt code",
    ):  # fmt: skip
        assert words in text, words
    assert "anonym" not in text.lower()


def test_told_what_whoever_hands_out_links_could_do_and_a_higher_threshold() -> None:
    client = come_in(new_link(open_wave(["A", "B"], k=9)))
    text = text_of(client.get("/r/"))
    assert "enough people in it answered: at least 9." in text
    assert "Whoever hands out the links could keep some back and answer with them." in text


# --- Answering ---------------------------------------------------------------------------------------------------


def test_asks_26_items_and_two_in_words() -> None:
    wave = open_wave(["A", "B"])
    asked = questions(wave)
    rated = [item.code for one in asked for item in one.rated]
    words = [key for one in asked for key in one.comment_keys]
    assert len(rated) == 26
    assert words == ["IT", "CR1d", "CR", "ED3b", "ED", "CO"]
    assert not {"IT5c", "CO1a", "CO1d", "CO4b"} & set(rated)
    assert [one.number for one in asked] == list(range(1, len(asked) + 1))


def test_question_page_shows_the_paper_the_anchors_and_progress(wave: Wave) -> None:
    client = come_in(new_link(wave))
    response = client.get("/r/q/IT1/")
    text = text_of(response)
    assert f"Question 1 of {len(questions(wave))}" in text
    item = builders.items().items["IT1a"]
    for anchor in item.anchors:
        assert anchor["en"] in text
    assert builders.items().question("IT1").verbatim["en"] in text
    assert form_of(response).choices["IT1a"] == ["0", "1", "2", "3", "dont_know", "not_applicable", ""]


def test_answers_of_every_kind_are_stored_as_the_method_reads_them(wave: Wave) -> None:
    client = come_in(new_link(wave))
    fill(client, "IT1", "3")
    language, cost, knowledge, culture = [f"IT2b-{option.key}" for option in builders.items().items["IT2b"].options]
    client.post("/r/q/IT2/", {language: "mitigated", cost: "dont_know", knowledge: "", culture: "not_applicable"})
    client.post("/r/q/IT3/", {"IT3b-membership_criteria": "dont_know", "IT3b-restrictions": "dont_know"})
    client.post("/r/q/CR1/", {"CR1a": "not_applicable", "CR1d-words": "We keep\r\nthe pumps. "})
    questionnaire = UnfinishedQuestionnaire.objects.get()
    assert questionnaire.answers == {
        "IT1a": {"state": "answered", "level": 3},
        "IT2b": {
            "state": "answered",
            "options": {
                "language": "mitigated",
                "cost_of_participation": "dont_know",
                "cultural_norms": "not_applicable",
            },
        },
        "IT3b": {"state": "dont_know"},
        "CR1a": {"state": "not_applicable"},
    }
    assert questionnaire.comments == {"CR1d": "We keep\nthe pumps."}


def test_answer_is_taken_back_by_no_answer(wave: Wave) -> None:
    client = come_in(new_link(wave))
    fill(client, "IT1", "3", **{})
    fill(client, "IT1", "")
    assert UnfinishedQuestionnaire.objects.get().answers == {}


@pytest.mark.parametrize(
    ("action", "target"), [("next", "/r/q/IT3/"), ("back", "/r/q/IT1/"), ("stop", "/r/pause/"), ("check", "/r/check/")]
)
def test_every_button_saves(wave: Wave, action: str, target: str) -> None:
    client = come_in(new_link(wave))
    response = fill(client, "IT2", "mitigated", action=action)
    assert response["Location"] == target
    assert list(UnfinishedQuestionnaire.objects.get().answers) == ["IT2b"]


def test_last_question_leads_to_the_check_and_first_back_to_the_start(wave: Wave) -> None:
    client = come_in(new_link(wave))
    last = questions(wave)[-1].code
    assert fill(client, last, action="next")["Location"] == "/r/check/"
    assert fill(client, questions(wave)[0].code, action="back")["Location"] == "/r/"


def test_too_long_comment_is_kept_on_the_page_and_nothing_is_stored(wave: Wave) -> None:
    client = come_in(new_link(wave))
    key = next(one for one in questions(wave) if "IT" in one.comment_keys).code
    response = fill(client, key, **{"IT-words": "x" * 2001})
    assert response.status_code == 422
    page = response.content.decode()
    assert re.search(r"<title>\s*Error: ", page)
    assert "Shorten this to 2000 characters; it has 2001." in page
    assert form_of(response).fields["IT-words"] == "x" * 2001
    assert UnfinishedQuestionnaire.objects.get().answers == {}


@pytest.mark.parametrize("data", [{"IT1a": "9"}, {"IT1a": "answered"}, {"XX9a": "1"}, {"action": "fly"}])
def test_what_the_page_cannot_have_sent_is_refused(wave: Wave, data: dict[str, str]) -> None:
    client = come_in(new_link(wave))
    assert client.post("/r/q/IT1/", data).status_code == 400
    assert UnfinishedQuestionnaire.objects.get().answers == {}


def test_question_that_is_not_asked_does_not_exist(wave: Wave) -> None:
    client = come_in(new_link(wave))
    assert client.get("/r/q/XX1/").status_code == 404


def test_same_link_goes_on_in_another_browser(wave: Wave) -> None:
    token = new_link(wave)
    first, second = come_in(token), come_in(token)
    fill(first, "IT1", "3")
    response = second.post("/r/")
    assert response["Location"] == "/r/q/IT2/"
    assert form_of(second.get("/r/q/IT1/")).fields["IT1a"] == "3"


def test_page_drawn_before_the_other_browser_saved_takes_nothing_back(wave: Wave) -> None:
    token = new_link(wave)
    first, second = come_in(token), come_in(token)
    code = next(one for one in questions(wave) if "CR" in one.comment_keys).code
    old = form_of(second.get(f"/r/q/{code}/")).fields
    fill(first, code, "3", **{"CR-words": "From the phone"})
    answered = dict(UnfinishedQuestionnaire.objects.get().answers)
    second.post(f"/r/q/{code}/", {**old, "CR-words": "From the desk"})
    questionnaire = UnfinishedQuestionnaire.objects.get()
    assert questionnaire.answers == answered
    assert questionnaire.comments["CR"] == "From the desk\n\nFrom the phone"


def test_language_is_chosen_and_marked() -> None:
    wave = open_wave(["A", "B"])
    client = come_in(new_link(wave))
    client.post("/r/", {"language": "xx"})
    assert UnfinishedQuestionnaire.objects.get().language == "en"


# --- Handing in --------------------------------------------------------------------------------------------------


def test_whole_questionnaire_is_handed_in_and_withdrawn(wave: Wave) -> None:
    token = new_link(wave, "Business")
    client = come_in(token)
    client.post("/r/")
    for asked in questions(wave):
        assert fill(client, asked.code).status_code == 302
    check = text_of(client.get("/r/check/"))
    assert "You have answered everything." in check
    response = hand_in(client)
    assert response["Location"] == "/r/receipt/"
    assert client.cookies[COOKIE].value == ""
    (entry,) = stored(wave)
    assert len(entry["answers"]) == 26
    assert [group.received for group in wave.groups.all()] == [0, 1]
    receipt = re.search(r'class="code"[^>]*>([^<]+)<', client.get("/r/receipt/").content.decode())
    assert receipt is not None
    assert client.get("/r/receipt/").status_code == 410
    address = f"/r/withdraw/{wave.code}/"
    wrong = client.post(address, {"receipt_code": "aaaaa-bbbbb-ccccc-ddddd"})
    assert wrong.status_code == 422
    assert "There are no answers with this code here." in text_of(wrong)
    done = client.post(address, {"receipt_code": receipt[1].upper()})
    assert "Your answers are deleted" in text_of(done)
    assert stored(wave) == []
    assert [group.received for group in wave.groups.all()] == [0, 0]
    assert Client().get(f"/r/{token}/").status_code == 410


def test_what_is_left_out_is_listed_with_links(wave: Wave) -> None:
    client = come_in(new_link(wave))
    fill(client, "IT1")
    page = client.get("/r/check/").content.decode()
    assert "Parts left out: 25." in page
    assert "/r/q/CO4/" in page


def test_nothing_answered_is_not_handed_in(wave: Wave) -> None:
    client = come_in(new_link(wave))
    response = client.post("/r/finish/")
    assert response.status_code == 422
    assert "there is nothing to submit." in text_of(response)
    assert UnfinishedQuestionnaire.objects.count() == 1


def test_handing_in_twice_shows_the_same_receipt(wave: Wave) -> None:
    """The answer to the first got lost on the way; the page is sent again."""
    token = new_link(wave)
    client = come_in(token)
    fill(client, "IT1")
    sent = form_of(client.get("/r/check/")).fields
    held = client.cookies[COOKIE].value
    client.post("/r/finish/", sent)
    first = client.cookies["receipt"].value
    client.cookies[COOKIE] = held
    assert client.post("/r/finish/", sent)["Location"] == "/r/receipt/"
    salt = "assessments.receipt"
    assert (
        signing.loads(client.cookies["receipt"].value, salt=salt)["receipt"]
        == signing.loads(first, salt=salt)["receipt"]
    )
    assert len(stored(wave)) == 1
    other = Client()
    other.cookies[COOKIE] = held
    assert other.post("/r/finish/", {}).status_code == 410


def test_receipt_of_somebody_else_is_not_shown_to_a_used_link(wave: Wave) -> None:
    client = come_in(new_link(wave))
    fill(client, "IT1")
    sent = form_of(client.get("/r/check/")).fields
    held = client.cookies[COOKIE].value
    hand_in(client)  # with another code, of a page drawn later
    client.cookies[COOKIE] = held
    assert client.post("/r/finish/", sent).status_code == 410


def test_withdrawal_ends_with_the_wave(wave: Wave, client: Client) -> None:
    address = f"/r/withdraw/{wave.code}/"
    assert client.get(address).status_code == 200
    overdue(wave, "")
    for response in (client.get(address), client.post(address, {"receipt_code": "x"})):
        assert response.status_code == 410
        assert "can no longer be deleted" in text_of(response)


@pytest.mark.parametrize(
    ("seconds", "levels", "flat"),
    [(60, "2222222222", True), (130, "2222222222", False), (60, "2222222221", False), (60, "222222222", False)],
)
def test_straight_lining_is_flagged_and_nothing_else_kept(
    wave: Wave, monkeypatch: pytest.MonkeyPatch, seconds: int, levels: str, flat: bool
) -> None:
    client = come_in(new_link(wave))
    monkeypatch.setattr("time.time", lambda: 1_800_000_000.0)
    client.post("/r/")
    rated = [item.code for one in questions(wave) for item in one.rated if item.anchors]
    answers = {code: {"state": "answered", "level": int(level)} for code, level in zip(rated, levels, strict=False)}
    services.save_questionnaire(questionnaire=UnfinishedQuestionnaire.objects.get(), answers=answers, comments={})
    monkeypatch.setattr("time.time", lambda: 1_800_000_000.0 + seconds)
    hand_in(client)
    (entry,) = stored(wave)
    assert entry["is_flat"] is flat
    assert set(entry) == {"id", "receipt", "answers", "is_flat"}


def test_who_goes_on_elsewhere_is_not_called_quick(wave: Wave) -> None:
    token = new_link(wave)
    first = come_in(token)
    first.post("/r/")
    for asked in questions(wave):
        fill(first, asked.code)
    second = come_in(token)
    second.post("/r/")
    hand_in(second)
    assert stored(wave)[0]["is_flat"] is False


# --- Other ways to answer ----------------------------------------------------------------------------------------


def test_test_run_works_before_the_launch_and_keeps_nothing() -> None:
    organiser = builders.user()
    process = builders.process(organiser=organiser)
    process.groups.create(name="Group")
    wave = waves.prepare_wave(assessment=builders.assessment(process), user=organiser)
    token = new_link(wave, is_test=True)
    boxes = list(BallotBox.objects.values())  # of the wave that all tests share
    client = come_in(token)
    assert "Test run." in text_of(client.get("/r/"))
    fill(client, "IT1")
    assert hand_in(client)["Location"] == "/r/receipt/"
    assert "Nothing has been kept." in text_of(client.get("/r/receipt/"))
    assert UnfinishedQuestionnaire.objects.count() == wave.groups.get().received == 0
    assert list(BallotBox.objects.values()) == boxes
    assert not BallotBox.objects.filter(group__wave=wave).exists()
    come_in(token)
    state(wave, closes_on=timezone.localdate() + timedelta(days=3))
    wave.refresh_from_db()
    waves.launch_wave(wave=wave, user=organiser)
    assert Client().get(f"/r/{token}/").status_code == 404  # deleted with everything of the test run
    assert "The test run is over" in text_of(Client().get(f"/r/{new_link(wave, is_test=True)}/"))


def test_open_link_gives_everybody_a_link_of_their_own(wave: Wave) -> None:
    wave.groups.update(link_kind=LinkKind.OPEN)
    token = new_link(wave, is_open_link=True)
    first, second = come_in(token), come_in(token)
    assert UnfinishedQuestionnaire.objects.count() == 2
    fill(first, "IT1")
    own = {re.search(r"/r/([\w-]{43})/", first.get(page).content.decode())[1] for page in ("/r/", "/r/pause/")}
    assert len(own - {token}) == len(own) == 1
    # The next person at the same device comes by the same link, and is shown nothing of the first.
    come_in(token, first)
    assert "Continue answering" not in text_of(first.get("/r/"))
    assert "You have not answered anything yet" in text_of(first.get("/r/check/"))
    first = elsewhere = come_in(own.pop())
    assert "Continue answering" in text_of(elsewhere.get("/r/"))
    hand_in(first)
    fill(second, "IT1")
    hand_in(second)
    assert [group.received for group in wave.groups.all()] == [2, 0]
    assert Client().get(f"/r/{token}/").status_code == 200


def test_group_on_the_record_says_who_answers_for_it() -> None:
    wave = open_wave(["Union", "Business"], on_record=["Union"])
    client = come_in(new_link(wave, "Union"))
    text = text_of(client.get("/r/"))
    assert "openly and in its own name" in text
    assert "no single answers" not in text
    fill(client, "IT1", "3")
    sent = form_of(client.get("/r/check/")).fields
    missing = client.post("/r/finish/", sent)
    assert missing.status_code == 422
    assert re.search(r"<title>\s*Error: ", missing.content.decode())
    # Everything that is missing is named at once.
    assert {"#id_filed_by", "#id_how_agreed"} == set(re.findall(r'href="(#id_\w+)"', missing.content.decode()))
    named = {"filed_by": "Ana", "capacity": "Chair", "how_agreed": "By vote."}
    assert client.post("/r/finish/", {**sent, **named})["Location"] == "/r/receipt/"
    assert "on the record" in text_of(client.get("/r/receipt/"))
    statement = GroupStatement.objects.get()
    assert statement.group.mode == GroupMode.ON_RECORD
    assert (statement.filed_by, statement.capacity, statement.how_agreed) == ("Ana", "Chair", "By vote.")
    assert statement.answers == {"IT1a": {"state": "answered", "level": 3}}
    assert (stored(wave), statement.group.received) == ([], 1)
    assert "Your group has answered" in text_of(Client().get(f"/r/{new_link(wave, 'Union')}/"))


def test_device_forgets_the_link(wave: Wave) -> None:
    client = come_in(new_link(wave))
    assert "has forgotten" in text_of(client.post("/r/pause/"))
    assert client.cookies[COOKIE].value == ""
    assert client.cookies[COOKIE]["path"] == "/r/"


def test_words_are_given_back_where_the_cookie_is_gone(client: Client) -> None:
    response = client.post("/r/q/CR1/", {"CR1d-words": "We look after the pumps."})
    assert response.status_code == 403
    assert "We look after the pumps." in response.content.decode()


# --- Nothing else is known ---------------------------------------------------------------------------------------


def test_no_session_no_user_no_cache_and_no_event(wave: Wave) -> None:
    """Also where somebody with an account answers in the browser they are signed in with."""
    client = Client()
    client.force_login(builders.user())
    sessions = list(Session.objects.values())
    token = new_link(wave)
    come_in(token, client)
    answers = [client.get(f"/r/{token}/"), client.get("/r/"), client.post("/r/"), fill(client, "IT1")]
    answers += [client.get("/r/check/"), client.get("/r/pause/"), hand_in(client), client.get("/r/receipt/")]
    for response in answers:
        assert not hasattr(response.wsgi_request, "_cached_user")
        assert response["Cache-Control"] == "no-store, private"
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert response["Referrer-Policy"] == "strict-origin"
    assert list(Session.objects.values()) == sessions
    assert not AuditEvent.objects.exclude(action__startswith="login").filter(action__contains="respon").exists()
    assert caches["default"].get("respondent") is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM msgov_cache")
        assert cursor.fetchone() == (0,)


def test_dump_of_the_database_after_the_pages_names_neither_link_nor_receipt_nor_time(
    wave: Wave, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.time", lambda: 1_912_345_678.0)
    token = new_link(wave)
    client = come_in(token)
    client.post("/r/")
    fill(client, "CR1", **{"CR1d-words": "A rare word: quokka"})
    assert hand_in(client)["Location"] == "/r/receipt/"
    receipt = re.search(r'class="code"[^>]*>([^<]+)<', client.get("/r/receipt/").content.decode())
    assert receipt is not None
    tables = {table: repr(rows) for table, rows in dump().items()}
    for secret in (token, receipt[1], receipt[1].replace("-", ""), "1912345678", "127.0.0.1"):
        assert [table for table, rows in tables.items() if secret in rows] == [], secret
    assert [table for table, rows in tables.items() if "quokka" in rows] == [BallotBox._meta.db_table]


def test_link_page_sends_its_address_to_nobody(wave: Wave, client: Client) -> None:
    page = client.get(f"/r/{new_link(wave)}/").content.decode()
    assert page.index('name="referrer" content="strict-origin"') < page.index("stylesheet")
    assert "<script" not in page


def test_refused_form_sends_the_address_of_its_link_to_nobody(wave: Wave) -> None:
    """Its page is that of the whole site, with more style sheets: a proxy logs where requests for these come from."""
    refused = Client(enforce_csrf_checks=True).post(f"/r/{new_link(wave)}/")
    assert (refused.status_code, refused["Referrer-Policy"]) == (403, "strict-origin")


def test_panels_are_not_in_the_admin_site() -> None:
    from django.contrib import admin  # noqa: PLC0415 (its registry is looked at)

    registered = {model.__name__ for model in admin.site._registry}
    assert not registered & {
        "Wave",
        "WaveGroup",
        "PanelLink",
        "UnfinishedQuestionnaire",
        "BallotBox",
        "PanelComment",
        "WaveSnapshot",
    }


# --- Limits ------------------------------------------------------------------------------------------------------


@pytest.fixture
def still_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """No window ends while a slow machine is still counting."""
    monkeypatch.setattr(visitor_limits, "time", SimpleNamespace(monotonic=lambda: 1000.0))


@pytest.mark.usefixtures("still_clock")
def test_guessing_links_is_slowed_down(client: Client, wave: Wave) -> None:
    amount = visitor_limits.AMOUNTS[visitor_limits.UNKNOWN_LINKS]
    answers = {client.get(f"/r/guess{number}/").status_code for number in range(amount)}
    assert answers == {404}
    refused = client.get("/r/guess/")
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert client.get(f"/r/{new_link(wave)}/").status_code == 200  # a good link is never held up


def test_whole_office_behind_one_address_can_answer(wave: Wave) -> None:
    for _person in range(visitor_limits.AMOUNTS[visitor_limits.UNKNOWN_LINKS] + 5):
        client = Client()
        token = new_link(wave)
        assert client.get(f"/r/{token}/").status_code == 200
        come_in(token, client)


@pytest.mark.usefixtures("still_clock")
def test_receipt_codes_cannot_be_tried_for_ever(wave: Wave, client: Client) -> None:
    address = f"/r/withdraw/{wave.code}/"
    for _time in range(visitor_limits.AMOUNTS[visitor_limits.WRONG_RECEIPTS]):
        assert client.post(address, {"receipt_code": "wrong"}).status_code == 422
    assert client.post(address, {"receipt_code": "wrong"}).status_code == 429


# --- What it costs -----------------------------------------------------------------------------------------------


def test_queries_do_not_grow_with_respondents(wave: Wave, django_assert_num_queries: Any) -> None:
    client = come_in(new_link(wave))
    fill(client, "IT1")
    # One for the link, one for words that administrators wrote; the first page names who reads the comments.
    addresses = {"/r/": 3, "/r/q/IT1/": 2, "/r/check/": 2, "/r/pause/": 2}
    for more in (0, 10):
        for _person in range(more):
            fill(come_in(new_link(wave)), "IT1")
        for address, queries in addresses.items():
            with django_assert_num_queries(queries) as sent:
                client.get(address)
            # The document of the question set is large, and in memory.
            assert not [entry["sql"] for entry in sent if '"attributes_questionset"."document"' in entry["sql"]]
