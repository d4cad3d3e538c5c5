"""Pages that stand at no address of their own are read in another language too, and nothing happens by that."""

import re
from html import unescape

import pytest
from django.test import Client

from assessments.models import BallotBox, GroupStatement, UnfinishedQuestionnaire, Wave
from assessments.vocabulary import GroupMode
from tests.builders.arabic import arabic_wave
from tests.builders.panels import open_wave
from tests.builders.respondents import come_in, fill, form_of, new_link
from tests.forms_in_pages import ParsedPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave() -> Wave:
    return open_wave(["Government", "Business"], languages=["en", "fr"], notice="We ask.")


def finished(wave: Wave) -> tuple[Client, str]:
    """Somebody who has handed in, and the receipt page they see, which is shown once."""
    client = come_in(new_link(wave))
    fill(client, "IT1")
    (form,) = [form for form in ParsedPage(client.get("/r/check/").content.decode()).forms if form.fields.get("of")]
    client.post("/r/finish/", form.fields)
    return client, client.get("/r/receipt/").content.decode()


def held_in(page: str) -> str:
    """What the buttons of languages send along."""
    found = re.search(r'<form method="post" id="choosing">.*?name="held" value="([^"]+)"', page, re.S)
    assert found is not None
    return unescape(found[1])


def test_receipt_is_read_in_another_language_by_whoever_has_the_page(wave: Wave) -> None:
    client, page = finished(wave)
    code = re.search(r'class="code"[^>]*>([^<]+)<', page)
    assert code is not None
    answer = client.post("/r/receipt/", {"held": held_in(page), "choose": "fr"})
    french = answer.content.decode()
    assert (answer.status_code, answer["Content-Language"]) == (200, "fr")
    assert '<html lang="fr" dir="ltr">' in french
    assert code[1] in french
    assert held_in(french) == held_in(page)
    # It is shown to nobody else, and not once more to whoever opens its address.
    assert client.get("/r/receipt/").status_code == 410
    assert Client().post("/r/receipt/", {"held": "forged", "choose": "fr"}).status_code == 410


def test_that_answers_are_deleted_is_read_in_another_language(wave: Wave) -> None:
    client, page = finished(wave)
    code = re.search(r'class="code"[^>]*>([^<]+)<', page)
    assert code is not None
    address = f"/r/withdraw/{wave.code}/"
    deleted = client.post(address, {"receipt_code": code[1], "action": "delete"}).content.decode()
    assert "Your answers are deleted" in deleted
    answer = client.post(address, {"held": held_in(deleted), "choose": "fr"})
    assert (answer.status_code, answer["Content-Language"]) == (200, "fr")
    assert "Vos réponses sont supprimées" in answer.content.decode()
    # Nobody is led to read that who has deleted nothing.
    kept, _page = finished(wave)
    other = come_in(new_link(wave)).post("/r/pause/").content.decode()
    for held in ("", "forged", held_in(other)):
        assert "Vos réponses sont supprimées" not in kept.post(address, {"held": held, "choose": "fr"}).content.decode()
    assert sum(len(box.content) for box in BallotBox.objects.filter(holds="answers")) == 1


def test_that_a_browser_has_forgotten_the_link_is_read_in_another_language(wave: Wave) -> None:
    client = come_in(new_link(wave))
    page = client.post("/r/pause/").content.decode()
    answer = client.post("/r/pause/", {"held": held_in(page), "choose": "fr"})
    assert (answer.status_code, answer["Content-Language"]) == (200, "fr")
    assert client.post("/r/pause/", {"held": "forged", "choose": "fr"}).status_code == 403


def test_too_late_to_delete_is_read_in_another_language_and_leads_on(wave: Wave) -> None:
    Wave.objects.update(state="closed")
    page = Client().get(f"/r/withdraw/{wave.code}/?language=en")
    assert page.status_code == 410
    assert 'href="?language=fr"' in page.content.decode()
    assert f'href="/r/results/{wave.code}/?language=en"' in page.content.decode()


def test_the_page_that_hands_in_is_opened_again_where_its_address_is(wave: Wave) -> None:
    client = come_in(new_link(wave))
    answer = client.get("/r/finish/")
    assert (answer.status_code, answer["Location"]) == (302, "/r/check/")


def test_nobody_said_in_which_language_a_group_wrote_on_the_record(wave: Wave) -> None:
    wave.groups.update(mode=GroupMode.ON_RECORD)
    token = new_link(wave)
    client = come_in(token)
    fill(client, "IT1")
    filing = {"filed_by": "ليلى", "capacity": "Chair", "how_agreed": "By vote."}
    client.post("/r/finish/", filing)
    assert GroupStatement.objects.count() == 1
    client.get(f"/r/{token}/")
    page = client.get("/r/filed/").content.decode()
    assert '<bdi lang="">ليلى</bdi>, <bdi lang="">Chair</bdi>' in page


def test_whoever_goes_on_reads_the_questions_in_the_language_of_the_button() -> None:
    token = new_link(arabic_wave())
    come_in(token)
    client = Client()
    for _elsewhere_and_here in range(2):
        client.post(f"/r/{token}/", form_of(client.get(f"/r/{token}/?language=ar")).fields)
        assert '<html lang="ar" dir="rtl">' in client.get("/r/").content.decode()
        assert UnfinishedQuestionnaire.objects.get().language == "ar"
        UnfinishedQuestionnaire.objects.update(language="en")
