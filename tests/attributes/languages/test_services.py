"""Translations stored: one step each, nothing of somebody else's overwritten, marks that undo brings back."""

import pytest

from attributes.documents import translating
from attributes.documents.documents import Address, fingerprint, part
from attributes.editor.services import drafts
from attributes.exceptions import DraftNotOpen, DraftRefused
from attributes.languages.services import Typed, add_language, remove_language, save_translations
from attributes.models import Draft, DraftStatus
from msgov.accounts.models import User
from tests import builders
from tests.attributes.texts import put_text

pytestmark = pytest.mark.django_db
TITLE = "attribute/B/title"
EMPTY = fingerprint("")


def _typed(key: str, words: str, stored: str = "", source: str = "", *, still_right: bool = False) -> Typed:
    return Typed(key, words, fingerprint(stored), fingerprint(source), still_right)


def _save(draft: Draft, user: User, *typed: Typed) -> dict[str, str]:
    return save_translations(draft=draft, user=user, language="fr", group="B", typed=typed).clashes


def _state(draft: Draft, key: str = TITLE) -> str:
    entry = next(entry for entry in translating.texts_of(draft.content) if entry.key == key)
    return translating.state_of(entry, "fr", "en", draft.translated_from)


def _reword(draft: Draft, user: User, words: str) -> None:
    drafts.change(
        draft=draft,
        user=user,
        edit=lambda content: put_text(content, TITLE, "en", words),
        target="attribute/B",
        summary="Attribute",
    )


def test_saves_of_a_page_are_one_step_that_says_how_many_texts(draft: Draft, translator: User) -> None:
    _save(draft, translator, _typed("question/B1/verbatim", "Et ?", source="And?"))
    _save(draft, translator, _typed("attribute/B/summary", "Plus", source="More"))
    assert draft.step == 1
    assert draft.steps.get(number=1).summary == "French: 2 texts"
    assert part(draft.content, Address("attribute", "B"))["summary"] == {"en": "More", "fr": "Plus"}
    assert _state(draft, "attribute/B/summary") == "complete"


def test_undo_brings_back_what_a_translation_was_made_from(draft: Draft, translator: User) -> None:
    _reword(draft, translator, "Other")
    assert _state(draft) == "changed"
    _save(draft, translator, _typed(TITLE, "Autre", "Deuxième", "Other"))
    assert _state(draft) == "complete"
    drafts.undo(draft=draft, user=translator)
    assert _state(draft) == "changed"
    drafts.undo(draft=draft, user=translator)
    assert _state(draft) == "complete"


def test_old_translation_is_confirmed_as_a_step(draft: Draft, translator: User) -> None:
    _reword(draft, translator, "Other")
    _save(draft, translator, _typed(TITLE, "Deuxième", "Deuxième", "Other", still_right=True))
    assert _state(draft) == "complete"
    assert draft.steps.get(number=draft.step).summary == "French: 1 text"
    drafts.undo(draft=draft, user=translator)
    assert _state(draft) == "changed"


def test_translation_of_an_earlier_source_text_counts_as_that(draft: Draft, translator: User) -> None:
    _reword(draft, translator, "Other")
    _save(draft, translator, _typed(TITLE, "Second", "Deuxième", "Second"))
    assert _state(draft) == "changed"


def test_text_changed_meanwhile_is_kept_and_the_others_are_stored(draft: Draft, translator: User) -> None:
    _save(draft, builders.user(), _typed(TITLE, "Le second", "Deuxième", "Second"))
    clashes = _save(
        draft,
        translator,
        _typed(TITLE, "La deuxième", "Deuxième", "Second"),
        _typed("attribute/B/summary", "Plus", source="More"),
    )
    assert clashes == {TITLE: "Le second"}
    texts = {entry.key: entry.texts.get("fr") for entry in translating.texts_of(draft.content)}
    assert (texts[TITLE], texts["attribute/B/summary"]) == ("Le second", "Plus")


def test_text_that_was_not_touched_does_not_clash(draft: Draft, translator: User) -> None:
    _save(draft, builders.user(), _typed(TITLE, "Le second", "Deuxième", "Second"))
    assert _save(draft, translator, _typed(TITLE, "Deuxième", "Deuxième", "Second")) == {}
    assert part(draft.content, Address("attribute", "B"))["title"]["fr"] == "Le second"


def test_text_taken_out_meanwhile_is_named(draft: Draft, translator: User) -> None:
    typed = [_typed("item/B9z/text", "Perdu")]
    assert save_translations(draft=draft, user=translator, language="fr", group="B", typed=typed).gone == (
        "item/B9z/text",
    )


def test_emptied_translation_is_missing_again(draft: Draft, translator: User) -> None:
    _save(draft, translator, _typed(TITLE, "", "Deuxième", "Second"))
    assert _state(draft) == "missing"
    assert TITLE not in draft.translated_from["fr"]


def test_language_is_added_and_taken_out_with_its_texts(draft: Draft, translator: User) -> None:
    add_language(draft=draft, user=translator, language="ar")
    assert draft.content["languages"] == ["en", "fr", "ar"]
    with pytest.raises(DraftRefused):
        add_language(draft=draft, user=translator, language="AR")
    remove_language(draft=draft, user=translator, language="fr")
    assert draft.content["languages"] == ["en", "ar"]
    assert "Deuxième" not in str(draft.content)
    drafts.undo(draft=draft, user=translator)
    assert part(draft.content, Address("attribute", "B"))["title"]["fr"] == "Deuxième"
    with pytest.raises(DraftRefused):
        remove_language(draft=draft, user=translator, language="en")


def test_nothing_is_stored_while_in_review(draft: Draft, translator: User) -> None:
    Draft.objects.update(status=DraftStatus.IN_REVIEW)
    with pytest.raises(DraftNotOpen):
        _save(draft, translator, _typed("attribute/B/summary", "Plus", source="More"))
