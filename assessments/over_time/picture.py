"""The picture of a process over time: one small picture of each attribute, from the document alone."""

from collections.abc import Sequence

from django.utils.translation import gettext

from assessments.documents.comparison import AttributeHead
from assessments.documents.over_time import OverTimeDocument
from assessments.headlines import short_title
from assessments.over_time import sentences, words
from assessments.pictures import TimeLines, TimePanel, TimePiece, TimeRound

FEW = 4  # rounds that have room for words under a small picture


def time_lines(document: OverTimeDocument) -> TimeLines:
    """Return the picture with its words. Matched scores are joined; where nothing is compared, a round's own stands."""
    is_many = len(document.rounds) > FEW
    by_number = [gettext("Rounds by their numbers; a dash where there is no score.")] if is_many else []
    values = {"first": document.rounds[0].round, "last": document.rounds[-1].round}
    return TimeLines(
        sentence=gettext("Each attribute from round %(first)s to round %(last)s; points from 0 to 100.") % values,
        panels=tuple(_panel(document, head) for head in document.attributes),
        keys=(
            str(words.PICTURE_KEY),
            gettext("Bands from below: not, partly, largely, fully."),
            *by_number,
        ),
    )


def _panel(document: OverTimeDocument, head: AttributeHead) -> TimePanel:
    rounds = tuple(_round(document, head, number) for number in range(len(document.rounds)))
    pieces = tuple(piece for number in range(len(document.steps)) for piece in _pieces(document, head, number))
    joined = {place for piece in pieces for place in (piece.start, piece.start + 1)}
    standings = [entry.standing(head.code) for entry in document.rounds]
    alone = tuple(
        (place, standing.score.number)
        for place, standing in enumerate(standings)
        if place not in joined and standing is not None and standing.score is not None
    )
    return TimePanel(
        short_title(head), _sentence(head, [entry.round for entry in document.rounds], rounds), rounds, pieces, alone
    )


def _round(document: OverTimeDocument, head: AttributeHead, number: int) -> TimeRound:
    entry = document.rounds[number]
    found = entry.standing(head.code)
    is_few = len(document.rounds) <= FEW
    return TimeRound(
        label=sentences.round_name(entry) if is_few else str(entry.round),
        letter=(found.letter or "") if found else "",
        whole=found.score.whole if found and found.score else "",
        words=sentences.no_figure(found),
        is_few=is_few,
    )


def _pieces(document: OverTimeDocument, head: AttributeHead, number: int) -> list[TimePiece]:
    later = document.steps[number].later
    found = document.step(later, head.code)
    if found is None or found.before is None or found.after is None:
        return []
    is_broken = document.break_before(later, head.code) is not None
    return [TimePiece(number, found.before.number, found.after.number, is_broken=is_broken)]


def _sentence(head: AttributeHead, numbers: Sequence[int], rounds: Sequence[TimeRound]) -> str:
    said = [
        gettext("round %(round)s %(letter)s %(points)s") % {"round": number, "letter": one.letter, "points": one.whole}
        if one.letter
        else gettext("round %(round)s %(words)s") % {"round": number, "words": one.words}
        for number, one in zip(numbers, rounds, strict=True)
    ]
    return gettext("%(name)s: %(rounds)s.") % {"name": short_title(head), "rounds": ", ".join(said)}
