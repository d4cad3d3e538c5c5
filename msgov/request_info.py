"""What is known about the request being answered, for logs and the audit trail; also far from the request itself."""

import hashlib
import hmac
import re
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings

# Ids from a proxy are taken over only if they cannot carry anything else into the logs.
ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


@dataclass(frozen=True, slots=True)
class RequestInfo:
    """`address_hash` tells two addresses apart without naming either; the key makes guessing it useless.

    `root` is the scheme and the name under which this site was reached, for links in mails.
    """

    request_id: str
    address_hash: str
    root: str = ""


NOTHING = RequestInfo("", "")
current: ContextVar[RequestInfo] = ContextVar("request_info", default=NOTHING)


def hash_address(address: str) -> str:
    """Return 16 hexadecimal digits for a client's address, the same for the same address and SECRET_KEY."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, b"address:" + address.encode(), hashlib.sha256).hexdigest()[:16]
