"""Saving a question page: what is stored, what is refused, and that nothing is lost between two people."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from assessments.models import Answer, Assessment, EvidenceEntry
from assessments.results.build import build_document
from assessments.vocabulary import Role
from msgov.accounts.models import User
from tests import builders
from tests.builders.question_pages import address, answers_form, autosave, form_of, send
from tests.forms_in_pages import PageForm, ParsedPage

pytestmark = pytest.mark.django_db


def stored(code: str) -> Answer:
    return Answer.objects.get(item__code=code)


def test_page_stores_a_rating_with_evidence_and_goes_on(as_organiser: Client, assessment: Assessment) -> None:
    form = form_of(as_organiser, assessment, "IT1")
    form.fields |= {
        "IT1a-answer": "2",
        "IT1a-evidence": " The list.\r\nTwo lines. ",
        "IT1a-links": "https://example.org/list",
    }
    response = send(as_organiser, form, "continue")
    assert response.status_code == 302
    assert response.url == address(assessment, "IT2")
    row = stored("IT1a")
    assert (row.state, row.value, row.version) == ("answered", {"level": 2}, 1)
    assert row.evidence_text == "The list.\nTwo lines."
    assert row.evidence_links == "https://example.org/list"
    assert row.evidence_class == ""
    shown = form_of(as_organiser, assessment, "IT1").fields
    assert shown["IT1a-evidence"] == "The list.\nTwo lines."
    assert (shown["IT1a-answer"], shown["IT1a-version"]) == ("2", "1")


def test_autosave_stores_only_what_changed(as_organiser: Client, assessment: Assessment) -> None:
    form = form_of(as_organiser, assessment, "ED4")
    form.fields["ED4b-answer"] = "3"
    response = autosave(as_organiser, form)
    html = response.content.decode()
    assert response.status_code == 200
    assert [row.item.code for row in Answer.objects.select_related("item")] == ["ED4b"]
    assert "Claims F (100 of 100); counts as P (33 of 100) until evidence is given." in html
    assert form.fields["ED4b-version"] == "1"
    assert "ED4a-counts" not in html


def test_autosave_again_without_change_writes_nothing(as_organiser: Client, assessment: Assessment) -> None:
    form = form_of(as_organiser, assessment, "IT1")
    form.fields["IT1a-answer"] = "1"
    autosave(as_organiser, form)
    response = autosave(as_organiser, form)
    assert response.status_code == 200
    assert stored("IT1a").version == 1
    assert stored("IT1a").history.count() == 1


def test_radio_can_be_undone(as_organiser: Client, assessment: Assessment) -> None:
    form = form_of(as_organiser, assessment, "IT1")
    form.fields["IT1a-answer"] = "1"
    autosave(as_organiser, form)
    form.fields["IT1a-answer"] = ""
    autosave(as_organiser, form)
    assert (stored("IT1a").state, stored("IT1a").value) == ("unanswered", {})


def test_checklist_is_stored_by_option(as_organiser: Client, assessment: Assessment) -> None:
    form = form_of(as_organiser, assessment, "IT2")
    form.fields |= {
        "IT2b-language-state": "partly",
        "IT2b-cost_of_participation-state": "absent",
        "IT2b-cultural_norms-state": "dont_know",
        "IT2a-other": "visas",
        "IT2c-answer": "Words",
    }
    html = autosave(as_organiser, form).content.decode()
    assert stored("IT2b").value == {
        "options": {
            "language": {"state": "partly"},
            "cost_of_participation": {"state": "absent"},
            "cultural_norms": {"state": "dont_know"},
        }
    }
    assert stored("IT2a").value == {"other": "visas"}
    assert (stored("IT2c").state, stored("IT2c").value) == ("answered", {"text": "Words"})
    assert "1 line is not counted until you say why." in html


def test_yes_without_words_does_not_count(as_organiser: Client, assessment: Assessment) -> None:
    form = form_of(as_organiser, assessment, "IT5")
    form.fields |= {"IT5c-answer": "yes", "IT5c-justification": ""}
    assert (
        "No reason given: treated as open, not counted until you say why."
        in autosave(as_organiser, form).content.decode()
    )
    form.fields["IT5c-justification"] = "There is a register."
    assert (
        "Claims F (100 of 100); counts as P (33 of 100) until evidence is given."
        in autosave(as_organiser, form).content.decode()
    )
    assert stored("IT5c").value == {"options": {"": {"state": "yes", "text": "There is a register."}}}


def test_not_applicable_counts_only_with_a_reason(as_organiser: Client, assessment: Assessment) -> None:
    form = form_of(as_organiser, assessment, "ED2")
    form.fields["ED2a-answer"] = "not_applicable"
    assert (
        "No reason given: treated as open, not counted until you say why."
        in autosave(as_organiser, form).content.decode()
    )
    form.fields["ED2a-reason"] = "A dialogue without outcome."
    assert "Left out of the score: not applicable." in autosave(as_organiser, form).content.decode()


@pytest.mark.parametrize(
    ("question", "given", "missing"),
    [
        ("ED2", {"ED2a-answer": "not_applicable"}, "ED2a-reason"),
        ("IT5", {"IT5c-answer": "yes"}, "IT5c-justification"),
        ("IT2", {"IT2a-language-state": "does_not_exist"}, "IT2a-language-text"),
    ],
)
def test_words_that_are_needed_are_asked_for_once_on_leaving(
    as_organiser: Client, assessment: Assessment, question: str, given: dict[str, str], missing: str
) -> None:
    form = form_of(as_organiser, assessment, question)
    form.fields |= given
    item = missing.partition("-")[0]

    page = send(as_organiser, form, "list")

    assert page.status_code == 422
    html = page.content.decode()
    assert f'<a href="#{missing}">' in html
    assert "Everything is saved" in html
    assert stored(item).pk  # kept as it was given
    again = answers_form(html)
    assert send(as_organiser, again, "onward").status_code == 302
    again.fields[missing] = "Because"
    assert send(as_organiser, again, "list").status_code == 302


@pytest.mark.alike
@pytest.mark.parametrize(
    "change",
    [
        {"IT1a-answer": "4"},
        {"IT1a-answer": "not_applicable"},
        {"IT1a-answer": "yes"},
        {"IT1a-class": "E3"},
        {"IT1a-version": ""},
        {"IT1a-version": "one"},
        {"IT1a-version": None},
        {"IT2b-language-state": "absent"},
        {"IT9z-answer": "1"},
        {"surprise": "1"},
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_forged_form_is_refused_with_the_page_kept(
    as_organiser: Client, assessment: Assessment, change: dict[str, None] | dict[str, str], htmx: bool
) -> None:
    form = form_of(as_organiser, assessment, "IT1")
    form.fields |= {"IT1a-evidence": "Typed with care", **change}
    data = {name: value for name, value in form.fields.items() if value is not None}
    response = as_organiser.post(form.address, data, headers={"HX-Request": "true"} if htmx else {})
    assert response.status_code == 400
    assert not Answer.objects.exists()
    if not htmx:
        assert "There is a problem" in response.content.decode()


def test_forged_page_keeps_what_was_typed(as_organiser: Client, assessment: Assessment) -> None:
    form = form_of(as_organiser, assessment, "ED4")
    form.fields |= {"ED4a-evidence": "Typed with care", "ED4b-answer": "7"}
    html = send(as_organiser, form).content.decode()
    assert answers_form(html).fields["ED4a-evidence"] == "Typed with care"


@pytest.mark.parametrize("question", ["XX1", "IT1\x00", "\x00", "IT1'\"", "%s", "x" * 3000])
def test_unknown_question_is_404(as_organiser: Client, assessment: Assessment, question: str) -> None:
    assert as_organiser.get(address(assessment, question)).status_code == 404
    assert as_organiser.post(address(assessment, question), {}).status_code == 404


@pytest.mark.parametrize("htmx", [False, True])
def test_line_that_is_no_address_is_a_document_for_insiders(
    as_organiser: Client, assessment: Assessment, *, htmx: bool
) -> None:
    """Page and autosave agree with the register, and the page says what the line counts as."""
    form = form_of(as_organiser, assessment, "IT1")
    form.fields |= {"IT1a-answer": "2", "IT1a-evidence": "It lists who took part.", "IT1a-links": "Binder 3, shelf 2"}
    response = autosave(as_organiser, form) if htmx else send(as_organiser, form, "continue")
    assert response.status_code == (200 if htmx else 302)
    assert stored("IT1a").evidence_links == "Binder 3, shelf 2"
    assert EvidenceEntry.objects.get().kind == "inside"
    html = as_organiser.get(address(assessment, "IT1")).content.decode()
    assert html.count("no web address: only members can open it") == 1
    assert build_document(assessment).items()["IT1a"].grade == "E1"


def test_text_over_the_limit_is_kept_on_the_page_and_the_rest_is_saved(
    as_organiser: Client, assessment: Assessment
) -> None:
    form = form_of(as_organiser, assessment, "ED4")
    form.fields |= {"ED4a-comment": "x" * 20_001, "ED4b-answer": "1"}
    response = send(as_organiser, form)
    assert response.status_code == 422
    assert answers_form(response.content.decode()).fields["ED4a-comment"] == "x" * 20_001
    assert [row.item.code for row in Answer.objects.select_related("item")] == ["ED4b"]
    assert autosave(as_organiser, form).status_code == 422


def test_two_tabs_do_not_overwrite_each_other(as_organiser: Client, assessment: Assessment) -> None:
    first, second = form_of(as_organiser, assessment, "IT1"), form_of(as_organiser, assessment, "IT1")
    first.fields |= {"IT1a-answer": "1", "IT1a-comment": "first"}
    second.fields |= {"IT1a-answer": "3", "IT1a-comment": "second"}
    assert autosave(as_organiser, first).status_code == 200
    response = autosave(as_organiser, second)
    assert response.status_code == 409
    assert (
        "Not saved: you have changed “Affected people can take part” in another tab or on another device."
        in response.content.decode()
    )
    assert stored("IT1a").comment == "first"
    assert second.fields["IT1a-version"] == "0"


def test_conflict_names_somebody_else(as_organiser: Client, assessment: Assessment) -> None:
    first, second = form_of(as_organiser, assessment, "IT1"), form_of(as_organiser, assessment, "IT1")
    first.fields |= {"IT1a-answer": "1"}
    second.fields |= {"IT1a-answer": "3"}
    assert autosave(as_organiser, first).status_code == 200
    Answer.objects.update(updated_by=builders.user(email="other@example.org", name="Ola Other"))
    html = autosave(as_organiser, second).content.decode()
    assert "Not saved: Ola Other changed “Affected people can take part” at the same time." in html
    assert "another tab" not in send(as_organiser, second, "compare").content.decode()


def test_same_change_by_two_is_no_conflict(as_organiser: Client, assessment: Assessment) -> None:
    first, second = form_of(as_organiser, assessment, "IT1"), form_of(as_organiser, assessment, "IT1")
    for form in (first, second):
        form.fields["IT1a-answer"] = "1"
        assert autosave(as_organiser, form).status_code == 200
    assert stored("IT1a").version == 1
    assert second.fields["IT1a-version"] == "1"


def test_different_items_of_a_page_are_no_conflict(as_organiser: Client, assessment: Assessment) -> None:
    first, second = form_of(as_organiser, assessment, "ED4"), form_of(as_organiser, assessment, "ED4")
    first.fields["ED4a-answer"] = "1"
    second.fields["ED4b-answer"] = "2"
    autosave(as_organiser, first)
    response = autosave(as_organiser, second)
    assert response.status_code == 200
    assert stored("ED4a").value == {"level": 1}
    assert stored("ED4b").value == {"level": 2}


def test_old_page_does_not_take_back_what_it_did_not_touch(as_organiser: Client, assessment: Assessment) -> None:
    builders.answer(assessment, "ED4a", 0)
    first, second = form_of(as_organiser, assessment, "ED4"), form_of(as_organiser, assessment, "ED4")
    first.fields["ED4a-answer"] = "3"
    autosave(as_organiser, first)
    second.fields["ED4b-answer"] = "2"
    html = autosave(as_organiser, second).content.decode()
    assert "Somebody else has changed “Operators took part” since you opened this page" in html
    assert stored("ED4a").value == {"level": 3}
    assert second.fields["ED4a-version"] == "1"


def test_lost_acknowledgement_is_no_conflict_with_oneself(as_organiser: Client, assessment: Assessment) -> None:
    form = form_of(as_organiser, assessment, "IT1")
    form.fields["IT1a-comment"] = "one"
    as_organiser.post(form.address, form.fields, headers={"HX-Request": "true"})  # the answer never arrives
    form.fields["IT1a-comment"] = "one two"
    assert autosave(as_organiser, form).status_code == 200
    assert (stored("IT1a").comment, stored("IT1a").version) == ("one two", 2)


def merge_form(response: HttpResponse) -> PageForm:
    return next(form for form in ParsedPage(response.content.decode()).forms if "IT1a-version" in form.fields)


@pytest.fixture
def clash(as_organiser: Client, assessment: Assessment) -> HttpResponse:
    """The merge page after somebody else saved first."""
    form = form_of(as_organiser, assessment, "IT1")
    other = form_of(as_organiser, assessment, "IT1")
    other.fields |= {"IT1a-answer": "1", "IT1a-evidence": "theirs", "IT1a-links": "https://a.example/"}
    autosave(as_organiser, other)
    form.fields |= {"IT1a-answer": "3", "IT1a-evidence": "mine", "IT1a-links": "https://b.example/"}
    response = send(as_organiser, form)
    assert response.status_code == 409
    return response


def test_merge_page_shows_both_versions(clash: HttpResponse) -> None:
    html = clash.content.decode()
    for words in (
        "theirs",
        "mine",
        "https://a.example/",
        "https://b.example/",
        "P – Partially achieved",
        "F – Fully achieved",
    ):
        assert words in html


@pytest.mark.parametrize(
    ("keep", "level", "text"),
    [("mine", 3, "mine"), ("theirs", 1, "theirs"), ("both", 3, "mine\n\ntheirs")],
)
def test_merge_keeps_what_was_chosen_and_the_history_has_both(
    as_organiser: Client, clash: HttpResponse, keep: str, level: int, text: str
) -> None:
    form = merge_form(clash)
    response = as_organiser.post(form.address, {**form.fields, "IT1a-keep": keep, "action": "merge"})
    assert response.status_code == 302
    row = stored("IT1a")
    assert (row.value, row.evidence_text) == ({"level": level}, text)
    history = " ".join(past.evidence_text for past in row.history.all())
    assert "theirs" in history
    assert "mine" in history


def test_merge_without_a_choice_asks_again_and_keeps_both(as_organiser: Client, clash: HttpResponse) -> None:
    form = merge_form(clash)
    response = as_organiser.post(form.address, {**form.fields, "action": "merge"})
    assert response.status_code == 422
    assert "Choose which version to keep." in response.content.decode()
    assert merge_form(response).fields["IT1a-evidence"] == "mine"
    assert stored("IT1a").evidence_text == "theirs"


def test_merge_meets_a_third_version(as_organiser: Client, assessment: Assessment, clash: HttpResponse) -> None:
    third = form_of(as_organiser, assessment, "IT1")
    third.fields["IT1a-evidence"] = "third"
    autosave(as_organiser, third)
    form = merge_form(clash)
    response = as_organiser.post(form.address, {**form.fields, "IT1a-keep": "mine", "action": "merge"})
    assert response.status_code == 409
    assert "third" in response.content.decode()
    assert stored("IT1a").evidence_text == "third"


def test_submitted_assessment_refuses_and_keeps_what_was_typed(as_organiser: Client, assessment: Assessment) -> None:
    form = form_of(as_organiser, assessment, "IT1")
    form.fields["IT1a-evidence"] = "Typed with care"
    type(assessment).objects.update(state="submitted")
    response = autosave(as_organiser, form)
    assert response.status_code == 409
    assert "has been submitted" in response.content.decode()
    response = send(as_organiser, form)
    assert response.status_code == 409
    assert answers_form(response.content.decode()).fields["IT1a-evidence"] == "Typed with care"
    assert not Answer.objects.exists()


def test_history_names_the_person(as_organiser: Client, assessment: Assessment, organiser: User) -> None:
    form = form_of(as_organiser, assessment, "IT1")
    form.fields["IT1a-answer"] = "1"
    autosave(as_organiser, form)
    form.fields["IT1a-answer"] = "2"
    autosave(as_organiser, form)
    entries = list(stored("IT1a").history.order_by("version").values_list("reason", "version", "user"))
    assert entries == [("saved", 1, organiser.pk), ("saved", 2, organiser.pk)]
    assert stored("IT1a").updated_by == organiser


@pytest.mark.parametrize("question", [f"IT{n}" for n in range(1, 6)] + ["CR1", "ED4", "CO1"])
def test_page_sent_unchanged_stores_nothing(as_organiser: Client, assessment: Assessment, question: str) -> None:
    form = form_of(as_organiser, assessment, question)
    assert autosave(as_organiser, form).status_code == 200
    assert not Answer.objects.exists()


@pytest.mark.parametrize(("role", "status"), [(Role.CONTRIBUTOR, 200), (Role.REVIEWER, 403), (None, 404)])
def test_who_may_answer(
    client_for: Callable[[User], Client], assessment: Assessment, role: Role | None, status: int
) -> None:
    person = builders.user()
    if role:
        builders.member(assessment.process, person, role)
    response = client_for(person).post(
        address(assessment, "IT1"), {"IT1a-version": "0", "IT1a-answer": "1"}, headers={"HX-Request": "true"}
    )
    assert response.status_code == status
    assert Answer.objects.count() == (status == 200)


def test_buttons_lead_on(as_organiser: Client, assessment: Assessment) -> None:
    def send_to(question: str, action: str) -> str:
        return send(as_organiser, form_of(as_organiser, assessment, question), action).url

    assert send_to("IT1", "list") == reverse("assessments:assessment-hub", args=[assessment.code])
    assert send_to("CO4", "continue") == reverse("assessments:assessment-check", args=[assessment.code])
    assert send_to("IT1", "save") == address(assessment, "IT1")


def test_nothing_is_chosen_before_somebody_has_chosen(client: Client) -> None:
    organiser = builders.user()
    assessment = builders.assessment(builders.process(organiser=organiser))
    client.force_login(organiser)
    for question in ("IT1", "IT2"):
        form = form_of(client, assessment, question)
        assert form.choices
        assert set(form.choices).isdisjoint(form.fields)
        # And an answer can be taken back.
        assert all("" in offered for offered in form.choices.values())
