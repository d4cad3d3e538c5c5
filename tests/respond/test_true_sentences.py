"""What respondents read is true in the state they are in."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import PanelLink, Wave
from assessments.panels.services.closing import close_and_freeze, close_due_waves, forget_addresses
from assessments.vocabulary import LinkKind
from msgov.accounts.models import User
from tests import builders
from tests.builders.panels import open_wave
from tests.builders.respondents import come_in, fill, hand_in, new_link

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], Client]


def test_receipt_on_the_record_is_not_called_confidential(client: Client) -> None:
    wave = open_wave(["A", "B"], on_record=["A"])
    browser = come_in(new_link(wave))
    browser.post("/r/q/IT1/", {"IT1a": "2", "action": "next"})
    filing = {"filed_by": "Ada", "capacity": "chair", "how_agreed": "in a meeting"}
    assert browser.post("/r/finish/", filing).status_code == 302
    page = browser.get("/r/receipt/").content.decode()
    assert "on the record" in page
    assert "confidential" not in page


def test_used_link_on_the_record_offers_nothing_that_is_not_so(client: Client) -> None:
    wave = open_wave(["A", "B"], on_record=["A"])
    token = new_link(wave)
    browser = come_in(token)
    browser.post("/r/q/IT1/", {"IT1a": "2", "action": "next"})
    browser.post("/r/finish/", {"filed_by": "Ada", "capacity": "chair", "how_agreed": "in a meeting"})
    page = " ".join(client.get(f"/r/{token}/", follow=True).content.decode().split())
    assert "The response of your group" in page
    assert "it can be used only once" not in page
    assert "Delete my answers" not in page
    assert "cannot see the answers" not in page


def test_closed_pages_name_the_day_it_closed(client: Client) -> None:
    wave = open_wave(["A", "B"])
    token = new_link(wave)
    close_and_freeze(wave=wave)
    today = timezone.localdate()
    day, promised = (f"{one.day} {one:%B %Y}" for one in (today, today + timedelta(days=7)))
    for address in (f"/r/{token}/", f"/r/withdraw/{wave.code}/"):
        page = client.get(address, follow=True).content.decode()
        assert f"until {day}" in " ".join(page.replace("<bdi>", "").split())
        assert promised not in page


def test_link_opened_again_does_not_say_that_nothing_has_started(client: Client) -> None:
    wave = open_wave(["A", "B"])
    token = new_link(wave)
    assert "Nothing has started yet" in client.get(f"/r/{token}/").content.decode()
    come_in(token).post("/r/q/IT1/", {"IT1a": "2", "action": "next"})
    assert "Nothing has started yet" not in client.get(f"/r/{token}/").content.decode()


@pytest.mark.parametrize("happening", ["closed", "full", "revoked", "cookie lost"])
def test_words_that_cannot_be_stored_are_given_back(happening: str) -> None:
    wave = open_wave(["A", "B"])
    browser = come_in(new_link(wave))
    if happening == "closed":
        close_and_freeze(wave=wave)
    elif happening == "full":
        wave.groups.update(cap=1, received=2)
    elif happening == "revoked":
        PanelLink.objects.update(is_revoked=True)
    else:
        browser.cookies.clear()
    sent = {"IT-words": "a quokka", "csrfmiddlewaretoken": "secret-of-the-form", "action": "next"}
    response = browser.post("/r/q/IT1/", sent)
    assert response.status_code in {403, 410}
    page = response.content.decode()
    assert "a quokka</textarea>" in page
    assert "secret-of-the-form" not in page


@pytest.mark.parametrize("happening", ["cap reached", "last day over"])
def test_who_has_begun_in_time_can_hand_in_and_nobody_else_begins(
    happening: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the hour after the last day; and beyond the cap."""
    wave = open_wave(["A", "B"])
    wave.groups.update(cap=1)
    first, other = come_in(new_link(wave)), new_link(wave)
    assert "has one more hour to submit" in " ".join(first.get("/r/").content.decode().split())
    fill(first, "IT1")
    if happening == "cap reached":
        wave.groups.update(received=1)
    else:
        midnight = timezone.localtime().replace(hour=0, minute=0) + timedelta(days=8)
        monkeypatch.setattr(timezone, "now", lambda: midnight + timedelta(minutes=59))
        assert close_due_waves() == 0
    assert client.post(f"/r/{other}/").status_code == 410
    assert hand_in(first).status_code == 302
    if happening == "last day over":
        monkeypatch.setattr(timezone, "now", lambda: midnight + timedelta(minutes=61))
        assert close_due_waves() == 1


def test_by_an_open_link_whoever_was_let_in_can_hand_in() -> None:
    """Twice the cap of people, however many open the link before anybody hands in."""
    wave = open_wave(["A", "B"])
    wave.groups.update(cap=2, link_kind=LinkKind.OPEN)
    token = new_link(wave, is_open_link=True)
    browsers = [come_in(token) for _ in range(7)]
    saved = [fill(browser, "IT5", **{"IT-words": "a quokka"}).status_code for browser in browsers]
    assert saved == [302] * 4 + [410] * 3
    late = fill(browsers[-1], "IT5", **{"IT-words": "a quokka"})
    assert "As many people as this link is meant for" in " ".join(late.content.decode().split())
    assert "a quokka</textarea>" in late.content.decode()
    assert [hand_in(browser).status_code for browser in browsers[:4]] == [302] * 4
    assert sum(wave.groups.values_list("received", flat=True)) == 4
    assert Client().post(f"/r/{token}/").status_code == 410


def test_by_personal_links_no_more_hand_in_than_were_invited() -> None:
    """However many links are replaced by the organiser, who can say of any that its mail came back."""
    wave = open_wave(["A", "B"])
    wave.groups.update(cap=2)
    browsers = [come_in(new_link(wave)) for _ in range(3)]
    assert [fill(browser, "IT5").status_code for browser in browsers] == [302, 302, 410]
    assert [hand_in(browser).status_code for browser in browsers[:2]] == [302, 302]
    assert browsers[2].post("/r/finish/").status_code == 410


@pytest.mark.parametrize("address", ["/r/nothing/like/this/", "/r/q/XX9/", "/r/withdraw/unknown1/"])
def test_pages_that_are_not_there_are_respondents_pages_too(address: str, client_for: ClientFor) -> None:
    """Nobody looks who is signed in, not even there."""
    browser = come_in(new_link(open_wave(["A", "B"])), client_for(builders.user(name="Ada Signedin")))
    with CaptureQueriesContext(connection) as queries:
        response = browser.get(address)
    page = response.content.decode()
    assert response.status_code == 404
    assert "Page not found" in page
    assert "css/respond" in page
    assert "Ada Signedin" not in page
    assert "no-store" in response["Cache-Control"]
    assert not [query["sql"] for query in queries if "session" in query["sql"] or "accounts_user" in query["sql"]]


def test_addresses_are_named_to_who_was_mailed_and_deleted_two_weeks_after_the_closing() -> None:
    wave = open_wave(["A", "B"], responsible="The council", contact="ask@example.org")
    mailed, handed_out = come_in(new_link(wave, email="ana@example.org", sent_on=timezone.localdate())), new_link(wave)
    told = " ".join(mailed.get("/r/").content.decode().split())
    assert "the e-mail address it was sent to" in told
    assert "deleted two weeks after closing" in told
    assert "The council" in told
    assert "mailto:ask@example.org" in told
    assert "e-mail address it was sent to" not in " ".join(come_in(handed_out).get("/r/").content.decode().split())
    fill(mailed, "IT1")
    hand_in(mailed)
    close_and_freeze(wave=wave)
    assert forget_addresses() == 0
    Wave.objects.update(closed_on=timezone.localdate() - timedelta(days=14))
    assert forget_addresses() == 1
    # That it was used stays: nobody answers twice if the wave is opened again.
    assert list(PanelLink.objects.order_by("pk").values_list("email", "sent_on", "is_used")) == [
        ("", None, True),
        ("", None, False),
    ]
