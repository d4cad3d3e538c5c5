"""Mails written from templates."""

import re
from collections.abc import Mapping
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

SUBJECT_LENGTH = 200
NAME_LENGTH = 100  # characters of a process name that stand before the address


def sender_of(name: str) -> tuple[str, str]:
    """Return the name and the address a mail of a process comes from: its own name, and this site's address."""
    _site, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return " ".join(name.split())[:NAME_LENGTH], address


def mail_text(template: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """Return the subject, in one line, and the body of a mail from `TEMPLATE_subject.txt` and `TEMPLATE.txt`."""
    subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
    # What does not apply leaves empty lines behind.
    body = re.sub(r"\n{3,}", "\n\n", render_to_string(f"{template}.txt", context)).strip()
    return subject[:SUBJECT_LENGTH], f"{body}\n"
