"""What a comparison can teach, in whole sentences. Nobody is ahead: no sentence ranks."""

from django.utils.translation import gettext, ngettext

from assessments.documents.comparison import ComparisonDocument
from assessments.headlines.sentence import Sentence

APART = frozenset({"first_higher", "second_higher"})


def comparison_headline(comparison: ComparisonDocument) -> list[Sentence]:
    """Say what can be learnt, and how many pairs of figures can be told apart."""
    if comparison.pairs:
        return [_to_learn(comparison), _told_apart(comparison)]
    return [Sentence(gettext("There are no two results here that can be compared."))]


def _to_learn(comparison: ComparisonDocument) -> Sentence:
    shows = {standing.code for entry in comparison.learn_from for standing in entry.teachers}
    total = len(comparison.processes)
    if not shows:
        return Sentence(gettext("Nothing is shown in full by one process here that another says it lacks."))
    if len(shows) == total:
        words = gettext("Each of the %(n)s processes shows something in full that another says it lacks.")
        return Sentence(words, n=total)
    words = ngettext(
        "%(n)s of %(total)s processes shows something in full that another says it lacks.",
        "%(n)s of %(total)s processes show something in full that another says it lacks.",
        len(shows),
    )
    return Sentence(words, n=len(shows), total=total)


def _told_apart(comparison: ComparisonDocument) -> Sentence:
    verdicts = [entry.verdict for pair in comparison.pairs for entry in pair.attributes]
    compared = [verdict for verdict in verdicts if verdict != "not_compared"]
    apart = sum(verdict in APART for verdict in compared)
    if not compared:
        return Sentence(gettext("No two figures can be compared: too little is known and shown."))
    if not apart:
        words = ngettext(
            "%(n)s pair of figures can be compared, and cannot be told apart.",
            "%(n)s pairs of figures can be compared, and none of them can be told apart.",
            len(compared),
        )
        return Sentence(words, n=len(compared))
    words = ngettext(
        "%(total)s pair of figures can be compared, and can be told apart.",
        "Of %(total)s pairs of figures that can be compared, %(n)s can be told apart.",
        len(compared),
    )
    return Sentence(words, total=len(compared), n=apart)
