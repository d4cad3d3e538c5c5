"""Importing in the browser: nothing is stored before it was shown and applied, and then it is one step."""

import copy
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from attributes.documents import documents
from attributes.documents.documents import Address, fingerprint
from attributes.editor.services import drafts
from attributes.exchange.reading import MAX_BYTES
from attributes.exchange.services import exported
from attributes.exporting import document_of, to_json, to_yaml
from attributes.loading import store_spec
from attributes.models import Draft, DraftNote, DraftStep, QuestionSet
from attributes.schema import QuestionSetSpec
from msgov.accounts.models import User
from tests import builders
from tests.attributes.exchange import corpus, workbooks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_site")]
CARRIED = re.compile(r'name="carried" value="([^"]+)"')


@pytest.fixture
def editor() -> User:
    return builders.user(is_question_set_admin=True)


@pytest.fixture
def as_editor(editor: User, client_for: Callable[[User], Client]) -> Client:
    return client_for(editor)


@pytest.fixture
def draft(published: QuestionSet, editor: User) -> Draft:
    return drafts.start_draft(user=editor, base=published)


def address(draft: Draft | None) -> str:
    return reverse("attributes:draft-import", args=[draft.code]) if draft else reverse("attributes:question-set-import")


def upload(client: Client, draft: Draft | None, data: bytes | str, name: str = "small.yaml") -> HttpResponse:
    data = data.encode() if isinstance(data, str) else data
    return client.post(address(draft), {"file": SimpleUploadedFile(name, data)})


def carried(response: HttpResponse) -> str:
    found = CARRIED.search(response.content.decode())
    assert found is not None
    return found[1]


def apply(client: Client, draft: Draft | None, preview: HttpResponse, **values: Any) -> HttpResponse:
    return client.post(address(draft), {"carried": carried(preview), **values})


def text(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def reworded(draft: Draft) -> dict[str, Any]:
    document = copy.deepcopy(draft.content)
    documents.node(document, Address("item", "A1a"))["text"] = {"en": "Is {resource} looked after?", "fr": "Oui ?"}
    return document


def everything() -> tuple[list[Any], int]:
    rows = Draft.objects.order_by("pk").values_list("code", "content", "translated_from", "spent_codes", "step")
    return list(rows), DraftStep.objects.count()


def test_file_is_shown_before_it_is_applied_as_one_step_that_can_be_taken_back(
    as_editor: Client, draft: Draft, editor: User
) -> None:
    before = everything()
    preview = upload(as_editor, draft, to_yaml(reworded(draft)), name="from Ana.yaml")
    assert preview.status_code == 200
    assert "Parts added: 0, removed: 0, changed: 1." in text(preview)
    assert "<del>" in preview.content.decode()
    assert "looked after?" in text(preview)
    assert everything() == before
    answer = apply(as_editor, draft, preview)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("attributes:draft", args=[draft.code]))
    draft.refresh_from_db()
    assert documents.part(draft.content, Address("item", "A1a"))["text"] == {
        "en": "Is {resource} looked after?",
        "fr": "Oui ?",
    }
    assert draft.steps.get(number=1).summary == "Imported “from Ana.yaml”"
    assert draft.translated_from["fr"]["item/A1a/text"] == fingerprint("Is {resource} looked after?")
    drafts.undo(draft=draft, user=editor)
    assert everything()[0][0][:4] == before[0][0][:4]


@pytest.mark.parametrize("write", [to_yaml, to_json])
def test_export_imported_again_changes_nothing(as_editor: Client, draft: Draft, write: Any) -> None:
    answer = upload(as_editor, draft, write(draft.content), name="a.txt")
    assert "The file changes nothing" in text(answer)
    assert "carried" not in answer.content.decode()


def test_parts_that_come_go_and_move_are_named(as_editor: Client, draft: Draft) -> None:
    document = copy.deepcopy(draft.content)
    first, second = document["attributes"]
    document["attributes"] = [second, first]
    first["questions"][1]["items"] = []
    first["questions"].append({"code": "A3", "verbatim": {"en": "What now?"}, "items": []})
    seen = text(upload(as_editor, draft, to_json(document)))
    assert "Question A3 added What now?" in seen
    assert "Item A2a removed Why" in seen
    assert "Still to do before it can be published" in seen
    assert "Parts added: 1, removed: 1, changed: 1." in seen


def test_draft_changed_since_the_preview_shows_it_anew(as_editor: Client, draft: Draft, editor: User) -> None:
    preview = upload(as_editor, draft, to_yaml(reworded(draft)))
    drafts.change(
        draft=draft,
        user=editor,
        edit=lambda content: content["title"].update(en="Smaller"),
        target="set",
        summary="Title",
    )
    before = everything()
    again = apply(as_editor, draft, preview)
    assert again.status_code == 409
    assert "The draft was changed since you looked." in text(again)
    assert "Smaller" in text(again)
    assert everything() == before
    assert apply(as_editor, draft, again).status_code == 302
    draft.refresh_from_db()
    assert draft.content["title"]["en"] == "Small"


def test_file_of_another_set_is_refused(as_editor: Client, draft: Draft) -> None:
    answer = upload(as_editor, draft, to_yaml({**draft.content, "slug": "other"}))
    assert answer.status_code == 422
    assert "The file is of the question set “other”, this draft of “small”." in text(answer)


def test_codes_given_before_are_pointed_out(as_editor: Client, draft: Draft, editor: User) -> None:
    document = copy.deepcopy(draft.content)
    drafts.change(
        draft=draft,
        user=editor,
        edit=lambda content: content["attributes"][0]["questions"].pop(1),
        target="structure",
        summary="Removed",
    )
    assert "A code names one thing for ever" in text(upload(as_editor, draft, to_json(document)))
    assert "A code names one thing for ever" not in text(upload(as_editor, draft, to_json(draft.content)))


def test_draft_in_review_takes_nothing(as_editor: Client, draft: Draft) -> None:
    preview = upload(as_editor, draft, to_yaml(reworded(draft)))
    Draft.objects.update(status="in_review")
    assert "To import a file, take it back into editing first." in text(as_editor.get(address(draft)))
    for answer in (upload(as_editor, draft, to_yaml(reworded(draft))), apply(as_editor, draft, preview)):
        assert answer.status_code == 409
        assert "This draft is in review." in text(answer)


@pytest.mark.parametrize("what", ["nothing", "changed", "of another person", "of another draft", "of another page"])
def test_preview_that_is_not_what_was_given_out_is_refused(
    as_editor: Client, draft: Draft, editor: User, client_for: Callable[[User], Client], what: str
) -> None:
    value = carried(upload(as_editor, draft, to_yaml(reworded(draft))))
    target: Draft | None = draft
    if what == "nothing":
        value = ""
    elif what == "changed":
        value = "A" + value[1:]
    elif what == "of another person":
        as_editor = client_for(builders.user(is_question_set_admin=True))
    elif what == "of another draft":
        target = drafts.start_draft(user=editor, base=draft.base)
    else:
        target = None
    before = everything()
    answer = as_editor.post(address(target), {"carried": value})
    assert answer.status_code == 422
    assert "This preview is too old or was changed on its way." in text(answer)
    assert everything() == before


@pytest.mark.alike
@pytest.mark.parametrize("is_new", [False, True])
def test_bad_files_are_answered_with_their_trouble_and_store_nothing(
    as_editor: Client, draft: Draft, is_new: bool
) -> None:
    before = everything()
    for bad in corpus.files():
        answer = upload(as_editor, None if is_new else draft, bad.data)
        page = answer.content.decode()
        assert answer.status_code == 422, bad.name
        assert "<title>Error: " in page, bad.name
        assert escape(bad.where) in page, bad.name
        assert escape(bad.reason) in page, bad.name
        assert everything() == before, bad.name


def test_upload_over_the_limit_is_dropped_while_it_arrives(as_editor: Client, draft: Draft) -> None:
    answer = upload(as_editor, draft, b"x" * (MAX_BYTES + 1))
    assert answer.status_code == 422
    assert "The file is larger than 4 MB. Choose a smaller one" in text(answer)


def test_no_file_is_said_at_the_field(as_editor: Client, draft: Draft) -> None:
    answer = as_editor.post(address(draft))
    assert answer.status_code == 422
    assert '<a href="#id_file">File: Choose a file</a>' in answer.content.decode()


def test_forged_upload_is_refused(editor: User, draft: Draft) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    before = everything()
    assert upload(strict, draft, to_yaml(reworded(draft))).status_code == 403
    assert everything() == before


@pytest.mark.parametrize("kind", ["yaml", "json", "xlsx"])
def test_downloads_of_versions_and_drafts(as_editor: Client, draft: Draft, published: QuestionSet, kind: str) -> None:
    version = as_editor.get(reverse("attributes:version-export", args=["small", "1.0.0", kind]))
    assert version.headers["Content-Disposition"] == f'attachment; filename="small-1.0.0.{kind}"'
    assert version.headers["Content-Type"] == exported.FORMATS[kind].media_type
    assert "no-store" in version.headers["Cache-Control"]
    of_draft = as_editor.get(reverse("attributes:draft-export", args=[draft.code, kind]))
    assert of_draft.headers["Content-Disposition"] == f'attachment; filename="small-draft-{draft.code}.{kind}"'
    if kind == "xlsx":
        assert workbooks.cells(of_draft.content)[2:] == workbooks.cells(version.content)[2:]
    else:
        assert version.content == of_draft.content
        assert version.content.decode() == {"yaml": to_yaml, "json": to_json}[kind](document_of(published))


def test_other_formats_and_versions_are_unknown(as_editor: Client, draft: Draft) -> None:
    for name, values in (
        ("version-export", ["small", "1.0.0", "pdf"]),
        ("version-export", ["small", "9.9.9", "json"]),
        ("draft-export", [draft.code, "html"]),
        ("draft-export", ["0" * 12, "json"]),
    ):
        assert as_editor.get(reverse(f"attributes:{name}", args=values)).status_code == 404


def test_translations_are_shown_and_stored_as_one_step(as_editor: Client, draft: Draft, editor: User) -> None:
    sheet = exported.draft_file(draft, "xlsx").content
    rows = {row[0]: number for number, row in enumerate(workbooks.cells(sheet), start=1)}

    def edit(cells: Any) -> None:
        cells.cell(rows["item/A1a/text"], 4, "On s’en occupe ?")
        cells.cell(rows["set/title"], 4, "Minuscule")
        cells.cell(rows["goals/G1/text"], 6, "What is meant by <b>goal</b>?")

    data = workbooks.edited(sheet, edit)
    drafts.change(
        draft=draft,
        user=editor,
        edit=lambda content: content["title"].update(en="Tiny"),
        target="set",
        summary="Title",
    )
    before = everything()
    preview = upload(as_editor, draft, data, name="fr.xlsx")
    seen = text(preview)
    assert preview.status_code == 200
    assert "1 translation would be stored." in seen
    assert "Item A1a: text" in seen
    assert "Take The question set: title, fr (cell D3)" in seen
    assert "What is meant by &lt;b&gt;goal&lt;/b&gt;?" in seen
    assert everything() == before
    apply(as_editor, draft, preview)
    draft.refresh_from_db()
    assert documents.part(draft.content, Address("item", "A1a"))["text"]["fr"] == "On s’en occupe ?"
    assert draft.content["title"] == {"en": "Tiny", "fr": "Petit"}
    assert draft.step == 2
    drafts.undo(draft=draft, user=editor)
    assert everything()[0][0][:3] == before[0][0][:3]


def test_translation_of_an_earlier_text_is_taken_where_ticked_and_stays_marked(
    as_editor: Client, draft: Draft, editor: User
) -> None:
    data = workbooks.edited(exported.draft_file(draft, "xlsx").content, lambda sheet: sheet.cell(3, 4, "Minuscule"))
    drafts.change(
        draft=draft, user=editor, edit=lambda content: content["title"].update(en="Tiny"), target="set", summary="Title"
    )
    preview = upload(as_editor, draft, data)
    assert "0 translations would be stored." in text(preview)
    apply(as_editor, draft, preview, also=["fr set/title", "fr no/such", "nonsense"])
    draft.refresh_from_db()
    assert draft.content["title"] == {"en": "Tiny", "fr": "Minuscule"}
    assert draft.translated_from["fr"]["set/title"] == fingerprint("Small")


def test_translations_after_another_change_are_shown_anew_with_the_ticks(
    as_editor: Client, draft: Draft, editor: User
) -> None:
    data = workbooks.edited(exported.draft_file(draft, "xlsx").content, lambda sheet: sheet.cell(3, 4, "Minuscule"))
    preview = upload(as_editor, draft, data)
    drafts.change(
        draft=draft, user=editor, edit=lambda content: content["title"].update(en="Tiny"), target="set", summary="Title"
    )
    again = apply(as_editor, draft, preview, also=["fr set/title"])
    assert again.status_code == 409
    assert "The draft was changed since you looked." in text(again)
    assert 'value="fr set/title" id="also-1" checked' in again.content.decode()
    draft.refresh_from_db()
    assert draft.content["title"]["fr"] == "Petit"


def test_new_language_comes_with_its_translations(as_editor: Client, draft: Draft) -> None:
    data = workbooks.sheet_of(
        ("key", "source en", "fr", "pt-BR"), (), ("set/title", "Small", "", "Pequeno"), ("item/GONE/text", "x", "y", "")
    )
    preview = upload(as_editor, draft, data)
    assert "New in this set: pt-BR." in text(preview)
    assert "A4: item/GONE/text" in text(preview)
    apply(as_editor, draft, preview)
    draft.refresh_from_db()
    assert draft.content["languages"] == ["en", "fr", "pt-BR"]
    assert draft.content["title"] == {"en": "Small", "fr": "Petit", "pt-BR": "Pequeno"}


def test_bad_spreadsheets_are_answered_with_the_cell(as_editor: Client, draft: Draft) -> None:
    before = everything()
    data = workbooks.sheet_of(("key", "source en", "fr"), (), ("set/title", "Small", "=1+1"))
    answer = upload(as_editor, draft, data)
    assert answer.status_code == 422
    assert "C3: is a formula: write the text itself" in text(answer)
    answer = upload(as_editor, None, data)
    assert answer.status_code == 422
    assert "a question set comes as YAML or JSON" in text(answer)
    assert everything() == before


def test_new_draft_is_based_on_the_newest_version_unless_another_is_chosen(
    as_editor: Client, published: QuestionSet, small: dict[str, Any]
) -> None:
    store_spec(QuestionSetSpec.model_validate({**small, "version": "1.0.1"}))
    small["title"]["en"] = "Smaller"
    preview = upload(as_editor, None, to_json(small))
    assert "Compared with version 1.0.1: Parts added: 0, removed: 0, changed: 1." in text(preview)
    shown = apply(as_editor, None, preview, base="1.0.0", action="show")
    assert "Compared with version 1.0.0:" in text(shown)
    assert '<option value="1.0.0" selected>' in shown.content.decode()
    assert not Draft.objects.exists()
    answer = apply(as_editor, None, shown, base="1.0.0", action="apply")
    made = Draft.objects.get()
    assert answer.headers["Location"] == reverse("attributes:draft", args=[made.code])
    assert (made.base, made.slug, made.content["version"], made.content["title"]["en"]) == (
        published,
        "small",
        "1.0.0",
        "Smaller",
    )
    assert list(made.steps.values_list("number", "summary")) == [(0, "Started"), (1, "Imported “small.yaml”")]
    wrong = apply(as_editor, None, preview, base="7.0.0", action="apply")
    assert wrong.status_code == 200
    assert Draft.objects.count() == 1


def test_new_question_set_starts_from_a_file(as_editor: Client, small: dict[str, Any]) -> None:
    preview = upload(as_editor, None, to_yaml({**small, "version": "3.2.1"}))
    assert "There is no question set “small” here yet: all of it is new." in text(preview)
    assert "Based on version" not in text(preview)
    assert not Draft.objects.exists()
    apply(as_editor, None, preview, action="apply")
    made = Draft.objects.get()
    assert (made.base, made.slug, made.content["version"]) == (None, "small", "1.0.0")
    assert to_yaml({**made.content, "version": "3.2.1"}) == to_yaml({**small, "version": "3.2.1"})


def test_versions_that_came_meanwhile_are_offered(as_editor: Client, small: dict[str, Any]) -> None:
    preview = upload(as_editor, None, to_yaml(small))
    store_spec(QuestionSetSpec.model_validate(small))
    again = apply(as_editor, None, preview, action="apply")
    assert again.status_code == 200
    assert "Based on version" in text(again)
    assert not Draft.objects.exists()


def test_pages_ask_the_database_little(as_editor: Client, draft: Draft) -> None:
    as_editor.get(address(draft))
    for call in (
        lambda: as_editor.get(address(draft)),
        lambda: upload(as_editor, draft, to_yaml(reworded(draft))),
        lambda: as_editor.get(reverse("attributes:draft-export", args=[draft.code, "xlsx"])),
    ):
        with CaptureQueriesContext(connection) as queries:
            assert call().status_code == 200
        assert len(queries) <= 8


def test_incomplete_draft_goes_out_and_comes_in_again(as_editor: Client, editor: User) -> None:
    made = drafts.start_draft(user=editor, document={"slug": "new", "languages": ["en"], "title": {"en": "New"}})
    for kind in ("yaml", "json"):
        file = as_editor.get(reverse("attributes:draft-export", args=[made.code, kind])).content
        assert "The file changes nothing" in text(upload(as_editor, made, file))
    assert as_editor.get(reverse("attributes:draft-export", args=[made.code, "xlsx"])).status_code == 200
    assert "changed: 1" in text(upload(as_editor, made, json.dumps({**made.content, "title": {"en": "Newer"}})))


def test_comments_of_translators_are_kept_as_notes_also_without_a_translation(
    as_editor: Client, draft: Draft, editor: User
) -> None:
    data = workbooks.sheet_of(
        ("key", "source en", "fr", "check", "comment"), (), ("set/title", "Small", "", "", "Small in size?")
    )
    for _time in range(2):  # taken again it is the same question
        preview = upload(as_editor, draft, data, "fr.xlsx")
        assert "Small in size?" in text(preview)
        apply(as_editor, draft, preview)

    note = DraftNote.objects.get()
    assert (note.place, note.text, note.by) == ("set/title", "Small in size?", editor)
    assert "The question set" in text(as_editor.get(reverse("attributes:draft-review", args=[draft.code])))
