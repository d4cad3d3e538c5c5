"""The quick check: what is asked, what is kept and for how long, what it says, and how it becomes an assessment."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from assessments import visitor_limits
from assessments.models import Answer, AnswerVersion, Assessment, Process
from assessments.quick.asked import quick_items, quick_pages
from assessments.quick.counted import claims_of
from assessments.quick.kept import SESSION_KEY, KeptCheck
from assessments.rounds.estimates import quick_check_minutes
from assessments.scoring.evidence import StepKind
from assessments.vocabulary import Role
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueSet
from attributes.loading import store_spec
from msgov.accounts.models import User
from tests import builders

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
SLUG = "isoc-multistakeholder-attributes"
BARRIERS = {
    "IT2b-language": "mitigated",
    "IT2b-cost_of_participation": "partly",
    "IT2b-technical_and_process_knowledge": "absent",
    "IT2b-cultural_norms": "dont_know",
}
PAGES: list[dict[str, str]] = [
    {"IT1a": "3", **BARRIERS, "IT3c": "not_applicable", "IT4a": "1", "IT5a": "2"},
    {"CR1a": "0"},
    {"ED1a": "3", "ED2a": "2", "ED3a": "dont_know", "ED4b": "1"},
    {"CO1b": "1", "CO2b": "2", "CO3a": "3", "CO4a": "0"},
]


@pytest.fixture(autouse=True)
def no_counts() -> Iterator[None]:
    visitor_limits.forget()
    yield
    visitor_limits.forget()


@pytest.fixture
def catalogue() -> CatalogueSet:
    return builders.items()


def page(number: int) -> str:
    return reverse("assessments:quick-page", args=[SLUG, number])


RESULT = reverse("assessments:quick-result", args=[SLUG])
KEEP = reverse("assessments:quick-keep")


def answered(client: Client, pages: list[dict[str, str]] | None = None) -> Client:
    for number, data in enumerate(pages or PAGES, 1):
        assert client.post(page(number), data).status_code == 302
    return client


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


# --- What is asked --------------------------------------------------------------------------------------------


def test_it_asks_fourteen_items_in_eight_minutes_and_twenty_five_clicks(catalogue: CatalogueSet) -> None:
    assert len(quick_items(catalogue)) == 14
    pages = quick_pages(catalogue)
    assert [(found.number, found.attribute.code, len(found.items)) for found in pages] == [
        (1, "IT", 5), (2, "CR", 1), (3, "ED", 4), (4, "CO", 4),
    ]  # fmt: skip
    assert quick_check_minutes(catalogue) <= 8
    choices = sum(max(len(item.options), 1) for item in quick_items(catalogue))
    # To the quick check, begin, and a button on every page.
    assert 2 + choices + len(pages) <= 25


def test_an_attribute_with_many_items_takes_several_pages() -> None:
    data = builders.question_sets.synthetic(16, attributes=2).model_dump(mode="json", exclude_defaults=True)
    for attribute in data["attributes"]:
        for question in attribute["questions"]:
            question["items"][0]["quick_check"] = True
    spec = type(builders.shipped_spec()).model_validate(data)
    pages = quick_pages(catalogue_of(store_spec(spec)[0]))
    assert [(len(found.items), found.goes_on) for found in pages] == [(6, False), (2, True), (6, False), (2, True)]


def test_a_set_without_marked_items_has_none_and_says_so(client: Client) -> None:
    store_spec(builders.netmundial_spec())
    slug = builders.netmundial_spec().slug
    response = client.get(reverse("assessments:quick-start-set", args=[slug]))
    assert "has no quick check" in text_of(response)
    assert client.get(reverse("assessments:quick-page", args=[slug, 1])).status_code == 404
    assert client.get(reverse("assessments:quick-result", args=[slug])).status_code == 404
    assert client.get(reverse("assessments:quick-start-set", args=["no-such-set"])).status_code == 404


def test_start_says_how_long_and_what_becomes_of_the_answers(client: Client) -> None:
    html = text_of(client.get(reverse("assessments:quick-start")))
    for words in ("14 questions", "about 8 minutes", "Without an account", "for 7 days", "has no scores"):
        assert words in html
    assert SESSION_KEY not in client.session


def test_description_stands_before_the_level(client: Client, catalogue: CatalogueSet) -> None:
    html = text_of(client.get(page(2)))
    anchor = catalogue.items["CR1a"].anchors[2]["en"]
    assert f"{anchor} Largely achieved" in html


# --- What is kept ---------------------------------------------------------------------------------------------


def test_choices_are_kept_in_the_session_and_shown_again(client: Client) -> None:
    answered(client, PAGES[:1])
    stored = client.session[SESSION_KEY]
    assert stored["set"] == SLUG
    assert stored["answers"]["IT1a"] == [1, {"": "3"}]
    html = client.get(page(1)).content.decode()
    assert len(re.findall(r"\schecked\s*>", html)) == len(PAGES[0])
    assert not Answer.objects.exists()


def test_back_keeps_what_was_chosen_too(client: Client) -> None:
    response = client.post(page(2), {"CR1a": "1", "action": "back"})
    assert response.headers["Location"] == page(1)
    assert client.session[SESSION_KEY]["answers"]["CR1a"] == [1, {"": "1"}]
    first = client.post(page(1), {"action": "back"})
    assert first.headers["Location"] == reverse("assessments:quick-start")


@pytest.mark.parametrize(
    "data", [{"IT1a": "4"}, {"IT1a": "not_applicable"}, {"IT2b-language": "7"}, {"CR1a": "1"}, {"x": "1"}]
)
def test_what_no_page_sends_is_refused_and_changes_nothing(client: Client, data: dict[str, str]) -> None:
    answered(client, PAGES[:1])
    before = client.session[SESSION_KEY]
    assert client.post(page(1), data).status_code == 400
    assert client.session[SESSION_KEY] == before


def test_an_answer_to_an_item_that_has_changed_is_not_read_into_the_new_words(
    client: Client, catalogue: CatalogueSet
) -> None:
    answered(client)
    session = client.session
    session[SESSION_KEY]["answers"]["IT1a"][0] = 2
    session[SESSION_KEY]["answers"]["CR1a"][1] = {"": "9"}
    session.save()
    response = client.get(RESULT)
    assert response.context["open"] == 3  # these two, and the one that was not known before


def test_it_can_be_deleted(client: Client) -> None:
    answered(client)
    response = client.post(reverse("assessments:quick-forget"), follow=True)
    assert "have been deleted" in text_of(response)
    assert SESSION_KEY not in client.session
    assert client.get(RESULT).headers["Location"] == page(1)


def test_forms_carry_a_token() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(page(2), {"CR1a": "1"}).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(page(2)).content.decode())
    assert token
    assert client.post(page(2), {"CR1a": "1", "csrfmiddlewaretoken": token[1]}).status_code == 302


def test_from_one_address_only_so_many_are_begun(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(visitor_limits.AMOUNTS, visitor_limits.QUICK_CHECKS, 2)
    for _visitor in range(2):
        assert Client().post(page(2), {"CR1a": "1"}).status_code == 302
    refused = client.post(page(2), {"CR1a": "1"})
    assert refused.status_code == 429
    assert refused.headers["Retry-After"]
    visitor_limits.forget()
    answered(client)  # whoever has begun is never held up
    monkeypatch.setitem(visitor_limits.AMOUNTS, visitor_limits.QUICK_CHECKS, 0)
    answered(client)


# --- What it says ---------------------------------------------------------------------------------------------


def test_letters_are_those_claimed(catalogue: CatalogueSet) -> None:
    check = KeptCheck(SLUG, {"IT1a": {"": "3"}, "CR1a": {"": "0"}, "ED3a": {"": "dont_know"}, "ED2a": {"": "1"}})
    claims = claims_of(catalogue, check)
    assert {code: letter for code, letter in claims.letters.items() if letter} == {
        "IT1a": "F",
        "CR1a": "N",
        "ED2a": "P",
    }
    assert claims.to_show == "IT1a"


def test_a_list_claims_by_its_lines_without_reasons(catalogue: CatalogueSet) -> None:
    """Mitigated, partly, absent, not known: five sixths of what is known."""
    chosen = {key.removeprefix("IT2b-"): value for key, value in BARRIERS.items()}
    assert claims_of(catalogue, KeptCheck(SLUG, {"IT2b": chosen})).letters["IT2b"] == "L"
    absent = dict.fromkeys(chosen, "absent")
    assert claims_of(catalogue, KeptCheck(SLUG, {"IT2b": absent})).letters["IT2b"] == "F"


def test_steps_are_in_the_order_of_the_method(catalogue: CatalogueSet) -> None:
    """The worst first, then what is critical; what is claimed above what counts is to be shown, the rest improved."""
    levels = {"CR1a": "0", "CO4a": "0", "IT1a": "3", "ED4b": "1", "ED1a": "dont_know"}
    steps = claims_of(catalogue, KeptCheck(SLUG, {code: {"": level} for code, level in levels.items()})).first
    assert [(step.code, step.kind) for step in steps] == [
        ("CR1a", StepKind.IMPROVE_IT),
        ("CO4a", StepKind.IMPROVE_IT),
        ("IT1a", StepKind.SHOW_IT),
        ("ED4b", StepKind.IMPROVE_IT),
    ]


def test_the_result_has_letters_and_no_scores(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    answered(client)
    catalogue_of(builders.question_set())
    with django_assert_num_queries(2):  # the session, the newest version of the set
        response = client.get(RESULT)
    html = text_of(response)
    assert "This is what is claimed; nothing of it has been shown yet." in html
    assert "Show this first: Goals agreed beforehand" in html
    assert "Show it: Goals agreed beforehand" in html
    assert "Improve it: " in html
    assert "2 answers are not known" not in html
    assert "1 answer is not known" in html
    assert not re.search(r"\d+\.\d|%|\bIT1a\b", html)
    assert response.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_where_no_sign_up_is_open_only_signing_in_is_offered(client: Client, settings: Any) -> None:
    answered(client)
    assert "Create an account and keep it" in text_of(client.get(RESULT))
    settings.SIGNUP_OPEN = False
    html = text_of(client.get(RESULT))
    assert "Create an account" not in html
    assert "Sign in and keep it" in html


# --- What becomes of it ---------------------------------------------------------------------------------------


def test_it_becomes_claims_of_a_new_process(client_for: ClientFor) -> None:
    user = builders.user()
    client = answered(client_for(user))
    assert "Your 14 answers become the beginning of an assessment" in text_of(client.get(KEEP))
    response = client.post(KEEP, {"name": "Forum", "kind": "decides"}, follow=True)
    process = Process.objects.get()
    assert (process.name, process.kind, process.memberships.get().role) == ("Forum", "decides", Role.ORGANISER)
    assessment = Assessment.objects.get()
    answers = {answer.item.code: answer for answer in Answer.objects.select_related("item")}
    assert set(answers) == {item.code for item in quick_items(builders.items())}
    assert answers["IT1a"].value == {"level": 3}
    assert answers["ED3a"].state == "dont_know"
    assert answers["IT3c"].state == "not_applicable"
    assert answers["IT2b"].value["options"]["technical_and_process_knowledge"] == {"state": "absent"}
    assert not any(answer.evidence_text or answer.evidence_links for answer in answers.values())
    assert {entry.reason for entry in AnswerVersion.objects.all()} == {AnswerVersion.Reason.CLAIMED}
    assert response.redirect_chain[-1][0] == reverse("assessments:assessment-hub", args=[assessment.code])
    assert "14 answers were taken over as claims" in text_of(response)
    assert SESSION_KEY not in client.session


def test_a_kind_that_is_not_asked_an_item_does_not_get_it(client_for: ClientFor, catalogue: CatalogueSet) -> None:
    not_asked = {item.code for item in quick_items(catalogue) if not item.applies_to("dialogues")}
    client = answered(client_for(builders.user()))
    client.post(KEEP, {"name": "Forum", "kind": "dialogues"})
    assert set(Answer.objects.values_list("item__code", flat=True)) == (
        {item.code for item in quick_items(catalogue)} - not_asked
    )


def test_what_is_answered_already_stays(client_for: ClientFor) -> None:
    user = builders.user()
    process = builders.process(organiser=user)
    assessment = builders.assessment(process)
    builders.answer(assessment, "IT1a", 0)
    client = answered(client_for(user))
    client.post(KEEP, {"process": process.code})
    assert Assessment.objects.count() == 1
    assert Answer.objects.count() == 14
    assert Answer.objects.get(item__code="IT1a").value == {"level": 0}


def test_a_process_without_a_draft_gets_its_next_round(client_for: ClientFor) -> None:
    user = builders.user()
    process = builders.process(organiser=user)
    client = answered(client_for(user))
    client.post(KEEP, {"process": process.code})
    assert Assessment.objects.get().round == 1
    assert Answer.objects.count() == 14


def test_a_draft_on_other_questions_is_refused_and_nothing_is_lost(client_for: ClientFor) -> None:
    user = builders.user()
    process = builders.process(organiser=user)
    other = store_spec(builders.netmundial_spec())[0]
    builders.assessment(process, question_set=other)
    client = answered(client_for(user))
    response = client.post(KEEP, {"process": process.code})
    assert response.status_code == 422
    assert "answers other questions" in text_of(response)
    assert SESSION_KEY in client.session
    assert not Answer.objects.exists()


def test_a_name_is_needed_and_nothing_is_lost_without(client_for: ClientFor) -> None:
    user = builders.user()
    builders.process(organiser=user)
    client = answered(client_for(user))
    assert client.post(KEEP, {"process": "new"}).status_code == 422
    assert client.post(KEEP, {}).status_code == 422
    assert Process.objects.count() == 1
    assert SESSION_KEY in client.session


def test_only_processes_one_may_answer_are_offered(client_for: ClientFor) -> None:
    user = builders.user()
    for role in (Role.CONTRIBUTOR, Role.REVIEWER):
        builders.member(builders.process(name=f"As {role}"), user, role)
    foreign = builders.process(name="Foreign")
    client = answered(client_for(user))
    assert "process" not in client.get(KEEP).context["form"].fields
    builders.process(organiser=user, name="Own")
    assert [label for _value, label in client.get(KEEP).context["form"].fields["process"].choices] == [
        "A new process",
        "Own",
    ]
    assert client.post(KEEP, {"process": foreign.code}).status_code == 422


def test_keeping_asks_to_sign_in_and_signing_in_keeps_the_answers(client: Client) -> None:
    answered(client)
    response = client.get(KEEP)
    assert response.headers["Location"] == f"{reverse('account_login')}?next={KEEP}"
    client.force_login(builders.user())
    assert client.get(KEEP).status_code == 200


def test_without_a_quick_check_there_is_nothing_to_keep(client_for: ClientFor) -> None:
    response = client_for(builders.user()).get(KEEP, follow=True)
    assert "There is no quick check to keep in this browser." in text_of(response)


def test_a_check_in_which_nothing_is_chosen_is_said_to_be_empty(client: Client) -> None:
    response = client.get(RESULT, follow=True)
    assert response.redirect_chain
    assert "choose at least one answer to see a result" in text_of(response)
