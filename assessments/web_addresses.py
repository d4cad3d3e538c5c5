"""Which of what people type as a link may become one."""

from urllib.parse import urlsplit


def is_web_address(line: str) -> bool:
    """Whether a line is an http or https address that a browser can open."""
    try:
        parts = urlsplit(line)
        host = parts.hostname
        parts.port  # noqa: B018 - raises on a port that is none
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(host) and not any(char.isspace() for char in line)
