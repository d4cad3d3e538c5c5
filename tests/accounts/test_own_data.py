"""A person takes their data out, and is erased: everything of them, and no secret."""

import json
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.test import Client

from assessments.models import Assessment, ItemOpinion, Review, ReviewQuestion
from assessments.processes.services.invitations import invite
from assessments.rounds.services.submission import submit_assessment
from assessments.vocabulary import Role
from msgov.accounts.models import User
from tests import builders
from tests.builders.accounts import confirm_identity, confirmed, set_up_app, sign_in

pytestmark = pytest.mark.django_db
NAME, EMAIL = "Canary Wren", "canary@example.org"
# The record of who submitted keeps the name: templates/accounts/_what_stays.html says so.
NAMED_FOR_EVER = {"assessments.Assessment.submitted_by_name", "assessments.AssessmentEvent.by_name"}


@pytest.fixture
def canary(client: Client) -> User:
    """Somebody who did a bit of everything, signed in, with the password just typed."""
    user = confirmed(EMAIL, name=NAME)
    sign_in(client, EMAIL)
    set_up_app(client)
    ana = builders.user()
    process = builders.process(organiser=ana)
    invite(process=process, user=ana, email=EMAIL, role=Role.REVIEWER)
    builders.member(process, user, Role.ORGANISER)
    invite(process=process, user=user, email="guest@example.org", role=Role.REVIEWER)
    assessment = builders.assessment(process)
    builders.answer(assessment, "IT1a", 2, evidence_text="Written by the canary", updated_by=user)
    submit_assessment(assessment=assessment, user=user)
    confirm_identity(client)
    return user


def places(*words: str) -> Iterator[str]:
    """Every column of every table in which one of the words stands."""
    for model in apps.get_models():
        for row in model._default_manager.all():
            for field in row._meta.concrete_fields:
                if any(word in str(getattr(row, field.attname)) for word in words):
                    yield f"{model._meta.label}.{field.name}"


def test_what_is_stored_of_a_person_can_be_taken_along(client: Client, canary: User) -> None:
    review = Review.objects.create(assessment=Assessment.objects.get(), reviewer=canary)
    ItemOpinion.objects.create(review=review, item="IT1a", made_for="x", says="propose", reason="It names nobody.")
    ReviewQuestion.objects.create(review=review, text="Who may see it?")
    answer = client.post("/account/data/")
    assert answer["Content-Disposition"].startswith("attachment")
    data = json.loads(answer.content)
    assert data["of"] == EMAIL
    assert data["accounts.User"][0]["name"] == NAME
    assert data["assessments.Membership"][0]["role"] == "organiser"
    assert data["assessments.Answer"][0]["evidence_text"] == "Written by the canary"
    assert data["assessments.ItemOpinion"][0]["reason"] == "It names nobody."
    assert data["assessments.ReviewQuestion"][0]["text"] == "Who may see it?"
    assert {row["email"] for row in data["assessments.Invitation"]} == {EMAIL, "guest@example.org"}
    assert {row["type"] for row in data["mfa.Authenticator"]} == {"totp", "recovery_codes"}
    assert "login.succeeded" in {row["action"] for row in data["accounts.AuditEvent"]}


def test_no_secret_is_taken_along(client: Client, canary: User) -> None:
    text = client.post("/account/data/").content.decode()
    secrets = [canary.password, *(json.dumps(row.data) for row in Authenticator.objects.all())]
    secrets += [str(row.token_hash) for row in apps.get_model("assessments", "Invitation").objects.all()]
    secrets += [str(row.session_key) for row in canary.usersession_set.all()]
    assert len(secrets) >= 6
    for secret in secrets:
        assert secret not in text
    for authenticator in Authenticator.objects.all():
        for value in authenticator.data.values():
            assert len(str(value)) < 20 or str(value) not in text


def test_every_reference_to_people_is_in_it(client: Client, canary: User) -> None:
    data = client.post("/account/data/").json()
    fields = [
        field for field in User._meta.get_fields(include_hidden=True) if field.auto_created and not field.concrete
    ]
    assert len(fields) > 20
    assert {field.related_model._meta.label for field in fields} - set(data) == set()  # type: ignore[union-attr]


def test_erasing_leaves_name_and_address_where_it_is_said_and_nowhere_else(client: Client, canary: User) -> None:
    before = set(places(NAME, EMAIL))
    assert "assessments.Invitation.email" in before
    keys = [row.session_key for row in canary.usersession_set.all()]
    assert client.post("/account/delete/").status_code == 302
    left = set(places(NAME, EMAIL)) - {"sessions.Session.session_data"}
    assert left - NAMED_FOR_EVER - {"assessments.FrozenResult.document"} == set()
    assert set(places(*keys)) == set()
    assert "assessments.Assessment.submitted_by_name" in left
    assert apps.get_model("assessments", "Answer").objects.get().evidence_text == "Written by the canary"


def test_invitations_sent_by_an_erased_person_stop_working(client: Client, canary: User) -> None:
    client.post("/account/delete/")
    assert not apps.get_model("assessments", "Invitation").objects.open().exists()


def test_the_pages_say_what_goes_and_what_stays(client: Client, canary: User) -> None:
    for path in ("/account/data/", "/account/delete/"):
        page = client.get(path).content.decode()
        assert "These stay, for these reasons:" in page
        assert "The audit trail, with the number of the account" in page
