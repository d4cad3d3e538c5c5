"""The JSON Schema of question set files, as it is published."""

from typing import Any

from attributes.schema import json_schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def published_schema(address: str) -> dict[str, Any]:
    """The schema under the address it is found at."""
    return {
        "$schema": DIALECT,
        "$id": address,
        **json_schema(),
        "title": "msgov question set, format 1",
    }
