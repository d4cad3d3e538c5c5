"""What became of what was promised, in one sentence: each kind is a whole one. Numbers stand where no word has to agree
with more than one of them."""

from typing import NamedTuple

from django.utils.translation import gettext, gettext_lazy, ngettext, ngettext_lazy

from assessments.documents.annual import PromisesPart
from assessments.headlines.sentence import Name, Sentence


class _Fates(NamedTuple):
    """Which fates there are among several promises: kept, late, waiting, dropped."""

    kept: bool = False
    late: bool = False
    waiting: bool = False
    dropped: bool = False


# Of one promise.
ONE = {
    "kept": gettext_lazy("The one promise of last time is kept."),
    "late": gettext_lazy("The one promise of last time is late."),
    "waiting": gettext_lazy("The one promise of last time is open, and not late."),
    "dropped": gettext_lazy("The one promise of last time was dropped."),
}


# Of several that have the same fate.
ALL = {
    "kept": gettext_lazy("All %(total)s promises of last time are kept."),
    "late": gettext_lazy("All %(total)s promises of last time are late."),
    "waiting": gettext_lazy("All %(total)s promises of last time are open, and none is late."),
    "dropped": gettext_lazy("All %(total)s promises of last time were dropped."),
}


# Of several with different fates, by which there are; the verb goes with how many are kept.
SOME_KEPT = {
    _Fates(kept=True, late=True): ngettext_lazy(
        "Of %(total)s promises, %(kept)s is kept and %(late)s late.",
        "Of %(total)s promises, %(kept)s are kept and %(late)s late.",
        "kept",
    ),
    _Fates(kept=True, waiting=True): ngettext_lazy(
        "Of %(total)s promises, %(kept)s is kept and %(waiting)s open, not late.",
        "Of %(total)s promises, %(kept)s are kept and %(waiting)s open, not late.",
        "kept",
    ),
    _Fates(kept=True, dropped=True): ngettext_lazy(
        "Of %(total)s promises, %(kept)s is kept and %(dropped)s dropped.",
        "Of %(total)s promises, %(kept)s are kept and %(dropped)s dropped.",
        "kept",
    ),
    _Fates(kept=True, late=True, waiting=True): ngettext_lazy(
        "Of %(total)s promises, %(kept)s is kept, %(late)s late and %(waiting)s open, not late.",
        "Of %(total)s promises, %(kept)s are kept, %(late)s late and %(waiting)s open, not late.",
        "kept",
    ),
    _Fates(kept=True, late=True, dropped=True): ngettext_lazy(
        "Of %(total)s promises, %(kept)s is kept, %(late)s late and %(dropped)s dropped.",
        "Of %(total)s promises, %(kept)s are kept, %(late)s late and %(dropped)s dropped.",
        "kept",
    ),
    _Fates(kept=True, waiting=True, dropped=True): ngettext_lazy(
        "Of %(total)s promises, %(kept)s is kept, %(waiting)s open and not late, and %(dropped)s dropped.",
        "Of %(total)s promises, %(kept)s are kept, %(waiting)s open and not late, and %(dropped)s dropped.",
        "kept",
    ),
    _Fates(kept=True, late=True, waiting=True, dropped=True): ngettext_lazy(
        "Of %(total)s promises, %(kept)s is kept, %(late)s late, %(waiting)s open and not late, and %(dropped)s "
        "dropped.",
        "Of %(total)s promises, %(kept)s are kept, %(late)s late, %(waiting)s open and not late, and %(dropped)s "
        "dropped.",
        "kept",
    ),
}


NONE_KEPT = {
    _Fates(late=True, waiting=True): gettext_lazy(
        "None of the %(total)s promises is kept yet: %(late)s late, %(waiting)s open and not late."
    ),
    _Fates(late=True, dropped=True): gettext_lazy(
        "None of the %(total)s promises is kept: %(late)s late, %(dropped)s dropped."
    ),
    _Fates(waiting=True, dropped=True): gettext_lazy(
        "None of the %(total)s promises is kept yet: %(waiting)s open and not late, %(dropped)s dropped."
    ),
    _Fates(late=True, waiting=True, dropped=True): gettext_lazy(
        "None of the %(total)s promises is kept yet: %(late)s late, %(waiting)s open and not late, %(dropped)s dropped."
    ),
}


def promises_headline(promised: PromisesPart, promises: PromisesPart) -> Sentence:
    """Say what became of what was promised last time; where nothing was, how much is promised now."""
    counts = {
        "kept": promised.kept,
        "late": promised.late,
        "waiting": promised.waiting,
        "dropped": promised.dropped,
    }
    there = [name for name, count in counts.items() if count]
    if not there:
        return _nothing_then(promised, promises)
    if promised.total == 1:
        return _numbers(ONE[there[0]])
    slots = {"total": promised.total, **counts}
    if len(there) == 1:
        return _numbers(ALL[there[0]] % slots)
    fates = _Fates(**dict.fromkeys(there, True))
    return _numbers((SOME_KEPT if fates.kept else NONE_KEPT)[fates] % slots)


def _numbers(words: object) -> Sentence:
    """A sentence with no names in it."""
    return Sentence("%(said)s", said=Name.of_page(words))


def first_round(promises: PromisesPart) -> Sentence:
    if not promises.total and promises.has_others:
        return Sentence(gettext("This is the first round; what is promised on it is not public."))
    if not promises.total:
        return Sentence(gettext("This is the first round, and nothing is promised on it yet."))
    words = ngettext(
        "This is the first round; %(n)s promise is made on it.",
        "This is the first round; %(n)s promises are made on it.",
        promises.total,
    )
    return Sentence(words, n=promises.total)


def _nothing_then(promised: PromisesPart, promises: PromisesPart) -> Sentence:
    if promised.has_others:
        return Sentence(gettext("What was promised last time is not public."))
    if not promises.total:
        return Sentence(gettext("Nothing was promised last time."))
    words = ngettext(
        "Nothing was promised last time; %(n)s promise is made now.",
        "Nothing was promised last time; %(n)s promises are made now.",
        promises.total,
    )
    return Sentence(words, n=promises.total)
