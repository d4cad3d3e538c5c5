"""Counts what somebody sees of a page before anything is answered: words, and things to click or to write in.

Counted is what stands in `<main>` as it is sent. Left out is what is not seen yet: the content of closed `<details>`
(their summary counts), what has `hidden` or only screen readers are given (`visually-hidden`), and fields that stand
there once an answer needs them (`WHEN_NEEDED`, which static/css/answering.css hides until then). What scripts show,
as one press for all lines of a list, counts. A word is what white space parts; a control is every input that is not
hidden, every text area, menu and button.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser

# By class. Each is hidden by a rule of the style sheet as long as nothing is chosen, and none has anything in it.
WHEN_NEEDED = frozenset(
    {
        "evidence",
        "evidence-fold",
        "item-second",
        "comment",
        "reason",
        "text-first",
        "text-second",
        "clears",
        "scores-switch",
    }
)
VOID = frozenset({"input", "br", "hr", "img", "meta", "link", "wbr"})
CONTROLS = frozenset({"input", "textarea", "select", "button"})


@dataclass(eq=False)
class Seen(HTMLParser):
    """What is seen of a page."""

    html: str
    words: int = 0
    controls: int = 0
    # The elements that are open: name, whether it is not seen, whether it is a fold that is closed.
    _open: list[tuple[str, bool, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.html[self.html.index("<main") : self.html.index("</main>")])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        _tag, above, folded = self._open[-1] if self._open else ("", False, False)
        unseen = above or (folded and tag != "summary") or _hides(found)
        if tag in CONTROLS and found.get("type") != "hidden" and "visually-hidden" not in found.get("class", ""):
            self.controls += not unseen
        if tag not in VOID:
            self._open.append((tag, unseen, tag == "details" and "open" not in found))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open and not self._open[-1][1]:
            self.words += len(data.split())


def _hides(found: dict[str, str]) -> bool:
    classes = set(found.get("class", "").split())
    if "hidden" in found and "all-lines" not in classes:
        return True
    kept = classes & {"is-kept", "field-invalid"}
    return "visually-hidden" in classes or bool(classes & WHEN_NEEDED and not kept)
