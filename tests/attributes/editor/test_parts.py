"""The forms of parts: what is sent is what is stored, what is wrong is named at its field, nothing typed is lost."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from attributes.documents import documents
from attributes.documents.copying import copied
from attributes.documents.documents import Document
from attributes.editor.services import drafts
from attributes.exporting import plain
from attributes.models import Draft
from msgov.accounts.models import User
from tests import builders
from tests.builders.editor import address, autosaved, controls, opened, sent_unchanged

pytestmark = pytest.mark.django_db


def first_of_each_kind() -> list[str]:
    """A part of every kind of the shipped set; what the fields of all of them send is in `test_fields`."""
    document = plain(builders.shipped_spec())
    found: dict[str, str] = {}
    for where in documents.addresses(document):
        found.setdefault(documents.part(document, where)["kind"] if where.kind == "item" else where.kind, str(where))
    return list(found.values())


def stored(draft: Draft, where: str) -> dict[str, Any]:
    draft.refresh_from_db()
    return documents.part(draft.content, documents.address(where))


@pytest.mark.parametrize("where", first_of_each_kind())
def test_part_sent_back_as_shown_changes_nothing(desk: Client, draft: Draft, where: str) -> None:
    before = copied(draft.content)
    data = opened(desk, draft, where)
    assert data == {**data, **sent_unchanged(draft.content, documents.address(where))}, "the fields of test_fields"
    assert autosaved(desk, draft, where, data).status_code == 200
    response = desk.post(address(draft, where), {**data, "action": "save"})
    assert response.status_code == 302, response.content.decode()
    draft.refresh_from_db()
    assert draft.content == before
    assert draft.step == 0


def test_saved_words_are_stored_and_the_step_is_named(desk: Client, draft: Draft) -> None:
    data = opened(desk, draft, "item/IT1a")
    response = desk.post(address(draft, "item/IT1a"), {**data, "text": "New words?\r\nSecond line ", "action": "tree"})
    assert response["Location"] == f"/question-sets/drafts/{draft.code}/?at=item/IT1a#item-IT1a"
    assert stored(draft, "item/IT1a")["text"] == {"en": "New words?\nSecond line"}
    assert [step.summary for step in draft.steps.all()] == ["Started", "Item IT1a"]


def errors(html: str) -> list[tuple[str, str]]:
    """The links of the error summary."""
    summary = html.partition('class="error-summary"')[2].partition("</div>")[0]
    return [(name, unescape(text)) for name, text in re.findall(r'<a href="#([^"]+)">([^<]+)</a>', summary)]


@pytest.mark.alike
@pytest.mark.parametrize(
    ("where", "sent", "named"),
    [
        ("item/IT1a", {"text": "a\x07b"}, ("text", "What is asked: A character here cannot be stored")),
        ("item/IT1a", {"short": "x" * 10_001}, ("short", "Short text: This is too long: at most 10000 characters")),
        ("item/IT1a", {"replaces": "IT1b -"}, ("replaces", "Takes the place of: Use codes of items")),
        ("item/IT1a", {"audience": "all"}, ("audience", "Who is asked: Choose one of the list")),
        ("item/IT1a", {"anchors-2-text": "\x01"}, ("anchors-2-text", "L – Largely achieved: A character here")),
        ("item/IT2b", {"options-4-label": "x", "options-4-key": "Not a key"}, ("options-4-key", "Option 5: Key: Use")),
        ("item/IT2b", {"states-0-credit": "much"}, ("states-0-credit", "State 1: Credit: Enter a share")),
        ("item/IT2b", {"states-0-credit": "2"}, ("states-0-credit", "State 1: Credit: Enter a share")),
        ("item/IT2b", {"evidence_prompts-1": "\x01"}, ("evidence_prompts-1", "Evidence 2: Text: A character")),
        (
            "item/IT2b",
            {"recommendations-0-basis_lines": "x"},
            ("recommendations-0-basis_lines", "Recommendation 1: Lines of the source: Use numbers of lines"),
        ),
        ("attribute/IT", {"slug": "Not a slug"}, ("slug", "Name in addresses: Use small letters and digits")),
        ("attribute/IT", {"quotations-1-source_lines": "x"}, ("quotations-1-source_lines", "Quotation 2: Lines")),
        ("question/IT1", {"source_lines": "first"}, ("source_lines", "Lines of the source: Use numbers of lines")),
        ("set", {"source-year": "soon"}, ("source-year", "Year: Enter a whole number")),
        ("set", {"source-url": "nowhere"}, ("source-url", "Web address: Enter a web address")),
        ("scale", {"rows-1-letter": "pp"}, ("rows-1-letter", "Level 2: Letter: Use one capital letter")),
        ("criteria", {"rows-0-source_lines": "x"}, ("rows-0-source_lines", "Condition 1: Lines of the source")),
        ("crosswalk", {"rows-0-item_codes": "a b -"}, ("rows-0-item_codes", "Principle 1: Items that ask for it")),
        ("contradictions", {"rows-0-a_states": "Yes no"}, ("rows-0-a_states", "Rule 1: is answered: Use the answers")),
        ("item/IT2b", {"derived_from-when": "No"}, ("derived_from-when", "Its answer (key): Use small letters")),
    ],
)
def test_what_cannot_be_stored_is_named_at_its_field_and_kept(
    desk: Client, draft: Draft, where: str, sent: dict[str, str], named: tuple[str, str]
) -> None:
    before = stored(draft, where)
    data = {**opened(desk, draft, where), **sent}
    response = desk.post(address(draft, where), {**data, "action": "save"})
    html = response.content.decode()
    assert response.status_code == 422
    (found,) = errors(html)
    assert found[0] == named[0]
    assert found[1].startswith(named[1])
    assert f'id="{named[0]}"' in html
    if "audience" not in sent:  # what no list offers cannot be shown as chosen
        again_sent = controls(html)
        assert again_sent | sent == again_sent
    assert "<title>Error: " in html
    assert stored(draft, where) == before
    again = autosaved(desk, draft, where, data)
    assert again.status_code == 422
    assert named[1].split(": ")[0] in unescape(again.content.decode())


def test_a_rule_is_written_and_what_is_wrong_with_it_is_named_at_its_field(desk: Client, draft: Draft) -> None:
    data = opened(desk, draft, "contradictions")
    data |= {"rows-6-a": "CO1a", "rows-6-a_states": "0, unanswered", "rows-6-b": "CO1b", "rows-6-b_states": "3"}
    response = desk.post(address(draft, "contradictions"), {**data, "action": "save"})
    assert response.status_code == 302
    rules: Any = stored(draft, "contradictions")
    assert rules[6] == {"code": "X7", "a": "CO1a", "a_states": ["0", "unanswered"], "b": "CO1b", "b_states": ["3"]}
    html = unescape(desk.get(address(draft, "contradictions")).content.decode())
    assert "IT2a has: exists, does_not_exist, dont_know, unanswered<" in html
    assert "IT2b has: unmitigated, partly, mitigated, absent, not_applicable<" in html
    data = opened(desk, draft, "contradictions") | {"rows-6-b_states": "3 7", "rows-6-named_states": "3"}
    desk.post(address(draft, "contradictions"), {**data, "action": "save"})
    html = unescape(desk.get(address(draft, "contradictions")).content.decode())
    assert "<a href=\"#rows-6-b_states\">Rule 7: cannot be</a>: This item cannot be answered '7'" in html
    assert '<a href="#rows-6-named_states">' in html
    data = opened(desk, draft, "contradictions")
    desk.post(address(draft, "contradictions"), {**data, "action": "remove rows 6"})
    assert len(stored(draft, "contradictions")) == 6


def test_kinds_of_process_are_ticked_and_read(desk: Client, draft: Draft) -> None:
    data = opened(desk, draft, "item/ED2a")
    assert data["not_for-dialogues"] == "1"
    del data["not_for-dialogues"]
    data |= {"not_for-decides": "1", "reading-dialogues": "Taken up by those who talk.", "reading-recommends": ""}
    assert desk.post(address(draft, "item/ED2a"), {**data, "action": "save"}).status_code == 302
    item = stored(draft, "item/ED2a")
    assert item["not_for"] == ["decides"]
    assert item["reading"] == {
        "sets_standards": {"en": "“Implemented” means built and deployed."},
        "dialogues": {"en": "Taken up by those who talk."},
    }
    data = opened(desk, draft, "item/ED2a")
    del data["not_for-decides"]
    desk.post(
        address(draft, "item/ED2a"), {**data, "reading-sets_standards": "", "reading-dialogues": "", "action": "save"}
    )
    assert not {"not_for", "reading"} & set(stored(draft, "item/ED2a"))


def test_code_of_a_recommendation_that_was_used_is_refused(desk: Client, draft: Draft) -> None:
    data = opened(desk, draft, "item/IT1a")
    data |= {"recommendations-3-text": "Do", "recommendations-3-code": "it2b-r1"}
    response = desk.post(address(draft, "item/IT1a"), {**data, "action": "save"})
    assert errors(response.content.decode()) == [
        ("recommendations-3-code", "Recommendation 4: Code: it2b-r1 was used before, and codes are never used again")
    ]


def test_unfinished_part_is_stored_and_what_is_missing_is_linked(desk: Client, draft: Draft) -> None:
    data = opened(desk, draft, "item/IT1a")
    response = desk.post(address(draft, "item/IT1a"), {**data, "text": "", "anchors-1-text": "", "action": "save"})
    assert response.status_code == 302
    html = desk.get(address(draft, "item/IT1a")).content.decode()
    assert '<a href="#text">What is asked</a>: Nothing is written here yet' in html
    assert '<a href="#anchors-1-text">P – Partially achieved</a>: Nothing is written here yet' in html


def test_lines_are_added_with_a_proposed_key_moved_and_taken_out(desk: Client, draft: Draft) -> None:
    def keys() -> list[str]:
        return [row["key"] for row in stored(draft, "item/IT2b")["options"]]

    data = opened(desk, draft, "item/IT2b") | {"options-4-label": "Cost of Participation"}
    response = desk.post(address(draft, "item/IT2b"), {**data, "action": "add options 0"})
    assert response["Location"].endswith("#options-5")
    first = ["language", "cost_of_participation", "technical_and_process_knowledge", "cultural_norms"]
    assert keys() == [*first, "cost_of_participation_2"]
    data = opened(desk, draft, "item/IT2b")
    assert data["options-4-key"] == "cost_of_participation_2"
    assert "options-3-key" not in data, "what stands in the base is locked"
    response = desk.post(address(draft, "item/IT2b"), {**data, "options-4-key": "fees", "action": "up options 4"})
    assert response["Location"].endswith("#options-3")
    assert keys() == [*first[:3], "fees", first[3]]
    data = opened(desk, draft, "item/IT2b")
    desk.post(address(draft, "item/IT2b"), {**data, "action": "remove options 3"})
    assert keys() == first


def test_locked_key_cannot_be_forged(desk: Client, draft: Draft) -> None:
    data = opened(desk, draft, "item/IT2b") | {"options-0-key": "other_words", "options-0-label": "Languages"}
    desk.post(address(draft, "item/IT2b"), {**data, "action": "save"})
    assert stored(draft, "item/IT2b")["options"][0] == {"key": "language", "label": {"en": "Languages"}}


def test_translations_stay_with_their_lines(desk: Client, draft: Draft, editor: User) -> None:
    def translate(content: Document) -> None:
        content["languages"] = ["en", "fr"]
        item = documents.node(content, documents.address("item/IT2b"))
        item["text"]["fr"] = "Y a-t-il ?"
        for number, prompt in enumerate(item["evidence_prompts"]):
            prompt["fr"] = f"Preuve {number}"

    drafts.change(draft=draft, user=editor, edit=translate, target="x", summary="French")
    data = opened(desk, draft, "item/IT2b")
    html = desk.get(address(draft, "item/IT2b")).content.decode()
    assert '<span lang="fr" dir="auto">Y a-t-il ?</span>' in html
    desk.post(address(draft, "item/IT2b"), {**data, "text": "Are there?", "action": "up evidence_prompts 2"})
    item = stored(draft, "item/IT2b")
    assert item["text"] == {"en": "Are there?", "fr": "Y a-t-il ?"}
    assert [row["fr"] for row in item["evidence_prompts"]] == ["Preuve 0", "Preuve 2", "Preuve 1", "Preuve 3"]


def test_autosave_answers_with_what_the_next_one_needs(desk: Client, draft: Draft) -> None:
    data = opened(desk, draft, "item/IT2b")
    data |= {"options-4-label": "Fe"}
    for words, key in (("Fe", "fe"), ("Fees and more", "fees_and_more")):
        data["options-4-label"] = words
        html = autosaved(desk, draft, "item/IT2b", data).content.decode()
        assert stored(draft, "item/IT2b")["options"][4]["key"] == key
        data |= dict(re.findall(r'<input type="hidden" name="([^"]+)" id="[^"]+" value="([^"]*)" hx-swap-oob', html))
        assert data["options-4-from"] == key
        assert data["version"] == documents.fingerprint(stored(draft, "item/IT2b"))
    assert draft.step == 1, "saves of one part shortly after each other are one step"


def test_save_whose_answer_got_lost_is_no_clash(desk: Client, draft: Draft) -> None:
    data = opened(desk, draft, "item/IT1a") | {"text": "First"}
    assert autosaved(desk, draft, "item/IT1a", data).status_code == 200
    assert autosaved(desk, draft, "item/IT1a", {**data, "text": "First and more"}).status_code == 200
    assert stored(draft, "item/IT1a")["text"] == {"en": "First and more"}


def _other_saves(draft: Draft, **fields: Any) -> None:
    where = documents.address("item/IT1a")
    draft.refresh_from_db()
    now = documents.part(draft.content, where)
    drafts.save_part(
        draft=draft,
        user=builders.user(is_question_set_admin=True, name="Theo Theirs"),
        where=where,
        value={**now, **fields},
        started_from=documents.fingerprint(now),
        summary="Item IT1a",
    )


def test_clash_shows_both_and_keeps_what_is_chosen(desk: Client, draft: Draft) -> None:
    data = opened(desk, draft, "item/IT1a") | {"text": "Mine", "short": "Short mine", "critical": ""}
    del data["critical"]
    _other_saves(draft, text={"en": "Theirs"}, short={"en": "Short theirs"})
    answer = autosaved(desk, draft, "item/IT1a", data)
    assert answer.status_code == 409
    assert "Theo Theirs changed this part at the same time" in answer.content.decode()
    page = desk.post(address(draft, "item/IT1a"), {**data, "action": "compare"})
    html = page.content.decode()
    assert page.status_code == 409
    assert "<p>Theirs</p>" in html
    assert "<p>Mine</p>" in html
    assert stored(draft, "item/IT1a")["text"] == {"en": "Theirs"}
    form = re.search(r'name="page" value="(\w+)".*name="version" value="(\w+)"', html)
    assert form
    again = {**data, "page": form[1], "version": form[2], "action": "merge", "keep-text": "mine"}
    refused = desk.post(address(draft, "item/IT1a"), again)
    assert refused.status_code == 422
    assert {name for name, _text in errors(refused.content.decode())} == {"keep-short-mine", "keep-critical-mine"}
    again |= {"keep-short": "theirs", "keep-critical": "mine"}
    assert desk.post(address(draft, "item/IT1a"), again).status_code == 302
    item = stored(draft, "item/IT1a")
    assert (item["text"], item["short"]) == ({"en": "Mine"}, {"en": "Short theirs"})
    assert "critical" not in item


def test_changes_of_different_fields_are_both_kept(desk: Client, draft: Draft) -> None:
    data = opened(desk, draft, "item/IT1a") | {"text": "Mine"}
    _other_saves(draft, short={"en": "Theirs"})
    response = desk.post(address(draft, "item/IT1a"), {**data, "action": "compare"})
    assert response.status_code == 302
    item = stored(draft, "item/IT1a")
    assert (item["text"], item["short"]) == ({"en": "Mine"}, {"en": "Theirs"})


def test_part_taken_out_meanwhile_is_said(desk: Client, draft: Draft, editor: User) -> None:
    data = opened(desk, draft, "item/IT1a")
    drafts.change(
        draft=draft, user=editor, edit=lambda content: content["attributes"].pop(0), target="x", summary="Gone"
    )
    assert autosaved(desk, draft, "item/IT1a", data).status_code == 404


def test_removed_level_takes_its_anchors_along(desk: Client, draft: Draft) -> None:
    anchors = stored(draft, "item/IT1a")["anchors"]
    data = opened(desk, draft, "scale")
    desk.post(address(draft, "scale"), {**data, "action": "remove rows 1"})
    assert [(row["value"], row["letter"]) for row in stored(draft, "scale")] == [(0, "N"), (1, "L"), (2, "F")]
    assert stored(draft, "item/IT1a")["anchors"] == [
        anchors[0],
        {**anchors[2], "level": 1},
        {**anchors[3], "level": 2},
    ]
    assert documents.problems(draft.content) == []


def test_added_level_leaves_a_gap_in_every_rating(desk: Client, draft: Draft) -> None:
    data = opened(desk, draft, "scale") | {"rows-4-letter": "X", "rows-4-label": "More", "rows-4-meaning": "More"}
    desk.post(address(draft, "scale"), {**data, "action": "save"})
    assert stored(draft, "item/IT1a")["anchors"][4] == {"level": 4}
    html = desk.get(address(draft, "item/IT1a")).content.decode()
    assert '<a href="#anchors-4-text">X – More</a>' in html


def test_kind_is_changed_after_saying_what_goes(desk: Client, draft: Draft) -> None:
    page = desk.get(address(draft, "item/IT2b") + "?kind=rating").content.decode()
    assert re.findall(r"<li>(Options|States|Recommendations)</li>", page) == ["Options", "States"]
    desk.post(address(draft, "item/IT2b"), {"action": "kind", "kind": "rating"})
    item = stored(draft, "item/IT2b")
    assert item["kind"] == "rating"
    assert not {"options", "states"} & set(item)
    assert item["recommendations"]
    assert desk.get(address(draft, "item/IT2b") + "?kind=nothing").status_code == 404


def test_draft_in_review_is_read_only_and_says_why(desk: Client, draft: Draft) -> None:
    data = opened(desk, draft, "item/IT1a")
    Draft.objects.update(status="in_review")
    html = desk.get(address(draft, "item/IT1a")).content.decode()
    assert "This draft is in review" in html
    assert 'class="part-fields" disabled' in html
    assert "data-autosave" not in html
    response = desk.post(address(draft, "item/IT1a"), {**data, "text": "Kept here", "action": "save"})
    assert response.status_code == 409
    assert "Kept here" in response.content.decode()


def test_session_that_ended_gives_back_what_was_typed(desk: Client, draft: Draft) -> None:
    data = opened(desk, draft, "item/IT1a") | {"text": "Typed"}
    response = Client().post(address(draft, "item/IT1a"), data, headers={"Origin": "http://testserver"})
    assert response.status_code == 401
    assert "Typed" in response.content.decode()
    assert autosaved(Client(), draft, "item/IT1a", data).status_code == 401


@pytest.mark.parametrize("where", ["item/IT1a", "set", "crosswalk"])
def test_page_of_a_part_costs_few_queries(
    desk: Client, draft: Draft, where: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    data = opened(desk, draft, where)
    with django_assert_max_num_queries(8):
        desk.get(address(draft, where))
    with django_assert_max_num_queries(16):
        autosaved(desk, draft, where, data)
