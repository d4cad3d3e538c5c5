"""What a person hears of actions: late ones and those due soon, mails, and calendars."""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from assessments.actions.calendar_file import TYPE, CalendarDay, calendar_file
from assessments.actions.calendars import days_of_person, days_of_process
from assessments.actions.forms import MailForm
from assessments.actions.reading import waiting_for
from assessments.actions.services import mailings
from assessments.permissions import Right, process_for, rights_in, signed_in
from attributes.pages import form_page


@require_safe
@never_cache
def own(request: HttpRequest) -> HttpResponse:
    """What is late or due soon in all processes of a person, and what they want to hear of it."""
    user = signed_in(request)
    mailing = mailings.mailing_of(user)
    form = MailForm(initial={"wants_mail": mailing.wants_mail, "wants_panel_mail": mailing.wants_panel_mail})
    secret = mailings.secret_of(mailing)
    waiting = waiting_for(user)
    context = {
        "late": [one for one in waiting if one.is_late],
        "soon": [one for one in waiting if not one.is_late],
        "address": request.build_absolute_uri(reverse("assessments:own-calendar", args=[secret])) if secret else "",
    }
    return form_page(request, "assessments/actions/own.html", form, context)


@require_POST
def mails(request: HttpRequest) -> HttpResponse:
    """Send mails on late actions and on panels, or stop."""
    wants_mail, wants_panel_mail = (request.POST.get(name) == "on" for name in ("wants_mail", "wants_panel_mail"))
    mailings.save_wants_mail(user=signed_in(request), wants_mail=wants_mail, wants_panel_mail=wants_panel_mail)
    said = _("You will get mails on late actions.") if wants_mail else _("You will get no mails on late actions.")
    messages.success(request, said)
    said = _("You will get mails on panels.") if wants_panel_mail else _("You will get no mails on panels.")
    messages.success(request, said)
    return redirect("assessments:own-actions")


@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """Make a new secret address for the calendar, or let the one there is stop working."""
    user = signed_in(request)
    if request.POST.get("do") == "stop":
        mailings.stop_calendar(user=user)
        messages.success(request, _("The address of your calendar does not work any more."))
    else:
        mailings.renew_calendar(user=user)
        messages.success(request, _("Your calendar has a new address. An earlier one does not work any more."))
    return redirect("assessments:own-actions")


@login_not_required
@require_safe
@never_cache
def own_calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of whoever has the address: programs that read calendars cannot sign in."""
    user = mailings.person_with(secret)
    if user is None:
        raise Http404
    return _file(_("msgov: what is due"), days_of_person(user, request.build_absolute_uri), "msgov.ics")


@require_safe
@never_cache
def process_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """What is due in one process, as a file."""
    process = process_for(request, code, Right.VIEW_ACTIONS)
    with_drafts = Right.VIEW_DRAFT in rights_in(process, request.user)
    days = days_of_process(process, with_drafts=with_drafts, absolute=request.build_absolute_uri)
    return _file(process.name, days, f"{process.code}.ics")


def _file(name: str, days: Iterable[CalendarDay], called: str) -> HttpResponse:
    header = content_disposition_header(True, called)
    return HttpResponse(
        calendar_file(name, days, timezone.now()), content_type=TYPE, headers={"Content-Disposition": header}
    )
