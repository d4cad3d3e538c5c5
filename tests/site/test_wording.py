"""Administrators add and correct the words that respondents read around the questions."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assessments.models import WordingLanguage
from assessments.wording import say, speaking
from assessments.wording.editing import language_here
from assessments.wording.saying import is_unchecked
from assessments.wording.shipped import shipped

pytestmark = pytest.mark.django_db

HOW_LONG = "start.minutes_value"


def section(code: str, name: str = "start") -> str:
    """The address of a part."""
    return reverse("site:wording-section", args=[code, name])


def test_a_text_is_changed_and_said_and_can_be_taken_back(admin: Client) -> None:
    page = admin.get(section("fr")).content.decode()
    assert "{least} to {most} minutes" in page
    assert "{least} à {most} minutes" in page
    sent = {HOW_LONG: "De {least} à {most} minutes", "start.begin": shipped("fr")["start.begin"]}
    assert admin.post(section("fr"), sent).status_code == 302
    assert WordingLanguage.objects.get().texts == {HOW_LONG: "De {least} à {most} minutes"}
    with speaking("fr"):
        assert say(HOW_LONG, least=1, most=2) == "De 1 à 2 minutes"
    admin.post(section("fr"), {HOW_LONG: ""})
    with speaking("fr"):
        assert say(HOW_LONG, least=1, most=2) == "Environ 1 à 2 minutes pour lire et choisir (estimation)"


def test_a_slot_that_is_lost_or_misspelt_is_named_and_what_was_typed_stays(admin: Client) -> None:
    answer = admin.post(section("fr"), {HOW_LONG: "De {moins} minutes", "start.begin": "Allons-y"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "start.minutes_value: {least}, {most} is missing" in page
    assert "De {moins} minutes</textarea>" in page
    assert "Allons-y</textarea>" in page
    assert not WordingLanguage.objects.exists()


def test_a_language_is_added_and_what_it_lacks_is_said_in_english(admin: Client) -> None:
    assert admin.post(reverse("site:wording"), {"code": "Swahili language"}).status_code == 422
    assert admin.post(reverse("site:wording"), {"code": "sw"}).status_code == 302
    admin.post(section("sw"), {"start.begin": "Anza"})
    with speaking("sw"):
        assert say("start.begin") == "Anza"
        assert say("start.resume") == "Continue answering"
    missing = admin.get(section("sw") + "?show=missing").content.decode()
    assert 'name="start.begin"' not in missing
    assert 'name="start.resume"' in missing
    assert f"{len(shipped('en')) - 1} missing" in admin.get(reverse("site:wording")).content.decode()


def test_a_translation_is_unofficial_until_somebody_confirms_it_and_after_a_change(admin: Client) -> None:
    def is_unofficial() -> bool:
        with speaking("fr"):
            return is_unchecked()

    assert is_unofficial()
    assert admin.post(reverse("site:wording-confirm", args=["fr"])).status_code == 302
    assert not is_unofficial()
    found = language_here("fr")
    assert found is not None
    assert found.checked_on is not None
    admin.post(section("fr"), {"start.begin": "Allons-y"})
    assert is_unofficial()
    with speaking("en"):
        assert not is_unchecked()


def test_what_is_missing_cannot_have_been_read(admin: Client) -> None:
    admin.post(reverse("site:wording"), {"code": "sw"})
    admin.post(reverse("site:wording-confirm", args=["sw"]))
    assert WordingLanguage.objects.get(code="sw").checked_on is None


def test_a_language_goes_out_and_comes_in_as_one_file(admin: Client) -> None:
    admin.post(reverse("site:wording"), {"code": "sw"})
    admin.post(section("sw"), {"start.begin": 'Anza "sasa": {hapa}'.replace("{hapa}", "hapa")})
    text = admin.get(reverse("site:wording-file", args=["sw"])).content.decode()
    assert '  begin: "Anza \\"sasa\\": hapa"' in text
    assert '  # resume: "Continue answering"' in text
    changed = text.replace('  # resume: "Continue answering"', '  resume: "Endelea"')
    sent = {"words_file": SimpleUploadedFile("words-sw.yaml", changed.encode())}
    assert admin.post(reverse("site:wording-upload", args=["sw"]), sent).status_code == 302
    assert WordingLanguage.objects.get().texts == {"start.begin": 'Anza "sasa": hapa', "start.resume": "Endelea"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("start: [", "line 1"),
        ('start:\n  nothing: "x"', "start.nothing: there are no such words"),
        ('start:\n  minutes_value: "{least}"', "start.minutes_value: {most} is missing"),
        ('start:\n  begin: ""', "start.begin: a text is expected"),
    ],
)
def test_a_file_that_is_wrong_says_where_and_nothing_of_it_is_taken(text: str, said: str, admin: Client) -> None:
    sent = {"words_file": SimpleUploadedFile("w.yaml", ('base:\n  error: "Erreur !"\n' + text).encode())}
    answer = admin.post(reverse("site:wording-upload", args=["fr"]), sent)
    assert answer.status_code == 422
    assert said.replace("line 1", "line") in answer.content.decode()
    assert not WordingLanguage.objects.exists()


def test_respondents_read_that_a_translation_was_not_checked(admin: Client) -> None:
    unofficial = shipped("fr")["base.unofficial"].replace("’", "’")
    address = "/r/" + "x" * 43 + "/"
    assert unofficial in Client().get(address, headers={"accept-language": "fr"}).content.decode()
    admin.post(reverse("site:wording-confirm", args=["fr"]))
    assert unofficial not in Client().get(address, headers={"accept-language": "fr"}).content.decode()
    assert shipped("en")["base.unofficial"] not in Client().get(address).content.decode()
