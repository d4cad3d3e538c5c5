"""Somebody to sign in as, for each role."""

from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model

from assessments.vocabulary import Role

# Known to everybody: used with DEBUG only, so that the first start needs no thought.
DEMO_PASSWORD = "northvale-demo"  # noqa: S105 - meant to be printed


@dataclass(frozen=True)
class DemoPerson:
    """A demonstration user. `role` is empty for roles on the site."""

    email: str
    name: str
    role: str
    is_site_admin: bool = False
    is_question_set_admin: bool = False


ORGANISER = DemoPerson("organiser@example.org", "Olive Organiser", Role.ORGANISER)
CONTRIBUTOR = DemoPerson("contributor@example.org", "Cato Contributor", Role.CONTRIBUTOR)
REVIEWER = DemoPerson("reviewer@example.org", "Rina Reviewer", Role.REVIEWER)
EDITOR = DemoPerson("editor@example.org", "Edda Editor", "", is_question_set_admin=True)
ADMIN = DemoPerson("admin@example.org", "Ada Administrator", "", is_site_admin=True, is_question_set_admin=True)
PEOPLE = (ORGANISER, CONTRIBUTOR, REVIEWER, EDITOR, ADMIN)


def exists() -> bool:
    """Whether any of them is there."""
    return get_user_model().objects.filter(email__in=[person.email for person in PEOPLE]).exists()


def person_of(person: DemoPerson, password: str) -> Any:
    """Return the user, created if need be; one who is there already keeps password and name."""
    users = get_user_model().objects
    user = users.filter(email=person.email).first()
    if user is not None:
        return user
    create = users.create_superuser if person.is_site_admin else users.create_user
    user = create(
        email=person.email,
        password=password,
        name=person.name,
        is_question_set_admin=person.is_question_set_admin,
    )
    EmailAddress.objects.create(user=user, email=person.email, verified=True, primary=True)
    return user
