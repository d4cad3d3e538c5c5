"""Which of what people type as a link may become one."""

import re
from urllib.parse import urlsplit

# A host with a folder behind it, or one that says that it is of the web; "minutes.pdf" is neither.
SPACE = re.compile(r"\s")
WITHOUT_SCHEME = re.compile(r"(www\.[^\s/]+|([\w-]+\.)+[a-z]{2,}(:\d+)?/)\S*", re.IGNORECASE)


def is_web_address(line: str) -> bool:
    """Whether a line is an http or https address that a browser can open."""
    try:
        parts = urlsplit(line)
        host = parts.hostname
        parts.port  # noqa: B018 - raises on a port that is none
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(host) and not SPACE.search(line)


def with_scheme(line: str) -> str:
    """Put https before what was copied from an address bar that does not show it."""
    if WITHOUT_SCHEME.fullmatch(line) and is_web_address(found := f"https://{line}"):
        return found
    return line
