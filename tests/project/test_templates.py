"""Every template compiles, and none needs a hole in the content security policy or trusts a text blindly."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).parents[2]
FOLDERS = [ROOT / "templates", *(ROOT / app / "templates" for app in ("assessments", "attributes", "msgov"))]
TEMPLATES = sorted(
    str(path.relative_to(folder).as_posix()) for folder in FOLDERS for path in folder.rglob("*") if path.is_file()
)

# What the content security policy would block, and what would switch escaping off.
FORBIDDEN = {
    "inline script": r"<script(?![^>]*\b(?:src=|type=\"application/json\"))[^>]*>",  # JSON is data and does not run
    "inline style": r"<style\b|<[^>]*\sstyle\s*=",
    "inline event handler": r"<[^>]*\son[a-z]+\s*=",
    "javascript address": r"javascript:",
    "escaping switched off": r"\|\s*(safe|safeseq)\b|\{%\s*autoescape\s+off",
}

# Reports are printed from one self-contained document; no browser and no policy is involved.
FOR_PRINT = {"inline style"}


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_template_compiles(name):
    get_template(name)


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name.endswith((".html", ".svg"))])
def test_the_template_is_safe(name):
    source = Path(get_template(name).origin.name).read_text(encoding="utf-8")
    wrong = {kind for kind, pattern in FORBIDDEN.items() if re.search(pattern, source, re.IGNORECASE)}
    if name.startswith("reports/"):
        wrong -= FOR_PRINT
    assert wrong == set()
