"""Heat tables: real tables with letters in their cells, and a colour that helps to find them."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

# How a letter is written in the name of a class.
SIGNS = {"+": "-plus", "-": "-minus", "−": "-minus"}
WITHHELD, UNKNOWN, CLAIMED, NOT_APPLICABLE = "withheld", "unknown", "claimed", "not_applicable"
FEW = "few"  # too few answered to tell
NOT_ASKED = "not_asked"
NOT_TOLD = "not_told"  # known, and not public

WORDS = {
    WITHHELD: _("withheld"),
    UNKNOWN: _("not known"),
    FEW: _("too few answers"),
    NOT_ASKED: _("not asked"),
    NOT_TOLD: _("not public"),
    CLAIMED: _("claimed"),
    NOT_APPLICABLE: _("not applicable"),
}


def heat_class(letter: str | None, state: str = "") -> str:
    """Return the class that colours a letter: heat-N, heat-P-minus, heat-P, heat-P-plus … heat-F."""
    if state == NOT_ASKED:
        return "heat-not-applicable"
    if state == NOT_TOLD:
        return "heat-few"
    if state in (WITHHELD, FEW, NOT_APPLICABLE):
        return f"heat-{state.replace('_', '-')}"
    if not letter:
        return "heat-unknown"
    return f"heat-{letter[0]}{SIGNS.get(letter[1:], '')}"


@dataclass(frozen=True)
class HeatCell:
    """A letter, a note beside it (a range, a number), and a state: withheld, unknown, few, claimed, not_applicable,
    not_asked, not_told.
    """

    letter: str
    note: str = ""
    state: str = ""

    @property
    def css(self) -> str:
        """The class of its colour."""
        return heat_class(self.letter, self.state)

    @property
    def words(self) -> str:
        """What stands in place of a letter, or after it."""
        found = WORDS.get(self.state) or ("" if self.letter else WORDS[UNKNOWN])
        return str(found)

    @property
    def sign(self) -> str:
        """What stands for the words, which are read out, where there would be many of them."""
        if self.letter:
            return ""
        return {"": "?", UNKNOWN: "?", FEW: "–", NOT_TOLD: "–"}.get(self.state, "")


@dataclass(frozen=True)
class HeatRow:
    """A row: what it is about, and its cells in the order of the columns. `link` leads to more about it."""

    head: str
    cells: tuple[HeatCell, ...]
    link: str = ""
    note: str = ""


@dataclass(frozen=True)
class HeatTable:
    """For the template `assessments/pictures/_heat.html`. `sentence` says what it shows, `corner` what the rows are."""

    caption: str
    sentence: str
    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    corner: str = ""

    def for_paper(self) -> "HeatTable":
        """The same with its sentence as its caption: on paper there is room for one of them."""
        return replace(self, caption=self.sentence, sentence="")
