"""Forms of the account pages; those of allauth get our words here."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

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


class LoginForm(Worded, allauth_forms.LoginForm):  # type: ignore[misc]
    """Sign in."""


class SignupForm(Worded, allauth_forms.SignupForm):  # type: ignore[misc]
    """Create an account."""


class AddEmailForm(Worded, allauth_forms.AddEmailForm):  # type: ignore[misc]
    """Change the address of an account."""


class ChangeEmailForm(Worded, allauth_forms.ChangeEmailForm):  # type: ignore[misc]
    """Correct the address while it is being confirmed."""


class ChangePasswordForm(Worded, allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    """Change the password."""


class SetPasswordForm(Worded, allauth_forms.SetPasswordForm):  # type: ignore[misc]
    """Set a first password."""


class ResetPasswordForm(Worded, allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    """Ask for the link."""


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
