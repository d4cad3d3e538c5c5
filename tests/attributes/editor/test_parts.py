"""The forms of parts: what is sent is what is stored, what is wrong is named at its field, nothing typed is lost."""

import copy
import re
from html import unescape

import pytest
from django.test import Client

from attributes.editing import documents
from attributes.exporting import plain
from attributes.models import Draft
from attributes.services import drafts
from msgov.accounts.models import User
from tests import builders
from tests.attributes.editor.pages import address, autosaved, controls, opened

pytestmark = pytest.mark.django_db
ADDRESSES = [str(where) for where in documents.addresses(plain(builders.shipped_spec()))]


def stored(draft: Draft, where: str):
    draft.refresh_from_db()
    return documents.part(draft.content, documents.address(where))


@pytest.mark.parametrize("where", ADDRESSES)
def test_part_sent_back_as_shown_changes_nothing(desk: Client, draft: Draft, where: str) -> None:
    before = copy.deepcopy(draft.content)
    data = opened(desk, draft, where)
    assert autosaved(desk, draft, where, data).status_code == 200
    response = desk.post(address(draft, where), {**data, "action": "save"})
    assert response.status_code == 302, response.content.decode()
    draft.refresh_from_db()
    assert draft.content == before
    assert draft.step == 0


def test_saved_words_are_stored_and_the_step_is_named(desk: Client, draft: Draft) -> None:
    data = opened(desk, draft, "item/IT1a")
    response = desk.post(address(draft, "item/IT1a"), {**data, "text": "New words?\r\nSecond line ", "action": "tree"})
    assert response["Location"] == f"/question-sets/drafts/{draft.code}/?open=item/IT1a#item-IT1a"
    assert stored(draft, "item/IT1a")["text"] == {"en": "New words?\nSecond line"}
    assert [step.summary for step in draft.steps.all()] == ["Started", "Item IT1a"]
