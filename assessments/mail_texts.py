"""Mails written from templates."""

import re
from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string

SUBJECT_LENGTH = 200


def mail_text(template: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """Return the subject, in one line, and the body of a mail from `TEMPLATE_subject.txt` and `TEMPLATE.txt`."""
    subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
    # What does not apply leaves empty lines behind.
    body = re.sub(r"\n{3,}", "\n\n", render_to_string(f"{template}.txt", context)).strip()
    return subject[:SUBJECT_LENGTH], f"{body}\n"
