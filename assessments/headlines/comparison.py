"""What a comparison can teach, in one sentence each; nobody is ahead."""

from django.utils.translation import gettext, ngettext

from assessments.documents.comparison import ComparisonDocument
from assessments.headlines.sentence import Sentence

APART = frozenset({"first_higher", "second_higher"})


def comparison_headline(comparison: ComparisonDocument) -> list[Sentence]:
    """Say what can be learnt, and how many pairs of figures can be told apart."""
    return [_to_learn(comparison), _told_apart(comparison)]


def _to_learn(comparison: ComparisonDocument) -> Sentence:
    found = len(comparison.learn_from)
    if not found:
        return Sentence(gettext("Nothing here is shown in full by one process and found lacking by another."))
    words = ngettext(
        "On %(n)s question one process shows in full what another finds lacking in itself.",
        "On %(n)s questions one process shows in full what another finds lacking in itself.",
        found,
    )
    return Sentence(words, n=found)


def _told_apart(comparison: ComparisonDocument) -> Sentence:
    verdicts = [entry.verdict for pair in comparison.pairs for entry in pair.attributes]
    apart = sum(verdict in APART for verdict in verdicts)
    if not verdicts:
        return Sentence(gettext("There are no two processes to compare."))
    words = ngettext(
        "Of %(total)s pair of figures %(n)s can be told apart.",
        "Of %(total)s pairs of figures %(n)s can be told apart.",
        len(verdicts),
    )
    return Sentence(words, total=len(verdicts), n=apart)
