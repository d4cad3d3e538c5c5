"""A draft as an organiser will see it."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from attributes.catalogue.draft import draft_view
from attributes.documents import operations, translating
from attributes.documents.documents import Address, Document, node, nodes
from attributes.editor.services.drafts import change, start_draft
from attributes.kinds import Kind
from attributes.models import Draft
from msgov.accounts.models import User
from tests import builders
from tests.attributes.texts import put_text
from tests.builders.question_sets import synthetic

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return builders.user(is_question_set_admin=True)


@pytest.fixture
def draft(editor: User) -> Draft:
    return start_draft(user=editor, base=builders.question_set())


@pytest.fixture
def desk(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def _address(draft: Draft, question: str = "IT1") -> str:
    return reverse("assessments:draft-preview", args=[draft.code, question])


def _items(html: str) -> str:
    """The items as drawn, without what a preview cannot have."""
    found = re.search(r'<section class="item".*</section>', html, re.DOTALL)
    assert found is not None
    # White space around tags is as the conditions of a template leave it.
    drawn = re.sub(r"\s*(</?[\w-]+|>)\s*", r"\1", found[0])
    # Only a whole set has contradictions that could be said beside a line.
    drawn = re.sub(r'<pclass="contradiction" id="[^"]*"></p>', "", drawn)
    # There is no process whose groups and goals could be shown or named.
    drawn = re.sub(r'<pclass="beside">.*?</p>', "", drawn)
    # There is no evidence that a second person could have opened.
    drawn = re.sub(r'<pclass="form-text"><ahref="[^"]*/evidence/#\w+">.*?</a></p>', "", drawn)
    return drawn.replace(" disabled>Upload", ">Upload")


def _edit(draft: Draft, edit: Any) -> None:
    change(draft=draft, user=draft.created_by, edit=edit, target="test", summary="Test")


def test_every_question_looks_as_on_the_organisers_page(draft: Draft, desk: Client) -> None:
    organiser = builders.user()
    assessment = builders.assessment(builders.process(organiser=organiser))
    client = Client()
    client.force_login(organiser)
    for question in builders.items().questions:
        real = client.get(reverse("assessments:question", args=[assessment.code, question.code])).content.decode()
        assert _items(desk.get(_address(draft, question.code)).content.decode()) == _items(real), question.code


def test_preview_cannot_be_sent(draft: Draft, desk: Client) -> None:
    html = desk.get(_address(draft)).content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    assert "<form" not in main
    assert re.findall(r"<button(?![^>]*disabled)", main) == []
    assert "Nothing is saved in a preview." in html
    assert desk.post(_address(draft)).status_code == 405


def test_preview_shows_what_was_changed(draft: Draft, desk: Client) -> None:
    _edit(
        draft,
        lambda content: node(content, Address("item", "IT1a"))["text"].update(en="Changed <words> for {resource}?"),
    )
    html = desk.get(_address(draft)).content.decode()
    assert "Changed &lt;words&gt; for the Internet?" in html


def test_rules_are_said_and_tried_by_the_method(draft: Draft, desk: Client) -> None:
    address = reverse("assessments:draft-preview-list", args=[draft.code])

    def tried(**answers: str) -> str:
        html = unescape(desk.get(address, {f"try-{code}": word for code, word in answers.items()}).content.decode())
        found = re.search(r'id="outcome">(.*?)</div>', html, re.DOTALL)
        return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else ""

    html = unescape(desk.get(address).content.decode())
    assert (
        "If Practical barriers present (IT2a) is answered “does not exist”, then Practical barriers mitigated (IT2b), "
        "answered “partly mitigated” or “mitigated”, counts as not known; answered “not mitigated”, it is an "
        "admission, which is named and counts."
    ) in html
    assert tried() == ""
    both = "“Practical barriers present” and “Practical barriers mitigated” contradict each other."
    assert tried(IT2a="does_not_exist", IT2b="mitigated") == f"X1: {both} The second counts as not known."
    assert tried(IT2a="does_not_exist", IT2b="unmitigated") == f"X1: {both} The second is an admission, and counts."
    assert tried(IT2a="exists", IT2b="mitigated") == "These answers do not contradict each other."
    assert tried(IT3c="not_applicable").startswith("X5: “Formal barriers present” and “Alternative ways in”")
    assert tried(IT3a="does_not_exist", IT3c="not_applicable") == "These answers do not contradict each other."
    assert tried(IT5a="0", IT5c="not_applicable").startswith("X6: ")
    assert tried(IT2a="<b>") == ""


def test_rules_that_are_unfinished_are_left_out(draft: Draft, desk: Client) -> None:
    def spoil(content: Document) -> None:
        content["contradictions"] = [{"code": "X1", "a": "IT1a"}, {"code": "X2", "a": "IT1a", "b": "IT9z"}, {}]

    _edit(draft, spoil)
    html = desk.get(reverse("assessments:draft-preview-list", args=[draft.code])).content.decode()
    assert "contradict each other" not in html


def test_a_set_without_recommendations_says_so(draft: Draft, desk: Client) -> None:
    address = reverse("assessments:draft-preview-list", args=[draft.code])
    said = "This question set gives no recommendations."
    assert said not in desk.get(address).content.decode()

    def without(content: Document) -> None:
        for item in nodes(content, "item"):
            item.pop("recommendations", None)

    _edit(draft, without)
    assert said in desk.get(address).content.decode()


def test_preview_says_what_else_stands_with_the_items(draft: Draft, desk: Client) -> None:
    html = unescape(desk.get(_address(draft, "ED2")).content.decode())
    assert "In your experience, is it clear from the outset of this process" in html
    assert "<strong>Recommends</strong>: “Implemented” means taken up" in " ".join(html.split())
    assert "<strong>Holds a dialogue</strong>: it is not asked" in " ".join(html.split())
    assert "Say who has to implement" in html
    assert "Ask those groups which condition" in html
    assert "Why it is critical:" in desk.get(_address(draft, "IT1")).content.decode()


def test_unfinished_items_are_named_instead_of_drawn(draft: Draft, desk: Client) -> None:
    def spoil(content: Document) -> None:
        row = node(content, Address("item", "IT1a"))
        row["anchors"].pop()
        operations.add(content, "item", "IT1", "IT1x", kind="rating", short={"en": "New one"}, scored=True)

    _edit(draft, spoil)
    html = desk.get(_address(draft)).content.decode()
    assert 'id="IT1a"' not in html
    assert 'id="IT1x"' not in html
    form = f"/question-sets/drafts/{draft.code}/parts/item"
    assert f'<a href="{form}/IT1a/#anchors">Anchors</a>: Each level needs an anchor' in html
    assert f'<a href="{form}/IT1x/#text">What is asked</a>: Nothing is written here yet' in html
    assert "Field required" not in html
    assert (
        desk.get(reverse("assessments:draft-preview-list", args=[draft.code])).content.decode().count("Not finished")
        == 1
    )


def test_unfinished_scale_and_empty_question_are_said(draft: Draft, desk: Client) -> None:
    def spoil(content: Document) -> None:
        content["scale"][0].pop("label")
        operations.add(content, "question", "IT", "IT9")

    _edit(draft, spoil)
    assert "Rating scale" in desk.get(_address(draft)).content.decode()
    html = desk.get(_address(draft, "IT9")).content.decode()
    assert '<h1 class="verbatim">IT9</h1>' in html


def test_draft_of_nothing_has_an_empty_list(editor: User, desk: Client) -> None:
    draft = start_draft(user=editor, document={"slug": "new", "languages": ["en"], "title": {"en": "New"}})
    html = desk.get(reverse("assessments:draft-preview-list", args=[draft.code])).content.decode()
    assert "There is nothing to see yet" in html
    assert desk.get(_address(draft)).status_code == 404


def test_texts_are_shown_in_the_language_asked_for(draft: Draft, desk: Client) -> None:
    def translate(content: Document) -> None:
        translating.add_language(content, "fr")
        translating.add_language(content, "ar")
        put_text(content, "item/IT1a/text", "fr", "Qui peut prendre part aux travaux sur {resource} ?")
        put_text(content, "set/resource_default", "fr", "l’Internet")
        put_text(content, "item/IT1a/text", "ar", "من يمكنه المشاركة؟")

    _edit(draft, translate)
    html = desk.get(_address(draft) + "?language=fr").content.decode()
    assert '<span lang="fr" dir="ltr">Qui peut prendre part aux travaux sur l’Internet ?</span>' in html
    assert 'href="?language=fr"' not in html
    assert re.search(r'rel="next">', html)
    assert f'href="{_address(draft, "IT2")}?language=fr"' in html
    html = desk.get(_address(draft) + "?language=ar").content.decode()
    assert '<span lang="ar" dir="rtl">من يمكنه المشاركة؟</span>' in html
    assert "Qui peut" not in desk.get(_address(draft)).content.decode()


def test_catalogue_of_a_draft_has_made_up_ids_and_all_questions(draft: Draft) -> None:
    view = draft_view(draft.content, "IT1")
    assert [item.pk for item in view.catalogue.question("IT1").items] == [
        -number for number in range(1, len(builders.items().question("IT1").items) + 1)
    ]
    assert [question.code for question in view.catalogue.questions] == [
        row["code"] for row in nodes(draft.content, "question")
    ]
    with pytest.raises(KeyError):
        draft_view(draft.content, "ZZ9")


@pytest.mark.parametrize("questions", [4, pytest.param(500, marks=pytest.mark.slow)])
def test_preview_stays_small_and_quick(
    editor: User, desk: Client, django_assert_max_num_queries: Any, questions: int
) -> None:
    document = synthetic(questions).model_dump(mode="json", exclude_defaults=True)
    draft = start_draft(user=editor, document=document)
    for address in (
        _address(draft, "Q1"),
        reverse("assessments:draft-preview-list", args=[draft.code]),
    ):
        with django_assert_max_num_queries(4):
            assert len(desk.get(address).content) < 300_000


def test_preview_of_each_kind_of_item_can_be_drawn(draft: Draft, desk: Client) -> None:
    for kind in Kind:
        fields = operations.new_item(kind, "en")
        if kind in {Kind.COVERAGE_CHECKLIST, Kind.BARRIER_CHECKLIST, Kind.DIAGNOSIS_CHECKLIST}:
            fields["options"] = [{"key": "one", "label": {"en": "One"}}]
        if kind is Kind.RATING:
            fields["anchors"] = [{"level": level, "text": {"en": "–"}} for level in range(4)]
        code = f"K{list(Kind).index(kind)}"
        _edit(
            draft,
            lambda content, fields=fields, code=code: operations.add(
                content, "item", "IT1", code, short={"en": "Kind"}, text={"en": "Kind?"}, **fields
            ),
        )
    html = desk.get(_address(draft)).content.decode()
    assert "Not finished" not in html
    assert [f"K{number}" for number in range(6) if f'<section class="item" id="K{number}"' not in html] == []
