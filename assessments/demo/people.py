"""Somebody to sign in as, for each role."""

from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import check_password
from django.db.models import Q

from assessments.vocabulary import Role

# Known to everybody: used with DEBUG only, so that the first start needs no thought. Without DEBUG nobody who has it
# is let in (`msgov.accounts.backends`), and nothing starts while somebody has it (`still_published`).
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
SECOND_RATER = DemoPerson("rater@example.org", "Remi Rater", Role.REVIEWER)
REVIEWER = DemoPerson("reviewer@example.org", "Rina Reviewer", Role.REVIEWER)
EDITOR = DemoPerson("editor@example.org", "Edda Editor", "", is_question_set_admin=True)
ADMIN = DemoPerson("admin@example.org", "Ada Administrator", "", is_site_admin=True, is_question_set_admin=True)
PEOPLE = (ORGANISER, CONTRIBUTOR, REVIEWER, EDITOR, ADMIN, SECOND_RATER)


def exists() -> bool:
    """Whether any of them is there."""
    return get_user_model().objects.filter(email__in=[person.email for person in PEOPLE]).exists()


def still_published() -> list[Any]:
    """The people who could sign in with the password that everybody knows: of the demonstration, and with a role.

    Each takes a tenth of a second, because passwords are hashed slowly; other people are therefore not looked at.
    """
    powers = Q(is_staff=True) | Q(is_superuser=True) | Q(is_question_set_admin=True)
    people = get_user_model().objects.filter(powers | Q(email__in=[person.email for person in PEOPLE]), is_active=True)
    return [user for user in people.order_by("pk") if _has_published_password(user)]


def _has_published_password(user: Any) -> bool:
    # Not `user.check_password`, which would store what was hashed with other parameters anew.
    return check_password(DEMO_PASSWORD, user.password)


def close_logins(users: list[Any]) -> None:
    """Take password, role and sessions from people of the demonstration; what they did in it stays."""
    for user in users:
        user.set_unusable_password()
        user.is_active = user.is_staff = user.is_superuser = user.is_question_set_admin = False
        user.save()


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
