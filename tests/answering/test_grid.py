"""Lists that follow another one: asked in one grid with it, and set with it."""

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

BASIS = "We asked those who left."
GONE = "does_not_exist/absent"


def lines(code: str) -> Any:
    return Answer.objects.get(item__code=code).value.get("options", {})


def say_of(form: PageForm, pair: str, text: str = "", *, item: str = "IT2a", line: str = "language") -> None:
    """Choose in the grid."""
    form.fields |= {f"{item}-{line}-pair": pair, f"{item}-{line}-text": text}


def say_apart(form: PageForm, state: str, text: str = "") -> None:
    """As a page from before there were grids sends it."""
    form.fields |= {"IT2a-language-state": state, "IT2a-language-text": text}


@pytest.fixture
def derived(as_organiser: Client, assessment: Assessment) -> Assessment:
    """An assessment in which a barrier was said not to exist."""
    form = form_of(as_organiser, assessment, "IT2")
    say_of(form, GONE, BASIS)
    assert send(as_organiser, form).status_code == 302
    return assessment


@pytest.mark.parametrize(
    ("question", "lead", "second", "line", "state"),
    [("IT2", "IT2a", "IT2b", "language", "partly"), ("IT3", "IT3a", "IT3b", "restrictions", "no")],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_one_choice_answers_both_lists(
    as_organiser: Client,
    assessment: Assessment,
    question: str,
    lead: str,
    second: str,
    line: str,
    state: str,
    htmx: bool,
) -> None:
    form = form_of(as_organiser, assessment, question)
    say_of(form, GONE, BASIS, item=lead, line=line)
    if htmx:
        html = autosave(as_organiser, form).content.decode()
        assert f'id="{second}-counts"' in html
        assert form.fields[f"{second}-version"] == "1"
    else:
        assert send(as_organiser, form, "continue").status_code == 302
    assert lines(second) == {line: {"state": "absent", "text": BASIS}}
    again = form if htmx else form_of(as_organiser, assessment, question)
    assert again.fields[f"{lead}-{line}-pair"] == GONE
    say_of(again, f"exists/{state}", item=lead, line=line)
    if htmx:
        autosave(as_organiser, again)
    else:
        assert send(as_organiser, again, "continue").status_code == 302
    assert lines(lead) == {line: {"state": "exists"}}
    assert lines(second) == {line: {"state": state}}
    # Taken back, it is open in both.
    last = again if htmx else form_of(as_organiser, assessment, question)
    say_of(last, "", item=lead, line=line)
    autosave(as_organiser, last)
    assert (lines(lead), lines(second)) == ({}, {})


def test_page_sent_as_it_is_changes_nothing(as_organiser: Client, derived: Assessment) -> None:
    form = form_of(as_organiser, derived, "IT2")
    # The words stand with the first answer, and are not asked for twice.
    assert (form.fields["IT2a-language-text"], form.fields["IT2b-language-text"]) == (BASIS, "")
    assert send(as_organiser, form).status_code == 302
    assert AnswerVersion.objects.count() == 2


def test_every_line_of_the_grid_is_one_group_of_choices(as_organiser: Client, assessment: Assessment) -> None:
    html = as_organiser.get(address(assessment, "IT2")).content.decode()
    form = answers_form(html)
    assert form.choices["IT2a-language-pair"] == [
        GONE,
        "exists/unmitigated",
        "exists/partly",
        "exists/mitigated",
        "exists/dont_know",
        "dont_know/dont_know",
        "",
    ]
    assert not [name for name in form.choices if name.endswith("-state")]
    assert not [name for name in form.fields if name.endswith("-pair")]  # nothing is chosen
    # Links to the second list lead to its question, over the grid; what shows it has a part of its own below.
    assert html.index('id="IT2a"') < html.index('id="IT2b"') < html.index("IT2a-language-pair")
    assert html.index("IT2a-cultural_norms-pair") < html.index('name="IT2b-evidence"')
    assert html.count('class="item"') == 2  # with IT2c


@pytest.mark.parametrize("value", ["exists", "exists/partly/partly", "exists/never", "never/partly"])
def test_what_the_grid_does_not_offer_is_refused(as_organiser: Client, assessment: Assessment, value: str) -> None:
    form = form_of(as_organiser, assessment, "IT2")
    say_of(form, value)
    assert send(as_organiser, form).status_code == 400
    assert not Answer.objects.exists()


def test_first_list_alone_from_an_older_page_is_shown_as_it_is(as_organiser: Client, assessment: Assessment) -> None:
    builders.answer(assessment, "IT2a", {"options": {"language": {"state": "exists"}}})
    html = as_organiser.get(address(assessment, "IT2")).content.decode()
    assert "exists; not answered" in words(html)
    form, before = answers_form(html), AnswerVersion.objects.count()
    assert form.fields["IT2a-language-pair"] == "exists/"
    assert send(as_organiser, form).status_code == 302
    assert AnswerVersion.objects.count() == before  # nothing changed


def test_what_an_open_page_still_sends_comes_back(as_organiser: Client, assessment: Assessment) -> None:
    form = form_of(as_organiser, assessment, "IT2")
    form.fields["IT2b-language-state"] = "mitigated"
    autosave(as_organiser, form)
    say_apart(form, "does_not_exist", BASIS)
    autosave(as_organiser, form)
    assert lines("IT2b")["language"] == {"state": "absent", "text": BASIS}
    say_apart(form, "does_not_exist", "We asked again.")  # the hidden buttons are sent all the same
    autosave(as_organiser, form)
    assert lines("IT2b")["language"] == {"state": "absent", "text": "We asked again."}
    say_apart(form, "exists")
    autosave(as_organiser, form)
    assert lines("IT2b")["language"] == {"state": "mitigated"}


def test_no_choice_of_the_grid_is_a_contradiction(as_organiser: Client, assessment: Assessment) -> None:
    for pair in form_of(as_organiser, assessment, "IT2").choices["IT2a-language-pair"]:
        form = form_of(as_organiser, assessment, "IT2")
        say_of(form, pair, BASIS if pair == GONE else "")
        assert "ontradicts " not in words(autosave(as_organiser, form).content.decode()), pair
        assert "ontradicts " not in words(as_organiser.get(address(assessment, "IT2")).content.decode()), pair


def test_an_old_contradiction_stays_until_somebody_changes_one_of_the_two(
    as_organiser: Client, assessment: Assessment
) -> None:
    builders.answer(assessment, "IT2a", {"options": {"language": {"state": "does_not_exist", "text": BASIS}}})
    builders.answer(assessment, "IT2b", {"options": {"language": {"state": "mitigated"}}})
    html = as_organiser.get(address(assessment, "IT2")).content.decode()
    assert words(html).count("Contradicts ") == 1
    assert "does not exist; mitigated" in words(html)  # both answers are shown
    form = answers_form(html)
    form.fields["IT2c-answer"] = "Something else"
    autosave(as_organiser, form)
    assert lines("IT2b") == {"language": {"state": "mitigated"}}
    say_of(form, GONE, BASIS)
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
    say_of(form, "exists/partly")
    assert send(as_organiser, form).status_code == 302
    assert lines("IT2b") == {"language": {"state": "partly", "text": "Own words"}}


def test_missing_words_are_asked_for_where_the_answer_was_given(as_organiser: Client, assessment: Assessment) -> None:
    form = form_of(as_organiser, assessment, "IT2")
    say_of(form, GONE)
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
    say_of(mine, GONE, BASIS)
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
    say_apart(form, "does_not_exist", BASIS)
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
    assert re.search(r'value="does_not_exist/absent"[^>]* checked', html)
    assert re.search(r'<fieldset\s+class="answer"[^>]*disabled', html)


def test_other_kinds_of_process_have_the_same_grid(as_organiser: Client, assessment: Assessment) -> None:
    Process.objects.update(kind="dialogues")
    assert as_organiser.get(address(assessment, "IT3")).content.decode().count('value="does_not_exist/absent" id=') == 2
