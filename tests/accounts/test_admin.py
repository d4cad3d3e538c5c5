"""The admin site shows rows to look at, and leaves people to the pages."""

import pytest
from django.contrib import admin
from django.test import Client

from msgov.admin_site import MEANT
from tests.builders.accounts import confirmed

pytestmark = pytest.mark.django_db


def test_admin_site_shows_what_is_meant_and_nothing_else() -> None:
    assert {model._meta.label for model in admin.site._registry} == MEANT


PAST = ["accounts/user/", "accounts/user/1/password/", "auth/group/", "mfa/authenticator/", "usersessions/usersession/"]


@pytest.mark.parametrize("path", [*PAST, "account/emailaddress/1/change/", "accounts/user/1/change/"])
def test_people_cannot_be_changed_past_the_pages(client: Client, path: str) -> None:
    client.force_login(confirmed("root@example.org", is_staff=True, is_superuser=True))
    assert client.get("/admin/").status_code == 200
    assert client.get(f"/admin/{path}").status_code == 404
    assert client.post(f"/admin/{path}", {"is_superuser": "on"}).status_code == 404


@pytest.mark.parametrize("label", sorted(MEANT))
def test_no_row_can_be_changed(client: Client, label: str) -> None:
    client.force_login(confirmed("root@example.org", is_staff=True, is_superuser=True))
    listing = f"/admin/{label.lower().replace('.', '/')}/"
    assert client.get(listing).status_code == 200
    assert client.get(f"{listing}add/").status_code == 403
