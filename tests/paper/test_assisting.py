"""Answers from paper: entered one after another, counted, taken back, and told from others by nothing."""

import pytest
from django.test import Client

from assessments import visitor_limits
from assessments.documents.panel import PanelDocument
from assessments.exceptions import NotAllowed
from assessments.headlines import panel_sentences
from assessments.models import BallotBox, PanelLink, PaperAssistant, UnfinishedQuestionnaire, Wave, WaveGroup
from assessments.panels.asked import asked_groups, coded_groups
from assessments.panels.rechecking import recheck_wave
from assessments.panels.services.closing import close_and_freeze
from assessments.panels.services.stopping import close_early
from assessments.panels.services.waves import reopen_wave
from assessments.panels.views.overview import group_row
from assessments.paper.services.paper import MOST_ASSISTANTS, dismiss_assistant, name_assistant
from assessments.respond import services
from assessments.respond.receipts import is_paper_receipt, new_paper_receipt
from assessments.respond.taking_back import withdraw
from tests.builders.arabic import arabic_wave
from tests.builders.panels import in_days, open_wave, put
from tests.builders.respondents import come_in, fill, hand_in, new_link
from tests.forms_in_pages import PageForm, ParsedPage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_was_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitor_limits, "WINDOW", 10**9)  # the minute never ends
    visitor_limits.forget()


@pytest.fixture
def wave() -> Wave:
    return open_wave(["Villages", "Business"])


@pytest.fixture
def group(wave: Wave) -> WaveGroup:
    found: WaveGroup = wave.groups.get(name="Villages")
    found.wave = wave
    return found


@pytest.fixture
def assistant(group: WaveGroup) -> Client:
    return assisting(group)


def assisting(group: WaveGroup) -> Client:
    """The browser of somebody who has begun to enter sheets."""
    token = name_assistant(group=group, user=group.wave.created_by, name="M. Reyes", of_organiser=False)
    client = Client()
    assert "M. Reyes" in client.get(f"/r/assist/{token}/").content.decode()
    assert client.post(f"/r/assist/{token}/")["Location"] == "/r/assist/"
    return client


def sheet(client: Client) -> PageForm:
    """The empty sheet."""
    return sheet_in(client.get("/r/assist/").content.decode())


def sheet_in(page: str) -> PageForm:
    """The form of the sheet on a page."""
    return next(form for form in ParsedPage(page).forms if "slip_code" in form.fields)


def received(group: WaveGroup) -> tuple[int, int]:
    row = WaveGroup.objects.get(pk=group.pk)
    return row.received, row.by_assistant


def entries(group: WaveGroup) -> list[dict[str, object]]:
    """Everything in the ballot boxes of a group."""
    return [entry for box in BallotBox.objects.filter(group=group) for entry in box.content]


# --- Entering ----------------------------------------------------------------------------------------------------


def test_sheets_are_entered_one_after_another_and_counted(group: WaveGroup, assistant: Client) -> None:
    for number, level in enumerate(("2", "0"), 1):
        response = assistant.post("/r/assist/", {**sheet(assistant).fields, "IT1a": level, "IT-words": "The road"})
        page = " ".join(response.content.decode().split())
        assert response.status_code == 200
        assert f"Sheets entered in this browser: {number}." in page
        assert "selected" not in page
        assert "The road" not in page
    assert received(group) == (2, 2)
    levels = [entry["answers"]["IT1a"]["level"] for entry in entries(group) if "answers" in entry]  # type: ignore[index]
    assert sorted(levels) == [0, 2]
    assert not UnfinishedQuestionnaire.objects.exists()


def test_what_is_entered_looks_like_any_other_answer(group: WaveGroup, assistant: Client) -> None:
    client = come_in(new_link(group.wave, "Villages"))
    fill(client, "IT1", **{"IT1a": "2"})
    hand_in(client)
    assistant.post("/r/assist/", {**sheet(assistant).fields, "IT1a": "2"})
    by_link, by_paper = [entry for entry in entries(group) if "answers" in entry]
    assert {name: type(value) for name, value in by_link.items()} == {
        name: type(value) for name, value in by_paper.items()
    }
    assert len(str(by_link["receipt"])) == len(str(by_paper["receipt"]))


def test_no_link_is_used_and_none_of_the_assistant_tells_what_they_entered(group: WaveGroup, assistant: Client) -> None:
    new_link(group.wave, "Villages")
    before = list(PaperAssistant.objects.values())
    assistant.post("/r/assist/", {**sheet(assistant).fields, "IT1a": "2"})
    assert not PanelLink.objects.filter(is_used=True).exists()
    assert list(PaperAssistant.objects.values()) == before


def test_a_page_sent_twice_enters_one_sheet(group: WaveGroup, assistant: Client) -> None:
    filled = {**sheet(assistant).fields, "IT1a": "2"}
    first, second = (assistant.post("/r/assist/", filled) for _time in range(2))
    assert first.status_code == second.status_code == 200
    assert received(group) == (1, 1)


def test_what_is_wrong_is_said_and_everything_typed_is_kept(group: WaveGroup, assistant: Client) -> None:
    response = assistant.post(
        "/r/assist/", {**sheet(assistant).fields, "IT1a": "2", "IT-words": "Roads", "slip_code": "x"}
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "This is not the code of a slip." in page
    form = sheet_in(page)
    assert (form.fields["IT1a"], form.fields["IT-words"], form.fields["slip_code"]) == ("2", "Roads", "x")
    assert received(group) == (0, 0)
    empty = assistant.post("/r/assist/", sheet(assistant).fields)
    assert empty.status_code == 422
    assert "Nothing has been chosen or written yet." in empty.content.decode()


def test_another_language_keeps_what_was_typed_and_enters_nothing() -> None:
    wave = arabic_wave()
    group = wave.groups.get(name="Business")
    group.wave = wave
    assistant = assisting(group)
    form = sheet(assistant)
    sent = {**form.fields, "IT1a": "2", "IT-words": "Half a sentence", "slip_code": "not a slip"}
    page = assistant.post("/r/assist/", {**sent, "choose": "ar"})
    assert (page.status_code, page["Content-Language"]) == (200, "ar")
    kept = sheet_in(page.content.decode())
    assert (kept.fields["IT1a"], kept.fields["IT-words"]) == ("2", "Half a sentence")
    assert (kept.fields["slip_code"], kept.fields["receipt_code"]) == ("not a slip", form.fields["receipt_code"])
    assert 'class="errors"' not in page.content.decode()
    assert received(group) == (0, 0)
    assert sheet(assistant).fields["IT-words"] == ""
    assert assistant.get("/r/assist/")["Content-Language"] == "ar"
    assert assistant.post("/r/assist/", {**kept.fields, "slip_code": ""}).status_code == 200
    assert received(group) == (1, 1)


def test_what_no_page_of_ours_sends_is_refused(group: WaveGroup, assistant: Client) -> None:
    for wrong in ({"IT1a": "17"}, {"receipt_code": "forged"}):
        assert assistant.post("/r/assist/", {**sheet(assistant).fields, "IT1a": "2", **wrong}).status_code == 400
    assert received(group) == (0, 0)


def test_not_more_sheets_than_people_were_invited(group: WaveGroup, assistant: Client) -> None:
    """Who has begun by a link is counted in: they were let in, and can hand in."""
    WaveGroup.objects.filter(pk=group.pk).update(cap=2)
    begun = come_in(new_link(group.wave, "Villages"))
    fill(begun, "IT1", **{"IT1a": "1"})
    assert assistant.post("/r/assist/", {**sheet(assistant).fields, "IT1a": "2"}).status_code == 200
    refused = assistant.post("/r/assist/", {**sheet(assistant).fields, "IT1a": "3"})
    assert refused.status_code == 422
    assert received(group) == (1, 1)
    assert hand_in(begun).status_code == 302
    assert received(group) == (2, 1)


# --- Receipts ----------------------------------------------------------------------------------------------------


def test_a_slip_takes_its_sheet_back_and_no_longer_counts_it(group: WaveGroup, assistant: Client) -> None:
    slip, other = new_paper_receipt(), new_paper_receipt()
    for code in (slip, other):
        assistant.post(
            "/r/assist/", {**sheet(assistant).fields, "IT1a": "2", "IT-words": "x", "slip_code": code.upper()}
        )
    again = assistant.post("/r/assist/", {**sheet(assistant).fields, "IT1a": "2", "slip_code": slip})
    assert again.status_code == 422
    assert "A sheet with this code has been entered already." in again.content.decode()
    assert withdraw(wave=group.wave, receipt=slip)
    assert received(group) == (1, 1)
    assert len(entries(group)) == 2


def test_without_a_slip_a_receipt_is_shown_once(group: WaveGroup, assistant: Client) -> None:
    page = assistant.post("/r/assist/", {**sheet(assistant).fields, "IT1a": "2"}).content.decode()
    (receipt,) = [word for word in page.replace("<", " ").replace(">", " ").split() if is_paper_receipt(word)]
    assert withdraw(wave=group.wave, receipt=receipt)
    assert received(group) == (0, 0)
    assert receipt not in assistant.get("/r/assist/").content.decode()


def test_taking_back_what_came_by_a_link_leaves_the_number_of_sheets(group: WaveGroup, assistant: Client) -> None:
    assistant.post("/r/assist/", {**sheet(assistant).fields, "IT1a": "2"})
    client = come_in(new_link(group.wave, "Villages"))
    fill(client, "IT1", **{"IT1a": "2"})
    link = services.begin(link=PanelLink.objects.get(group=group, is_used=False))[0]
    receipt = services.finish(questionnaire=link)
    assert not is_paper_receipt(receipt)
    assert received(group) == (2, 1)
    withdraw(wave=group.wave, receipt=receipt)
    assert received(group) == (1, 1)


# --- Who may -----------------------------------------------------------------------------------------------------


def test_a_link_taken_back_or_a_wave_that_is_over_enters_nothing(group: WaveGroup, assistant: Client) -> None:
    filled = {**sheet(assistant).fields, "IT1a": "2"}
    dismiss_assistant(assistant=PaperAssistant.objects.select_related("group__wave").get(), user=group.wave.created_by)
    assert assistant.get("/r/assist/").status_code == 410
    assert assistant.post("/r/assist/", filled).status_code == 410
    late = assisting(group)
    filled = {**sheet(late).fields, "IT1a": "2"}
    close_and_freeze(wave=group.wave)
    assert late.post("/r/assist/", filled).status_code == 410
    assert received(group) == (0, 0)


def test_assistants_are_named_for_groups_that_answer_confidentially_and_not_without_end(wave: Wave) -> None:
    group = wave.groups.first()
    group.wave = wave
    for number in range(MOST_ASSISTANTS):
        name_assistant(group=group, user=wave.created_by, name=f"A{number}", of_organiser=True)
    with pytest.raises(NotAllowed):
        name_assistant(group=group, user=wave.created_by, name="A", of_organiser=True)
    on_record = open_wave(["Union", "Business"], on_record=["Union"]).groups.get(name="Union")
    with pytest.raises(NotAllowed):
        name_assistant(group=on_record, user=wave.created_by, name="A", of_organiser=True)


def test_two_assistants_of_one_name_could_not_be_told_apart(group: WaveGroup) -> None:
    client = Client()
    client.force_login(group.wave.created_by)
    address = f"/assessments/{group.wave.assessment.code}/panel/paper/{group.pk}/"
    assert client.post(address, {"name": "M. Reyes"}).status_code == 200
    refused = client.post(address, {"name": "m. reyes"})
    assert refused.status_code == 422
    assert "Somebody of this name enters sheets of this group already" in refused.content.decode()
    assert client.post(address, {"name": "M. Reyes, city library"}).status_code == 200
    client.post(f"{address}dismiss/", {"assistant": PaperAssistant.objects.get(name="M. Reyes").pk})
    assert client.post(address, {"name": "M. Reyes"}).status_code == 200


def test_a_wave_that_takes_no_answers_any_more_offers_no_paper(wave: Wave) -> None:
    client = Client()
    client.force_login(wave.created_by)
    group = wave.groups.first()
    pages = [
        f"/assessments/{wave.assessment.code}/panel/paper/",
        f"/assessments/{wave.assessment.code}/panel/paper/{group.pk}/",
    ]
    over = "The wave takes no answers any more"
    offered = ("Where sheets are given back", "Slips to print", "Make a link for this person")
    before = "".join(client.get(page).content.decode() for page in pages)
    assert over not in before
    assert all(offer in before for offer in offered)
    close_early(wave=wave, user=wave.created_by)
    for page in pages:
        text = client.get(page).content.decode()
        assert over in text
        assert not [offer for offer in offered if offer in text]
        assert "once the wave has been launched" not in text
    assert client.post(pages[1], {"name": "M. Reyes"}).status_code == 422
    assert not PaperAssistant.objects.exists()


def test_the_link_is_shown_once_and_its_token_is_not_stored(group: WaveGroup) -> None:
    client = Client()
    client.force_login(group.wave.created_by)
    address = f"/assessments/{group.wave.assessment.code}/panel/paper/{group.pk}/"
    page = client.post(address, {"name": "M. Reyes"}).content.decode()
    token = page.partition("/r/assist/")[2].partition("/")[0]
    assert Client().get(f"/r/assist/{token}/").status_code == 200
    assert token not in client.get(address).content.decode()
    assert token not in str(list(PaperAssistant.objects.values()))
    assert client.post(address, {"name": ""}).status_code == 422
    assert client.post(f"{address}dismiss/", {"assistant": PaperAssistant.objects.get().pk}).status_code == 302
    assert Client().get(f"/r/assist/{token}/").status_code == 410


# --- What is told ------------------------------------------------------------------------------------------------


def test_how_many_came_on_paper_is_told_where_the_number_of_answers_is(group: WaveGroup, assistant: Client) -> None:
    assistant.post("/r/assist/", {**sheet(assistant).fields, "IT1a": "2"})
    assert group_row(group.wave, WaveGroup.objects.get(pk=group.pk)).assisted == ""
    put(group.wave, "Villages", [{"IT1a": 2}] * 4)
    assert group_row(group.wave, WaveGroup.objects.get(pk=group.pk)).assisted == "Entered by an assistant: 1 of 5"


def documents(group: WaveGroup, sheets: int, *, answers: int = 6) -> tuple[PanelDocument, PanelDocument]:
    """Both documents of the wave, closed with so many answers in each group, of which some of one came on paper."""
    for name in ("Villages", "Business"):
        put(group.wave, name, [{"IT1a": number % 4} for number in range(answers)])
    WaveGroup.objects.filter(pk=group.pk).update(by_assistant=sheets)
    snapshot = close_and_freeze(wave=group.wave)
    assert snapshot is not None
    assert recheck_wave([snapshot]) == [[]]
    return PanelDocument.model_validate(snapshot.document), PanelDocument.model_validate(snapshot.public)


def test_a_result_says_how_many_came_on_paper_and_nobody_else_is_told_of_a_few(group: WaveGroup) -> None:
    restricted, public = documents(group, 3)
    (villages, business) = restricted.groups
    assert (villages.by_assistant, business.by_assistant, restricted.by_assistant) == (3, None, 3)
    assert panel_sentences.links(restricted, villages) == "entered by an assistant: 3 of 6; 0 personal links made"
    assert panel_sentences.on_paper(restricted).startswith("3 answers came on paper")
    assert [one.by_assistant for one in public.groups] == [None, None]
    assert public.groups[0].links is not None
    assert public.groups[0].links.used is None
    assert public.by_assistant is None
    assert "by_assistant" not in public.model_dump(mode="json")
    assert panel_sentences.on_paper(public) == ""


def test_from_the_threshold_on_everybody_is_told_how_many_came_on_paper(group: WaveGroup) -> None:
    restricted, public = documents(group, 5)
    assert (restricted.by_assistant, public.by_assistant) == (5, 5)
    assert public.groups[0].by_assistant is None


def test_of_a_group_that_is_not_shown_by_itself_nothing_is_told(group: WaveGroup) -> None:
    restricted, public = documents(group, 2, answers=3)
    for document in (restricted, public):
        assert [one.by_assistant for one in document.groups] == [None, None]
        assert document.by_assistant is None


def test_a_later_result_says_of_the_same_answers_what_the_first_said(group: WaveGroup) -> None:
    documents(group, 3)
    reopen_wave(wave=group.wave, user=group.wave.created_by, reason="Late", closes_on=in_days(3))
    put(group.wave, "Business", [{"IT1a": 1}] * 6)
    WaveGroup.objects.filter(wave=group.wave).update(by_assistant=4)
    snapshot = close_and_freeze(wave=group.wave)
    assert snapshot is not None
    later = PanelDocument.model_validate(snapshot.document)
    assert (later.groups[0].received, later.groups[0].by_assistant) == (6, 3)
    assert (later.groups[1].received, later.groups[1].by_assistant) == (12, 4)


def test_where_sheets_were_entered_nobody_knows_that_everybody_answered_once(group: WaveGroup) -> None:
    WaveGroup.objects.filter(pk=group.pk).update(everybody=True, invited=1)
    new_link(group.wave, "Villages")
    for sheets, everybody in ((0, True), (1, False)):
        WaveGroup.objects.filter(pk=group.pk).update(by_assistant=sheets)
        (asked,) = [one for one in asked_groups(coded_groups(group.wave), None) if one.name == "Villages"]
        assert asked.links is not None
        assert asked.links.everybody is everybody
