"""What nobody should send: drafts that are gone, more than anybody writes, numbers without end."""

import string
from typing import Any

import pytest
from django.test import Client

from attributes.documents import documents, operations
from attributes.documents.differences import difference
from attributes.documents.documents import Address, Document
from attributes.editor.forms.fields import CreditField, PartReading
from attributes.editor.forms.part import PartForm
from attributes.editor.services import drafts
from attributes.models import Draft
from tests.builders.editor import address, autosaved, opened
from tests.work import at_most

GONE = "This draft is gone: it was published or discarded meanwhile."


@pytest.fixture
def vanishing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody publishes or discards the draft after the request was let in, before the change has its lock."""
    locked = drafts.locked

    def too_late(draft: Draft, **options: Any) -> Draft:
        Draft.objects.filter(pk=draft.pk).delete()
        return locked(draft, **options)

    monkeypatch.setattr(drafts, "locked", too_late)


@pytest.mark.usefixtures("vanishing")
@pytest.mark.parametrize(
    ("where", "data"),
    [
        ("structure/", {"do": "down item/IT1a"}),
        ("structure/", {"do": "add attribute/IT", "code": "IT99"}),
        ("remove/item/IT1a/", {}),
        ("undo/", {}),
        ("redo/", {}),
        ("discard/", {}),
        ("languages/", {"language": "de"}),
        ("parts/item/IT1a/", {"action": "kind", "kind": "open_text"}),
    ],
)
def test_change_of_a_draft_that_is_gone_is_said_to_be_too_late(
    desk: Client, draft: Draft, where: str, data: dict[str, str]
) -> None:
    response = desk.post(f"/question-sets/drafts/{draft.code}/{where}", data)
    if response.status_code == 302:
        response = desk.get("/question-sets/")
    assert response.status_code in (200, 409, 422)
    assert GONE in response.content.decode()


def test_words_for_a_draft_that_is_gone_are_handed_back(desk: Client, draft: Draft, vanishing: None) -> None:
    sent = opened(desk, draft, "item/IT1a") | {"text": "Words of mine"}
    response = desk.post(address(draft, "item/IT1a"), sent)
    assert response.status_code == 409
    assert GONE in response.content.decode()
    assert "Words of mine" in response.content.decode()


def test_autosave_into_a_draft_that_is_gone_says_so(desk: Client, draft: Draft, vanishing: None) -> None:
    response = autosaved(desk, draft, "item/IT1a", opened(desk, draft, "item/IT1a") | {"text": "Words of mine"})
    assert response.status_code == 409
    assert GONE in response.content.decode()


def test_codes_are_proposed_when_all_letters_are_spent(draft: Draft) -> None:
    letters = string.ascii_lowercase
    spent = [f"IT1{letter}" for letter in letters] + [f"IT1{a}{b}" for a in letters for b in letters]
    assert operations.proposed_code(draft.content, "item", "IT1", spent[:-1]) == "IT1zz"
    assert operations.proposed_code(draft.content, "item", "IT1", spent) == "IT11"


@pytest.mark.parametrize(("number", "status"), [(20, 302), (21, 422)])
def test_an_item_is_split_into_twenty_at_most(desk: Client, draft: Draft, number: int, status: int) -> None:
    before = len(documents.nodes(draft.content, "item"))
    codes = " ".join(f"IT9x{count}" for count in range(number))
    data = {"do": "split item/IT1a", "codes": codes}
    response = desk.post(f"/question-sets/drafts/{draft.code}/structure/", data)
    assert response.status_code == status
    draft.refresh_from_db()
    assert len(documents.nodes(draft.content, "item")) == (before + 19 if status == 302 else before)


def test_a_form_is_drawn_as_often_for_many_mistakes_as_for_one(draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    form = PartForm(draft.content, Address("goals"), base=None)
    value = [{"code": "no code", "text": {"en": "x"}} for _row in range(200)]
    drawn = []
    show = PartForm.show
    monkeypatch.setattr(PartForm, "show", lambda self, value: drawn.append(1) or show(self, value))
    problems = documents.refused(Address("goals"), value)
    assert len(form.refuse(value, problems)) == 200
    assert len(drawn) == 1


@pytest.mark.parametrize("typed", ["1e999999999", "1e999999999%", "1E999999999", "1e-999999999"])
def test_numbers_with_an_exponent_are_not_written_out(typed: str) -> None:
    assert CreditField("credit", "Credit").read("credit", {"credit": typed}, None, PartReading("en")) == typed
    item = {"code": "A1a", "kind": "coverage_checklist", "states": [{"key": "yes", "credit": typed}]}
    (problem,) = documents.refused(Address("item", "A1a"), item)
    assert (problem.path, problem.reason) == (("states", 0, "credit"), 'Value error, is not a fraction such as "1/2"')


def test_sets_without_a_common_item_are_compared_in_linear_time() -> None:
    def items(start: str) -> Document:
        rows = [{"code": f"{start}{number}", "kind": "rating", "scored": True} for number in range(4000)]
        return {"attributes": [{"code": start, "questions": [{"code": f"{start}1", "items": rows}]}]}

    # Looking at each item of one for each of the other would be sixteen million.
    with at_most(1_000_000):
        found = difference(items("A"), items("B"))
    assert len(found.structure) == 2 * 4002


@pytest.mark.parametrize("back", ["-1", "a\x00b", "\"'>", "//elsewhere.example/", "draft"])
def test_no_words_lead_astray_after_undo(desk: Client, draft: Draft, back: str) -> None:
    response = desk.post(f"/question-sets/drafts/{draft.code}/undo/", {"next": back})
    assert response.status_code == 302
    assert "elsewhere" not in response["Location"]
