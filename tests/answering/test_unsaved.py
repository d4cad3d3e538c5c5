"""Signed out, or signed in anew, while a page was open: nothing typed is lost, and nothing foreign gets in."""

import pytest
from django.http import HttpResponse
from django.test import Client

from assessments.models import Answer, Assessment
from assessments.vocabulary import Role
from msgov.accounts.models import User
from tests import builders
from tests.builders.question_pages import address, form_of
from tests.forms_in_pages import PageForm, ParsedPage

pytestmark = pytest.mark.django_db
HERE = {"Origin": "http://testserver"}
TYPED = {"IT1a-version": "0", "IT1a-evidence": "Typed <with> care", "IT1a-answer": "2", "page": "abcdef0123456789"}


@pytest.fixture
def strict(organiser: User) -> Client:
    """A client that checks tokens, as browsers have to pass them."""
    found = Client(enforce_csrf_checks=True)
    found.force_login(organiser)
    return found


def give_back_form(response: HttpResponse) -> PageForm:
    return next(form for form in ParsedPage(response.content.decode()).forms if "IT1a-version" in form.fields)


def test_page_asks_to_sign_in(assessment: Assessment) -> None:
    response = Client().get(address(assessment, "IT1"))
    assert response.status_code == 302
    assert response.url.startswith("/account/login/?next=")


def test_autosave_while_signed_out_is_401_with_a_way_to_sign_in(assessment: Assessment) -> None:
    response = Client().post(address(assessment, "IT1"), TYPED, headers={"HX-Request": "true"})
    html = response.content.decode()
    assert response.status_code == 401
    assert "Not saved: you are signed out." in html
    assert 'target="_blank"' in html
    assert "<html" not in html
    assert not Answer.objects.exists()


def test_page_sent_while_signed_out_comes_back_with_everything(assessment: Assessment, organiser: User) -> None:
    client = Client()
    response = client.post(address(assessment, "IT1"), TYPED, headers=HERE)
    assert response.status_code == 401
    form = give_back_form(response)
    assert TYPED.items() <= form.fields.items()
    client.force_login(organiser)
    assert client.post(address(assessment, "IT1"), form.fields).status_code == 302
    assert Answer.objects.get().evidence_text == "Typed <with> care"


def test_what_another_site_sends_is_not_offered_for_saving(assessment: Assessment) -> None:
    response = Client().post(address(assessment, "IT1"), TYPED, headers={"Origin": "https://evil.example"})
    assert response.status_code == 401
    assert "Typed" not in response.content.decode()


def test_form_without_a_token_is_not_saved(strict: Client, assessment: Assessment) -> None:
    response = strict.post(address(assessment, "IT1"), TYPED)
    assert response.status_code == 403
    assert "Typed" not in response.content.decode()
    assert not Answer.objects.exists()


def test_token_from_before_signing_in_again_comes_back_with_a_new_one(
    strict: Client, assessment: Assessment, organiser: User
) -> None:
    form = form_of(strict, assessment, "IT1")
    form.fields |= {"IT1a-evidence": "Typed with care"}
    strict.force_login(organiser)  # makes a new token
    strict.cookies["csrftoken"] = "x" * 32
    response = strict.post(form.address, form.fields, headers=HERE)
    assert response.status_code == 403
    again = give_back_form(response)
    assert again.fields["IT1a-evidence"] == "Typed with care"
    assert strict.post(address(assessment, "IT1"), again.fields, headers=HERE).status_code == 302
    assert Answer.objects.get().evidence_text == "Typed with care"


def test_autosave_with_an_old_token_gets_a_new_one_and_then_works(strict: Client, assessment: Assessment) -> None:
    form = form_of(strict, assessment, "IT1")
    form.fields["IT1a-answer"] = "2"
    strict.cookies["csrftoken"] = "x" * 32
    headers = {**HERE, "HX-Request": "true"}
    response = strict.post(form.address, form.fields, headers=headers)
    assert response.status_code == 401
    assert not Answer.objects.exists()
    form.fields["csrfmiddlewaretoken"] = ParsedPage(response.content.decode()).inputs["csrfmiddlewaretoken"]
    assert strict.post(form.address, form.fields, headers=headers).status_code == 200
    assert Answer.objects.get().value == {"level": 2}


@pytest.fixture
def other(assessment: Assessment) -> User:
    """A contributor who may answer as well."""
    return builders.member(assessment.process, builders.user(name="Cato"), Role.CONTRIBUTOR).user


@pytest.mark.parametrize("autosave", [True, False])
def test_what_one_person_typed_is_never_saved_under_another(
    strict: Client, assessment: Assessment, organiser: User, other: User, autosave: bool
) -> None:
    form = form_of(strict, assessment, "IT1")
    form.fields |= {"IT1a-evidence": "Typed by the organiser", "IT1a-answer": "2"}
    strict.force_login(other)  # signed in in another tab
    headers = {**HERE, "HX-Request": "true"} if autosave else HERE
    response = strict.post(form.address, form.fields, headers=headers)
    html = response.content.decode()
    assert response.status_code == (401 if autosave else 403)
    assert "Cato is signed in now" in html
    assert "data-again" not in html
    found = ParsedPage(html)
    assert not [each for each in found.forms if "IT1a-version" in each.fields]
    if autosave:
        assert "csrfmiddlewaretoken" not in found.inputs
    else:
        assert "Typed by the organiser" in html  # to be copied
    assert not Answer.objects.exists()


def test_not_even_with_a_token_that_fits(strict: Client, assessment: Assessment, other: User) -> None:
    form = form_of(strict, assessment, "IT1")
    form.fields |= {"IT1a-evidence": "Typed by the organiser", "IT1a-answer": "2"}
    strict.force_login(other)
    form.fields["csrfmiddlewaretoken"] = form_of(strict, assessment, "IT1").fields["csrfmiddlewaretoken"]
    assert strict.post(form.address, form.fields, headers=HERE).status_code == 403
    assert not Answer.objects.exists()


def test_it_is_saved_when_the_first_person_is_back(
    strict: Client, assessment: Assessment, organiser: User, other: User
) -> None:
    form = form_of(strict, assessment, "IT1")
    form.fields |= {"IT1a-evidence": "Typed by the organiser", "IT1a-answer": "2"}
    headers = {**HERE, "HX-Request": "true"}
    strict.force_login(other)
    assert strict.post(form.address, form.fields, headers=headers).status_code == 401
    strict.force_login(organiser)
    strict.cookies["csrftoken"] = "x" * 32  # as signing in makes another
    response = strict.post(form.address, form.fields, headers=headers)
    assert "data-again" in response.content.decode()
    form.fields["csrfmiddlewaretoken"] = ParsedPage(response.content.decode()).inputs["csrfmiddlewaretoken"]
    assert strict.post(form.address, form.fields, headers=headers).status_code == 200
    assert Answer.objects.get().updated_by == organiser
