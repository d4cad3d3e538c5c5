"""Mails about the review of drafts, sent once the change they tell of is stored."""

import logging
from collections.abc import Iterable
from functools import partial
from smtplib import SMTPException
from typing import TYPE_CHECKING, Any

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

if TYPE_CHECKING:
    from msgov.accounts.models import User

logger = logging.getLogger(__name__)


def tell(people: Iterable["User"], template: str, **context: Any) -> None:
    """Mail a template of `attributes/versions/mail/` to each, one by one, after the transaction.

    A mail that fails is logged, no more.
    """
    addresses = sorted({person.email for person in people})
    if not addresses:
        return
    subject = " ".join(render_to_string(f"attributes/versions/mail/{template}_subject.txt", context).split())[:200]
    body = render_to_string(f"attributes/versions/mail/{template}.txt", context)
    for address in addresses:
        transaction.on_commit(partial(_send, subject, body, address))


def _send(subject: str, body: str, address: str) -> None:
    try:
        send_mail(subject, body, None, [address])
    except (SMTPException, OSError):
        logger.warning("a mail about a question set could not be sent", exc_info=True)
