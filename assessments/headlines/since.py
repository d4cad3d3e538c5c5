"""What is lower and what is better than last time, in one sentence."""

from collections.abc import Sequence

from django.utils.translation import gettext

from assessments.headlines.names import Named, first_in_sentence, in_sentence
from assessments.headlines.sentence import Sentence


def since_last_time(lower: Sequence[Named], better: Sequence[Named]) -> Sentence | None:
    """Say which attributes are lower and which better than last time, what is lower first; None where none is."""
    if lower and better:
        if len(lower) == len(better) == 1:
            words = gettext("%(lower)s is lower than last time; %(better)s is better.")
            return Sentence(words, lower=first_in_sentence(lower[0]), better=in_sentence(better[0]))
        words = gettext("Since last time, attributes that are lower: %(lower)s; better: %(better)s.")
        return Sentence(words, lower=len(lower), better=len(better))
    if lower:
        return _lower(lower)
    return _better(better) if better else None


def _lower(found: Sequence[Named]) -> Sentence:
    if len(found) == 1:
        words = gettext("%(name)s is lower than last time; of no other attribute can that be said.")
        return Sentence(words, name=first_in_sentence(found[0]))
    return Sentence(gettext("%(n)s attributes are lower than last time; none can be said to be better."), n=len(found))


def _better(found: Sequence[Named]) -> Sentence:
    if len(found) == 1:
        words = gettext("%(name)s is better than last time; of no other attribute can that be said.")
        return Sentence(words, name=first_in_sentence(found[0]))
    return Sentence(gettext("%(n)s attributes are better than last time; none can be said to be lower."), n=len(found))
