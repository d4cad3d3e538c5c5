"""Lists that follow another one: drawn beside it, and set with it."""

import re
from typing import Any

import pytest
from django.test import Client

from assessments.answering.services.answers import AnswerToSave, save_answers
from assessments.answers.value import AnswerContent, OptionContent
from assessments.models import Answer, AnswerVersion, Assessment, Process
from assessments.vocabulary import Role
from tests import builders
from tests.answering.test_contradictions import words
from tests.builders.question_pages import address, answers_form, autosave, form_of, send
from tests.forms_in_pages import PageForm, ParsedPage

pytestmark = pytest.mark.django_db

FOLLOWS = "Need not be answered: it follows from “does not exist”."
BASIS = "We asked those who left."


def lines(code: str) -> Any:
    return Answer.objects.get(item__code=code).value.get("options", {})


def say_of(form: PageForm, state: str, text: str = "", *, item: str = "IT2a", line: str = "language") -> None:
    form.fields |= {f"{item}-{line}-state": state, f"{item}-{line}-text": text}


@pytest.fixture
def derived(as_organiser: Client, assessment: Assessment) -> Assessment:
    """An assessment in which a barrier was said not to exist."""
    form = form_of(as_organiser, assessment, "IT2")
    say_of(form, "does_not_exist", BASIS)
    assert send(as_organiser, form).status_code == 302
    return assessment


@pytest.mark.parametrize(
    ("question", "lead", "second", "line"),
    [("IT2", "IT2a", "IT2b", "language"), ("IT3", "IT3a", "IT3b", "restrictions")],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_what_does_not_exist_is_answered_in_both_lists(
    as_organiser: Client, assessment: Assessment, question: str, lead: str, second: str, line: str, htmx: bool
) -> None:
    form = form_of(as_organiser, assessment, question)
    say_of(form, "does_not_exist", BASIS, item=lead, line=line)
    if htmx:
        html = autosave(as_organiser, form).content.decode()
        assert f'id="{second}-counts"' in html
        assert form.fields[f"{second}-version"] == "1"
    else:
        assert send(as_organiser, form, "continue").status_code == 302
    assert lines(second) == {line: {"state": "absent", "text": BASIS}}
    # Changed back, it is asked again.
    say_of(form, "exists", item=lead, line=line)
    if htmx:
        autosave(as_organiser, form)
    else:
        again = form_of(as_organiser, assessment, question)
        say_of(again, "exists", item=lead, line=line)
        assert send(as_organiser, again, "continue").status_code == 302
    assert lines(second) == {}
    assert lines(lead) == {line: {"state": "exists"}}


def test_page_asks_nothing_where_an_answer_follows(as_organiser: Client, derived: Assessment) -> None:
    form = form_of(as_organiser, derived, "IT2")
    assert "IT2b-language-state" not in form.fields  # nothing is chosen
    html = as_organiser.get(address(derived, "IT2")).content.decode()
    assert html.count('class="pair"') == html.count('class="pair-follows"') == 4
    assert FOLLOWS in words(html)
    # Sent as it is, it changes nothing.
    assert send(as_organiser, form).status_code == 302
    assert AnswerVersion.objects.count() == 2


def test_lists_stand_side_by_side_and_only_the_first_says_that_nothing_is_there(
    as_organiser: Client, assessment: Assessment
) -> None:
    html = as_organiser.get(address(assessment, "IT2")).content.decode()
    form = answers_form(html)
    assert form.choices["IT2a-language-state"] == ["exists", "does_not_exist", "dont_know", ""]
    assert form.choices["IT2b-language-state"] == ["unmitigated", "partly", "mitigated", "dont_know", ""]
    names = re.findall(r'<input[^>]* name="(IT2[ab]-\w+-state)"', html)
    keys = list(dict.fromkeys(names))
    assert keys[:4] == [f"IT2{x}-{k}-state" for k in ("language", "cost_of_participation") for x in "ab"]
    assert "Answered above, beside each line of IT2a." in words(html)
    assert html.index('id="IT2a"') < html.index('name="IT2b-language-state"') < html.index('id="IT2b"')


def test_what_an_open_page_still_sends_comes_back(as_organiser: Client, assessment: Assessment) -> None:
    form = form_of(as_organiser, assessment, "IT2")
    form.fields["IT2b-language-state"] = "mitigated"
    autosave(as_organiser, form)
    say_of(form, "does_not_exist", BASIS)
    autosave(as_organiser, form)
    assert lines("IT2b")["language"] == {"state": "absent", "text": BASIS}
    say_of(form, "does_not_exist", "We asked again.")  # the hidden buttons are sent all the same
    autosave(as_organiser, form)
    assert lines("IT2b")["language"] == {"state": "absent", "text": "We asked again."}
    say_of(form, "exists")
    autosave(as_organiser, form)
    assert lines("IT2b")["language"] == {"state": "mitigated"}


@pytest.mark.parametrize("state", ["unmitigated", "partly", "mitigated", "dont_know"])
@pytest.mark.parametrize("lead", ["does_not_exist", "exists"])
def test_pages_make_no_contradiction_between_the_two(
    as_organiser: Client, assessment: Assessment, lead: str, state: str
) -> None:
    form = form_of(as_organiser, assessment, "IT2")
    offered = form.choices["IT2b-language-state"]
    assert ("not_applicable" in offered, "absent" in offered) == (False, False)
    say_of(form, lead, BASIS)
    form.fields["IT2b-language-state"] = state
    assert "contradicts" not in autosave(as_organiser, form).content.decode()
    assert "Contradicts" not in as_organiser.get(address(assessment, "IT2")).content.decode()


def test_an_old_contradiction_stays_until_somebody_changes_one_of_the_two(
    as_organiser: Client, assessment: Assessment
) -> None:
    builders.answer(assessment, "IT2a", {"options": {"language": {"state": "does_not_exist", "text": BASIS}}})
    builders.answer(assessment, "IT2b", {"options": {"language": {"state": "mitigated"}}})
    html = as_organiser.get(address(assessment, "IT2")).content.decode()
    assert words(html).count("Contradicts ") == 1
    assert html.count("pair is-apart") == 1  # both answers are shown
    form = answers_form(html)
    form.fields["IT2c-answer"] = "Something else"
    autosave(as_organiser, form)
    assert lines("IT2b") == {"language": {"state": "mitigated"}}
    assert "absent" in form.choices["IT2b-language-state"]
    form.fields["IT2b-language-state"] = "absent"
    autosave(as_organiser, form)
    assert lines("IT2b") == {"language": {"state": "absent", "text": BASIS}}
    assert "Contradicts " not in as_organiser.get(address(assessment, "IT2")).content.decode()


def test_own_words_and_answers_from_before_are_kept(as_organiser: Client, assessment: Assessment) -> None:
    """Of a draft in which the second list said with words of its own that the barrier is absent."""
    builders.answer(assessment, "IT2a", {"options": {"language": {"state": "does_not_exist", "text": BASIS}}})
    builders.answer(assessment, "IT2b", {"options": {"language": {"state": "absent", "text": "Own words"}}})
    form = form_of(as_organiser, assessment, "IT2")
    assert send(as_organiser, form).status_code == 302
    assert lines("IT2b") == {"language": {"state": "absent", "text": "Own words"}}
    say_of(form, "exists")
    assert send(as_organiser, form).status_code == 302
    assert lines("IT2b") == {"language": {"state": "", "text": "Own words"}}


def test_missing_words_are_asked_for_where_the_answer_was_given(as_organiser: Client, assessment: Assessment) -> None:
    form = form_of(as_organiser, assessment, "IT2")
    say_of(form, "does_not_exist")
    page = send(as_organiser, form, "list")
    assert page.status_code == 422
    html = page.content.decode()
    assert 'href="#IT2a-language-text"' in html
    assert 'href="#IT2b-language-text"' not in html


def test_somebody_elses_change_of_the_second_list_is_a_conflict_of_that_list_alone(
    as_organiser: Client, assessment: Assessment
) -> None:
    mine, theirs = form_of(as_organiser, assessment, "IT2"), form_of(as_organiser, assessment, "IT2")
    theirs.fields["IT2b-language-state"] = "partly"
    assert send(as_organiser, theirs).status_code == 302
    say_of(mine, "does_not_exist", BASIS)
    page = send(as_organiser, mine)
    assert page.status_code == 409
    assert lines("IT2a") == {"language": {"state": "does_not_exist", "text": BASIS}}
    merge = next(form for form in _forms(page) if "IT2b-version" in form.fields)
    assert "IT2a-version" not in merge.fields
    merge.fields["IT2b-keep"] = "mine"
    assert send(as_organiser, merge, "merge").status_code == 302
    assert lines("IT2b") == {"language": {"state": "absent", "text": BASIS}}


def _forms(page: Any) -> list[PageForm]:
    return ParsedPage(page.content.decode()).forms


def test_second_list_is_set_too_where_only_the_first_is_sent(as_organiser: Client, assessment: Assessment) -> None:
    form = form_of(as_organiser, assessment, "IT2")
    say_of(form, "does_not_exist", BASIS)
    form.fields = {name: value for name, value in form.fields.items() if not name.startswith("IT2b")}
    assert send(as_organiser, form).status_code == 302
    assert lines("IT2b") == {"language": {"state": "absent", "text": BASIS}}
    assert {entry.user for entry in AnswerVersion.objects.all()} == {assessment.process.created_by}


def test_order_of_what_is_sent_does_not_matter(assessment: Assessment) -> None:
    items = builders.items().items
    options = {"language": OptionContent("does_not_exist", BASIS)}
    entries = [
        AnswerToSave(items["IT2b"], AnswerContent(), 0),
        AnswerToSave(items["IT2a"], AnswerContent(options=options), 0),
    ]
    save_answers(assessment=assessment, user=builders.user(), entries=entries)
    assert lines("IT2b") == {"language": {"state": "absent", "text": BASIS}}


def test_readers_see_both_and_change_nothing(client_for: Any, derived: Assessment) -> None:
    reader = builders.user(is_staff=False)
    builders.member(derived.process, reader, Role.CONTRIBUTOR)
    Assessment.objects.update(state="submitted")
    html = client_for(reader).get(address(derived, "IT2")).content.decode()
    assert FOLLOWS in words(html)
    assert re.search(r'<fieldset\s+class="answer"[^>]*disabled', html)


def test_other_kinds_of_process_have_the_same_grid(as_organiser: Client, assessment: Assessment) -> None:
    Process.objects.update(kind="dialogues")
    assert as_organiser.get(address(assessment, "IT3")).content.decode().count('class="pair"') == 2
