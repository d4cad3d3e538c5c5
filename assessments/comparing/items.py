"""Items side by side: what each process says of each, and which of them tell most. Pure, from frozen results."""

from collections.abc import Collection, Iterable, Sequence

from assessments.documents.comparison_parts import ComparedAnswer, ComparedItem, ItemState
from assessments.documents.result import ItemResult, ResultDocument

LETTERS = "NPLF"
TELLING = 10  # how many fit beside the rest of a page

_Held = dict[str, ItemResult]


def compared_items(results: Sequence[ResultDocument], attributes: Collection[str]) -> list[ComparedItem]:
    """Return the scored items of these attributes in the order of the questions, with what each result says of them.

    In another wording it is another item, which stands beside the first one.
    """
    found: dict[str, dict[tuple[str, int], _Held]] = {code: {} for code in attributes}
    for result in results:
        for attribute in result.attributes:
            if attribute.code not in found:
                continue
            for question in attribute.questions:
                for item in question.items:
                    if item.scored:
                        held = found[attribute.code].setdefault((item.code, item.revision), {})
                        held[result.assessment.code] = item
    codes = [result.assessment.code for result in results]
    return [
        _compared(attribute, held, codes)
        for attribute, items in found.items()
        for _key, held in sorted(items.items(), key=lambda entry: _place(entry[0], list(items)))
    ]


def telling(items: Iterable[ComparedItem], limit: int = TELLING) -> list[ComparedItem]:
    """The items on which the processes say the most different things: those furthest apart, critical ones first.

    They come in the order of the questions. None where all say the same.
    """
    kept = [item for item in items if spread(item)]
    first = sorted(kept, key=lambda item: (-spread(item), not item.critical))[:limit]
    return [item for item in kept if item in first]


def spread(item: ComparedItem) -> int:
    """How many levels lie between the highest and the lowest letter claimed."""
    levels = [LETTERS.index(letter) for letter in item.letters() if letter in LETTERS]
    return max(levels) - min(levels) if levels else 0


def _place(key: tuple[str, int], keys: list[tuple[str, int]]) -> tuple[int, int]:
    """Wordings of one item stand together, the newest first."""
    return min(keys.index(other) for other in keys if other[0] == key[0]), -key[1]


def _compared(attribute: str, held: _Held, codes: Sequence[str]) -> ComparedItem:
    item = next(iter(held.values()))
    return ComparedItem(
        item=item.code,
        revision=item.revision,
        short=item.short,
        attribute=attribute,
        critical=item.critical,
        answers=[_answer(code, held.get(code)) for code in codes],
    )


def _answer(code: str, item: ItemResult | None) -> ComparedAnswer:
    state = _state(item)
    letter = item.claimed_letter or "" if item and state in ("shown", "claimed") else ""
    return ComparedAnswer(code=code, letter=letter, state=state)


def _state(item: ItemResult | None) -> ItemState:
    if item is None:
        return "not_asked"
    if item.by_kind or item.state == "not_applicable":
        return "not_applicable"
    if not item.claimed_letter:
        return "open"
    return "shown" if item.shown else "claimed"
