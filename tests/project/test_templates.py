"""Every template compiles, can be translated, and needs no hole in the content security policy."""

import re
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType
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

# The same in every language.
NAMES = {"msgov", "SHA", "JSON", "YAML"}
NOT_SHOWN = r"<(script|style)\b.*?</\1>"
SPOKEN_ATTRIBUTE = r'\b(?:aria-label|aria-description|alt|title|placeholder)="([^"]*)"'
WORDS = r"[^\W\d_]{2,}(?:[ ,’'-]+[^\W\d_]+)*"


def untranslatable(source: str) -> list[str]:
    """Return the words of a template that stand outside of its translation tags."""
    shown, marked = [], False
    for token in Lexer(source).tokenize():
        name = token.contents.partition(" ")[0]
        if token.token_type is TokenType.BLOCK:
            if name in ("blocktranslate", "endblocktranslate", "comment", "endcomment"):
                marked = not name.startswith("end")
            shown.append(" ")
        elif token.token_type is TokenType.VAR:
            shown.append("0")
        elif token.token_type is TokenType.TEXT and not marked:
            shown.append(token.contents)
    html = re.sub(NOT_SHOWN, "", "".join(shown), flags=re.DOTALL)
    text = re.sub(r"<[^>]*>|&\w+;", " ", html)
    found = re.findall(WORDS, " | ".join([*re.findall(SPOKEN_ATTRIBUTE, html), text]))
    return [words for words in found if words not in NAMES]


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


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_template_has_no_words_outside_of_translation_tags(name):
    assert untranslatable(Path(get_template(name).origin.name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Save now</p>", ["Save now"]),
        ('<a title="Go back" href="back"></a>', ["Go back"]),
        ('{% translate "Save" %}{{ words }} &nbsp; <b class="words">1</b>', []),
        ("{% blocktranslate trimmed with a=b %}Save {{ a }}{% endblocktranslate %} it", ["it"]),
        ("<script>let it = be;</script>{# not shown #}{% comment %}nor this{% endcomment %}msgov", []),
    ],
)
def test_words_outside_of_translation_tags_are_found(source, found):
    assert untranslatable(source) == found
