"""What becomes of mails that came back: an invitation is marked as undeliverable; everything else leaves no trace.

A reminder that comes back, or is answered by a machine, would tell who had not answered. It carries no mark, and no
address in a mail is ever compared with those that were invited.
"""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from assessments.bounces.reading import Bounce, bounce_in
from assessments.models import PanelLink
from assessments.panels.mail_marks import link_marked
from assessments.vocabulary import WaveState

# By the second and third number of the code (RFC 3463), else by the second.
NO_SUCH_ADDRESS = {"1.0", "1.1", "1.3", "1.6", "1.10", "550", "553", "551"}
NO_SUCH_HOST = {"1.2", "4.3", "4.4"}


def take_mail(raw: bytes) -> None:
    """Take in a mail that came back."""
    bounce = bounce_in(raw)
    if bounce is not None:
        mark_as_undeliverable(bounce)


def mark_as_undeliverable(bounce: Bounce) -> None:
    """Note at a link that its invitation came back, in a wave that is open. Doing it again changes nothing."""
    link = link_marked(bounce.marks)
    if link is None:
        return
    with override(settings.LANGUAGE_CODE):
        words = reason(bounce.code)
    # Whether the link was used makes no difference.
    links = PanelLink.objects.filter(pk=link.pk, email=link.email, is_revoked=False, failure="")
    links.filter(group__wave__state=WaveState.OPEN).exclude(sent_on=None).update(failure=words)


def reason(code: str) -> str:
    """Why a mail came back, in words, with the code behind them."""
    words = _reason(code.partition(".")[2] or code)
    return _("%(words)s (%(code)s)") % {"words": words, "code": code} if code else words


def _reason(detail: str) -> str:
    subject = detail.partition(".")[0]
    if detail in NO_SUCH_ADDRESS:
        return _("It came back: there is no such address")
    if detail in NO_SUCH_HOST:
        return _("It came back: there is no mail server of this name")
    if detail in ("2.2", "552", "522"):
        return _("It came back: the mailbox is full")
    if subject == "2":
        return _("It came back: the mailbox takes no mails")
    if subject == "4":
        return _("It came back: the mail server there could not be reached")
    if subject == "7" or detail == "554":
        return _("It came back: the mail server there refuses mails of this site")
    return _("It came back as undeliverable")
