"""E-mail addresses out of what people paste: from lists, mail programs and spreadsheets."""

import re

# Seen by nobody, and carried along by whoever copies from a page or a mail.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def read_addresses(text: str) -> list[tuple[int, str]]:
    """Return line numbers (from 1) and addresses: one or several a line, also as “Name <address>”, in lower case.

    A line that holds none comes as it is, so that it can be said to be none.
    """
    found = []
    for number, line in enumerate(INVISIBLE.sub("", text).splitlines(), 1):
        in_brackets = re.findall(r"<([^<>\s]+)>", line)
        between = re.split(r"[\s,;]+", line) if "@" in line else [line.strip()]
        parts = in_brackets or [part for part in between if part]
        found += [(number, part.strip().lower()) for part in parts]
    return found
