"""Every template compiles, can be translated, can be read, and needs no hole in the content security policy.

One test a rule, over all templates: it names every template that breaks it. Beside it, that the rule can be broken.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.template import Engine, TemplateSyntaxError, engines
from django.template.base import Lexer, TokenType

TEMPLATES = Path(__file__).parents[2] / "templates"
SOURCES = {
    path.relative_to(TEMPLATES).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(TEMPLATES.rglob("*"))
    if path.is_file()
}
LINE_LENGTH = 120

# What the content security policy would block, and what would switch escaping off.
FORBIDDEN = {
    "inline script": r"<script(?![^>]*\b(?:src=|type=\"application/json\"))[^>]*>",  # JSON is data and does not run
    "inline style": r"<style\b|<[^>]*\sstyle\s*=",
    "inline event handler": r"<[^>]*\son[a-z]+\s*=",
    "javascript address": r"javascript:",
    "escaping switched off": r"\|\s*(safe|safeseq)\b|\{%\s*autoescape\s+off",
}

# The same in every language.
NAMES = {"msgov", "SHA", "JSON", "YAML"}
NOT_SHOWN = r"<(script|style)\b.*?</\1>"
SPOKEN_ATTRIBUTE = r'\b(?:aria-label|aria-description|alt|title|placeholder)="([^"]*)"'
WORDS = r"[^\W\d_]{2,}(?:[ ,’'-]+[^\W\d_]+)*"


def offenders(wrong_in: Callable[[str], list[str]], *endings: str) -> dict[str, list[str]]:
    """What a rule finds in each template whose name ends so; those in which it finds nothing are left out."""
    found = {name: wrong_in(source) for name, source in SOURCES.items() if name.endswith(endings)}
    assert len(found) > 200
    return {name: wrong for name, wrong in found.items() if wrong}


def does_not_compile(engine: Engine, names: list[str]) -> dict[str, str]:
    """The templates that do not compile, with the reason."""
    found = {}
    for name in names:
        try:
            engine.get_template(name)
        except TemplateSyntaxError as error:
            found[name] = str(error)
    return found


def unsafe(source: str) -> list[str]:
    """What a template holds that the policy blocks, or that lets through what people typed."""
    return [kind for kind, pattern in FORBIDDEN.items() if re.search(pattern, source, re.IGNORECASE)]


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


def long_lines(source: str) -> list[str]:
    """The lines that cannot be read at one glance, each with its number."""
    lines = enumerate(source.split("\n"), start=1)
    return [f"line {number}: {len(line)} characters" for number, line in lines if len(line) > LINE_LENGTH]


def test_every_template_compiles() -> None:
    assert does_not_compile(engines["django"].engine, list(SOURCES)) == {}


def test_a_template_that_does_not_compile_is_found(tmp_path: Path) -> None:
    (tmp_path / "good.html").write_text("{% if a %}{% endif %}", encoding="utf-8")
    (tmp_path / "bad.html").write_text("{% if a %}", encoding="utf-8")
    assert list(does_not_compile(Engine(dirs=[tmp_path]), ["good.html", "bad.html"])) == ["bad.html"]


def test_every_template_is_safe() -> None:
    assert offenders(unsafe, ".html", ".svg") == {}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('<script src="a.js"></script><script type="application/json">1</script>', []),
        ("<script>a()</script>", ["inline script"]),
        ("<style>a {}</style>", ["inline style"]),
        ('<p style="color: red">', ["inline style"]),
        ('<p onclick="a()">', ["inline event handler"]),
        ('<a href="javascript:a()">', ["javascript address"]),
        ("{{ a|safe }}", ["escaping switched off"]),
        ("{% autoescape off %}{% endautoescape %}", ["escaping switched off"]),
    ],
)
def test_what_is_unsafe_is_found(source: str, found: list[str]) -> None:
    assert unsafe(source) == found


def test_no_template_has_words_outside_of_translation_tags() -> None:
    assert offenders(untranslatable, "") == {}


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
def test_words_outside_of_translation_tags_are_found(source: str, found: list[str]) -> None:
    assert untranslatable(source) == found


def test_no_template_of_a_page_has_long_lines() -> None:
    """A mail is exempt: its lines are paragraphs, which the reader's program breaks."""
    assert offenders(long_lines, ".html") == {}


def test_long_lines_are_found() -> None:
    assert long_lines(f"{'a' * 120}\n{'–' * 121}\nb") == ["line 2: 121 characters"]
