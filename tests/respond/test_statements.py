"""Groups on the record: several people prepare one response, it can be read, printed and corrected by its link."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from assessments.models import GroupStatement, PanelLink, UnfinishedQuestionnaire, Wave
from assessments.panels.services.closing import close_and_freeze
from assessments.respond import services
from assessments.results.frozen import statements_of
from assessments.wording.shipped import shipped
from msgov.accounts.models import AuditEvent
from tests.builders.panels import open_wave
from tests.builders.respondents import come_in, fill, form_of, new_link
from tests.forms_in_pages import ParsedPage
from tests.results.test_disagreement_pages import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wave_key")]
NAMED = {"filed_by": "Ana", "capacity": "Chair", "prepared_by": "Ana\nThe board", "how_agreed": "By vote."}


@pytest.fixture(scope="module")
def wave_key(build_once: Callable[[Callable[[], int]], int]) -> int:
    return build_once(lambda: open_wave(["Union", "Business"], on_record=["Union"]).pk)


@pytest.fixture
def wave(db: None, wave_key: int) -> Wave:
    return Wave.objects.get(pk=wave_key)


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return plain(re.sub(r"</?bdi[^>]*>", "", response.content.decode()))


def file(client: Client, **named: str) -> str:
    """Press the button on the check page; return where it leads."""
    form = form_of_check(client)
    response = client.post("/r/finish/", {**form, **NAMED, **named})
    return str(response.headers.get("Location", response.status_code))


def form_of_check(client: Client) -> dict[str, str]:
    (form,) = [form for form in forms_of(client, "/r/check/") if "receipt_code" in form]
    return form


def forms_of(client: Client, address: str) -> list[dict[str, str]]:
    return [form.fields for form in ParsedPage(client.get(address).content.decode()).forms]


@pytest.fixture
def filed(wave: Wave) -> str:
    """The token of the link by which the group has filed its response."""
    token = new_link(wave, "Union")
    client = come_in(token)
    fill(client, "IT1", "3", initials="AK")
    assert file(client) == "/r/receipt/"
    return token


def test_what_was_filed_is_read_printed_and_saved_by_the_same_link(wave: Wave, filed: str) -> None:
    client = Client()
    assert client.get(f"/r/{filed}/").headers["Location"] == "/r/filed/"
    text = text_of(client, "/r/filed/")
    for words in ("The response of your group", "Filed by: Ana, Chair", "Prepared by: Ana, The board", "By vote."):
        assert words in text
    saved = client.get("/r/filed/?as=text")
    assert saved.headers["Content-Disposition"] == 'attachment; filename="response.txt"'
    assert "Filed by: Ana, Chair" in saved.content.decode()
    close_and_freeze(wave=wave)
    assert client.get(f"/r/{filed}/").headers["Location"] == "/r/filed/"
    text = text_of(client, "/r/filed/")
    assert ("can no longer be changed" in text, "Correct the response" in text) == (True, False)


def test_a_response_is_corrected_until_the_closing_with_its_day_and_the_organiser_is_told(
    wave: Wave, filed: str
) -> None:
    client = Client()
    client.get(f"/r/{filed}/")
    assert client.post("/r/filed/", {"do": "correct"}).headers["Location"] == "/r/check/"
    assert "You are correcting a response" in text_of(client, "/r/check/")
    assert form_of_check(client)["filed_by"] == "Ana"
    fill(client, "IT1", "1")
    assert GroupStatement.objects.get().answers["IT1a"]["level"] == 3  # until it is handed in
    assert file(client, filed_by="", capacity="The board") == "/r/receipt/"
    statement = GroupStatement.objects.get()
    assert (statement.answers["IT1a"]["level"], statement.corrected_on) == (1, wave.today)
    earlier = statement.earlier.get()
    assert (earlier.answers["IT1a"]["level"], earlier.filed_by) == (3, "Ana")
    assert wave.groups.get(name="Union").received == 1
    assert AuditEvent.objects.filter(action="statement.corrected").count() == 1
    (line,) = statements_of(wave.pk)
    assert (line.who, line.corrected_on) == ("The board", wave.today.isoformat())


def test_a_correction_that_was_not_handed_in_leaves_the_response_as_it_was(wave: Wave, filed: str) -> None:
    client = Client()
    client.get(f"/r/{filed}/")
    client.post("/r/filed/", {"do": "correct"})
    fill(client, "IT1", "1")
    client.post("/r/filed/", {"do": "discard"})
    assert not UnfinishedQuestionnaire.objects.exists()
    client.post("/r/filed/", {"do": "correct"})
    fill(client, "IT1", "1")
    close_and_freeze(wave=wave)
    assert GroupStatement.objects.get().answers["IT1a"]["level"] == 3
    assert client.post("/r/filed/", {"do": "correct"}).headers["Location"] == "/r/filed/"
    assert not UnfinishedQuestionnaire.objects.exists()


def test_nobody_but_whoever_has_the_link_reads_or_corrects_it(wave: Wave, filed: str) -> None:
    other = come_in(new_link(wave, "Business"))
    assert other.get("/r/filed/").status_code == 410
    assert other.post("/r/filed/", {"do": "correct"}).status_code == 410
    assert Client().get("/r/filed/").status_code == 403
    client = Client()
    client.get(f"/r/{filed}/")
    PanelLink.objects.filter(is_used=True).update(is_revoked=True)
    assert client.get("/r/filed/").status_code == 410


def test_a_name_or_an_office_is_enough(wave: Wave) -> None:
    client = come_in(new_link(wave, "Union"))
    fill(client, "IT1")
    assert "What you write here is published" in text_of(client, "/r/check/")
    assert file(client, filed_by="", capacity="") == "422"
    assert file(client, filed_by="", capacity="The board", prepared_by="") == "/r/receipt/"
    (line,) = statements_of(wave.pk)
    assert (line.who, line.prepared_by) == ("The board", "")


def test_two_people_who_change_one_page_see_both_and_choose(wave: Wave) -> None:
    token = new_link(wave, "Union")
    ana, ben = come_in(token), come_in(token)
    drawn = form_of(ben.get("/r/q/IT1/"))
    fill(ana, "IT1", "3", initials="AK")
    clash = ben.post("/r/q/IT1/", {**drawn.fields, "IT1a": "1", "initials": "BB"})
    text = plain(clash.content.decode())
    assert (clash.status_code, "Somebody else changed this page" in text) == (409, True)
    assert re.search(r"Stored now Fully .* Yours Partially", text)
    questionnaire = UnfinishedQuestionnaire.objects.get()
    assert questionnaire.answers["IT1a"]["level"] == 3
    assert re.search(r"Last saved by AK ?\.", text)
    again = {**form_in(clash.content.decode()), "IT1a": "1"}
    assert ben.post("/r/q/IT1/", again).status_code == 302
    questionnaire.refresh_from_db()
    assert (questionnaire.answers["IT1a"]["level"], questionnaire.saved_by) == (1, {"IT1": "BB"})


def form_in(html: str) -> dict[str, str]:
    (form,) = ParsedPage(html).forms
    return form.fields


def test_initials_are_asked_of_groups_on_the_record_alone(wave: Wave) -> None:
    union, business = come_in(new_link(wave, "Union")), come_in(new_link(wave, "Business"))
    assert 'name="initials"' in union.get("/r/q/IT1/").content.decode()
    assert 'name="initials"' not in business.get("/r/q/IT1/").content.decode()
    fill(business, "IT1", initials="BB")
    assert UnfinishedQuestionnaire.objects.get(link__group__name="Business").saved_by == {}
    assert "initials" not in business.cookies


def test_questions_are_printed_before_they_are_answered(wave: Wave) -> None:
    client = come_in(new_link(wave, "Union"))
    assert f"/r/paper/{wave.code}/en/" in client.get("/r/").content.decode()


def test_nothing_on_the_way_of_a_group_on_the_record_is_called_confidential(wave: Wave) -> None:
    token = new_link(wave, "Union")
    client = Client()
    seen = [client.get(f"/r/{token}/")]
    come_in(token, client)
    seen += [client.get(address) for address in ("/r/", "/r/q/IT1/", "/r/pause/")]
    fill(client, "IT1")
    seen += [client.get("/r/check/")]
    assert file(client) == "/r/receipt/"
    seen += [client.get("/r/receipt/"), client.get("/r/receipt/")]
    client.get(f"/r/{token}/")
    seen += [client.get("/r/filed/"), client.get("/r/filed/?as=text")]
    close_and_freeze(wave=wave)
    seen += [client.get("/r/filed/"), client.get("/r/q/IT1/")]
    denied = shipped("en")["told.record_intro"]
    for response in seen:
        assert "confidential" not in response.content.decode().replace(denied, "").lower()
    assert mail.outbox == []


def between(monkeypatch: pytest.MonkeyPatch, name: str, act: Callable[[], object]) -> list[int]:
    """Let somebody else do something once, after a page was compared and before its answers are stored."""
    done: list[int] = []
    service = getattr(services, name)

    def wrapped(**arguments: Any) -> Any:
        if not done:
            done.append(1)
            act()
        return service(**arguments)

    monkeypatch.setattr(services, name, wrapped)
    return done


def test_who_saves_between_the_comparison_and_the_save_is_not_overwritten(
    wave: Wave, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = new_link(wave, "Union")
    ana, ben = come_in(token), come_in(token)
    drawn = form_of(ben.get("/r/q/IT1/"))
    came_between = between(monkeypatch, "save_questionnaire", lambda: fill(ana, "IT1", "3", initials="AK"))
    clash = ben.post("/r/q/IT1/", {**drawn.fields, "IT1a": "1", "initials": "BB"})
    assert (came_between, clash.status_code) == ([1], 409)
    assert re.search(r"Stored now Fully .* Yours Partially", plain(clash.content.decode()))
    assert UnfinishedQuestionnaire.objects.get().answers["IT1a"]["level"] == 3
    again = {**form_in(clash.content.decode()), "IT1a": "1"}
    assert ben.post("/r/q/IT1/", again).status_code == 302
    assert UnfinishedQuestionnaire.objects.get().answers["IT1a"]["level"] == 1


def test_who_saves_something_else_in_between_keeps_it_and_nobody_is_asked(
    wave: Wave, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = new_link(wave, "Union")
    ana, ben = come_in(token), come_in(token)
    drawn = form_of(ben.get("/r/q/CR1/"))
    between(
        monkeypatch, "save_questionnaire", lambda: ana.post("/r/q/CR1/", {"CR1a": "3", "seen": drawn.fields["seen"]})
    )
    assert ben.post("/r/q/CR1/", {**drawn.fields, "CR1b": "1"}).status_code == 302
    answers = UnfinishedQuestionnaire.objects.get().answers
    assert (answers["CR1a"]["level"], answers["CR1b"]["level"]) == (3, 1)


def test_a_page_that_is_left_takes_nobodys_place(wave: Wave) -> None:
    token = new_link(wave, "Union")
    ana, ben = come_in(token), come_in(token)
    drawn = form_of(ben.get("/r/q/CR1/"))
    fill(ana, "CR1", "3")
    chosen = {**drawn.fields, "CR1a": "1", "action": "leave"}
    assert ben.post("/r/q/CR1/", chosen).status_code == 204
    assert UnfinishedQuestionnaire.objects.get().answers["CR1a"]["level"] == 3


@pytest.mark.parametrize("is_late", [False, True])
def test_nobody_hands_in_what_was_changed_since_they_read_it(
    wave: Wave, monkeypatch: pytest.MonkeyPatch, is_late: bool
) -> None:
    token = new_link(wave, "Union")
    ana, ben = come_in(token), come_in(token)
    fill(ana, "IT1", "3")
    check = form_of_check(ben)

    def change() -> None:
        fill(ana, "IT1", "1")

    if is_late:
        between(monkeypatch, "finish_on_record", change)
    else:
        change()
    refused = ben.post("/r/finish/", {**check, **NAMED})
    assert (refused.status_code, GroupStatement.objects.exists()) == (409, False)
    text = plain(refused.content.decode())
    assert "Nothing has been submitted. Below is what is stored now" in text
    (form,) = [found.fields for found in ParsedPage(refused.content.decode()).forms if "receipt_code" in found.fields]
    assert form["filed_by"] == "Ana"  # what was typed is there
    assert ben.post("/r/finish/", form).headers["Location"] == "/r/receipt/"
    assert GroupStatement.objects.get().answers["IT1a"]["level"] == 1
