"""The account: one page that leads to everything about oneself, and the way out."""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from msgov.accounts import erasure
from msgov.accounts.forms import NameForm
from msgov.accounts.models import User
from msgov.accounts.own_data import data_of


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
def own_data(request: HttpRequest) -> HttpResponse:
    """Say what is stored, and give it as a file."""
    if request.method == "POST":
        return data_file(signed_in(request))
    return render(request, "accounts/data.html")


def data_file(user: User) -> HttpResponse:
    """What is stored of a person, as a download."""
    response = JsonResponse(data_of(user), json_dumps_params={"indent": 1, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="msgov-data-{user.pk}.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]
def delete(request: HttpRequest) -> HttpResponse:
    """Delete the account after a confirmation, unless somebody depends on it."""
    user = signed_in(request)
    if request.method != "POST":
        return render(request, "accounts/delete.html", {"orphans": erasure.needed_for(user)})
    try:
        erasure.erase(user=user, by=user)
    except erasure.StillNeeded as refused:
        return render(request, "accounts/delete.html", {"orphans": refused.things}, status=409)
    logout(request)
    messages.success(request, _("Your account is deleted."))
    return redirect("home")


def signed_in(request: HttpRequest) -> User:
    """Return the person; the middleware has made sure that there is one."""
    assert isinstance(request.user, User)  # noqa: S101 - tells the type checker what the middleware guarantees
    return request.user
