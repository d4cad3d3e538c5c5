"""The state of the site on one page."""

from smtplib import SMTPException

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments.bounces.tasks import enqueue_reading
from msgov.site import state
from msgov.site.access import for_site_admins, site_admin


@require_safe
@for_site_admins
def overview(request: HttpRequest) -> HttpResponse:
    """People, open waves, what failed, the worker, the last backup, the version."""
    context = {
        "people": state.people(),
        "processes": state.processes(),
        "waves": state.open_waves(),
        "mails": state.failed_mails(),
        "returned": state.returned_mails(),
        "reports": state.failed_reports(),
        "worker": state.worker(),
        "backup": state.last_backup(),
        "version": settings.VERSION,
        "software": state.software(),
        "sender": settings.DEFAULT_FROM_EMAIL,
        "signup_open": settings.SIGNUP_OPEN,
    }
    return render(request, "site/overview.html", context)


@require_POST
@for_site_admins
def test_mail(request: HttpRequest) -> HttpResponse:
    """Send a mail to whoever asks for it, and say whether the mail server took it."""
    address = site_admin(request).email
    try:
        send_mail(_("[msgov] Test"), _("This site can send mail."), None, [address])
    except (SMTPException, OSError):
        messages.error(request, _("The mail server did not take the mail. Look at EMAIL_URL and at the log."))
    else:
        messages.success(request, _("The mail server took a mail to %(address)s.") % {"address": address})
    return redirect("site:overview")


@require_POST
@for_site_admins
def read_bounces(request: HttpRequest) -> HttpResponse:
    """Have the mailbox of returned mails read now, as after its password was corrected."""
    enqueue_reading()
    messages.success(request, _("The mailbox is read in the background. Look here again in a minute."))
    return redirect("site:overview")
