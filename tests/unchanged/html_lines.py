"""HTML as a tree, one node a line: the same for what browsers show in the same way, another for everything else.

Line breaks and indentation of the source are gone, whitespace beside blocks too; beside elements that run on in a line
it is kept, as in `"a "` and `" b"`, because it can be seen there. Attributes are sorted, comments left out.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from tests.unchanged.elements import (
    BLOCK,
    BOX,
    ENDED_BY,
    ENDS_PARAGRAPH,
    RUNNING_IN_SVG,
    SCOPE_OF_PARAGRAPH,
    SPACED,
    VERBATIM,
    VOID,
)

Attributes = list[tuple[str, str | None]]
# Takes the name of an element and its attributes; returns them as they are to be written, or None to leave it out.
Change = Callable[[str, dict[str, str]], dict[str, str] | None]

WHITESPACE = re.compile(r"[ \t\n\r\f]+")


@dataclass
class Node:
    """A line to be: an element, or with `name` "" a text."""

    depth: int
    name: str
    text: str

    @property
    def line(self) -> str:
        """How it is written."""
        shown = self.text if self.name else f'"{self.text}"'
        return " " * self.depth + shown.replace("\r", "").replace("\n", "⏎")


@dataclass
class OpenLine:
    """Where in a line of text the parser is: whether it has only begun, and which text ends in a space so far."""

    has_begun: bool = False
    open_space: Node | None = None

    def end(self) -> None:
        """A line ends: the space at its end is not shown."""
        if self.open_space is not None:
            self.open_space.text = self.open_space.text.removesuffix(" ")
        self.has_begun, self.open_space = False, None


@dataclass
class Lines:
    """The line that is being written, and those around the box it is in."""

    current: OpenLine = field(default_factory=OpenLine)
    outer: list[OpenLine] = field(default_factory=list)

    def enter(self) -> None:
        """Into a box: it stands in its line like a letter."""
        self.current.has_begun, self.current.open_space = True, None
        self.outer.append(self.current)
        self.current = OpenLine()

    def leave(self) -> None:
        """Out of it again."""
        self.current.end()
        self.current = self.outer.pop() if self.outer else OpenLine()


class _Tree(HTMLParser):
    def __init__(self, change: Change) -> None:
        super().__init__(convert_charrefs=True)
        self.nodes: list[Node] = []
        self._change = change
        self._open: list[str] = []
        self._lines = Lines()

    def handle_decl(self, decl: str) -> None:
        self.nodes.append(Node(0, "!", f"<!{decl.lower()}>"))

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self._end_what_ends_here(tag)
        self._add(tag, attrs)
        if tag in VOID:
            self._after_void(tag, dict(attrs))
            return
        self._open.append(tag)
        if self._is(tag, BOX):
            self._lines.enter()
        elif self._is_block(tag):
            self._lines.current.end()

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        # Outside of drawings browsers do not know elements that end themselves.
        self.handle_starttag(tag, attrs)
        if "svg" in self._open and tag not in VOID:
            self._close()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or tag not in self._open:
            self.nodes.append(Node(len(self._open), tag, f"</{tag}> that ends nothing"))
            return
        while self._close() != tag:
            pass

    def handle_data(self, data: str) -> None:
        line = self._lines.current
        if self._open and self._open[-1] in VERBATIM:
            self._text(data)
            if self._open[-1] in BOX | BLOCK:  # not of scripts, which are not shown
                line.has_begun, line.open_space = True, None
            return
        shown = WHITESPACE.sub(" ", data)
        if not line.has_begun or line.open_space is not None:
            shown = shown.removeprefix(" ")
        if shown:
            node = self._text(shown)
            line.has_begun, line.open_space = True, node if shown.endswith(" ") else None

    def _text(self, shown: str) -> Node:
        """A text; one that follows a text right away belongs to it."""
        depth = len(self._open)
        last = self.nodes[-1] if self.nodes else None
        if last is not None and not last.name and last.depth == depth:
            last.text += shown
            return last
        if self._open[-1:] in (["textarea"], ["pre"]):
            shown = shown.removeprefix("\n")
        self.nodes.append(Node(depth, "", shown))
        return self.nodes[-1]

    def _add(self, tag: str, attrs: Attributes) -> None:
        values = {name: value or "" for name, value in reversed(attrs)}  # of two the first counts
        for name in SPACED & values.keys():
            values[name] = WHITESPACE.sub(" ", values[name]).strip()
        changed = self._change(tag, values)
        if changed is not None:
            written = "".join(f' {name}="{changed[name]}"' if changed[name] else f" {name}" for name in sorted(changed))
            self.nodes.append(Node(len(self._open), tag, f"<{tag}{written}>"))

    def _after_void(self, tag: str, attrs: dict[str, str | None]) -> None:
        if tag in BLOCK:
            self._lines.current.end()
        elif tag in BOX and attrs.get("type") != "hidden":
            self._lines.enter()
            self._lines.leave()

    def _is(self, tag: str, group: frozenset[str]) -> bool:
        return tag in group and ("svg" not in self._open[:-1] or tag == "svg")

    def _is_block(self, tag: str) -> bool:
        in_drawing = "svg" in self._open
        return tag not in RUNNING_IN_SVG if in_drawing else tag in BLOCK

    def _close(self) -> str:
        """End the innermost element."""
        is_block, is_box = self._is_block(self._open[-1]), self._is(self._open[-1], BOX)
        tag = self._open.pop()
        if is_box:
            self._lines.leave()
        elif is_block:
            self._lines.current.end()
        return tag

    def _end_what_ends_here(self, tag: str) -> None:
        """End the elements whose end tags may be left out."""
        if tag in ENDS_PARAGRAPH:
            self._end_nearest(frozenset({"p"}), SCOPE_OF_PARAGRAPH)
        ended, scope = ENDED_BY.get(tag, (frozenset(), frozenset()))
        self._end_nearest(ended, scope)

    def _end_nearest(self, names: frozenset[str], scope: frozenset[str]) -> None:
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place] in scope:
                return
            if self._open[place] in names:
                while len(self._open) > place:
                    self._close()
                return


def _as_it_is(_tag: str, attributes: dict[str, str]) -> dict[str, str]:
    return attributes


def html_lines(html: str, change: Change = _as_it_is) -> list[str]:
    """The tree of a page, or of a part of one. `change` may replace what differs every time."""
    tree = _Tree(change)
    tree.feed(html)
    tree.close()
    tree._lines.current.end()
    return [node.line for node in tree.nodes if node.name or node.text]


def loose(line: str) -> str:
    """A line of text without the spaces at its ends: for whoever does not mind whether words touch."""
    text = line.lstrip(" ")
    if not (text.startswith('"') and text.endswith('"') and len(text) > 1):
        return line
    inner = text[1:-1].strip(" ")
    return line[: len(line) - len(text)] + f'"{inner}"' if inner else ""
