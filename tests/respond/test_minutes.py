"""How long a questionnaire takes is told truthfully: from what stands on its pages, by published reading speeds."""

import re
from types import SimpleNamespace

import pytest
from django.core import signing
from django.test import Client

from assessments.models import Wave
from assessments.panels import minutes
from assessments.panels.minutes import SILENT_ENGLISH, WORDS_AROUND, size_of
from assessments.panels.services.setup import start_test
from assessments.respond.access import COOKIE, SALT
from assessments.respond.views.finishing import RECEIPT_SALT
from tests import builders
from tests.answering.visible import Seen
from tests.builders.panels import open_wave, prepared
from tests.builders.respondents import come_in, fill, hand_in, new_link, questions

pytestmark = pytest.mark.django_db
TEXTS = {
    "notice": "The secretariat asks, to do better next year. It will answer what you say by spring.",
    "responsible": "The council of the forum",
    "contact": "ask@example.org",
}
# Once more on every page: its number, buttons, and what is said of comments; at every choice its levels and what is off
# the scale. They are read once.
PAGE_LABELS, CHOICE_LABELS = 50, 20


def pages(form: str) -> tuple[dict[str, Seen], dict[str, Seen]]:
    """What is seen around the questions of a form, and on each of its pages."""
    wave = open_wave(["Government"], form=form, **TEXTS)
    token = new_link(wave)
    around = {"link": Seen(Client().get(f"/r/{token}/").content.decode())}
    client = come_in(token)
    around["start"] = Seen(client.get("/r/").content.decode())
    asked = {question.code: Seen(client.get(f"/r/q/{question.code}/").content.decode()) for question in questions(wave)}
    return around, asked


@pytest.mark.parametrize(("form", "choices", "said"), [("full", 35, (17, 25)), ("short", 17, (10, 15))])
def test_words_and_choices_are_those_on_the_pages(form: str, choices: int, said: tuple[int, int]) -> None:
    around, asked = pages(form)
    size = size_of(builders.items(), form=form)
    assert (size.questions, size.choices, size.said) == (len(asked), choices, said)
    words, labels = sum(page.words for page in asked.values()), PAGE_LABELS * len(asked) + CHOICE_LABELS * choices
    assert size.words < words < size.words + labels, {code: page.words for code, page in asked.items()}
    # With the labels, once. Who asks stands on both pages, and the page to check repeats what was read.
    told = {name: page.words for name, page in around.items()}
    who = re.search(r'<dl class="facts">.*?</dl>', around["start"].html, re.DOTALL)
    assert who is not None
    again = len(re.sub(r"<[^>]*>", " ", who[0]).split())
    assert 0.9 * WORDS_AROUND < sum(told.values()) - again + PAGE_LABELS + CHOICE_LABELS < WORDS_AROUND, (told, again)


def test_the_short_form_takes_about_ten_minutes() -> None:
    short, full = (size_of(builders.items(), form=form) for form in ("short", "full"))
    assert short.minutes < 10.5
    assert full.minutes > 1.5 * short.minutes
    assert full.items - short.items == 12
    assert size_of(builders.items(), kind="dialogues").minutes < full.minutes


def test_a_question_that_one_item_asks_has_its_words_folded_away() -> None:
    client = come_in(new_link(open_wave(["Government"])))
    single, several = (client.get(f"/r/q/{code}/").content.decode() for code in ("IT1", "CR1"))
    assert re.search(r"<summary>[^<]+</summary>\s*<blockquote", single)
    assert "<details>" not in several
    assert "<blockquote" in several


@pytest.mark.alike
@pytest.mark.parametrize(
    ("language", "text", "length", "aloud"),
    [
        ("en", "Who takes part here?", 4, 228),
        ("ar", "من يشارك هنا؟", 3, 138),
        ("pt-br", "Quem participa aqui?", 3, 181),
        ("zh-hans", "谁在这里参与？", 6, 255),
        ("sw", "Nani anashiriki hapa?", 3, 184),
        ("th", "ใครมีส่วน", 7, 920),
    ],
)
def test_each_language_is_read_at_its_own_speed(language: str, text: str, length: int, aloud: int) -> None:
    assert minutes._length({language: text}, language) == (length, aloud)
    taken = minutes._reading([{language: text}], language)
    assert taken == pytest.approx(length / (aloud * SILENT_ENGLISH / 228))


def test_minutes_are_said_in_whole_ones_and_from_twenty_in_fives() -> None:
    assert [minutes._said(found) for found in (0.6, 9.6, 19.4, 20.1, 23.0, 37.6)] == [1, 10, 19, 20, 25, 40]


def test_a_test_run_says_how_long_it_took_and_nobody_else_is_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1_000_000.0]
    for module in ("start", "questions", "finishing"):
        monkeypatch.setattr(f"assessments.respond.views.{module}.time", SimpleNamespace(time=lambda: clock[0]))
    wave = prepared(form="short")
    browser = come_in(start_test(group=wave.groups.all()[0]))
    clock[0] += 120
    browser.post("/r/", {"language": "en"})
    for question in questions(wave):
        clock[0] += 30
        fill(browser, question.code)
    hand_in(browser)
    page = " ".join(browser.get("/r/receipt/").content.decode().split())
    assert "to the end of this test run: 9." in page
    assert "about 10 to 15 minutes" in page
    assert not Wave.objects.filter(groups__links__questionnaire__isnull=False).exists()


def test_a_real_questionnaire_is_told_no_time() -> None:
    wave = open_wave(["Government"], form="short")
    browser = come_in(new_link(wave))
    assert signing.loads(browser.cookies[COOKIE].value, salt=SALT)["began"] is None
    browser.post("/r/", {"language": "en"})
    for question in questions(wave):
        fill(browser, question.code)
    hand_in(browser)
    assert "took" not in signing.loads(browser.cookies["receipt"].value, salt=RECEIPT_SALT)
    assert "test run" not in browser.get("/r/receipt/").content.decode()
