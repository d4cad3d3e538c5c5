"""The account: one page that leads to everything about oneself, and the way out."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from msgov.accounts import audit
from msgov.accounts.forms import NameForm
from msgov.accounts.models import User


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show what the account consists of, with a way to change each part."""
    kinds = list(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    context = {
        "has_app": Authenticator.Type.TOTP in kinds,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "languages": settings.LANGUAGES if len(settings.LANGUAGES) > 1 else [],
    }
    return render(request, "accounts/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_name(request: HttpRequest) -> HttpResponse:
    """Change the name that others see."""
    form = NameForm(request.POST or None, instance=signed_in(request))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your name is saved."))
        return redirect("account")
    return render(request, "accounts/name.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]
def delete(request: HttpRequest) -> HttpResponse:
    """Delete the account after a confirmation, unless somebody depends on it. What was answered stays."""
    user = signed_in(request)
    if request.method != "POST":
        return render(request, "accounts/delete.html", {"orphans": orphans_of(user)})
    with transaction.atomic():
        # Within the transaction, where the answer stays true until the account is gone.
        if orphans := orphans_of(user):
            return render(request, "accounts/delete.html", {"orphans": orphans}, status=409)
        audit.record("account.deleted", user=user, obj=user)
        user.delete()
    logout(request)
    messages.success(request, _("Your account is deleted."))
    return redirect("home")


def signed_in(request: HttpRequest) -> User:
    """Return the person; the middleware has made sure that there is one."""
    assert isinstance(request.user, User)  # noqa: S101 - tells the type checker what the middleware guarantees
    return request.user


def orphans_of(user: User) -> list[Any]:
    """Ask the functions named in `ACCOUNT_DELETION_CHECKS` what nobody else could look after."""
    return [thing for path in settings.ACCOUNT_DELETION_CHECKS for thing in import_string(path)(user)]
