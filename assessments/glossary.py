"""The terms that remain, each with what it means in plain words and where the method explains it.

One list feeds help on tap (`{% term %}`), the glossary page and docs/terms.md. A term is looked up by its key.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Term:
    """A term: what it is called, its meaning in one line, and the section of docs/method.md, "" where none."""

    key: str
    name: Promise
    meaning: Promise
    section: str = ""


TERMS: tuple[Term, ...] = (
    Term(
        "attribute",
        _("attribute"),
        _("One of the sides of a process that are looked at, for example taking part or decision-making."),
    ),
    Term("shown", _("shown"), _("Backed by a document, record or description; or nothing is claimed.")),
    Term("claimed", _("claimed"), _("Said by the organiser. What nothing shows counts for less.")),
    Term("not_known", _("not known"), _("Nobody has answered, or the answer is “don't know”.")),
    Term("evidence", _("evidence"), _("A document, record or description that shows that an answer holds.")),
    Term("range", _("range"), _("How low and high a figure could still be, as some of it is not known or not shown.")),
    Term("level", _("level"), _("How far something is achieved: not, partially, largely, or fully.")),
    Term("critical", _("critical"), _("So much rests on it that an attribute cannot stand high without it.")),
    Term("provisional", _("provisional"), _("Too little is known or shown yet: read it as an early sign.")),
    Term("withheld", _("withheld"), _("No figure is given, because less than half is known or shown.")),
    Term("divided", _("divided"), _("Two groups are a full level apart or more, further than chance would put them.")),
    Term("blind_spot", _("possible blind spot"), _("It is shown, and stakeholders see at least a level less.")),
    Term("stakeholder_group", _("stakeholder group"), _("People with a common interest in what the process decides.")),
    Term("told_apart", _("told apart"), _("Further apart than two people rating the same thing would be.")),
    Term("round", _("round"), _("One assessment of a process; the next one, later, is another round.")),
)

_BY_KEY = {term.key: term for term in TERMS}


def term_of(key: str) -> Term:
    """The term with this key; KeyError if there is none."""
    return _BY_KEY[key]
