"""Codes that are typed from a card: which there are, what they open, and how little guessing gets."""

import secrets

import pytest
from django.test import Client
from pytest_django import Settings

from assessments import visitor_limits
from assessments.models import PanelLink, WaveGroup
from assessments.panels.services import links, setup
from assessments.panels.short_codes import LENGTH, has_short_code, is_well_formed, new_short_code, printed, short_hash
from assessments.wording.shipped import shipped_languages
from attributes.codes import ALPHABET, check_character
from tests.builders.panels import launched, open_group, prepared
from tests.builders.respondents import come_in, form_of, hand_in
from tests.forms_in_pages import ParsedPage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_was_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitor_limits, "WINDOW", 10**9)  # the minute never ends
    visitor_limits.forget()


@pytest.fixture
def group() -> WaveGroup:
    wave = launched()
    group: WaveGroup = wave.groups.first()
    group.wave = wave
    return group


def card_of(group: WaveGroup, number: int = 1) -> links.NewLink:
    """The last of so many new cards."""
    made = links.hand_out(
        group=group, user=group.wave.created_by, number=number, made=links.personal_links(group).count()
    )
    return made[-1]


def typed(code: str, client: Client | None = None, **fields: str) -> "ParsedPage | str":
    """What typing a code leads to: an address, or the page that says what is wrong with it."""
    client = client or Client()
    response = client.post("/r/code/", {"card_code": code, **fields})
    return response["Location"] if response.status_code == 302 else ParsedPage(response.content.decode())


# --- The codes ---------------------------------------------------------------------------------------------------


def test_a_code_is_typed_in_three_parts_without_letters_that_look_alike() -> None:
    code = new_short_code()
    assert len(code) == LENGTH == 12
    assert not set(code) & set("01ilou")
    assert [len(part) for part in printed(code).split("-")] == [4, 4, 4]
    assert len(ALPHABET) ** (LENGTH - 1) > 2**53


def test_the_check_character_finds_every_wrong_character() -> None:
    code = new_short_code()
    for place, right in enumerate(code):
        for wrong in set(ALPHABET) - {right}:
            assert not is_well_formed(code[:place] + wrong + code[place + 1 :])


def test_the_check_character_finds_nearly_all_that_changed_places() -> None:
    found = tried = 0
    for first in ALPHABET:
        for second in ALPHABET:
            if first != second:
                tried += 1
                found += check_character(f"2{first}{second}3") != check_character(f"2{second}{first}3")
    assert found >= tried - 2


def test_what_is_stored_of_a_code_cannot_be_made_without_the_secret(group: WaveGroup, settings: Settings) -> None:
    """A copy of the database is not enough to try codes against."""
    link = card_of(group)
    stored = PanelLink.objects.get(group=group).short_hash
    assert stored == short_hash(link.code)
    old, settings.SECRET_KEY = settings.SECRET_KEY, secrets.token_hex(32)
    assert short_hash(link.code) != stored
    assert not PanelLink.objects.filter(has_short_code(link.code)).exists()
    settings.SECRET_KEY_FALLBACKS = [old]
    assert PanelLink.objects.filter(has_short_code(link.code)).exists()


def test_links_that_are_mailed_have_no_code(group: WaveGroup) -> None:
    links.invite_by_mail(group=group, user=group.wave.created_by, text="a@example.org", root="https://x.example/")
    assert PanelLink.objects.get(group=group).short_hash == ""


# --- Typing ------------------------------------------------------------------------------------------------------


def test_a_typed_code_leads_to_the_same_questionnaire_as_the_link(group: WaveGroup) -> None:
    link = card_of(group)
    by_link = come_in(link.token)
    form = form_of(by_link.get("/r/q/IT1/"))
    by_link.post("/r/q/IT1/", {**form.fields, "IT1a": "2"})

    client = Client()
    assert client.get("/k/")["Location"] == "/r/code/"
    address = typed(f" {printed(link.code)} ", client)
    assert address == f"/r/{link.code}/"
    come_in(link.code, client)
    assert 'value="2" checked' in " ".join(client.get("/r/q/IT1/").content.decode().split())
    assert hand_in(client).status_code == 302
    assert PanelLink.objects.get(group=group).is_used
    assert Client().get(f"/r/{link.token}/").status_code == 410
    assert Client().get(f"/r/{link.code}/").status_code == 410


def test_capitals_spaces_and_hyphens_do_not_matter(group: WaveGroup) -> None:
    code = card_of(group).code
    for as_typed in (code, code.upper(), " ".join(code), printed(code).replace("-", "–"), f"{code[:4]}--{code[4:]}."):
        assert typed(as_typed) == f"/r/{code}/"


def test_a_card_of_an_open_link_has_a_code_too() -> None:
    wave = prepared()
    group = open_group(wave)
    setup.launch_prepared(wave=wave, user=wave.created_by)
    first = links.make_open_link(group=group, user=wave.created_by)
    second = links.make_open_link(group=group, user=wave.created_by)
    assert typed(second.code) == f"/r/{second.code}/"
    assert come_in(second.code).get("/r/").status_code == 200
    assert isinstance(typed(first.code), ParsedPage)


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(group: WaveGroup) -> None:
    code = card_of(group).code
    wrong = code[:-1] + next(one for one in ALPHABET if one != code[-1])
    for as_typed, words in (
        ("", "Type the code that stands on your card."),
        (code[:-1], "A code has 12 characters; this has 11."),
        (f"{code[:-1]}0", "No code has these characters: 0."),
        (wrong, "One of the characters is wrong."),
        (new_short_code(), "No questionnaire has this code."),
    ):
        response = Client().post("/r/code/", {"card_code": as_typed})
        assert response.status_code == 422
        assert words in " ".join(response.content.decode().split())
        assert form_of(response).fields["card_code"] == as_typed


def test_guessing_is_slowed_down_and_mistyping_is_not(group: WaveGroup) -> None:
    code = card_of(group).code
    client = Client()
    for _time in range(visitor_limits.AMOUNTS[visitor_limits.TYPED_CODES] + 5):
        assert client.post("/r/code/", {"card_code": "aaaa"}).status_code == 422
    for _time in range(visitor_limits.AMOUNTS[visitor_limits.TYPED_CODES]):
        assert client.post("/r/code/", {"card_code": new_short_code()}).status_code == 422
    response = client.post("/r/code/", {"card_code": code})
    assert response.status_code == 429
    assert response["Retry-After"]
    assert client.get(f"/r/{code}/").status_code == 200  # who has it is never held up


@pytest.mark.parametrize("language", shipped_languages())
def test_the_page_is_in_the_language_of_whoever_types(group: WaveGroup, language: str) -> None:
    response = Client().get("/r/code/", headers={"accept-language": language})
    page = response.content.decode()
    assert f'<html lang="{language}"' in page
    assert page.count("hreflang=") == len(shipped_languages()) - 1
    again = form_of(Client().post("/r/code/", {"card_code": "", "language": language}))
    assert again.fields["language"] == language


# --- Cards -------------------------------------------------------------------------------------------------------


def test_cards_lists_and_files_show_the_code_of_each_link(group: WaveGroup) -> None:
    client = Client()
    client.force_login(group.wave.created_by)
    address = f"/assessments/{group.wave.assessment.code}/panel/groups/{group.pk}/cards/"
    for form in ("cards", "list", "csv"):
        made = links.personal_links(group).count()
        page = client.post(address, {"number": 2, "made": made, "as": form}).content.decode()
        hashes = set(links.personal_links(group).values_list("short_hash", flat=True))
        found = {word for word in page.replace("<", " ").replace(">", " ").replace(",", " ").split() if "-" in word}
        codes = {word.replace("-", "").lower() for word in found if is_well_formed(word.replace("-", "").lower())}
        assert len(codes) == 2
        assert {short_hash(code) for code in codes} <= hashes
