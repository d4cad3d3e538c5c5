"""What we ask at sign-up beyond address and password. Apart from the other forms: allauth imports it early."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class NamedSignupForm(forms.Form):
    """Adds the name."""

    use_required_attribute = False
    field_order = ("name", "email", "password1", "password2")

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("Members of your processes see it, and it can appear in reports."),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Called by allauth when the account exists."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
