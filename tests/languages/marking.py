"""Which words of a page are in which language, as a screen reader takes it."""

from html.parser import HTMLParser

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
# Words in the head cannot be marked, and neither can those of a list of suggestions.
UNMARKED = frozenset({"title", "script", "style", "datalist"})
# Of words whose language nobody knows (lang=""), and of what is in none, such as an address (translate="no").
UNKNOWN, NONE = "und", "zxx"


class _Languages(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.words: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            inherited = self.open[-1][1] if self.open else ""
            own = dict(attrs)
            language = inherited if own.get("lang") is None else own["lang"] or UNKNOWN
            self.open.append((tag, NONE if own.get("translate") == "no" else language))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open and self.open[-1][0] not in UNMARKED:
            self.words.append((self.open[-1][1], data.strip()))


def words_by_language(html: str) -> list[tuple[str, str]]:
    """Language and words of every run of text, in the order of the page."""
    parser = _Languages()
    parser.feed(html)
    return parser.words
