"""Sets, drafts and their structure: nothing is done by looking, codes are never given twice, everything goes back."""

import copy
import re

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from attributes.documents import documents
from attributes.documents.documents import Address
from attributes.editor.services import drafts
from attributes.models import Draft
from msgov.accounts.models import User
from tests import builders

pytestmark = pytest.mark.django_db


def place(draft: Draft, name: str = "") -> str:
    return f"/question-sets/drafts/{draft.code}/{name}"


def do(desk: Client, draft: Draft, what: str, **fields: str) -> HttpResponse:
    return desk.post(place(draft, "structure/"), {"do": what, **fields})


def codes(draft: Draft, question: str) -> list[str]:
    draft.refresh_from_db()
    return [item["code"] for item in documents.node(draft.content, Address("question", question))["items"]]


def test_list_of_sets_costs_the_same_for_many(
    desk: Client, draft: Draft, editor: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk.get("/question-sets/")
    with django_assert_num_queries(5):
        desk.get("/question-sets/")
    for _number in range(5):
        drafts.start_draft(user=editor, base=draft.base)
    with django_assert_num_queries(5):
        desk.get("/question-sets/")


def test_list_shows_versions_drafts_and_who_changed_them(desk: Client, draft: Draft) -> None:
    html = desk.get("/question-sets/").content.decode()
    assert "Version 1.0.0" in html
    assert "· English · not used yet" in " ".join(html.split())
    assert "Changed last by Edda Editor" in html
    assert f'href="{place(draft)}"' in html


def test_only_set_administrators_have_the_link(desk: Client, draft: Draft) -> None:
    other = Client()
    other.force_login(builders.user())
    assert 'href="/question-sets/"' in desk.get("/").content.decode()
    assert 'href="/question-sets/"' not in other.get("/").content.decode()
    assert other.get("/question-sets/").status_code == 404


def test_new_set_starts_with_the_four_levels(desk: Client) -> None:
    response = desk.post("/question-sets/drafts/new/", {"title": "River forum", "language": "en", "slug": ""})
    draft = Draft.objects.get(slug="river-forum")
    assert response["Location"] == place(draft)
    assert draft.content["title"] == {"en": "River forum"}
    assert [level["letter"] for level in draft.content["scale"]] == ["N", "P", "L", "F"]
    assert "There is no attribute yet" in desk.get(place(draft)).content.decode()


def test_new_set_in_a_language_we_do_not_speak_has_only_the_letters(desk: Client) -> None:
    desk.post("/question-sets/drafts/new/", {"title": "Foro", "language": "es", "slug": ""})
    content = Draft.objects.get(slug="foro").content
    assert content["languages"] == ["es"]
    assert content["scale"][0] == {"value": 0, "letter": "N"}


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"title": ""}, "Enter the title of the question set"),
        ({"title": "x", "slug": "Not a slug"}, "Use small letters and digits"),
        ({"title": "x", "slug": "drafts"}, "has a meaning of its own"),
        ({"title": "x", "slug": "isoc-multistakeholder-attributes"}, "There is a question set"),
        ({"title": "\u4e16"}, "No name can be made from this title"),
    ],
)
def test_new_set_that_cannot_be_says_why(desk: Client, draft: Draft, sent: dict[str, str], words: str) -> None:
    response = desk.post("/question-sets/drafts/new/", {"language": "en", **sent})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert Draft.objects.count() == 1


def test_draft_of_a_version_is_started_with_a_button(desk: Client, draft: Draft) -> None:
    base = f"{draft.slug}@1.0.0"
    html = desk.get(f"/question-sets/drafts/new/?base={base}").content.decode()
    assert place(draft) in html
    response = desk.post("/question-sets/drafts/new/", {"base": base})
    new = Draft.objects.latest("pk")
    assert response["Location"] == place(new)
    assert new.content == draft.content
    assert desk.get("/question-sets/drafts/new/?base=x@y").status_code == 404


def test_moved_part_is_where_the_answer_leads(desk: Client, draft: Draft) -> None:
    response = do(desk, draft, "up item/IT3c")
    assert response["Location"] == place(draft, "?at=item/IT3c#item-IT3c")
    assert codes(draft, "IT3") == ["IT3a", "IT3c", "IT3b", "IT3d"]
    do(desk, draft, "down item/IT3c")
    assert codes(draft, "IT3") == ["IT3a", "IT3b", "IT3c", "IT3d"]


def test_item_is_added_with_the_proposed_code(desk: Client, draft: Draft) -> None:
    html = desk.get(place(draft, "?open=question/IT1")).content.decode()
    assert re.search(r'name="code" value="IT1b"', html)
    response = do(desk, draft, "add question/IT1", kind="rating", code="IT1b")
    assert response["Location"] == place(draft, "parts/item/IT1b/")
    assert codes(draft, "IT1") == ["IT1a", "IT1b"]
    assert desk.get(response["Location"]).status_code == 200
    assert "3 missing" in desk.get(place(draft)).content.decode()  # short name, text and the levels


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("it3B", "it3B is the code of an item (“Formal barriers necessary”)"),
        ("IT3b-R1", "is the code of a recommendation of item IT3b"),
        ("CO1", "CO1 is the code of a question"),
        ("a b", "Use letters, digits and hyphens"),
        ("", "Enter a code"),
        ("x" * 21, "at most 20 characters"),
    ],
)
def test_code_that_cannot_be_given_is_refused_at_its_field(desk: Client, draft: Draft, code: str, words: str) -> None:
    response = do(desk, draft, "add question/IT1", kind="rating", code=code)
    html = response.content.decode()
    assert response.status_code == 422
    assert words in html
    assert not code or f'name="code" value="{code}"' in html
    assert 'href="#add-code"' in html
    assert codes(draft, "IT1") == ["IT1a"]


def test_code_that_was_taken_out_stays_spent_and_says_where_it_was_used(desk: Client, draft: Draft) -> None:
    desk.post(place(draft, "remove/item/IT3c/"))
    assert codes(draft, "IT3") == ["IT3a", "IT3b", "IT3d"]
    html = do(desk, draft, "add question/IT3", kind="rating", code="it3c").content.decode()
    assert "it3c was the code of an item (“Alternative ways in”) in version 1.0.0, and is not used again" in html
    do(desk, draft, "add question/IT3", kind="rating", code="IT3z")
    desk.post(place(draft, "remove/item/IT3z/"))
    html = do(desk, draft, "add question/IT3", kind="rating", code="IT3Z").content.decode()
    assert "IT3Z was used earlier in this draft, and is not used again" in html


def test_attribute_and_question_are_added(desk: Client, draft: Draft) -> None:
    assert do(desk, draft, "add set", code="NEW")["Location"] == place(draft, "parts/attribute/NEW/")
    assert do(desk, draft, "add attribute/NEW", code="NEW1")["Location"] == place(draft, "parts/question/NEW1/")
    assert codes(draft, "NEW1") == []


def test_parts_move_elsewhere_split_and_merge(desk: Client, draft: Draft) -> None:
    assert do(desk, draft, "move item/IT3b", to="IT1").status_code == 302
    assert codes(draft, "IT1") == ["IT1a", "IT3b"]
    assert do(desk, draft, "move question/IT1", to="CR").status_code == 302
    draft.refresh_from_db()
    assert documents.parent(draft.content, Address("question", "IT1")) == Address("attribute", "CR")
    assert do(desk, draft, "split item/IT3c", codes="IT3e, IT3f").status_code == 302
    assert codes(draft, "IT3") == ["IT3a", "IT3e", "IT3f", "IT3d"]
    assert do(desk, draft, "merge item/CR1a", items=["CR1a", "CR1b"], code="CR1e").status_code == 302
    assert codes(draft, "CR1") == ["CR1e", "CR1c", "CR1d"]
    assert documents.node(draft.content, Address("item", "CR1e"))["replaces"] == ["CR1a", "CR1b"]


def test_split_and_merge_say_what_is_left_to_do(desk: Client, draft: Draft) -> None:
    html = desk.post(
        place(draft, "structure/"), {"do": "split item/IT3c", "codes": "IT3e, IT3f"}, follow=True
    ).content.decode()
    assert "IT3c was split into IT3e, IT3f. All have its words still: open each and say what it asks." in html
    html = desk.post(
        place(draft, "structure/"),
        {"do": "merge item/CR1a", "items": ["CR1a", "CR1b"], "code": "CR1e"},
        follow=True,
    ).content.decode()
    assert "CR1a, CR1b were merged into CR1e. It has the words of CR1a: open it and say what it asks." in html


def test_first_page_leads_administrators_of_question_sets_there(desk: Client) -> None:
    assert '<a href="/question-sets/">Versions and drafts</a>' in desk.get("/").content.decode()
    other = Client()
    other.force_login(builders.user("olive@example.org"))
    assert "Versions and drafts" not in other.get("/").content.decode()


def test_draft_leads_to_preview_files_and_differences(desk: Client, draft: Draft) -> None:
    html = desk.get(place(draft)).content.decode()
    assert f'<a href="{place(draft, "preview/")}">Preview</a>' in html
    assert f'<a href="{place(draft, "import/")}">Import and export</a>' in html
    assert "Nothing differs from the version yet." in html
    base = f"{draft.slug}@1.0.0"
    compared = desk.get("/question-sets/compare/", {"a": base, "b": f"draft:{draft.code}"}).content.decode()
    assert f'href="{place(draft)}"' in compared


@pytest.mark.parametrize(
    ("what", "fields", "words"),
    [
        ("split item/IT3c", {"codes": "IT3e"}, "Enter at least two different codes"),
        ("split item/IT3c", {"codes": "IT3e IT3E"}, "Enter at least two different codes"),
        ("split item/IT3c", {"codes": "IT3a IT3e"}, "IT3a is the code of an item"),
        ("split item/IT3c", {"codes": "IT3e ?"}, "Use letters, digits and hyphens for a code"),
        ("merge item/CR1a", {"items": ["CR1a"], "code": "CR1e"}, "Choose at least two items"),
        ("merge item/CR1a", {"items": ["CR1a", "IT1a"], "code": "CR1e"}, "IT1a is not one of the available choices"),
        ("move item/IT3b", {"to": ""}, "Choose one"),
    ],
)
def test_refused_change_of_structure_names_its_field(
    desk: Client, draft: Draft, what: str, fields: dict[str, list[str] | str] | dict[str, str], words: str
) -> None:
    before = copy.deepcopy(draft.content)
    response = do(desk, draft, what, **fields)
    assert response.status_code == 422
    assert words in response.content.decode()
    draft.refresh_from_db()
    assert draft.content == before


@pytest.mark.parametrize("what", ["", "add", "up set", "fly item/IT1a", "up item/nothing", "merge item/IT1a"])
def test_nonsense_is_refused(desk: Client, draft: Draft, what: str) -> None:
    assert do(desk, draft, what).status_code == 422


def test_removing_says_which_codes_go(desk: Client, draft: Draft) -> None:
    html = desk.get(place(draft, "remove/question/IT2/")).content.decode()
    assert "Retire Question IT2?" in html
    listed = re.findall(r'<span class="tag">([^<]+)</span>', html)
    assert listed == ["IT2", "IT2a", "IT2b", "IT2b-R1", "IT2b-R2", "IT2b-R3", "IT2c"]
    draft.refresh_from_db()
    assert codes(draft, "IT2") == ["IT2a", "IT2b", "IT2c"], "looking removes nothing"
    assert desk.get(place(draft, "remove/set/")).status_code == 404


def test_changes_go_back_and_forth_by_name(desk: Client, draft: Draft) -> None:
    before = copy.deepcopy(draft.content)
    do(desk, draft, "up item/IT3c")
    html = desk.get(place(draft)).content.decode()
    assert "Undo: IT3c moved up" in html
    assert desk.post(place(draft, "undo/"), {"number": "1", "next": place(draft, "changes/")}).status_code == 302
    draft.refresh_from_db()
    assert draft.content == before
    html = desk.get(place(draft, "changes/")).content.decode()
    assert "Redo: IT3c moved up" in html
    assert "taken back" in html
    desk.post(place(draft, "redo/"), {"number": "1"})
    assert codes(draft, "IT3") == ["IT3a", "IT3c", "IT3b", "IT3d"]


def test_undo_takes_back_only_what_the_button_named(desk: Client, draft: Draft, editor: User) -> None:
    do(desk, draft, "up item/IT3c")
    do(desk, draft, "up item/IT3d")
    response = desk.post(place(draft, "undo/"), {"number": "1", "next": "https://example.org/"}, follow=True)
    assert response.redirect_chain == [(place(draft), 302)]
    assert "the draft has changed meanwhile" in response.content.decode()
    assert codes(draft, "IT3") == ["IT3a", "IT3c", "IT3d", "IT3b"]


def test_discarding_says_how_much_is_lost(desk: Client, draft: Draft) -> None:
    do(desk, draft, "up item/IT3c")
    html = desk.get(place(draft, "discard/")).content.decode()
    assert "1 change is lost" in html
    assert Draft.objects.exists()
    assert desk.post(place(draft, "discard/"))["Location"] == "/question-sets/"
    assert not Draft.objects.exists()


def test_draft_in_review_stands_still(desk: Client, draft: Draft) -> None:
    Draft.objects.update(status="in_review")
    html = desk.get(place(draft)).content.decode()
    assert "This draft is in review" in html
    assert 'name="do"' not in html
    for response in (do(desk, draft, "up item/IT3c"), desk.post(place(draft, "remove/item/IT3c/"))):
        assert response.status_code == 422
        assert "Take it back into editing first" in response.content.decode()
    assert codes(draft, "IT3") == ["IT3a", "IT3b", "IT3c", "IT3d"]


def test_marks_say_what_is_new_and_changed(desk: Client, draft: Draft) -> None:
    do(desk, draft, "split item/IT3c", codes="IT3e IT3f")
    html = desk.get(place(draft)).content.decode()
    row = html.partition('id="item-IT3e"')[2].partition("</li>")[0]
    assert '<span class="tag state-new">new</span>' in row
    assert "3 parts differ from the version" not in html
