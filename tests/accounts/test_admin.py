"""People in the admin site: by address, without user names."""

import pytest
from django.test import Client

from msgov.accounts.models import AuditEvent, User
from tests.builders.accounts import confirmed

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Client:
    """A client of a site administrator."""
    client.force_login(confirmed("root@example.org", is_staff=True, is_superuser=True))
    return client


def test_person_is_added_by_address(admin: Client) -> None:
    data = {
        "email": "bea@example.org",
        "usable_password": "true",
        "password1": "a long enough phrase",
        "password2": "a long enough phrase",
    }
    answer = admin.post("/admin/accounts/user/add/", data)
    assert answer.status_code == 302, answer.context["errors"]
    assert User.objects.get(email="bea@example.org").check_password("a long enough phrase")


def test_flags_given_in_the_admin_site_are_recorded(admin: Client) -> None:
    bea = confirmed("bea@example.org")
    data = {"email": bea.email, "name": "", "is_active": "on", "is_question_set_admin": "on"}
    answer = admin.post(f"/admin/accounts/user/{bea.pk}/change/", data)
    assert answer.status_code == 302, answer.context["errors"]
    bea.refresh_from_db()
    assert bea.is_question_set_admin
    event = AuditEvent.objects.get(action="account.flags_changed", object_code=str(bea.pk))
    assert event.details == {"is_question_set_admin": True}


def test_people_are_found_by_name(admin: Client) -> None:
    confirmed("bea@example.org", name="Beatriz")
    assert "bea@example.org" in admin.get("/admin/accounts/user/?q=beatriz").content.decode()
