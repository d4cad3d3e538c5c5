"""How the project logs: to the standard error stream, as text or JSON, without tokens and without forged lines."""

import logging
import re
from typing import Any

from msgov.request_info import current

# Pages of respondents (docs/respondents.md): no line says which one it was, nor who was signed in beside it.
CONFIDENTIAL = "/r/"
SECRET_IN_PATH = re.compile(
    r"(?<=" + CONFIDENTIAL + r")[^\s\"'<>]+|(?<=/)[A-Za-z0-9_-]{40,}|(?<=/password/reset/key/)[^/\s\"']+"
    r"|(?<=/mail/bounces/)[^/\s\"']+"
)
SECRET_IN_QUERY = re.compile(r"(?i)([?&](?:token|key|code|password)=)[^&\s\"']+")
CONTROL = {**{number: f"\\x{number:02x}" for number in range(32)}, 9: "\t", 10: "\\n", 13: "\\r", 127: "\\x7f"}


def scrub(text: str) -> str:
    """Hide what opens something: tokens of invitations and password resets. Our object codes are shorter."""
    return SECRET_IN_QUERY.sub(r"\1[hidden]", SECRET_IN_PATH.sub("[hidden]", text))


class SafeRecords(logging.Filter):
    """Makes each record one line without tokens, and adds the request's id."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = scrub(record.getMessage()).translate(CONTROL)
        record.args = ()
        record.request_id = current.get().request_id
        # Django attaches the request itself, and the server its socket; their texts carry the unscrubbed address.
        for name in ("request", "server_time"):
            record.__dict__.pop(name, None)
        return True


def configuration(*, as_json: bool, access: bool) -> dict[str, Any]:
    """Return the LOGGING setting. With `access`, one line per request."""
    json_formatter = {
        "()": "pythonjsonlogger.json.JsonFormatter",
        "format": "%(asctime)s %(levelname)s %(name)s %(message)s %(request_id)s",
        "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
    }
    text_formatter = {"format": "%(asctime)s %(levelname)s %(name)s %(message)s %(request_id)s"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"safe": {"()": SafeRecords}},
        "formatters": {"line": json_formatter if as_json else text_formatter},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["safe"]},
        },
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
            "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
            "msgov.access": {"level": "INFO" if access else "WARNING"},
        },
    }
