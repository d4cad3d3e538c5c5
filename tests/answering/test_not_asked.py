"""Items that do not apply to the kind of process: not asked, not open, and what was answered before is kept."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Answer, Assessment, EvidenceFile, Process
from assessments.vocabulary import Role
from msgov.accounts.models import User
from tests import builders
from tests.answering.test_contradictions import words
from tests.builders.question_pages import address, answers_form, autosave, form_of, send

pytestmark = pytest.mark.django_db

SAID = "Does not apply to this kind of process (Holds a dialogue): not asked, and in no score."
KEPT = "The answer from before: kept, not counted"
HINT = "some questions do not apply to every kind of process."


def text_of(client: Client, where: str) -> str:
    return words(client.get(where).content.decode())


def hub(assessment: Assessment) -> str:
    return reverse("assessments:assessment-hub", args=[assessment.code])


@pytest.fixture
def dialogue(assessment: Assessment) -> Assessment:
    Process.objects.update(kind="dialogues")
    assessment.process.refresh_from_db()
    return assessment


def test_item_has_no_inputs_and_says_why(as_organiser: Client, dialogue: Assessment) -> None:
    html = as_organiser.get(address(dialogue, "ED4")).content.decode()
    assert words(html).count(SAID) == 3  # ED4a, ED4c and ED4d
    assert KEPT not in html  # nothing was answered
    form = answers_form(html)
    assert {name.partition("-")[0] for name in form.fields if name.startswith("ED4")} == {"ED4b"}
    assert 'id="ED4a"' in html  # where links to it lead


def test_old_answer_is_folded_below_with_its_files(as_organiser: Client, dialogue: Assessment) -> None:
    row = builders.answer(dialogue, "ED2a", 2, evidence_text="It was built", evidence_links="https://example.org/a")
    EvidenceFile.objects.create(
        response=row.response, item=row.item, name="minutes.txt", file="x", size=1, content_type="text/plain"
    )
    html = as_organiser.get(address(dialogue, "ED2")).content.decode()
    folded = html.partition("<details")[2].partition("</details>")[0]
    assert KEPT in folded
    assert "It was built" in folded
    assert '<a href="https://example.org/a" rel="noopener nofollow">' in folded.replace("\n", " ")
    assert "minutes.txt" in folded


@pytest.mark.parametrize("htmx", [False, True])
def test_page_from_before_the_kind_was_chosen_changes_nothing_of_it(
    as_organiser: Client, assessment: Assessment, htmx: bool
) -> None:
    builders.answer(assessment, "ED4a", 2)
    form = form_of(as_organiser, assessment, "ED4")
    Process.objects.update(kind="dialogues")
    form.fields |= {"ED4a-answer": "0", "ED4b-answer": "1"}
    response = autosave(as_organiser, form) if htmx else send(as_organiser, form, "continue")
    assert response.status_code == 422
    assert "This does not apply to the kind of process that was chosen meanwhile." in response.content.decode()
    assert Answer.objects.get(item__code="ED4a").value == {"level": 2}
    assert Answer.objects.get(item__code="ED4b").value == {"level": 1}
    if not htmx:
        assert 'href="#ED4a"' in response.content.decode()
        assert send(as_organiser, answers_form(response.content.decode()), "continue").status_code == 302


def test_nothing_else_for_it_is_taken(as_organiser: Client, dialogue: Assessment) -> None:
    form = form_of(as_organiser, dialogue, "ED4")
    form.fields["ED4a-keep"] = "mine"
    assert send(as_organiser, form).status_code == 422
    assert not Answer.objects.filter(item__code="ED4a").exists()


def test_answer_comes_back_with_the_kind(as_organiser: Client, dialogue: Assessment) -> None:
    builders.answer(dialogue, "ED2a", 2)
    Process.objects.update(kind="recommends")
    assert form_of(as_organiser, dialogue, "ED2").fields["ED2a-answer"] == "2"


def test_list_of_questions_does_not_count_it(as_organiser: Client, assessment: Assessment) -> None:
    scored = [item for item in builders.items().items.values() if item.scored]
    assert f"0 of {len(scored)} items that count are answered." in text_of(as_organiser, hub(assessment))
    Process.objects.update(kind="dialogues")
    builders.answer(assessment, "ED2a", 2)
    html = as_organiser.get(hub(assessment)).content.decode()
    assert f"0 of {len(scored) - 4} items that count are answered." in words(html)
    [line] = [line for line in html.split('<li class="task">') if address(assessment, "ED2") in line]
    assert "Does not apply" in line  # the question has no other item
    assert html.count("status-not_asked") == 1


def test_check_page_does_not_ask_for_it(as_organiser: Client, dialogue: Assessment) -> None:
    html = as_organiser.get(reverse("assessments:assessment-check", args=[dialogue.code])).content.decode()
    for code, is_asked in {"ED2a": False, "ED4a": False, "ED4b": True}.items():
        where = f"{address(dialogue, code[:3])}#{code}"
        assert (f'href="{where}"' in html) is is_asked, code


def test_nobody_is_asked_to_open_its_evidence(as_organiser: Client, assessment: Assessment) -> None:
    builders.answer(assessment, "ED2a", 2, evidence_text="It was built.", evidence_links="https://example.org/a")
    where = reverse("assessments:evidence-opened", args=[assessment.code])
    assert "https://example.org/a" in text_of(as_organiser, where)
    Process.objects.update(kind="dialogues")
    assert "https://example.org/a" not in text_of(as_organiser, where)


def test_hint_where_nobody_has_said_what_the_process_does(as_organiser: Client, assessment: Assessment) -> None:
    where = reverse("assessments:process-edit", args=[assessment.process.code]) + "#id_kind"
    for page in (hub(assessment), address(assessment, "ED2")):
        html = as_organiser.get(page).content.decode()
        assert HINT in words(html), page
        assert where in html, page
    assert 'id="id_kind' in as_organiser.get(where).content.decode()
    assert HINT not in text_of(as_organiser, address(assessment, "IT1"))  # asked of every kind
    Process.objects.update(kind="decides")
    for page in (hub(assessment), address(assessment, "ED2")):
        assert HINT not in text_of(as_organiser, page), page


def test_hint_leads_nobody_where_they_may_not_go(client_for: Callable[[User], Client], assessment: Assessment) -> None:
    somebody = builders.user()
    builders.member(assessment.process, somebody, Role.CONTRIBUTOR)
    for page in (hub(assessment), address(assessment, "ED2")):
        html = client_for(somebody).get(page).content.decode()
        assert "an organiser can" in words(html), page
        assert "#id_kind" not in html, page
