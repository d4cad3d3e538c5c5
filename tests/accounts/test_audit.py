"""The audit trail: what gets in, and that nothing gets out or is changed."""

import pytest
from django.test import Client

from assessments.signals import process_event
from msgov.accounts import audit
from msgov.accounts.models import AuditEvent, User
from msgov.request_info import RequestInfo, current, hash_address
from tests import builders
from tests.builders.accounts import confirmed, sign_in

pytestmark = pytest.mark.django_db


def test_event_knows_who_what_and_from_where(client: Client) -> None:
    user = confirmed("ana@example.org")
    answer = sign_in(client, REMOTE_ADDR="198.51.100.7")
    event = AuditEvent.objects.get(action="login.succeeded")
    assert (event.actor, event.actor_number) == (user, user.pk)
    assert event.request_id == answer["X-Request-ID"]
    assert event.address_hash == hash_address("198.51.100.7")


def test_failed_login_is_recorded_without_what_was_typed(client: Client) -> None:
    confirmed("ana@example.org")
    sign_in(client, password="my other secret")
    event = AuditEvent.objects.get(action="login.failed")
    assert event.actor is None
    assert event.details == {"tried": hash_address("ana@example.org")}


def test_refused_access_is_recorded(client: Client) -> None:
    user = confirmed("ana@example.org")
    client.force_login(user)
    assert client.get("/admin/login/").status_code == 403
    event = AuditEvent.objects.get(action="access.denied")
    assert (event.actor, event.details) == (user, {"path": "/admin/login/", "method": "GET"})


def test_change_of_flags_is_recorded() -> None:
    user = builders.user()
    user = User.objects.get(pk=user.pk)
    user.is_staff = True
    user.save()
    user.save()
    event = AuditEvent.objects.get()
    assert (event.action, event.object_kind, event.object_code) == (
        "account.flags_changed",
        "accounts.user",
        str(user.pk),
    )
    assert event.details == {"is_staff": True}


def test_new_administrator_is_recorded() -> None:
    User.objects.create_superuser("root@example.org", "x")
    assert AuditEvent.objects.get().details == {"is_staff": True, "is_superuser": True}


def test_what_services_announce_is_recorded() -> None:
    user = builders.user()
    process = builders.process(organiser=user)
    process_event.send(sender=None, action="member.invited", user=user, obj=process, details={"role": "reviewer"})
    event = AuditEvent.objects.get(action="member.invited")
    assert (event.actor, event.object_kind, event.object_code) == (user, "assessments.process", process.code)
    assert event.details == {"role": "reviewer"}


def test_event_outside_of_a_request_has_no_origin() -> None:
    assert current.get() == RequestInfo("", "")
    event = audit.record("job.done")
    assert (event.actor, event.address_hash, event.request_id) == (None, "", "")


def test_events_are_never_changed_or_deleted() -> None:
    event = audit.record("job.done")
    with pytest.raises(TypeError, match="never changed"):
        event.save()
    with pytest.raises(TypeError, match="never deleted"):
        event.delete()
    with pytest.raises(TypeError, match="never changed"):
        AuditEvent.objects.update(action="x")
    with pytest.raises(TypeError, match="never deleted"):
        AuditEvent.objects.all().delete()
    assert AuditEvent.objects.get().action == "job.done"


def test_admin_site_shows_events_and_changes_none(client: Client) -> None:
    client.force_login(confirmed("ana@example.org", is_staff=True, is_superuser=True))
    event = audit.record("job.done")
    assert "job.done" in client.get("/admin/accounts/auditevent/").content.decode()
    page = client.get(f"/admin/accounts/auditevent/{event.pk}/change/").content.decode()
    assert 'name="_save"' not in page
    assert client.get("/admin/accounts/auditevent/add/").status_code == 403
    assert client.post(f"/admin/accounts/auditevent/{event.pk}/delete/", {"post": "yes"}).status_code == 403
