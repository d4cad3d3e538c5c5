"""What became of a process from round to round, in whole sentences. What moved is said, and nothing of why."""

from collections import Counter

from django.utils.translation import gettext, ngettext

from assessments.documents.over_time import OverTimeDocument
from assessments.headlines.names import Named, first_in_sentence
from assessments.headlines.sentence import Sentence
from assessments.headlines.since import since_last_time


def over_time_headline(document: OverTimeDocument) -> list[Sentence]:
    """Say what moved from the round before to the newest, and how much of it rating again alone would move.

    Where nothing is compared, why.
    """
    if all(entry.why for entry in document.last_step.attributes):
        return [_nothing(document)]
    return [_what_moved(document), _by_chance(document)]


def _with_verdict(document: OverTimeDocument, verdict: str) -> list[Named]:
    heads = {head.code: head for head in document.attributes}
    return [heads[entry.attribute] for entry in document.last_step.attributes if entry.verdict == verdict]


def _what_moved(document: OverTimeDocument) -> Sentence:
    said = since_last_time(_with_verdict(document, "lower"), _with_verdict(document, "better"))
    if said is not None:
        return said
    shown = _with_verdict(document, "mostly_shown")
    if len(shown) == 1:
        words = gettext("%(name)s changed since last time, mostly in what is shown; of no other can more be said.")
        return Sentence(words, name=first_in_sentence(shown[0]))
    if shown:
        words = gettext("%(n)s attributes changed since last time, mostly in what is shown.")
        return Sentence(words, n=len(shown))
    compared = sum(entry.why is None for entry in document.last_step.attributes)
    words = ngettext(
        "On the %(n)s attribute that can be compared nothing changed by more than rating again would give.",
        "On none of the %(n)s attributes that can be compared did more change than rating again would give.",
        compared,
    )
    return Sentence(words, n=compared)


def _by_chance(document: OverTimeDocument) -> Sentence:
    compared = [entry for entry in document.last_step.attributes if entry.why is None]
    moved = sum(len(entry.moved) for entry in compared)
    items = sum(entry.items for entry in compared)
    chance = sum(entry.expected_moves or 0 for entry in compared)
    if not moved:
        words = ngettext(
            "The %(items)s item that was answered both times did not move.",
            "None of the %(items)s items that were answered both times moved.",
            items,
        )
        return Sentence(words, items=items)
    words = ngettext(
        "Of %(items)s item answered both times, %(moved)s moved; rating again alone would move about %(chance)s.",
        "Of %(items)s items answered both times, %(moved)s moved; rating again alone would move about %(chance)s.",
        items,
    )
    return Sentence(words, items=items, moved=moved, chance=chance)


def _nothing(document: OverTimeDocument) -> Sentence:
    """Why nothing of the two newest rounds is compared: what holds for most attributes."""
    earlier, later = document.rounds[-2], document.rounds[-1]
    why = Counter(entry.why for entry in document.last_step.attributes).most_common(1)
    if why and why[0][0] == "reviews":
        reviewed, not_reviewed = (later, earlier) if later.assurance == "reviewed" else (earlier, later)
        words = gettext(
            "Nothing can be compared with last time: round %(reviewed)s was reviewed and round %(other)s was not."
        )
        return Sentence(words, reviewed=reviewed.round, other=not_reviewed.round)
    if why and why[0][0] == "little_in_common":
        words = gettext(
            "Nothing can be compared with last time: too little was asked alike and answered in both rounds, "
            "%(earlier)s and %(later)s."
        )
        return Sentence(words, earlier=earlier.round, later=later.round)
    words = gettext("Nothing can be compared between round %(earlier)s and round %(later)s.")
    return Sentence(words, earlier=earlier.round, later=later.round)
