"""Forms of the account pages; those of allauth get our words here."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.core import context, ratelimit
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from msgov.accounts import devices
from msgov.accounts.adapters import TOO_MANY
from msgov.accounts.models import User

# Labels of allauth's fields, and what to say when one is empty.
WORDS = {
    "login": (_("E-mail address"), _("Type your e-mail address.")),
    "email": (_("E-mail address"), _("Type your e-mail address.")),
    "password": (_("Password"), _("Type your password.")),
    "oldpassword": (_("Present password"), _("Type your present password.")),
    "password1": (_("Password"), _("Choose a password.")),
    "password2": (_("Password again"), _("Type the password a second time.")),
}


class Worded(forms.Form):
    """Gives a form of allauth our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name in WORDS:
                field.label, field.error_messages["required"] = WORDS[name]
        if "remember" in self.fields:
            self.fields["remember"].label = _("Keep me signed in on this device for a week")


class Limited(forms.Form):
    """Counts how often it is sent. Too often is an error of the form, so that what was typed is still there."""

    action = ""  # of `ACCOUNT_RATE_LIMITS`
    counted_by = ""  # the field that is counted by itself

    def clean(self) -> dict[str, Any] | None:
        """Count first: what is refused is not looked at."""
        key = str(self.data.get(self.counted_by, "")).strip().lower()
        if not ratelimit.consume(context.request, action=self.action, key=key):
            raise forms.ValidationError(TOO_MANY, code="too_many")
        return super().clean()


class LoginForm(Worded, Limited, allauth_forms.LoginForm):  # type: ignore[misc]
    """Sign in."""

    action = "login_form"


class SignupForm(Worded, Limited, allauth_forms.SignupForm):  # type: ignore[misc]
    """Create an account."""

    action, counted_by = "signup_form", "email"

    def try_save(self, request: HttpRequest) -> Any:
        """Take as long for an address that is known, for which no password has to be stored."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class AddEmailForm(Worded, allauth_forms.AddEmailForm):  # type: ignore[misc]
    """Change the address of an account."""


class ChangeEmailForm(Worded, allauth_forms.ChangeEmailForm):  # type: ignore[misc]
    """Correct the address while it is being confirmed."""


class ChangePasswordForm(Worded, allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    """Change the password."""


class SetPasswordForm(Worded, allauth_forms.SetPasswordForm):  # type: ignore[misc]
    """Set a first password."""


class ResetPasswordForm(Worded, Limited, allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    """Ask for the link."""

    action, counted_by = "reset_password_form", "email"


class ResetPasswordFromKeyForm(Worded, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """Choose a new password with the link."""


class NameForm(forms.ModelForm[User]):
    """The name that others see."""

    use_required_attribute = False

    class Meta:
        model = User
        fields = ["name"]
        labels = {"name": _("Your name")}
        help_texts = {"name": _("Members of your processes see it, and it can appear in reports.")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}


class AuthenticateForm(mfa_forms.AuthenticateForm):  # type: ignore[misc]
    """The second step, which nobody elsewhere can lock on a device that its owner has used before."""

    def clean_code(self) -> str:
        """Accept a code of the app or a recovery code; guesses on a known device are counted by themselves."""
        device = devices.known(context.request, self.user)
        if not device:
            return str(super().clean_code())
        where = {"action": "code_failed_on_device", "key": device}
        if not ratelimit.consume(context.request, **where):
            raise get_adapter().validation_error("too_many_login_attempts")
        code = str(self.cleaned_data["code"])
        kinds = Authenticator.objects.filter(user=self.user).exclude(type=Authenticator.Type.WEBAUTHN)
        factors = sorted(kinds, key=lambda factor: factor.type != Authenticator.Type.TOTP)
        for factor in factors:
            if factor.wrap().validate_code(code):
                factor.user = self.user
                self.authenticator = factor
                ratelimit.clear(context.request, **where)
                return code
        if factors:
            self._emit_authentication_failed(factors[0])
        raise get_mfa_adapter().validation_error("incorrect_code")


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey signs in by itself unless the person wants it as a second factor only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")
        self.fields["name"].help_text = _("For example the device it is on. Only you see it.")
        self.fields["passwordless"].label = _("Let me sign in with this passkey alone, without my password")
        self.fields["passwordless"].help_text = _("Your device will ask for its PIN, your fingerprint or your face.")
        self.fields["passwordless"].initial = True


class EditPasskeyForm(EditWebAuthnForm):  # type: ignore[misc]
    """Rename a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")
