"""People and their roles."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.models import Membership
from assessments.pages import paged
from attributes.pages import form_page, sent
from attributes.searching import containing
from msgov.accounts import erasure
from msgov.accounts.models import User
from msgov.accounts.views import data_file
from msgov.site import services, state
from msgov.site.access import for_site_admins, site_admin
from msgov.site.forms import EraseForm, PersonForm, RolesForm

ON_A_PAGE = 50
SHOW = {
    "admins": state.HAS_POWERS,
    "inactive": Q(is_active=False),
}


@require_safe
@for_site_admins
def people(request: HttpRequest) -> HttpResponse:
    """Find a person."""
    text, show = request.GET.get("q", "").strip()[:100], request.GET.get("show", "")
    found = User.objects.filter(SHOW.get(show, Q())).order_by("email")
    if text:
        found = found.filter(containing(text, "email", "name"))
    asked = {"q": text, "show": show}
    page = paged(request, found, ON_A_PAGE, asked)
    context = {"people": page.rows, "count": found.count(), **asked, **page.context}
    return render(request, "site/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_site_admins
def add(request: HttpRequest) -> HttpResponse:
    """Let somebody in, also where sign-up is closed."""
    form = PersonForm(sent(request))
    if form.is_valid():
        user = services.add_person(request=request, by=site_admin(request), **form.cleaned_data)
        messages.success(request, _("%(email)s gets a mail with a link to choose a password.") % {"email": user.email})
        return redirect("site:person", number=user.pk)
    return form_page(request, "site/person_add.html", form)


@require_http_methods(["GET", "HEAD", "POST"])
@for_site_admins
@reauthentication_required  # type: ignore[untyped-decorator]
def person(request: HttpRequest, number: int) -> HttpResponse:
    """Show what an administrator needs to know of a person, and change their roles."""
    found, admin = get_object_or_404(User, pk=number), site_admin(request)
    is_self = found.pk == admin.pk
    form = RolesForm(sent(request), initial=RolesForm.of(found))
    if not is_self and form.is_valid():
        if services.change_roles(user=found, by=admin, roles=form.cleaned_data):
            messages.success(request, _("Saved. The person is told by mail."))
        return redirect("site:person", number=number)
    context = {
        "person": found,
        "is_self": is_self,
        "memberships": Membership.objects.filter(user=found).select_related("process").order_by("process__name"),
        "protected": found.authenticator_set.exists(),  # type: ignore[attr-defined]
    }
    return form_page(request, "site/person.html", form, context)


@require_POST
@for_site_admins
def send_reset(request: HttpRequest, number: int) -> HttpResponse:
    """Mail the link to choose a new password."""
    found = get_object_or_404(User, pk=number)
    services.send_reset(request=request, user=found, by=site_admin(request))
    messages.success(request, _("A link to choose a new password was sent to %(email)s.") % {"email": found.email})
    return redirect("site:person", number=number)


@require_POST
@for_site_admins
@reauthentication_required  # type: ignore[untyped-decorator]
def data(request: HttpRequest, number: int) -> HttpResponse:
    """What is stored of a person, for whoever asked this site for it."""
    found = get_object_or_404(User, pk=number)
    services.data_taken(user=found, by=site_admin(request))
    return data_file(found)


@require_http_methods(["GET", "HEAD", "POST"])
@for_site_admins
@reauthentication_required  # type: ignore[untyped-decorator]
def erase(request: HttpRequest, number: int) -> HttpResponse:
    """Erase a person on their request. One's own account is deleted on the account page."""
    found, admin = get_object_or_404(User, pk=number), site_admin(request)
    if found.pk == admin.pk:
        return redirect("account_delete")
    form = EraseForm(sent(request), person=found)
    needed = erasure.needed_for(found)
    if form.is_valid():
        try:
            services.erase(user=found, by=admin)
        except erasure.StillNeeded as refused:
            needed = refused.things
        else:
            messages.success(request, _("The account is erased."))
            return redirect("site:people")
    return form_page(request, "site/person_erase.html", form, {"person": found, "needed": needed})
