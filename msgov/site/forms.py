"""Forms of the pages for site administrators."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from msgov.accounts.models import User


class PersonForm(forms.Form):
    """A new person, who chooses a password by a link in a mail."""

    use_required_attribute = False

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), error_messages={"required": gettext_lazy("Type the e-mail address.")}
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=150, required=False)

    def clean_email(self) -> str:
        """In lower case, and not one that is known."""
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("There is an account with this address."))
        return email


class RolesForm(forms.Form):
    """What a person may do on the site."""

    is_active = forms.BooleanField(
        label=gettext_lazy("May sign in"),
        required=False,
        help_text=gettext_lazy("Without it the person is signed out everywhere, and everything stays as it is."),
    )
    is_site_admin = forms.BooleanField(
        label=gettext_lazy("Site administrator"),
        required=False,
        help_text=gettext_lazy("Sees every process, hands members their roles, opens these pages."),
    )
    is_question_set_admin = forms.BooleanField(
        label=gettext_lazy("Question set administrator"),
        required=False,
        help_text=gettext_lazy("Edits, versions and publishes question sets."),
    )

    @staticmethod
    def of(user: User) -> dict[str, Any]:
        """The values of a person."""
        return {
            "is_active": user.is_active,
            "is_site_admin": user.is_superuser,
            "is_question_set_admin": user.is_question_set_admin,
        }


class EraseForm(forms.Form):
    """Asks for the address, so that nobody is erased by a slip."""

    use_required_attribute = False

    email = forms.CharField(
        label=gettext_lazy("Type the e-mail address of the person to confirm"),
        error_messages={"required": gettext_lazy("Type the e-mail address.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self) -> str:
        """The same address, in whatever case."""
        email = str(self.cleaned_data["email"]).strip().lower()
        if email != self.person.email.lower():
            raise forms.ValidationError(_("This is not the address of the person."))
        return email
