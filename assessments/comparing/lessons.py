"""What processes can learn from each other, and what they find hard together: by what each says of itself.

An answer that only counts for less because little is shown is no weakness, so levels are those claimed (method 3.10),
each with whether it is shown.
"""

from collections.abc import Mapping, Sequence

from assessments.documents.comparison_parts import ItemStanding, LearnFrom, SharedWeakness
from assessments.documents.panel import PanelDocument
from assessments.documents.result import ItemResult, ResultDocument
from assessments.scoring.experience import GroupVerdict
from assessments.scoring.method import FULL_SCORE, PERCEPTION_ITEM_POINTS
from assessments.vocabulary import EvidenceClass
from assessments.web_addresses import is_web_address

TOP = "F"
LOW = frozenset({"N", "P"})
# At least half of the processes that answered, and no fewer than two.
SHARED_BY = 2

_Holder = tuple[str, ItemResult]


def learn_from(results: Sequence[ResultDocument], panels: Mapping[str, PanelDocument] | None = None) -> list[LearnFrom]:
    """Return the items one process has in full, with a link to show for it, and another puts at N or P itself.

    `panels` are the public results of waves by code of assessment: nobody is a model whose own stakeholders speak
    against it. Most learners first, then critical items, then in the order of the questions.
    """
    asked = panels or {}
    found = []
    for attribute, holders in _by_item(results):
        teachers = [
            (code, item) for code, item in holders if _shows(item) and not _spoken_against(item, asked.get(code))
        ]
        learners = [(code, item) for code, item in holders if item.claimed_letter in LOW]
        if teachers and learners:
            item = teachers[0][1]
            found.append(
                LearnFrom(
                    item=item.code,
                    short=item.short,
                    attribute=attribute,
                    critical=item.critical,
                    teachers=[_standing(*holder, links=True) for holder in teachers],
                    learners=[_standing(*holder) for holder in learners],
                )
            )
    return sorted(found, key=lambda entry: (-len(entry.learners), not entry.critical))


def shared_weaknesses(results: Sequence[ResultDocument]) -> list[SharedWeakness]:
    """Return the items that at least half of the results that answered them, and at least two, put at N or P.

    Most affected first, then critical items, then in the order of the questions.
    """
    found = []
    for attribute, holders in _by_item(results):
        lettered = [(code, item) for code, item in holders if item.claimed_letter is not None]
        weak = [(code, item) for code, item in lettered if item.claimed_letter in LOW]
        if len(weak) >= SHARED_BY and 2 * len(weak) >= len(lettered):
            item = weak[0][1]
            found.append(
                SharedWeakness(
                    item=item.code,
                    short=item.short,
                    attribute=attribute,
                    critical=item.critical,
                    weak=[_standing(*holder) for holder in weak],
                    answered=len(lettered),
                )
            )
    return sorted(found, key=lambda entry: (-len(entry.weak), not entry.critical))


def _by_item(results: Sequence[ResultDocument]) -> list[tuple[str, list[_Holder]]]:
    """Group the scored items by code and revision: another revision asks something else."""
    groups: dict[tuple[str, int], tuple[str, list[_Holder]]] = {}
    for result in results:
        for attribute in result.attributes:
            for question in attribute.questions:
                for item in question.items:
                    if item.scored:
                        _, holders = groups.setdefault((item.code, item.revision), (attribute.code, []))
                        holders.append((result.assessment.code, item))
    return list(groups.values())


def _shows(item: ItemResult) -> bool:
    return (
        item.claimed_letter == item.letter == TOP
        and item.grade == EvidenceClass.OPEN
        and any(map(is_web_address, item.evidence_links))
    )


def _spoken_against(item: ItemResult, panel: PanelDocument | None) -> bool:
    """Whether stakeholders are divided on an item, put it at N or P, or it is a possible blind spot."""
    said = panel.item(item.code) if panel else None
    if said is None or said.revision != item.revision:
        return False
    if said.verdict == GroupVerdict.DIVIDED.value or said.letter in LOW:
        return True
    if said.score is None or item.counted is None:
        return False
    return FULL_SCORE * item.counted.value - said.score.value >= PERCEPTION_ITEM_POINTS


def _standing(code: str, item: ItemResult, *, links: bool = False) -> ItemStanding:
    return ItemStanding(
        code=code,
        letter=item.claimed_letter or "",
        shown=item.shown,
        links=[link for link in item.evidence_links if links and is_web_address(link)],
    )
