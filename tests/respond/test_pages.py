"""What the questionnaire weighs on a slow line, and how it reads in other languages."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from assessments.models import Process
from assessments.models.panel import Wave
from assessments.models.panel_stores import UnfinishedQuestionnaire
from attributes.documents import translating
from attributes.loading import store_spec
from attributes.models import QuestionSet
from attributes.schema import QuestionSetSpec
from tests import builders
from tests.attributes.texts import put_text
from tests.builders.panels import open_wave
from tests.builders.respondents import come_in, fill, form_of, new_link, questions
from tests.forms_in_pages import ParsedPage
from tests.languages.marking import NONE, UNKNOWN, words_by_language

pytestmark = pytest.mark.django_db

FIRST_LOAD = 40_000
PAGE = 10_000
ARABIC = {
    "item/IT1a/text": "هل لدى المتأثرين فرصة للمشاركة؟",
    "item/IT1a/anchors/0": "لم يسأل أحد عمّن يعنيه الأمر.",
    "attribute/IT/title": "الشمول والشفافية",
    "scale/0/label": "غير متحقق",
}


@pytest.fixture
def wave() -> Wave:
    return open_wave(["Government", "Business"], notice="Because we want to know. " * 80)


def test_an_item_is_read_as_this_kind_of_process_reads_it(wave: Wave) -> None:
    def page(kind: str, question: str) -> str:
        Process.objects.update(kind=kind)
        return unescape(come_in(new_link(wave)).get(f"/r/q/{question}/").content.decode())

    assert "“Goals” means the scope and the requirements." in page("sets_standards", "ED1")
    assert "“Goals” means the goals of this year’s programme" in page("dialogues", "ED1")
    assert "“Goals” means" not in page("decides", "ED1")
    assert "“Decisions” means how the text is agreed." in page("recommends", "ED3")


def test_nobody_is_asked_what_does_not_apply_to_the_kind_of_process(wave: Wave) -> None:
    def asked() -> set[str]:
        held = come_in(new_link(wave))
        pages = [held.get(f"/r/q/{code}/") for code in ("ED1", "ED2", "ED3", "ED4")]
        found = "".join(page.content.decode() for page in pages if page.status_code == 200)
        return {code for code in ("ED1a", "ED2a", "ED4a", "ED4b", "ED4c", "ED4d") if f'name="{code}' in found}

    assert asked() == {"ED1a", "ED2a", "ED4a", "ED4b", "ED4c", "ED4d"}
    Process.objects.update(kind="dialogues")
    assert asked() == {"ED1a", "ED4b"}


# --- Weight ------------------------------------------------------------------------------------------------------


def sent(client: Client, address: str) -> tuple[int, list[str]]:
    """The bytes of a page as it travels, and what else it wants loaded."""
    response = client.get(address, headers={"accept-encoding": "gzip, br"})
    assert response.status_code == 200
    assert response["Content-Encoding"] == "gzip"
    return len(response.content), ParsedPage(client.get(address).content.decode()).assets


def test_first_load_is_light(wave: Wave) -> None:
    size, assets = sent(Client(), f"/r/{new_link(wave)}/")
    assert [asset.rpartition("/")[2] for asset in assets] == ["icon.svg", "respond.css"]
    for asset in assets:
        path = finders.find(asset.removeprefix("/static/"))
        assert path is not None
        size += len(brotli.compress(Path(str(path)).read_bytes()))
    assert size < FIRST_LOAD / 4  # far below what is promised: there is no reason for it to grow


def test_every_further_page_is_light(wave: Wave) -> None:
    client = come_in(new_link(wave))
    for asked in questions(wave):
        words = {f"{key}-words": "Words that somebody wrote. " * 70 for key in asked.comment_keys}
        fill(client, asked.code, **words)
    addresses = ["/r/", "/r/check/", "/r/pause/", *(f"/r/q/{asked.code}/" for asked in questions(wave))]
    weights = {address: sent(client, address) for address in addresses}
    assert {address: size for address, (size, _assets) in weights.items() if size >= PAGE} == {}
    assert {asset for _size, assets in weights.values() for asset in assets} == {
        "/static/img/icon.svg",
        "/static/css/respond.css",
        "/static/js/keep.js",
        "/static/js/typed_early.js",
    }


def test_nothing_is_chosen_before_somebody_has_chosen(wave: Wave) -> None:
    client = come_in(new_link(wave))
    chosen = r"<input[^>]*\schecked\b"
    assert not re.search(chosen, client.get("/r/q/IT1/").content.decode())

    fill(client, "IT1", IT1a="dont_know")
    assert len(re.findall(chosen, client.get("/r/q/IT1/").content.decode())) == 1


# --- Languages ---------------------------------------------------------------------------------------------------


@pytest.fixture
def translated() -> QuestionSet:
    """The shipped set with a handful of texts in Arabic."""
    document = builders.shipped_spec().model_dump(mode="json", exclude_defaults=True)
    translating.add_language(document, "ar")
    for key, words in ARABIC.items():
        put_text(document, key, "ar", words)
    return store_spec(QuestionSetSpec.model_validate(document | {"version": "1.0.1"}))[0]


@pytest.fixture
def two_languages(translated: QuestionSet) -> Wave:
    organiser = builders.user()
    assessment = builders.assessment(builders.process(organiser=organiser), question_set=translated)
    return open_wave(["Government", "Business"], assessment=assessment, languages=["en", "ar"])


def html_of(client: Client, address: str, **headers: Any) -> str:
    return client.get(address, **headers).content.decode()


def test_language_of_the_questions_is_chosen_on_the_way_in(two_languages: Wave) -> None:
    token = new_link(two_languages)
    client = Client()
    assert "<strong>" + '<span lang="en"' in html_of(client, f"/r/{token}/")
    page = client.get(f"/r/{token}/?language=ar")
    assert form_of(page).fields["language"] == "ar"
    client.post(f"/r/{token}/", form_of(page).fields)
    assert UnfinishedQuestionnaire.objects.get().language == "ar"
    html = html_of(client, "/r/q/IT1/")
    assert '<html lang="ar" dir="rtl">' in html
    assert '<fieldset class="item" dir="rtl"' in html
    assert f'<legend dir="rtl">{ARABIC["item/IT1a/text"]}</legend>' in html
    assert '<span dir="ltr"><b><span lang="en" dir="ltr">Partially achieved</span></b>' in html  # not translated
    client.post("/r/", {"choose": "en"})
    html = html_of(client, "/r/q/IT1/")
    assert ARABIC["item/IT1a/text"] not in html
    assert '<fieldset class="item" dir="ltr"' in html


def test_language_of_the_browser_is_proposed(two_languages: Wave) -> None:
    html = html_of(Client(), f"/r/{new_link(two_languages)}/", headers={"accept-language": "ar-EG,en;q=0.5"})
    assert '<input type="hidden" name="language" value="ar">' in html


def test_every_word_is_marked_with_its_language(two_languages: Wave) -> None:
    client = come_in(new_link(two_languages))
    client.post("/r/", {"choose": "ar"})
    for address in ("/r/", "/r/q/IT1/", "/r/check/", "/r/pause/"):
        wrong = [
            words
            for language, words in words_by_language(html_of(client, address))
            if re.search(r"[^\W\d_]", words)
            and language not in {UNKNOWN, NONE}
            and (language == "ar") is not bool(re.search("[\u0600-\u06ff]", words))
        ]
        assert wrong == []


def test_wave_in_one_language_asks_for_none(wave: Wave) -> None:
    token = new_link(wave)
    assert 'class="languages"' not in html_of(Client(), f"/r/{token}/")
    assert 'class="languages"' not in html_of(come_in(token), "/r/")
