"""Style sheets and scripts of our own, wherever they lie: their rules and lines, without the names of files."""

import re
from collections.abc import Iterator
from pathlib import Path

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
WHITESPACE = re.compile(r"\s+")
FOREIGN = "vendor"


def style_rules(css: str, around: str = "") -> Iterator[str]:
    """Every rule of a style sheet on a line of its own, with the condition it stands under."""
    text = WHITESPACE.sub(" ", COMMENT.sub("", css)).strip()
    while text:
        head, brace, rest = text.partition("{")
        if not brace:
            yield f"{around}{text}"
            return
        statements, _semicolon, selector = head.rpartition(";")  # such as @import, before the rule
        if statements:
            yield f"{around}{statements.strip()};"
        body, text = _body(rest)
        selector = selector.strip()
        if selector.startswith(("@media", "@supports", "@layer", "@container")):
            yield from style_rules(body, f"{around}{selector} ")
        else:
            yield f"{around}{selector} {{ {body.strip()} }}"


def _body(text: str) -> tuple[str, str]:
    """What stands before the brace that closes a rule, and what comes after it."""
    depth = 1
    for place, sign in enumerate(text):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth == 0:
            return text[:place], text[place + 1 :].strip()
    return text, ""


def all_rules(folder: Path) -> str:
    """The rules of all style sheets below a folder, sorted: moving a rule to another file is no change."""
    return "\n".join(sorted(rule for text in _texts(folder, "css") for rule in style_rules(text))) + "\n"


def all_scripts(folder: Path) -> str:
    """The lines of all scripts below a folder."""
    return "\n".join(line.strip() for text in _texts(folder, "js") for line in text.splitlines() if line.strip()) + "\n"


def _texts(folder: Path, kind: str) -> Iterator[str]:
    for path in sorted(folder.rglob(f"*.{kind}")):
        if FOREIGN not in path.parts:
            yield path.read_text(encoding="utf-8")
