"""When two references mean the same document (method 3.4)."""

from urllib.parse import urlsplit

from assessments.scoring.method import DEFAULT_PORTS


def same_document(reference: str) -> str:
    """Return the name of a document: references with the same name are the same document.

    A link is known by host (case ignored), port unless 80 or 443, path without the last slash, and query; scheme and
    fragment are ignored. Anything else, such as the digest of a file, is its own name.
    """
    text = reference.strip()
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        return text
    if host is None or not parts.scheme:
        return text
    place = f"[{host}]" if ":" in host else host
    if port is not None and port not in DEFAULT_PORTS:
        place += f":{port}"
    query = f"?{parts.query}" if parts.query else ""
    return f"{place}{parts.path.rstrip('/')}{query}"
