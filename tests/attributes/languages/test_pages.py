"""Pages for translating a draft."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from attributes.documents import translating
from attributes.documents.documents import Address, fingerprint, part
from attributes.editor.services import drafts
from attributes.languages.services import Typed, add_language, save_translations
from attributes.models import Draft, DraftStatus
from msgov.accounts.models import User
from tests import builders
from tests.attributes.texts import put_text
from tests.builders.question_sets import synthetic

pytestmark = pytest.mark.django_db


def _languages(draft: Draft) -> str:
    return reverse("attributes:draft-languages", args=[draft.code])


def _page(draft: Draft, where: str = "attribute/B", language: str = "fr") -> str:
    return reverse("attributes:draft-translate", args=[draft.code, language, where])


def _sent(stored: str, source: str) -> str:
    return f"{fingerprint(stored)}.{fingerprint(source)}"


def _fields(html: str) -> dict[str, str]:
    """What a browser sends from the page, for its texts."""
    names = re.findall(r'<input type="hidden" name="(t_\w+)-from"[^>]*value="([0-9a-f.]+)"', html)
    areas = dict(re.findall(r'<textarea[^>]*name="(t_\w+)"[^>]*>\n(.*?)</textarea>', html, re.DOTALL))
    return {**{f"{name}-from": mark for name, mark in names}, **areas}


def _stored(draft: Draft, key: str, language: str = "fr") -> str | None:
    draft.refresh_from_db()
    return next(entry.texts.get(language) for entry in translating.texts_of(draft.content) if entry.key == key)


def test_languages_page_says_how_far_each_is(draft: Draft, client_of_translator: Client) -> None:
    html = client_of_translator.get(_languages(draft)).content.decode()
    assert '<span lang="fr" dir="ltr">français</span>' in html
    assert "5 of 57 texts (8 %)" in html
    assert f'<a href="{_page(draft)}">B – Second</a>' in html
    assert "written in English" in html


def test_language_is_added_by_its_code(draft: Draft, client_of_translator: Client) -> None:
    assert client_of_translator.post(_languages(draft), {"language": "AR"}).status_code == 302
    draft.refresh_from_db()
    assert draft.content["languages"] == ["en", "fr", "ar"]
    html = client_of_translator.get(_languages(draft)).content.decode()
    assert '<span lang="ar" dir="rtl">العربيّة</span>' in html
    assert "written from right to left" in html


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("", "This field is required."),
        ("french", "This is no code of a language"),
        ("fr", "The draft has this language already."),
        ("EN", "The draft has this language already."),
        ("f_", "This is no code of a language"),
    ],
)
def test_wrong_code_of_a_language_is_refused_at_its_field(
    draft: Draft, client_of_translator: Client, code: str, error: str
) -> None:
    answer = client_of_translator.post(_languages(draft), {"language": code})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Error: Languages" in html
    assert f'<a href="#id_language">Code of the language: {error}' in html
    assert f'value="{code}"' in html or not code


def test_what_stands_in_braces_depends_on_who_reads(draft: Draft, client_of_translator: Client) -> None:
    page = _page(draft, "attribute/A")
    sent = _fields(client_of_translator.get(page).content.decode())
    for name, words, said in (
        ("A1a_participant_text", "Sans nom {resource} ?", "{process} is missing: the name of the process is put in"),
        ("A1a_participant_text", "{process} {resource} {qui}", "{resource} and {process} are the only things that may"),
        ("A1a_text", "{process} {resource}", "{resource} is the only thing that may stand in braces."),
    ):
        assert f"t_item_{name}" in sent
        answer = client_of_translator.post(page, {**sent, f"t_item_{name}": words})
        assert answer.status_code == 422
        assert said in unescape(answer.content.decode()), words


def test_language_goes_after_asking(draft: Draft, client_of_translator: Client) -> None:
    address = reverse("attributes:draft-language-remove", args=[draft.code, "fr"])
    assert "5 texts in this language are taken out" in client_of_translator.get(address).content.decode()
    assert client_of_translator.post(address).status_code == 302
    draft.refresh_from_db()
    assert draft.content["languages"] == ["en"]
    assert client_of_translator.get(address).status_code == 404
    assert (
        client_of_translator.get(reverse("attributes:draft-language-remove", args=[draft.code, "en"])).status_code
        == 404
    )


def test_translation_page_has_both_texts_with_their_language(draft: Draft, client_of_translator: Client) -> None:
    add_language(draft=draft, user=draft.created_by, language="ar")
    html = client_of_translator.get(_page(draft, language="ar")).content.decode()
    source = r'<p class="translation-text" id="t_attribute_B_title-source" lang="en" dir="ltr">\s*Second\s*</p>'
    assert re.search(source, html)
    assert 'name="t_attribute_B_title" id="t_attribute_B_title" lang="ar" dir="rtl"' in html
    assert html.count("<textarea") == 7
    assert "This is a quotation." in html


def test_source_language_and_unknown_places_are_not_found(draft: Draft, client_of_translator: Client) -> None:
    for language, where in [("en", "set"), ("de", "set"), ("fr", "attribute/Z"), ("fr", "item/A1a"), ("fr", "x")]:
        assert client_of_translator.get(_page(draft, where, language)).status_code == 404


def test_page_is_saved_as_one_step_and_leads_on(draft: Draft, client_of_translator: Client) -> None:
    fields = _fields(client_of_translator.get(_page(draft)).content.decode())
    fields |= {"t_question_B1_verbatim": "Et ?", "t_attribute_B_summary": "Plus\r\nencore", "action": "save"}
    answer = client_of_translator.post(_page(draft), fields)
    assert (answer.status_code, answer["Location"]) == (302, _page(draft))
    assert _stored(draft, "attribute/B/summary") == "Plus\nencore"
    assert _stored(draft, "question/B1/verbatim") == "Et ?"
    assert draft.steps.get(number=draft.step).summary == "French: 2 texts"
    drafts.undo(draft=draft, user=draft.created_by)
    assert _stored(draft, "question/B1/verbatim") is None


def test_continue_leads_through_the_parts_and_back_to_the_list(draft: Draft, client_of_translator: Client) -> None:
    targets = []
    for where in ("set", "attribute/A", "attribute/B"):
        targets.append(client_of_translator.post(_page(draft, where), {"action": "continue"})["Location"])
    assert targets == [_page(draft, "attribute/A"), _page(draft), _languages(draft)]


@pytest.mark.parametrize(
    ("name", "words", "error"),
    [
        ("t_item_A1a_text", "Est-ce soigné ?", "{resource} is missing"),
        ("t_item_A1a_text", "{resource} et {chose}", "{resource} is the only thing"),
        ("t_question_A1_verbatim", "Est-ce {resource} ?", "A quotation has no places to fill in"),
        ("t_item_A1a_short", "x" * 10_001, "at most 10000 can be stored"),
    ],
)
def test_wrong_text_is_refused_at_its_field_and_the_others_are_stored(
    draft: Draft, client_of_translator: Client, name: str, words: str, error: str
) -> None:
    fields = _fields(client_of_translator.get(_page(draft, "attribute/A")).content.decode())
    answer = client_of_translator.post(_page(draft, "attribute/A"), {**fields, name: words, "t_item_A1b_short": "Où"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'<a href="#{name}">' in html
    assert error in html
    assert words in html
    assert _stored(draft, "item/A1b/short") == "Où"
    assert words not in str(draft.content)


def test_control_characters_are_left_out(draft: Draft, client_of_translator: Client) -> None:
    fields = _fields(client_of_translator.get(_page(draft)).content.decode())
    client_of_translator.post(_page(draft), {**fields, "t_attribute_B_summary": "Pl\x07us"})
    assert _stored(draft, "attribute/B/summary") == "Plus"


def test_clash_shows_both_and_saving_again_decides(draft: Draft, client_of_translator: Client) -> None:
    mine = _fields(client_of_translator.get(_page(draft)).content.decode()) | {"t_attribute_B_title": "La deuxième"}
    theirs = Typed("attribute/B/title", "Le second", fingerprint("Deuxième"), fingerprint("Second"))
    save_translations(draft=draft, user=builders.user(), language="fr", group="B", typed=[theirs])
    answer = client_of_translator.post(_page(draft), mine)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Le second" in html
    assert "La deuxième" in _fields(html)["t_attribute_B_title"]
    assert _stored(draft, "attribute/B/title") == "Le second"
    assert client_of_translator.post(_page(draft), _fields(html)).status_code == 302
    assert _stored(draft, "attribute/B/title") == "La deuxième"


def test_autosave_answers_with_fragments(draft: Draft, client_of_translator: Client) -> None:
    fields = _fields(client_of_translator.get(_page(draft)).content.decode())
    answer = client_of_translator.post(
        _page(draft), {**fields, "t_attribute_B_summary": "Plus"}, headers={"HX-Request": "true"}
    )
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Saved" in html
    assert f'id="t_attribute_B_summary-from" value="{_sent("Plus", "More")}" hx-swap-oob="true"' in html
    assert html.count("hx-swap-oob") == 2
    wrong = {**fields, "t_item_B1a_text": "{autre}"}
    answer = client_of_translator.post(_page(draft), wrong, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert "Not saved: Item B1a, Question." in answer.content.decode()


def test_words_for_a_text_that_is_gone_are_given_back(draft: Draft, client_of_translator: Client) -> None:
    fields = {"t_item_B7x_text": "Presque perdu", "t_item_B7x_text-from": _sent("", "?")}
    answer = client_of_translator.post(_page(draft), fields)
    assert answer.status_code == 409
    assert "<q>Presque perdu</q>" in answer.content.decode()


def test_old_translations_are_filtered_and_confirmed(
    draft: Draft, client_of_translator: Client, translator: User
) -> None:
    drafts.change(
        draft=draft,
        user=translator,
        edit=lambda content: put_text(content, "attribute/B/title", "en", "Other"),
        target="attribute/B",
        summary="Attribute",
    )
    address = _page(draft) + "?show=changed"
    html = client_of_translator.get(address).content.decode()
    assert html.count("<textarea") == 1
    assert "Still right" in html
    answer = client_of_translator.post(address, _fields(html) | {"t_attribute_B_title-right": "1", "action": "save"})
    assert answer["Location"] == address
    assert "No source text here has changed" in client_of_translator.get(address).content.decode()
    assert html.count("Source changed since (1)") == 1
    assert client_of_translator.get(_page(draft) + "?show=missing").content.decode().count("<textarea") == 6


def test_draft_in_review_can_be_read_only(draft: Draft, client_of_translator: Client) -> None:
    fields = _fields(client_of_translator.get(_page(draft)).content.decode())
    Draft.objects.update(status=DraftStatus.IN_REVIEW)
    html = client_of_translator.get(_page(draft)).content.decode()
    assert "This draft is in review" in html
    assert html.count(" readonly") == 7
    answer = client_of_translator.post(_page(draft), {**fields, "t_attribute_B_summary": "Plus"})
    assert answer.status_code == 409
    assert "Plus</textarea>" in answer.content.decode()
    assert client_of_translator.post(_languages(draft), {"language": "de"}).status_code == 409
    assert _stored(draft, "attribute/B/summary") is None


@pytest.mark.parametrize("questions", [4, pytest.param(500, marks=pytest.mark.slow)])
def test_pages_stay_small_and_quick(
    client_of_translator: Client, translator: User, django_assert_max_num_queries: Any, questions: int
) -> None:
    document = synthetic(questions).model_dump(mode="json", exclude_defaults=True)
    draft = drafts.start_draft(user=translator, document=document)
    add_language(draft=draft, user=translator, language="fr")
    for address in (_languages(draft), _page(draft, "attribute/A1"), _page(draft, "set")):
        with django_assert_max_num_queries(6):
            assert len(client_of_translator.get(address).content) < 150_000
    fields = _fields(client_of_translator.get(_page(draft, "attribute/A1")).content.decode())
    fields = {name: value or "x" for name, value in fields.items() if "_text" not in name}
    with django_assert_max_num_queries(20):
        assert client_of_translator.post(_page(draft, "attribute/A1"), fields).status_code == 302


def test_long_part_is_cut_into_pages_that_lead_on(client_of_translator: Client, translator: User) -> None:
    document = synthetic(100).model_dump(mode="json", exclude_defaults=True)
    draft = drafts.start_draft(user=translator, document=document)
    add_language(draft=draft, user=translator, language="fr")
    seen, address = [], _page(draft, "attribute/A1")
    while address:
        html = client_of_translator.get(address).content.decode()
        seen += re.findall(r'<textarea[^>]*name="(t_\w+)"', html)
        found = re.search(r'href="([^"]+)" rel="next"', html)
        address = found[1].replace("&amp;", "&") if found else ""
    expected = [entry for entry in translating.texts_of(draft.content) if entry.group == "A1"]
    assert seen == ["t_" + entry.key.replace("/", "_") for entry in expected]
    assert len(seen) > 120


def test_part_that_is_edited_in_place_keeps_its_translations_old(draft: Draft, translator: User) -> None:
    where = Address("attribute", "B")
    value = part(draft.content, where)
    drafts.save_part(
        draft=draft,
        user=translator,
        where=where,
        value={**value, "title": {**value["title"], "en": "Other"}},
        started_from=fingerprint(value),
        summary="B",
    )
    assert translating.shares(draft.content, draft.translated_from)["fr"][""].changed == 1
