"""The terms that remain, each with what it means in plain words and where the method explains it.

One list feeds help on tap (`{% term %}`), the page "Words explained" and docs/terms.md. A term is looked up by its key.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# As many terms as may stand on the way to a first result.
FIRST_MOST = 15


@dataclass(frozen=True)
class Term:
    """A term: what it is called, its meaning in one line, and the part of the page on the method, "" where none.

    `first`: it stands on the way to a first result.
    """

    key: str
    name: Promise
    meaning: Promise
    section: str = ""
    first: bool = False


TERMS: tuple[Term, ...] = (
    # --- On the way to a first result -------------------------------------------------------------------------
    Term(
        "attribute",
        _("attribute"),
        _("One of the sides of a process that are looked at, for example taking part or decision-making."),
        "attribute-score",
        first=True,
    ),
    Term(
        "stakeholder_group",
        _("stakeholder group"),
        _("People or organisations with a common interest in what the process deals with."),
        "groups",
        first=True,
    ),
    Term(
        "round",
        _("round"),
        _("One assessment of a process. The next one, when things have changed, is another round."),
        "over-time",
        first=True,
    ),
    Term(
        "level", _("level"), _("How far something is achieved: not, partly, largely, or fully."), "answers", first=True
    ),
    Term(
        "letter",
        _("letter"),
        _("N not, P partly, L largely, F fully achieved; + and - are the upper and lower half of P and L."),
        "attribute-score",
        first=True,
    ),
    Term(
        "dont_know",
        _("don't know"),
        _("An honest answer. It lowers nothing and raises nothing; it shows what has to be found out."),
        "answers",
        first=True,
    ),
    Term(
        "not_applicable",
        _("not applicable"),
        _("It cannot be the case for this process, for a reason that is given. It counts neither way."),
        "answers",
        first=True,
    ),
    Term(
        "evidence",
        _("evidence"),
        _("A document, record or description that shows that an answer holds."),
        "evidence",
        first=True,
    ),
    Term(
        "claimed", _("claimed"), _("Said by the organiser. What nothing shows counts for less."), "evidence", first=True
    ),
    Term(
        "shown",
        _("shown"),
        _("Backed by a document, record or description; or nothing is claimed."),
        "evidence",
        first=True,
    ),
    Term(
        "critical",
        _("critical"),
        _("So much rests on it that an attribute cannot stand high without it."),
        "attribute-score",
        first=True,
    ),
    Term(
        "range",
        _("range"),
        _("How low and high a figure could still be, as some of it is not known or not shown."),
        "attribute-score",
        first=True,
    ),
    Term(
        "provisional",
        _("provisional"),
        _("An early sign: less than two thirds are known or shown, or something critical is missing."),
        "attribute-score",
        first=True,
    ),
    Term(
        "withheld",
        _("withheld"),
        _("No figure is given, because less than half is known or shown."),
        "attribute-score",
        first=True,
    ),
    # --- Where stakeholders were asked, rounds and processes are compared, and in annexes ----------------------
    Term(
        "opened",
        _("opened by a second person"),
        _("Somebody who did not enter the evidence has opened it and found that it shows the point."),
        "evidence",
    ),
    Term(
        "contradiction",
        _("contradiction"),
        _("Two answers that cannot both hold. The question set says which; one of them is treated as not known."),
        "answers",
    ),
    Term(
        "divided",
        _("divided"),
        _("Two groups are a full level apart or more, and further than chance would put them."),
        "disagreement",
    ),
    Term(
        "may_be_divided",
        _("may be divided"),
        _("Two groups are a full level apart or more, but too few people answered to tell it from chance."),
        "disagreement",
    ),
    Term("differing", _("differing"), _("Two groups are half a level apart or more."), "disagreement"),
    Term("aligned", _("aligned"), _("All groups are within half a level of each other."), "disagreement"),
    Term(
        "blind_spot",
        _("possible blind spot"),
        _("The organiser shows it, and stakeholders see at least a full level less."),
        "disagreement",
    ),
    Term(
        "hidden_strength",
        _("hidden strength"),
        _("Stakeholders see at least a full level more than the organiser shows."),
        "disagreement",
    ),
    Term(
        "sampling_range",
        _("90 % range"),
        _("Where the score would lie in nine of ten cases if other people of the same groups had answered."),
        "sampling",
    ),
    Term(
        "pooled",
        _("pooled"),
        _("Small groups are counted together, so that nobody can tell who answered what."),
        "disclosure",
    ),
    Term(
        "on_record",
        _("on the record"),
        _("The group gives one answer under its name, and everybody may read it."),
        "groups",
    ),
    Term(
        "restricted",
        _("restricted version"),
        _("For the steering group only: it has what each group said of each question, and comments."),
        "disclosure",
    ),
    Term(
        "told_apart",
        _("told apart"),
        _("Two figures differ by more than two people rating the same would make, and their ranges do not touch."),
        "comparison",
    ),
    Term(
        "rating_again",
        _("rating again"),
        _("The same people rating the same process a second time would give slightly other levels."),
        "over-time",
    ),
    Term(
        "matched",
        _("matched questions"),
        _("Those that both were asked in the same words. Only they count where two results are compared."),
        "comparison",
    ),
    Term(
        "index",
        _("summary index"),
        _("One figure for all attributes. It hides which is weak, so it is printed only where it was asked for."),
        "overall",
    ),
)

TERM_OF = {term.key: term for term in TERMS}


def terms_by_name() -> list[Term]:
    """All terms, in the order of their names in the language of the page."""
    return sorted(TERMS, key=lambda term: str(term.name).casefold())
