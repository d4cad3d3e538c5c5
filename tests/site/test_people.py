"""People and roles: every change is written down with who made it, and told to whom it concerns."""

import pytest
from django.core import mail
from django.test import Client

from msgov.accounts.models import AuditEvent, User
from tests import builders
from tests.builders.accounts import PASSWORD, confirmed, is_signed_in, mailed_code, sign_in

pytestmark = pytest.mark.django_db


def test_people_are_found_by_name_address_and_role(admin: Client) -> None:
    confirmed("bea@example.org", name="Beatriz")
    confirmed("cleo@example.org", is_question_set_admin=True)
    confirmed("dan@example.org", is_active=False)
    for query, shown in (
        ("?q=BEATRIZ", "bea"),
        ("?q=cleo", "cleo"),
        ("?show=admins", "cleo"),
        ("?show=inactive", "dan"),
    ):
        page = admin.get(f"/site/people/{query}").content.decode()
        assert f"{shown}@example.org" in page
        for other in {"bea", "cleo", "dan"} - {shown}:
            assert f"{other}@example.org" not in page


def test_a_change_of_roles_is_recorded_with_who_made_it_and_told(admin: Client, root: User) -> None:
    bea = confirmed("bea@example.org")
    answer = admin.post(f"/site/people/{bea.pk}/", {"is_active": "on", "is_site_admin": "on"})
    assert answer.status_code == 302
    bea.refresh_from_db()
    assert (bea.is_superuser, bea.is_staff, bea.is_question_set_admin) == (True, True, False)
    event = AuditEvent.objects.get(action="account.flags_changed", object_code=str(bea.pk))
    assert (event.actor, event.details) == (root, {"is_staff": True, "is_superuser": True})
    assert (mail.outbox[-1].to, mail.outbox[-1].subject) == (
        ["bea@example.org"],
        "[msgov] Your roles on this site were changed",
    )
    assert "Rut, who looks after this site, changed" in str(mail.outbox[-1].body)
    assert "Site administrator: yes" in str(mail.outbox[-1].body)


def test_whoever_may_no_longer_sign_in_is_signed_out(admin: Client) -> None:
    bea = confirmed("bea@example.org")
    browser = Client()
    sign_in(browser, bea.email)
    admin.post(f"/site/people/{bea.pk}/", {})
    assert browser.get("/account/").status_code == 302


def test_nobody_changes_their_own_roles(admin: Client, root: User) -> None:
    assert admin.post(f"/site/people/{root.pk}/", {}).status_code == 422
    root.refresh_from_db()
    assert root.is_superuser
    assert root.is_active


def test_a_person_is_added_without_a_password_and_chooses_one(admin: Client, root: User) -> None:
    answer = admin.post("/site/people/add/", {"email": "Bea@example.org", "name": "Bea"})
    bea = User.objects.get(email="bea@example.org")
    assert answer["Location"] == f"/site/people/{bea.pk}/"
    assert not bea.has_usable_password()
    assert AuditEvent.objects.get(action="account.added").actor == root
    (link,) = [word for word in str(mail.outbox[-1].body).split() if "/password/reset/key/" in word]
    visitor = Client()
    form = visitor.get(link.removeprefix("http://testserver"))["Location"]
    visitor.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    sign_in(visitor, "bea@example.org")
    visitor.post("/account/confirm-email/", {"code": mailed_code()})
    assert is_signed_in(visitor)


def test_a_known_address_is_not_added_twice(admin: Client) -> None:
    confirmed("bea@example.org")
    page = admin.post("/site/people/add/", {"email": "BEA@example.org"})
    assert page.status_code == 422
    assert "There is an account with this address." in page.content.decode()


def test_a_password_is_set_by_its_owner_only(admin: Client, root: User) -> None:
    bea = confirmed("bea@example.org")
    admin.post(f"/site/people/{bea.pk}/reset/")
    assert mail.outbox[-1].to == ["bea@example.org"]
    event = AuditEvent.objects.get(action="password.reset_sent")
    assert (event.actor, event.object_code) == (root, str(bea.pk))
    bea.refresh_from_db()
    assert bea.check_password(PASSWORD)


@pytest.mark.parametrize("path", ["", "data/", "erase/"])
def test_a_stolen_session_cannot_touch_people(root: User, path: str) -> None:
    bea = confirmed("bea@example.org")
    client = Client()
    client.force_login(root)
    answer = client.post(f"/site/people/{bea.pk}/{path}", {"email": bea.email})
    assert answer["Location"].startswith("/account/reauthenticate/")
    assert User.objects.filter(pk=bea.pk, is_active=True).exists()


def test_a_person_is_erased_on_request(admin: Client, root: User) -> None:
    bea = confirmed("bea@example.org", name="Bea")
    number = bea.pk
    assert admin.post(f"/site/people/{number}/erase/", {"email": "other@example.org"}).status_code == 422
    assert admin.post(f"/site/people/{number}/erase/", {"email": "BEA@example.org"}).status_code == 302
    assert not User.objects.filter(pk=number).exists()
    event = AuditEvent.objects.get(action="account.erased")
    assert (event.actor, event.object_code) == (root, str(number))
    assert (mail.outbox[-1].to, mail.outbox[-1].subject) == (["bea@example.org"], "[msgov] Your account was erased")


def test_an_only_organiser_is_not_erased(admin: Client) -> None:
    bea = confirmed("bea@example.org")
    process = builders.process(organiser=bea, name="Forum on domains")
    page = admin.get(f"/site/people/{bea.pk}/erase/").content.decode()
    assert f'<a href="/processes/{process.code}/members/">Forum on domains</a>' in " ".join(page.split()).replace(
        " <a", "<a"
    )
    assert admin.post(f"/site/people/{bea.pk}/erase/", {"email": bea.email}).status_code == 422
    assert User.objects.filter(pk=bea.pk).exists()


def test_administrators_end_their_own_account_on_the_account_page(admin: Client, root: User) -> None:
    assert admin.post(f"/site/people/{root.pk}/erase/", {"email": root.email})["Location"] == "/account/delete/"


def test_data_taken_by_an_administrator_is_recorded_and_told(admin: Client, root: User) -> None:
    bea = confirmed("bea@example.org")
    answer = admin.post(f"/site/people/{bea.pk}/data/")
    assert answer.json()["of"] == "bea@example.org"
    assert AuditEvent.objects.get(action="account.data_taken").actor == root
    assert (mail.outbox[-1].to, mail.outbox[-1].subject) == (["bea@example.org"], "[msgov] Your data was downloaded")
