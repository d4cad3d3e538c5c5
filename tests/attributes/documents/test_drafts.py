"""Drafts: every change a step, nothing lost when two people write."""

import copy
from typing import Any

import pytest

from attributes.documents import documents, operations
from attributes.documents.documents import Address, Document
from attributes.editor.services import drafts
from attributes.exceptions import DraftClash, DraftRefused
from attributes.exporting import document_of
from attributes.kinds import Kind
from attributes.loading import digest
from attributes.models import Draft
from msgov.accounts.models import User
from tests import builders

pytestmark = pytest.mark.django_db
ITEM = Address("item", "IT1a")


@pytest.fixture
def editor() -> User:
    return builders.user(is_question_set_admin=True)


@pytest.fixture
def draft(editor: User) -> Draft:
    return drafts.start_draft(user=editor, base=builders.question_set())


def _reworded(draft: Draft, words: str) -> tuple[dict[str, Any], str]:
    stored = documents.part(draft.content, ITEM)
    return {**stored, "text": {"en": words}}, documents.fingerprint(stored)


def test_draft_of_a_version_is_that_version(draft: Draft) -> None:
    stored = builders.question_set()
    assert draft.content == document_of(stored)
    assert documents.problems(draft.content) == []
    assert digest(documents.checked(draft.content)) == stored.digest == digest(documents.checked(document_of(stored)))


def test_every_part_put_back_as_read_changes_nothing(draft: Draft) -> None:
    content = copy.deepcopy(draft.content)
    for where in documents.addresses(content):
        documents.put(content, where, documents.part(content, where))
    assert content == draft.content


def test_saved_part_is_a_step_that_can_be_taken_back_and_made_again(draft: Draft, editor: User) -> None:
    before = copy.deepcopy(draft.content)
    value, started_from = _reworded(draft, "New words?")
    drafts.save_part(draft=draft, user=editor, where=ITEM, value=value, started_from=started_from, summary="Item")
    after = copy.deepcopy(draft.content)
    assert documents.part(after, ITEM)["text"] == {"en": "New words?"}
    assert drafts.undo(draft=draft, user=editor) is not None
    assert draft.content == before
    assert drafts.undo(draft=draft, user=editor) is None
    assert drafts.redo(draft=draft, user=editor) is not None
    assert draft.content == after
    assert drafts.redo(draft=draft, user=editor) is None


def test_saves_of_one_part_by_one_person_are_one_step_and_by_another_are_two(draft: Draft, editor: User) -> None:
    for words in ("One", "One two", "One two three"):
        value, started_from = _reworded(draft, words)
        drafts.save_part(draft=draft, user=editor, where=ITEM, value=value, started_from=started_from, summary="Item")
    assert draft.step == 1
    value, started_from = _reworded(draft, "Other")
    drafts.save_part(
        draft=draft, user=builders.user(), where=ITEM, value=value, started_from=started_from, summary="Item"
    )
    assert draft.step == 2
    drafts.undo(draft=draft, user=editor)
    assert documents.part(draft.content, ITEM)["text"] == {"en": "One two three"}


def test_second_writer_from_the_same_page_is_told_and_the_first_words_stay(draft: Draft, editor: User) -> None:
    value, started_from = _reworded(draft, "First")
    other, _same = _reworded(draft, "Second")
    drafts.save_part(draft=draft, user=editor, where=ITEM, value=value, started_from=started_from, summary="Item")
    with pytest.raises(DraftClash) as clash:
        drafts.save_part(
            draft=draft, user=builders.user(), where=ITEM, value=other, started_from=started_from, summary="Item"
        )
    assert clash.value.stored["text"] == {"en": "First"}
    draft.refresh_from_db()
    assert documents.part(draft.content, ITEM)["text"] == {"en": "First"}


def test_part_with_a_control_character_is_refused_with_its_field(draft: Draft, editor: User) -> None:
    value, started_from = _reworded(draft, "a\x00b")
    with pytest.raises(DraftRefused) as refused:
        drafts.save_part(draft=draft, user=editor, where=ITEM, value=value, started_from=started_from, summary="Item")
    assert refused.value.field == "text"


def test_unfinished_part_is_stored_and_named_as_a_problem(draft: Draft, editor: User) -> None:
    stored = documents.part(draft.content, ITEM)
    drafts.save_part(
        draft=draft,
        user=editor,
        where=ITEM,
        value={**stored, "text": {"en": ""}},
        started_from=documents.fingerprint(stored),
        summary="Item",
    )
    assert [(str(p.address), p.field) for p in documents.problems(draft.content)] == [("item/IT1a", "text")]


def test_codes_taken_out_are_not_proposed_again(draft: Draft, editor: User) -> None:
    def add(content: Document) -> None:
        operations.add(content, "item", "IT1", "IT1b", **operations.new_item(Kind.RATING, "en"))

    drafts.change(draft=draft, user=editor, edit=add, target="structure", summary="Added")
    drafts.change(
        draft=draft,
        user=editor,
        edit=lambda content: operations.remove(content, Address("item", "IT1b")),
        target="structure",
        summary="Removed",
    )
    assert "IT1b" in draft.spent_codes
    assert operations.proposed_code(draft.content, "item", "IT1", draft.spent_codes) == "IT1c"
