"""What a comparison can teach, in whole sentences. Nobody is ahead: no sentence ranks."""

from django.utils.translation import gettext, ngettext

from assessments.documents.comparison import ComparisonDocument
from assessments.headlines.sentence import Sentence

APART = frozenset({"first_higher", "second_higher"})


def comparison_headline(comparison: ComparisonDocument) -> list[Sentence]:
    """Say what can be learnt, and how many pairs of figures can be told apart; of rounds, how many figures changed."""
    found = []
    if comparison.pairs:
        found += [_to_learn(comparison), _told_apart(comparison)]
    if comparison.rounds:
        found.append(_over_time(comparison))
    return found or [Sentence(gettext("There are no two results here that can be compared."))]


def _to_learn(comparison: ComparisonDocument) -> Sentence:
    shows = {standing.code for entry in comparison.learn_from for standing in entry.teachers}
    total = len({process.process_code for process in comparison.processes})
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


def _over_time(comparison: ComparisonDocument) -> Sentence:
    """Of each two rounds in a row; the comparison with the first round would count a change twice."""
    numbers = {process.code: process.round for process in comparison.processes}
    latest: dict[str, str] = {}
    for pair in comparison.rounds:
        if numbers[pair.earlier] > numbers.get(latest.get(pair.later, ""), 0):
            latest[pair.later] = pair.earlier
    verdicts = [
        entry.verdict
        for pair in comparison.rounds
        if latest[pair.later] == pair.earlier
        for entry in pair.attributes
        if entry.verdict is not None
    ]
    better, lower = verdicts.count("better"), verdicts.count("lower")
    words = ngettext(
        "Over time, of %(total)s figure %(better)s is better and %(lower)s lower than rating again would give.",
        "Over time, of %(total)s figures %(better)s are better and %(lower)s lower than rating again would give.",
        len(verdicts),
    )
    return Sentence(words, total=len(verdicts), better=better, lower=lower)
