"""The pages of versions: what they show, what they refuse, and how much they ask of the database."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from attributes import usage
from attributes.documents import documents, operations, translating
from attributes.documents.documents import Address, node
from attributes.editor.services import drafts
from attributes.languages.services import add_language
from attributes.loading import store_spec
from attributes.models import Draft, DraftNote, DraftStatus, QuestionSet, VersionStatus
from attributes.schema import QuestionSetSpec
from attributes.versions.services import publishing
from msgov.accounts.models import User
from tests.builders.editor import A1A, LINK, note, reword
from tests.builders.small_set import large

V1 = "/question-sets/small/1.0.0/"
COMPARE = "/question-sets/compare/"


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def review(draft: Draft) -> str:
    return reverse("attributes:draft-review", args=[draft.code])


def typed(draft: Draft, action: str, **fields: str) -> dict[str, str]:
    """What the browser sends from the page as it stands."""
    draft.refresh_from_db()
    sent = {
        "changelog": draft.changelog,
        "started_from": draft.changelog,
        "of": documents.fingerprint(draft.content),
        "seen": publishing.seen(draft),
        "action": action,
    }
    return {**sent, **fields}


def put(draft: Draft, user: User, language: str, words: dict[str, str]) -> None:
    """Translations as a file brought them, unchecked."""

    def edit(content: dict[str, Any]) -> None:
        entries = {entry.key: entry for entry in translating.texts_of(content)}
        for key, text in words.items():
            translating.put_words(content, entries[key], language, text)

    drafts.change(draft=draft, user=user, edit=edit, target="import", summary="File")
    draft.refresh_from_db()


def test_version_page_says_where_it_comes_from_and_who_uses_it(
    at: Client, draft: Draft, ada: User, ben: User, publish: Callable[..., QuestionSet], monkeypatch: Any
) -> None:
    version = publish(draft, ada, ben)
    monkeypatch.setattr(usage, "_counters", [lambda ids: dict.fromkeys(ids, 7)])
    page = words(at.get("/question-sets/small/1.1.0/"))
    assert "<title>small 1.1.0 – msgov</title>" in page
    assert "by Ben Ruiz" in page
    assert re.search(r"<dd>\s*7", page)
    assert version.digest in page
    assert "<p>- Reworded A1a.</p>" in page
    assert f'href="{COMPARE}?a=small%401.0.0&amp;b=small%401.1.0"' in page
    assert 'href="/question-sets/small/1.1.0/retire/"' in page


def test_first_version_has_nothing_to_compare_with(at: Client, published: QuestionSet) -> None:
    page = words(at.get(V1))
    assert "It is the first version." in page
    assert "from a file" in page
    assert COMPARE not in page


def test_changelog_is_text(at: Client, draft: Draft, ada: User, ben: User, publish: Callable[..., QuestionSet]) -> None:
    note(draft, ada, "<script>alert(1)</script>")
    draft.refresh_from_db()
    publish(draft, ada, ben)
    assert "&lt;script&gt;" in words(at.get("/question-sets/small/1.1.0/"))


def test_version_asks_the_database_as_often_with_many_versions(
    at: Client, published: QuestionSet, small: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    at.get(V1)
    with django_assert_max_num_queries(6):
        at.get(V1)
    for number in range(1, 6):
        store_spec(QuestionSetSpec.model_validate({**small, "version": f"1.0.{number}"}))
    with django_assert_max_num_queries(6):
        at.get("/question-sets/small/1.0.5/")


def test_retiring_is_asked_once_more_and_then_done(at: Client, published: QuestionSet) -> None:
    page = words(at.get(f"{V1}retire/"))
    assert "Retire version 1.0.0?" in page
    assert "0 assessments use this version." in page
    answer = at.post(f"{V1}retire/", follow=True)
    assert answer.redirect_chain == [(V1, 302)]
    assert "small 1.0.0 is retired." in words(answer)
    assert "Retire this version" not in words(answer)
    published.refresh_from_db()
    assert published.status == VersionStatus.RETIRED
    assert at.get(f"{V1}retire/").status_code == 302
    assert at.post(f"{V1}retire/").status_code == 302


def test_comparison_starts_with_a_choice(at: Client, draft: Draft) -> None:
    page = words(at.get(COMPARE))
    assert '<optgroup label="small">' in page
    assert '<option value="small@1.0.0">1.0.0</option>' in page
    assert f'<option value="draft:{draft.code}">draft {draft.code} from 1.0.0</option>' in page
    assert '<meta name="robots" content="noindex">' in page


def test_comparison_shows_words_taken_out_and_put_in(at: Client, draft: Draft) -> None:
    page = at.get(COMPARE, {"a": "small@1.0.0", "b": f"draft:{draft.code}"})
    text = words(page)
    assert "small: from 1.0.0 to draft" in text
    assert 'Is {resource} <del><span class="visually-hidden" lang="en">taken out: </span>cared for?' in text
    assert '<ins><span class="visually-hidden" lang="en">put in: </span>looked after?' in text
    assert text.count('class="diff-part"') == 1


def test_comparison_can_be_limited_to_an_attribute(at: Client, draft: Draft, ada: User) -> None:
    drafts.change(draft=draft, user=ada, edit=lambda d: d["title"].update(en="Tiny"), target="set", summary="Title")
    query = {"a": "small@1.0.0", "b": f"draft:{draft.code}"}
    for attribute, parts in (("", 2), ("A", 1), ("-", 1), ("B", 0)):
        assert words(at.get(COMPARE, {**query, "attribute": attribute})).count('class="diff-part"') == parts


def test_equal_versions_do_not_differ(at: Client, published: QuestionSet) -> None:
    assert "Nothing differs." in words(at.get(COMPARE, {"a": "small@1.0.0", "b": "small@1.0.0"}))


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"a": "small@1.0.0", "b": "small@9.9.9"}, "To: There is no such version or draft."),
        ({"a": "small@1.0.0", "b": ""}, "To: Choose what to compare with."),
        ({"a": "small@1.0.0", "b": "other@1.0.0"}, "To: Choose two of the same question set."),
    ],
)
def test_impossible_comparison_is_refused(
    at: Client, published: QuestionSet, small: dict[str, Any], query: dict[str, str], error: str
) -> None:
    store_spec(QuestionSetSpec.model_validate({**small, "slug": "other"}))
    answer = at.get(COMPARE, query)
    assert answer.status_code == 422
    assert error in words(answer)
    assert at.get(f"{COMPARE}file/", {**query, "format": "json"}).status_code in (400, 404)


def test_comparison_as_files(at: Client, draft: Draft) -> None:
    query = {"a": "small@1.0.0", "b": f"draft:{draft.code}"}
    text = at.get(f"{COMPARE}file/", {**query, "format": "md"})
    assert text["Content-Disposition"] == 'attachment; filename="small-1.0.0-draft.md"'
    assert text.content.decode().splitlines() == [
        f"# Differences from small@1.0.0 to draft:{draft.code}",
        "",
        "[-taken out-] {+put in+}",
        "",
        "## Item A1a",
        "",
        "- text (en): Is {resource} [-cared for?-]{+looked after?+}",
    ]
    found = json.loads(at.get(f"{COMPARE}file/", {**query, "format": "json"}).content)
    (part,) = found["parts"]
    assert part["fields"][0] == {
        "path": ["text"],
        "name": "text",
        "language": "en",
        "old": "Is {resource} cared for?",
        "new": "Is {resource} looked after?",
        "segments": [["equal", "Is {resource} "], ["removed", "cared for?"], ["added", "looked after?"]],
    }
    assert at.get(f"{COMPARE}file/", {**query, "format": "exe"}).status_code == 404


@pytest.mark.slow
def test_comparison_of_500_questions_is_small_and_asks_little(
    at: Client, ada: User, small: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    base = store_spec(QuestionSetSpec.model_validate(large(small, 500)))[0]
    draft = drafts.start_draft(user=ada, base=base)
    query = {"a": "small@1.0.0", "b": f"draft:{draft.code}"}
    reword(draft, ada)
    with django_assert_max_num_queries(20):
        assert len(at.get(COMPARE, query).content) < 20_000

    def all_of_them(content: documents.Document) -> None:
        for item in documents.nodes(content, "item"):
            item["text"] = {"en": item["text"]["en"] + " And why else, if one may ask so boldly?"}

    drafts.change(draft=draft, user=ada, edit=all_of_them, target="item", summary="All")
    with django_assert_max_num_queries(20):
        page = at.get(COMPARE, query)
    assert len(page.content) < 300_000
    assert "354 more parts differ." in words(page)
    with django_assert_max_num_queries(20):
        assert len(at.get(review(draft)).content) < 300_000


def test_review_page_says_what_it_becomes_and_why(at: Client, draft: Draft) -> None:
    page = words(at.get(review(draft)))
    assert "<strong>Version 1.1.0</strong>: the largest change is minor" in page
    assert "<strong>Item A1a</strong>" in page
    assert "becomes revision 2" in page
    assert "<li>wording: text</li>" in page
    assert f'href="{COMPARE}?a=small%401.0.0&amp;b=draft%3A{draft.code}"' in page
    assert '<option value="" selected>Wording, as the words tell</option>' in page


def test_problems_lead_to_their_parts(at: Client, draft: Draft, ada: User) -> None:
    drafts.change(draft=draft, user=ada, edit=lambda d: node(d, A1A).pop("anchors"), target="item/A1a", summary="x")
    page = words(at.get(review(draft)))
    assert "1 problem to solve first" in page
    link = f'<a href="/question-sets/drafts/{draft.code}/parts/item/A1a/#anchors">Item A1a</a>'
    assert f"{link}, Anchors: Each level needs an anchor" in page


def test_translations_are_counted_not_listed(at: Client, draft: Draft, ada: User) -> None:
    def translate(document: Any) -> None:
        document["languages"].append("fr")
        for name in ("short", "text"):
            node(document, A1A)[name]["fr"] = "Mots"

    drafts.change(draft=draft, user=ada, edit=translate, target="item/A1a", summary="x")
    page = words(at.get(review(draft)))
    assert "<li>wording: text</li><li>translation: 2 texts (French)</li>" in page.replace("</li> <li>", "</li><li>")


def test_whole_way_through_the_pages(at: Client, client_for: Callable[[User], Client], draft: Draft, ben: User) -> None:
    second = client_for(ben)
    answer = at.post(review(draft), typed(draft, "save", changelog="New words", **{"says-item-A1a": "spelling"}))
    assert answer.status_code == 302
    page = words(at.get(review(draft)))
    assert "<strong>Version 1.0.1</strong>" in page
    assert "declared by an editor: spelling only" in page
    page = words(at.post(review(draft), typed(draft, "ask", **{"says-item-A1a": ""}), follow=True))
    assert "The draft is in review." in page
    assert "another administrator has to approve" in page
    assert 'value="approve"' not in page
    assert 'value="publish"' not in page
    refused = at.post(review(draft), typed(draft, "approve"))
    assert refused.status_code == 422
    assert "You asked for this review yourself" in words(refused)
    page = words(second.get(review(draft)))
    assert "Ada Okafor asked for a review" in page
    assert 'value="approve"' in page
    page = words(second.post(review(draft), typed(draft, "approve"), follow=True))
    assert "You approved this draft." in page
    assert "Publish 1.1.0" in page
    answer = at.post(review(draft), typed(draft, "publish"), follow=True)
    assert answer.redirect_chain == [("/question-sets/small/1.1.0/", 302)]
    assert "small 1.1.0 is published." in words(answer)
    assert at.get(review(draft)).status_code == 404


def test_refused_review_keeps_what_was_typed(at: Client, draft: Draft, ben: User, ada: User) -> None:
    note(draft, ada, "")
    sent = typed(draft, "ask", **{"says-item-A1a": "spelling"})
    answer = at.post(review(draft), sent)
    assert answer.status_code == 422
    page = words(answer)
    assert "<title>Error: Review of small 1.0.1" in page
    assert "Say what changed" in page
    assert '<option value="spelling" selected>' in page


def test_clash_of_changelogs_keeps_both(at: Client, draft: Draft, ada: User) -> None:
    sent = typed(draft, "save", changelog="Mine")
    note(draft, ada, "Theirs")
    page = words(at.post(review(draft), sent))
    assert "Somebody else wrote a changelog meanwhile: Theirs" in page
    assert ">Mine</textarea>" in page.replace("> Mine", ">Mine")


def test_whoever_is_late_is_told(at: Client, draft: Draft, ada: User, ben: User) -> None:
    publishing.ask_for_review(draft=draft, user=ben, link=LINK)
    page = words(at.post(review(draft), typed(draft, "save"), follow=True))
    assert "Somebody else changed the state of this draft meanwhile. It is now: In review." in page
    draft.refresh_from_db()
    assert draft.status == DraftStatus.IN_REVIEW


@pytest.mark.parametrize("sent", [{}, {"action": "burn"}])
def test_unknown_action_is_refused(at: Client, draft: Draft, sent: dict[str, str]) -> None:
    answer = at.post(review(draft), sent)
    assert answer.status_code == 422
    assert "Choose what to do." in words(answer)


def test_only_administrator_is_told_that_nobody_has_to_approve(at: Client, draft: Draft) -> None:
    assert "You are the only question set administrator" in words(at.get(review(draft)))
    page = words(at.post(review(draft), typed(draft, "ask"), follow=True))
    assert "Publish 1.1.0" in page


def test_review_of_a_new_set_and_of_one_that_is_hardly_begun(at: Client, ada: User) -> None:
    draft = drafts.start_draft(user=ada, document={"slug": "new", "title": {"en": "New"}, "languages": ["en"]})
    page = words(at.get(review(draft)))
    assert "<strong>Version 1.0.0</strong>: a new question set" in page
    assert "problems to solve first" in page


def test_review_asks_as_often_for_many_changes(
    at: Client, draft: Draft, ada: User, django_assert_max_num_queries: Any
) -> None:
    at.get(review(draft))
    with django_assert_max_num_queries(8):
        at.get(review(draft))
    drafts.change(
        draft=draft,
        user=ada,
        edit=lambda d: (d["title"].update(en="x"), operations.remove(d, Address("question", "A2"))),
        target="set",
        summary="x",
    )
    with django_assert_max_num_queries(8):
        at.get(review(draft))


# --- What a reviewer has to see first -----------------------------------------------------------------------------


def test_translations_are_folded_by_language_behind_what_changed_in_the_source(
    at: Client, draft: Draft, ada: User, published: QuestionSet
) -> None:
    add_language(draft=draft, user=ada, language="pt-BR")
    put(draft, ada, "pt-BR", {"set/title": "Pequeno", "attribute/B/title": "Segundo"})

    page = words(at.get(COMPARE, {"a": "small@1.0.0", "b": f"draft:{draft.code}"}))

    before, _folded, after = page.partition("pt-BR: 2 translated texts")
    assert "Item A1a" in before
    assert "Pequeno" not in before
    assert "Attribute B, title" in after
    assert "Segundo" in after


def test_review_names_language_and_place_of_a_wrong_placeholder_and_leads_to_the_translation(
    at: Client, draft: Draft, ada: User
) -> None:
    put(draft, ada, "fr", {"scale/1/label": "Un {ressource}", "item/A1a/text": "{x}"})

    page = at.get(review(draft)).content.decode()

    for key, place, where in (
        ("scale/1/label", "label, French", "set"),
        ("item/A1a/text", "text, French", "attribute/A"),
    ):
        href = reverse("attributes:draft-translate", args=[draft.code, "fr", where])
        found = re.search(rf'href="({re.escape(href)}\?from={re.escape(quote(key, safe=""))})"', page)
        assert found, page
        assert place in page
        translation = at.get(found[1]).content.decode()
        assert "{resource} is the only thing that may stand in braces." in translation
    assert "{resource} is the only word that may stand in braces" in page


def test_review_lists_items_that_count_and_recommend_nothing(at: Client, draft: Draft) -> None:
    scored = [item for item in documents.nodes(draft.content, "item") if item.get("scored")]
    silent = [item["code"] for item in scored if not item.get("recommendations")]
    assert silent

    assert f"have no recommendation: {', '.join(silent)}." in words(at.get(review(draft)))


def test_a_reviewer_leaves_a_note_on_a_part_and_it_waits_until_it_is_dealt_with(
    at: Client, draft: Draft, ada: User, ben: User, client_for: Callable[[User], Client]
) -> None:
    publishing.ask_for_review(draft=draft, user=ada, link=LINK)
    reviewer = client_for(ben)
    where = review(draft)

    assert reviewer.post(where, {"action": "note", "text": " "}).status_code == 422
    reviewer.post(where, {"action": "note", "about": "item/A1a", "text": "Looked after by whom?"})

    page = words(at.get(where))
    assert "1 note to deal with" in page
    assert "Looked after by whom?" in page
    assert "Item A1a · Ben Ruiz" in page
    at.post(where, {"action": "settle", "number": str(DraftNote.objects.get().pk)})
    assert "Looked after by whom?" not in words(at.get(where))
    assert DraftNote.objects.get().done_by == ada


def test_a_note_is_mailed_to_who_asked_for_the_review(
    draft: Draft, ada: User, ben: User, django_capture_on_commit_callbacks: Any
) -> None:
    publishing.ask_for_review(draft=draft, user=ada, link=LINK)
    draft.refresh_from_db()

    with django_capture_on_commit_callbacks(execute=True):
        publishing.leave_note(draft=draft, user=ben, text="By whom?", place="", link=LINK)

    (message,) = mail.outbox
    assert message.to == [ada.email]
    assert "By whom?" in message.body
    assert LINK in message.body
