"""Where the account pages of allauth ask for decisions of ours."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from msgov.accounts import devices, encryption

# Where the page of an invitation keeps its hash in the session.
INVITATION_KEY = "invitation"
TOO_MANY = _("Too many attempts. Wait some minutes, then try again.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up may be closed to all but the invited; after a change of password people see their account again."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "The e-mail address or the password is not right. Check both, or ask for a new password."
        ),
        "too_many_login_attempts": TOO_MANY,
        "incorrect_code": _("This is not the code we sent, or it is too old. Check it, or ask for a new one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Open by setting, or for somebody who came with an invitation that still stands."""
        if settings.SIGNUP_OPEN:
            return True
        invitations: Any = apps.get_model("assessments", "Invitation")._default_manager
        hashed = request.session.get(INVITATION_KEY, "")
        return bool(invitations.pending().filter(token_hash=hashed).exists())

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a guess: on a device the person has used before by itself, so that nobody elsewhere can lock it out."""
        device = devices.known_for(request, credentials.get("email", ""))
        if not device:
            super().pre_authenticate(request, **credentials)
            return
        self._login_failed_rl_usage = ratelimit.consume(
            request, app="allauth.account", action="login_failed_on_device", key=device
        )
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def is_safe_url(self, url: str) -> bool:
        """Whether `next` may be followed; what is no address at all ("http://[") is not."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps secrets encrypted, and speaks of "codes from your app" where the original says "Incorrect code"."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is not right. Codes change every 30 seconds: type the newest one."),
    }

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.decrypt(encrypted_text)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """Suggest a name for a new passkey."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Passkey %(number)s") % {"number": count + 1}

    def _get_site_name(self) -> str:
        return "msgov"
