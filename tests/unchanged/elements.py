"""What HTML elements do to the whitespace beside them, as browsers see it without a style sheet."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOID = _words("area base br col embed hr img input link meta source track wbr")

# Before, in and after them a line begins: whitespace there is never shown.
BLOCK = _words(
    """
    html head body title base article aside address blockquote br caption center col colgroup dd details dialog div dl
    dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup
    option p pre search section summary table tbody td tfoot th thead tr ul datalist
    """
)

# They stand in a line like a letter, and have lines of their own inside.
BOX = _words("audio button canvas iframe img input meter object progress select svg textarea video")

# Inside drawings only these are text that runs on.
RUNNING_IN_SVG = frozenset({"a", "tspan", "textpath"})

# Their text is shown as it is written.
VERBATIM = frozenset({"pre", "textarea", "script", "style"})

# An open element (second) ends where another begins (first), unless one of the last stands between.
_CELLS = frozenset({"td", "th"})
_ROWS = frozenset({"thead", "tbody", "tfoot"})
ENDED_BY: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "option": (frozenset({"option"}), frozenset({"select", "datalist", "optgroup"})),
    "optgroup": (frozenset({"option", "optgroup"}), frozenset({"select"})),
    "td": (_CELLS, frozenset({"tr"})),
    "th": (_CELLS, frozenset({"tr"})),
    "tr": (frozenset({"tr"}), frozenset({"table"}) | _ROWS),
    "thead": (_ROWS, frozenset({"table"})),
    "tbody": (_ROWS, frozenset({"table"})),
    "tfoot": (_ROWS, frozenset({"table"})),
}
# What ends an open paragraph by beginning.
ENDS_PARAGRAPH = BLOCK - _words("html head body title base br caption col colgroup dd dt legend li option")
SCOPE_OF_PARAGRAPH = frozenset({"button", "td", "th", "caption", "object", "table"})

# Values that are lists of words, or geometry: how they are spaced means nothing.
SPACED = _words(
    """
    accept aria-controls aria-describedby aria-details aria-flowto aria-labelledby aria-owns class content d for
    headers itemprop media points rel sandbox sizes srcset style transform viewbox
    """
)
