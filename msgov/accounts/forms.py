"""Forms of the account pages; those of allauth get our words here."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from msgov.accounts.models import User


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
