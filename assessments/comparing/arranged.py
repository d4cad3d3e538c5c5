"""How somebody wants a comparison arranged: in which order, told from which process, on which attributes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.documents.comparison import AttributeHead, Order
from assessments.documents.result import ResultDocument

NO_REFERENCE = "none"


@dataclass(frozen=True)
class Arrangement:
    """What a reader chose. Codes are of assessments and attributes; what is not in the comparison changes nothing.

    `first` are the codes that stand first, in this order (`own`: because they are the reader's own), the rest follows
    by name. `attributes` empty: all of them.
    """

    first: tuple[str, ...] = ()
    own: bool = False
    reference: str = ""
    attributes: tuple[str, ...] = ()


def ordered(results: Sequence[ResultDocument], first: Sequence[str] = ()) -> list[ResultDocument]:
    """Those named first, in that order; the rest by name, processes of one name by the code of an assessment.

    Rounds of one process stand together there, latest first.
    """
    place: dict[str, str] = {}
    for result in results:
        code = result.assessment.code
        place[result.process.code] = min(place.get(result.process.code, code), code)
    by_name = sorted(
        results,
        key=lambda result: (result.process.name.casefold(), place[result.process.code], -result.assessment.round),
    )
    rank = {code: number for number, code in enumerate(first)}
    return sorted(by_name, key=lambda result: rank.get(result.assessment.code, len(rank)))


def order_of(results: Sequence[ResultDocument], arrangement: Arrangement) -> Order:
    """In which order the results stand, once some stand first."""
    if not {result.assessment.code for result in results} & set(arrangement.first):
        return "name"
    return "own" if arrangement.own else "chosen"


def reference_in(results: Sequence[ResultDocument], reference: str) -> str:
    """The code of the process that sentences are told from, "" where it is not among what is compared.

    Rounds of one process are told one from another anyway.
    """
    processes = {result.process.code for result in results}
    found = [result for result in results if result.assessment.code == reference]
    return reference if found and len(processes) > 1 else ""


def split_heads(
    heads: Sequence[AttributeHead], attributes: Sequence[str]
) -> tuple[list[AttributeHead], list[AttributeHead]]:
    """The attributes to be shown, and those left aside; all are shown where none of those wished for is there."""
    wanted = [head for head in heads if head.code in attributes]
    return (wanted, [head for head in heads if head not in wanted]) if wanted else (list(heads), [])


def moved_to(codes: Sequence[str], places: Mapping[str, int]) -> list[str]:
    """The codes in the order of the places that somebody gave them, counted from 1.

    Two may have been given one place: who was moved up stands before who had it, who was moved down after it.
    """

    def key(entry: tuple[int, str]) -> tuple[int, int]:
        before, code = entry
        place = places.get(code, before)
        return place, (place > before) - (place < before)

    return [code for _before, code in sorted(enumerate(codes, start=1), key=key)]
