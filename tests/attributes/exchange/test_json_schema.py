"""The published schema: at its address, for everybody, and not changed unnoticed."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from attributes.exchange.json_schema import published_schema
from attributes.exporting import plain
from attributes.loading import read_spec, shipped_files

ADDRESS = "/schemas/question-set-1.json"
SCHEMA = published_schema(ADDRESS)
GOLDEN = Path(__file__).parent / "question-set-1.json"


def test_schema_is_the_one_that_was_published() -> None:
    """Files were written for it: a wider schema may replace it (write the file anew), a narrower one is format 2."""
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert published_schema(golden["$id"]) == golden


@pytest.mark.django_db
def test_schema_is_public_and_may_be_kept() -> None:
    answer = Client().get(ADDRESS)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/schema+json"
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    schema = answer.json()
    assert (schema["$schema"], schema["$id"]) == (
        "https://json-schema.org/draft/2020-12/schema",
        f"http://testserver{ADDRESS}",
    )
    again = Client().get(ADDRESS, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def fits(schema: dict[str, Any], value: Any, where: str = "") -> list[str]:
    """What of a value the schema does not allow: as much of JSON Schema as ours uses."""
    if "$ref" in schema:
        return fits(SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], value, where)
    if "anyOf" in schema:
        tried = [fits(one, value, where) for one in schema["anyOf"]]
        return [] if [] in tried else tried[0]
    wrong = []
    kinds: dict[str, type] = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}
    if "type" in schema and schema["type"] != "null" and type(value) is not kinds[schema["type"]]:
        return [f"{where}: not {schema['type']}"]
    if "const" in schema and value != schema["const"]:
        wrong.append(f"{where}: not {schema['const']}")
    if "enum" in schema and value not in schema["enum"]:
        wrong.append(f"{where}: not one of {schema['enum']}")
    if isinstance(value, dict):
        known = schema.get("properties", {})
        if schema.get("additionalProperties") is False:
            wrong += [f"{where}.{name}: unknown" for name in value if name not in known]
        wrong += [f"{where}.{name}: missing" for name in schema.get("required", []) if name not in value]
        for name, entry in value.items():
            below = known.get(name) or next(iter(schema.get("patternProperties", {}).values()), {})
            wrong += fits(below, entry, f"{where}.{name}")
    if isinstance(value, list):
        for index, entry in enumerate(value):
            wrong += fits(schema.get("items", {}), entry, f"{where}[{index}]")
    return wrong


@pytest.mark.parametrize("path", shipped_files(), ids=lambda path: path.name)
def test_shipped_files_fit_the_schema(path: Path) -> None:
    assert fits(SCHEMA, plain(read_spec(path))) == []


def test_mistakes_do_not_fit(small: dict[str, Any]) -> None:
    assert fits(SCHEMA, small) == []
    del small["slug"]
    small["title"] = "Small"
    small["attributes"][0]["questions"][0]["items"][0]["kind"] = "slider"
    small["colour"] = "red"
    found = fits(SCHEMA, small)
    assert [entry.split(": ")[0] for entry in found] == [
        ".colour",
        ".slug",
        ".title",
        ".attributes[0].questions[0].items[0].kind",
    ]
