"""The first second factor of whoever has powers over the site: only with a code that was mailed to them.

Whoever learns the password of an administrator without a second factor could otherwise add one of their own, and have
the powers that wait for it; or change the address first.
"""

import hmac
import time

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from attributes.pages import form_page, sent
from msgov.accounts.adapters import TOO_MANY
from msgov.accounts.models import User

LASTS = 15 * 60  # seconds, for the code and for what it opens
CODE, OPEN_SINCE = "first_factor_code", "first_factor_open_since"
# Addresses of allauth that wait for the code: what adds a factor, and what could lead the code elsewhere.
GUARDED = frozenset({"mfa_activate_totp", "mfa_add_webauthn", "account_email"})


class MailedCodeForm(forms.Form):
    """The code from the mail."""

    use_required_attribute = False

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
        error_messages={"required": gettext_lazy("Type the code from the mail.")},
    )

    def __init__(self, *args: object, request: HttpRequest, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.request, self.user = request, user

    def clean_code(self) -> str:
        """Right, and not too old; ten guesses in five minutes."""
        if not ratelimit.consume(self.request, action="first_factor", key=str(self.user.pk)):
            raise forms.ValidationError(TOO_MANY)
        kept = self.request.session.get(CODE, {})
        code = str(self.cleaned_data["code"])
        is_new = kept.get("sent", 0) > time.time() - LASTS
        if not is_new or not hmac.compare_digest(kept.get("mark", ""), _mark(self.user, code)):
            raise forms.ValidationError(get_adapter().error_messages["incorrect_code"])
        return code


def is_closed(request: HttpRequest, user: User, address: str) -> bool:
    """Whether the address waits for the code."""
    opened = float(request.session.get(OPEN_SINCE, 0))
    return address in GUARDED and user.lacks_second_factor and opened < time.time() - LASTS


@require_http_methods(["GET", "HEAD", "POST"])
def first_factor(request: HttpRequest) -> HttpResponse:
    """Mail the code and take it."""
    user = request.user
    if not isinstance(user, User) or not user.lacks_second_factor:
        return redirect("mfa_index")
    sending = request.method == "POST" and "send" in request.POST
    form = MailedCodeForm(None if sending else sent(request), request=request, user=user)
    if sending:
        _send(request, user)
        return redirect("account_first_factor")
    if form.is_valid():
        del request.session[CODE]
        request.session[OPEN_SINCE] = time.time()
        return redirect("mfa_index")
    context = {"is_sent": CODE in request.session, "email": user.email}
    return form_page(request, "accounts/first_factor.html", form, context)


def _send(request: HttpRequest, user: User) -> None:
    if not ratelimit.consume(request, action="first_factor", key=str(user.pk)):
        messages.error(request, TOO_MANY)
        return
    code = get_adapter().generate_email_verification_code()
    request.session[CODE] = {"mark": _mark(user, code), "sent": time.time()}
    get_adapter().send_mail("accounts/email/first_factor", user.email, {"code": code, "user": user})
    messages.success(request, _("We have sent a code to %(email)s.") % {"email": user.email})


def _mark(user: User, code: str) -> str:
    """Stands for the code in the session, however it is typed: in small letters, with or without its dash."""
    plain = code.replace("-", "").replace(" ", "").upper()
    return salted_hmac("first factor", f"{user.pk}:{plain}", algorithm="sha256").hexdigest()
