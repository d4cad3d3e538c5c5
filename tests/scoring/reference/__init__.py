"""The reference vectors of method 1.1 (README.md), by their ids."""

import json
from pathlib import Path
from typing import Any

VECTORS: dict[str, dict[str, Any]] = {
    vector["id"]: vector
    for vector in json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))["vectors"]
}


def given(name: str) -> Any:
    return VECTORS[name]["input"]


def expected(name: str) -> Any:
    return VECTORS[name]["expected"]
