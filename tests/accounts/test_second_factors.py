"""Second factors: secrets encrypted, codes that work once, and an admin site that asks for one."""

import time
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from cryptography.fernet import InvalidToken
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from msgov.accounts import encryption
from msgov.accounts.models import AuditEvent
from tests import builders
from tests.builders.accounts import (
    app_code,
    confirm_identity,
    confirmed,
    is_signed_in,
    mailed_code,
    set_up_app,
    sign_in,
    wait_for_another_code,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """Mails about factors go out when the change is committed. The limits live in no model: empty them by hand."""
    yield
    cache.clear()


def test_app_secret_is_stored_encrypted(committed: None, client: Client) -> None:
    confirmed("ana@example.org")
    sign_in(client)
    secret = set_up_app(client)
    stored = Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"]
    assert secret not in stored
    assert encryption.decrypt(stored) == secret
    seed = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).data["seed"]
    assert len(encryption.decrypt(seed)) > 20
    assert "[msgov] An authenticator app was set up" in [sent.subject for sent in mail.outbox]
    recorded = AuditEvent.objects.filter(action="factor.added").values_list("details", flat=True)
    assert {"factor": "totp"} in recorded


def test_sign_in_with_an_app_needs_its_code_which_works_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    confirmed("ana@example.org")
    sign_in(client)
    secret = set_up_app(client)
    wait_for_another_code(monkeypatch)
    first, second = Client(), Client()
    assert sign_in(first)["Location"] == "/account/2fa/authenticate/"
    assert first.get("/account/").status_code == 302
    wrong = first.post("/account/2fa/authenticate/", {"code": "000000"})
    assert "Codes change every 30 seconds" in wrong.content.decode()
    code = app_code(secret)
    assert first.post("/account/2fa/authenticate/", {"code": code})["Location"] == "/"
    assert is_signed_in(first)
    sign_in(second)
    second.post("/account/2fa/authenticate/", {"code": code})
    assert not is_signed_in(second)
    recorded = AuditEvent.objects.filter(action__startswith="factor.").values_list("action", "details")
    assert ("factor.failed", {"factor": "totp"}) in recorded


@pytest.mark.parametrize(("late", "is_taken"), [(30, True), (-30, True), (60, False), (-60, False)])
def test_code_of_half_a_minute_ago_is_still_taken(
    client: Client, monkeypatch: pytest.MonkeyPatch, late: int, is_taken: bool
) -> None:
    confirmed("ana@example.org")
    sign_in(client)
    secret = set_up_app(client)
    wait_for_another_code(monkeypatch)
    now = auth.time.time()
    code = app_code(secret)
    monkeypatch.setattr(auth.time, "time", lambda: now + late)
    other = Client()
    sign_in(other)
    other.post("/account/2fa/authenticate/", {"code": code})
    assert is_signed_in(other) is is_taken


def test_second_factor_guesses_are_limited(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    confirmed("ana@example.org")
    sign_in(client)
    secret = set_up_app(client)
    wait_for_another_code(monkeypatch)
    thief = Client()
    sign_in(thief)
    for number in range(6):
        page = thief.post("/account/2fa/authenticate/", {"code": f"{number:06d}"})
    assert "Too many attempts" in page.content.decode()
    thief.post("/account/2fa/authenticate/", {"code": app_code(secret)})
    assert not is_signed_in(thief)


def test_second_step_on_a_known_device_is_not_locked_by_guesses_made_elsewhere(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirmed("ana@example.org")
    sign_in(client)
    secret = set_up_app(client)
    client.post("/account/logout/")
    wait_for_another_code(monkeypatch)
    thief = Client()
    sign_in(thief)
    for number in range(6):
        thief.post("/account/2fa/authenticate/", {"code": f"{number:06d}"})
    sign_in(client)
    wrong = client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert "Codes change every 30 seconds" in wrong.content.decode()
    client.post("/account/2fa/authenticate/", {"code": app_code(secret)})
    assert is_signed_in(client)


def test_second_step_on_a_known_device_has_its_own_limit(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    confirmed("ana@example.org")
    sign_in(client)
    secret = set_up_app(client)
    client.post("/account/logout/")
    wait_for_another_code(monkeypatch)
    sign_in(client)
    for number in range(6):
        page = client.post("/account/2fa/authenticate/", {"code": f"{number:06d}"})
    assert "Too many attempts" in page.content.decode()
    client.post("/account/2fa/authenticate/", {"code": app_code(secret)})
    assert not is_signed_in(client)
    assert AuditEvent.objects.filter(action="factor.failed").exists()


def test_recovery_code_works_once(client: Client) -> None:
    confirmed("ana@example.org")
    sign_in(client)
    set_up_app(client)
    codes = client.get("/account/2fa/recovery-codes/").context["unused_codes"]
    assert len(codes) == 10
    for expected in (True, False):
        visitor = Client()
        sign_in(visitor)
        visitor.post("/account/2fa/authenticate/", {"code": codes[0]})
        assert is_signed_in(visitor) is expected


def test_factors_cannot_be_changed_without_confirming_who_one_is(client: Client) -> None:
    client.force_login(confirmed("ana@example.org"))  # as a stolen session would be
    for path in ("totp/activate/", "webauthn/add/", "recovery-codes/generate/"):
        answer = client.get(f"/account/2fa/{path}")
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/account/reauthenticate/"), path


def test_admin_site_asks_for_a_second_factor_where_required(client: Client, settings: Settings) -> None:
    settings.REQUIRE_ADMIN_MFA = True
    confirmed("ana@example.org", is_staff=True, is_superuser=True)
    sign_in(client)
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain == [("/account/2fa/", 302)]
    assert "first protect your account with a second factor" in answer.content.decode()
    type_mailed_code(client)
    set_up_app(client)
    assert client.get("/admin/").status_code == 200


def type_mailed_code(client: Client) -> None:
    """Ask for the code that the first factor of an administrator needs, and type it."""
    client.post("/account/first-factor/", {"send": "1"})
    assert client.post("/account/first-factor/", {"code": mailed_code().lower()})["Location"] == "/account/2fa/"


GUARDED = ["/account/2fa/totp/activate/", "/account/2fa/webauthn/add/", "/account/email/"]


@pytest.mark.parametrize("path", GUARDED)
def test_who_has_the_password_only_cannot_add_the_first_factor_of_an_administrator(
    client: Client, settings: Settings, path: str
) -> None:
    settings.REQUIRE_ADMIN_MFA = True
    confirmed("ana@example.org", is_question_set_admin=True)
    sign_in(client)
    confirm_identity(client)
    for send in (client.get, client.post):
        assert send(path)["Location"] == "/account/first-factor/"
    client.post("/account/first-factor/", {"send": "1"})
    assert mail.outbox[-1].to == ["ana@example.org"]
    wrong = client.post("/account/first-factor/", {"code": "AAAA-AAAA"})
    assert wrong.status_code == 422
    assert "This is not the code we sent" in wrong.content.decode()
    assert client.get(path)["Location"] == "/account/first-factor/"
    client.post("/account/first-factor/", {"code": mailed_code()})
    assert client.get(path).status_code == 200


def test_the_code_for_a_first_factor_is_limited_ages_and_is_of_one_session(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REQUIRE_ADMIN_MFA = True
    confirmed("ana@example.org", is_superuser=True)
    sign_in(client)
    client.post("/account/first-factor/", {"send": "1"})
    code, elsewhere = mailed_code(), Client()
    sign_in(elsewhere)
    assert elsewhere.post("/account/first-factor/", {"code": code}).status_code == 422
    too_late = time.time() + 901
    with monkeypatch.context() as later:
        later.setattr("msgov.accounts.first_factor.time.time", lambda: too_late)
        assert client.post("/account/first-factor/", {"code": code}).status_code == 422
    cache.clear()
    for _guess in range(10):
        client.post("/account/first-factor/", {"code": "AAAA-AAAA"})
    assert "Too many attempts" in client.post("/account/first-factor/", {"code": code}).content.decode()


@pytest.mark.parametrize("path", GUARDED)
def test_others_add_a_factor_with_their_password(client: Client, settings: Settings, path: str) -> None:
    settings.REQUIRE_ADMIN_MFA = True
    confirmed("ana@example.org")
    sign_in(client)
    confirm_identity(client)
    assert client.get(path).status_code == 200
    assert client.get("/account/first-factor/")["Location"] == "/account/2fa/"


@pytest.mark.parametrize(
    ("flags", "page"),
    [({"is_superuser": True}, "process"), ({"is_question_set_admin": True}, "sets"), ({"is_staff": True}, "admin")],
)
def test_powers_wait_for_a_second_factor(client: Client, settings: Settings, flags: dict[str, bool], page: str) -> None:
    settings.REQUIRE_ADMIN_MFA = True
    code = builders.process(organiser=builders.user()).code
    address = {"process": f"/processes/{code}/members/", "sets": "/question-sets/", "admin": "/admin/"}[page]
    confirmed("ana@example.org", **flags)
    sign_in(client)
    assert client.get(address)["Location"] == "/account/2fa/"
    for own in ("/", "/account/"):
        assert "Set up two-step sign-in" in client.get(own).content.decode()
    assert "/question-sets/" not in client.get("/").content.decode()
    type_mailed_code(client)
    set_up_app(client)
    assert client.get(address).status_code == 200
    assert "Set up two-step sign-in" not in client.get("/").content.decode()


def test_an_administrator_without_second_factor_cannot_invite_themself(client: Client, settings: Settings) -> None:
    settings.REQUIRE_ADMIN_MFA = True
    process = builders.process(organiser=builders.user())
    confirmed("ana@example.org", is_superuser=True, is_staff=True)
    sign_in(client)
    invited = {"email": "ana@example.org", "role": "organiser"}
    assert client.post(f"/processes/{process.code}/members/", invited).status_code == 404
    assert not process.invitations.exists()


def test_whoever_has_no_powers_is_not_sent_to_two_step_sign_in(client: Client, settings: Settings) -> None:
    settings.REQUIRE_ADMIN_MFA = True
    process = builders.process(organiser=builders.user())
    confirmed("ana@example.org")
    sign_in(client)
    assert client.get(f"/processes/{process.code}/").status_code == 404
    assert "Set up two-step sign-in" not in client.get("/").content.decode()


def test_encryption_takes_a_new_key_and_still_reads_the_old(settings: Settings) -> None:
    settings.MFA_ENCRYPTION_KEYS = ["old"]
    kept = encryption.encrypt("JBSWY3DP")
    settings.MFA_ENCRYPTION_KEYS = ["new", "old"]
    assert encryption.decrypt(kept) == "JBSWY3DP"
    rotated = encryption.rotate(kept)
    settings.MFA_ENCRYPTION_KEYS = ["new"]
    assert encryption.decrypt(rotated) == "JBSWY3DP"
    with pytest.raises(InvalidToken):
        encryption.decrypt(kept)


def test_encryption_falls_back_to_the_secret_key(settings: Settings) -> None:
    settings.MFA_ENCRYPTION_KEYS = []
    kept = encryption.encrypt("JBSWY3DP")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-" + "y" * 50
    assert encryption.decrypt(kept) == "JBSWY3DP"
