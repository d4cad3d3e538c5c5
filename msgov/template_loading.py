"""Templates are laid out for those who work on them; pages are sent without the layout.

A page of 500 questions would otherwise carry more indentation than text. What is left out is white space that no
browser shows: in tags, and where a line of the page begins or ends whatever the conditions around it come to. It is
left out once, when a template is compiled. (Line numbers in messages are those of what is compiled.)
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from django.template import Origin
from django.template.loaders import filesystem

# Before, after and inside of them a line begins.
BLOCKS = frozenset(
    """
    address article aside base blockquote body br caption col colgroup details div dl fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend link main meta nav ol optgroup option p section
    summary table tbody td template tfoot th thead title tr ul
    """.split()  # noqa: SIM905 - as a list it would take a screen
)
# Inside of them a line begins; around them white space can be seen: style sheets put some of them in a row.
BOXES = frozenset({"button", "dd", "dt", "li"})
# They stand in a line like a letter.
LETTERS = frozenset({"img", "input", "select", "svg", "textarea"})
# Their text is shown as it is written.
VERBATIM = frozenset({"pre", "script", "style", "textarea"})

TEMPLATE_TAG = r"\{%.*?%\}|\{\{.*?\}\}|\{\#.*?\#\}"
BEGIN = r"\{[%{\#]"
QUOTED = rf'"(?:{TEMPLATE_TAG}|(?!{BEGIN})[^"])*"|\'(?:{TEMPLATE_TAG}|(?!{BEGIN})[^\'])*\''
PIECE = re.compile(
    rf"""
    \{{%\s*blocktranslate\b.*?\{{%\s*endblocktranslate\s*%\}}  # a sentence is looked up with its white space
    | \{{%\s*(?P<tag>\w+).*?%\}} | {TEMPLATE_TAG}
    | <(?P<end>/?)(?P<element>[a-z][\w-]*)(?:{QUOTED}|{TEMPLATE_TAG}|(?!{BEGIN})[^>"'])*>
    | (?P<doctype><!doctype.*?>) | <!--.*?-->
    | (?P<space>\s+)
    | (?:(?!{BEGIN}|<[a-z/!])\S)+
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
SAYS_NOTHING = re.compile(
    r"\{%\s*(?:load|extends|csrf_token|with|endwith|comment|endcomment)\b|\{%.*\sas\s+\w+\s*%\}|\{\#|<!--"
)
IN_TAG = re.compile(
    rf"(?P<opening>\{{%\s*(?:if|for|with)\b.*?%\}})|(?P<middle>\{{%\s*(?:else|elif|empty)\b.*?%\}})"
    rf"|(?P<closing>\{{%\s*end(?:if|for|with)\s*%\}})|(?P<space>\s+)"
    rf"|{QUOTED}|{TEMPLATE_TAG}|[^\s\"'{{]+|.",
    re.DOTALL,
)


@dataclass(frozen=True)
class Piece:
    """A part of a template, and what it means for the line of the page that it stands in.

    `after`: whether a line begins after it, `before`: whether one ends before it; None where it says nothing of that.
    `branch`: where in a condition or loop it is, namely "opening", "middle" or "closing" (`tag` says of which).
    """

    text: str
    after: bool | None = False
    before: bool | None = False
    tag: str = ""
    branch: str = ""
    is_space: bool = False

    @property
    def mirrored(self) -> "Piece":
        """The same for whoever reads from the end."""
        turned = {"opening": "closing", "closing": "opening"}.get(self.branch, self.branch)
        return replace(self, after=self.before, before=self.after, branch=turned)


@dataclass
class Condition:
    """A condition or loop: whether a line begins before it, and at the end of each branch."""

    before: bool
    ends: list[bool] = field(default_factory=list)
    always: bool = False  # one of its branches is taken in any case


class Loader(filesystem.Loader):
    """Reads the templates of the project without their layout."""

    def get_contents(self, origin: Origin) -> str:
        """What is compiled. Mails are sent as they are written."""
        source = super().get_contents(origin)
        return without_layout(source) if origin.name.endswith(".html") else source


def without_layout(source: str) -> str:
    """The template with the white space left out that is not shown."""
    pieces = list(_pieces(source))
    begins = _at_the_beginning(pieces)
    ends = reversed(list(_at_the_beginning(piece.mirrored for piece in reversed(pieces))))
    kept = []
    for piece, begin, end in zip(pieces, begins, ends, strict=True):
        if not piece.is_space:
            kept.append(piece.text)
        elif not begin and not end:
            kept.append(" ")
    return "".join(kept)


def _at_the_beginning(pieces: Iterable[Piece]) -> Iterator[bool]:
    """For each piece whether a line, or white space, is sure to stand right before it."""
    fresh = False
    conditions: list[Condition] = []
    for piece in pieces:
        yield fresh
        if piece.branch == "opening":
            conditions.append(Condition(before=fresh))
            fresh = fresh and piece.tag not in ("for", "endfor")  # a turn of a loop may come before
        elif piece.branch and conditions:
            condition = conditions[-1]
            condition.ends.append(fresh)
            condition.always |= piece.tag in ("else", "empty")
            fresh = condition.before
            if piece.branch == "closing":
                conditions.pop()
                fresh = all(condition.ends) and (condition.always or condition.before)
        elif piece.after is not None:
            fresh = piece.after


def _pieces(source: str) -> Iterator[Piece]:
    position = 0
    while found := PIECE.match(source, position):
        position = found.end()
        if found["element"]:
            name = found["element"].lower()
            yield _element(_on_one_line(found.group()), name, is_end=bool(found["end"]))
            if name in VERBATIM and not found["end"]:
                end = re.compile(rf"</{name}\b", re.IGNORECASE).search(source, position)
                yield Piece(source[position : end.start() if end else len(source)])
                position = end.start() if end else len(source)
        elif found["space"]:
            # White space after white space is not shown; one before it is.
            yield Piece(found.group(), after=True, before=None, is_space=True)
        elif found["doctype"]:
            yield Piece(found.group(), after=True, before=True)
        else:
            yield _template_tag(found.group(), found["tag"] or "")
    if position < len(source):
        yield Piece(source[position:])


def _element(tag: str, name: str, *, is_end: bool) -> Piece:
    if name in BLOCKS:
        return Piece(tag, after=True, before=True)
    if name in BOXES:
        return Piece(tag, after=not is_end, before=is_end)
    says = False if name in LETTERS else None
    return Piece(tag, after=says, before=says)


def _template_tag(text: str, name: str) -> Piece:
    if name in ("if", "for"):
        return Piece(text, tag=name, branch="opening")
    if name in ("elif", "else", "empty"):
        return Piece(text, tag=name, branch="middle")
    if name in ("endif", "endfor"):
        return Piece(text, tag=name, branch="closing")
    says = None if SAYS_NOTHING.match(text) else False
    return Piece(text, after=says, before=says)


def _on_one_line(tag: str) -> str:
    """A tag on one line. White space before a condition goes into it: nothing is left where it does not hold."""
    parts = list(IN_TAG.finditer(tag))
    written: list[str] = []
    space = False
    moved: list[bool] = []  # for each open condition, whether its branches begin with a space
    for place, part in enumerate(parts):
        if part["space"]:
            space = True
        elif part["opening"]:
            moves = space and _stands_apart(parts, place)
            written += [" "] if space and not moves else []
            written.append(part.group())
            moved.append(moves)
            space = moves
        elif part["middle"] or part["closing"]:
            written.append(part.group())
            space = bool(part["middle"]) and moved[-1:] == [True]
            moved[-1:] = moved[-1:] if part["middle"] else []
        else:
            written += [" "] if space and part.group() not in (">", "/>") else []
            written.append(re.sub(r"\s*\n\s*", " ", part.group()))
            space = False
    return "".join(written)


def _stands_apart(parts: list[re.Match[str]], place: int) -> bool:
    """Whether white space, another condition or the end of the tag follows a condition."""
    depth = 0
    for at in range(place, len(parts)):
        depth += bool(parts[at]["opening"]) - bool(parts[at]["closing"])
        if not depth:
            after = parts[at + 1]
            return any(after[kind] for kind in ("space", "opening", "middle", "closing")) or after[0] in (">", "/>")
    return False
