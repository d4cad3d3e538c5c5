"""The attributes of a result as the page shows them: a strip for every item, worst first, and what each opens to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assessments.documents.both_tracks import JointDocument
from assessments.documents.result import AttributeResult, ItemResult, ResultDocument
from assessments.documents.steps import StepPart, StepsPart
from assessments.headlines import Sentence, attribute_headline, short_title
from assessments.headlines.panel_sentences import PERCEPTION_LABELS, VERDICT_LABELS
from assessments.pictures import ProfileRow, item_row
from assessments.results.panel_lines import ItemLine, Perceived
from assessments.results.workings import AttributeWorking, ItemWorking
from assessments.scoring.evidence.steps import LEVEL_ORDER, NOT_KNOWN
from attributes.memory import gettext
from attributes.texts import localise

NOT_APPLICABLE = "not_applicable"
HEAD_LINES = 3  # what stands over and under the items of an attribute, in lines of items
# After every level that is a step: what is fully achieved, and at the very end what does not apply.
TOP, LEFT_OUT = len(LEVEL_ORDER), len(LEVEL_ORDER) + 1


@dataclass(frozen=True)
class ItemStrip:
    """One item: its strip and how it counts; what groups say of it, where they were asked; and its step, if it is one.

    `row` and `working` are None for what is asked and not counted.
    """

    item: ItemResult
    working: ItemWorking | None = None
    row: ProfileRow | None = None
    groups: ItemLine | None = None
    perceived: Perceived | None = None
    step: StepPart | None = None

    @property
    def is_left_out(self) -> bool:
        """Whether it does not apply."""
        return self.item.state == NOT_APPLICABLE

    @property
    def marks(self) -> list[str]:
        """What is to be known of it before it is opened, in a few words each."""
        item = self.item
        if self.is_left_out:
            return [gettext("not applicable")]
        found = [gettext("critical")] if item.critical else []
        if item.counted is None:
            found.append(gettext("not known"))
        elif item.capped:
            found.append(gettext("claimed %(letter)s") % {"letter": item.claimed_letter or ""})
        verdict = self.groups.item.verdict if self.groups else None
        if verdict in ("divided", "may_be_divided"):
            found.append(str(VERDICT_LABELS[verdict]))
        if self.perceived and not self.perceived.is_close:
            found.append(str(PERCEPTION_LABELS[self.perceived.line.perception]))
        return found


@dataclass(frozen=True)
class AttributeStrips:
    """One attribute: what it is called, one sentence on it, and its items; `unscored` are asked and not counted."""

    attribute: AttributeResult
    name: str
    headline: Sentence
    items: list[ItemStrip]
    unscored: list[ItemStrip]

    @property
    def full_name(self) -> str:
        """What the question set calls it, where that is another name; else empty."""
        title = localise(self.attribute.title)
        return "" if title == self.name else title


def strips_of(
    document: ResultDocument,
    workings: Iterable[AttributeWorking],
    steps: StepsPart,
    panel: Mapping[str, Any],
    joint: JointDocument | None,
) -> list[AttributeStrips]:
    """Return the attributes in the order of the question set, with their `workings`; `panel` is what `panel_context`
    says, {} without one.
    """
    by_item = {step.item: step for step in steps.steps}
    lines: Mapping[str, ItemLine] = panel.get("panel_items") or {}
    perceived: Mapping[str, Perceived] = panel.get("perceived_items") or {}

    def strip(working: ItemWorking) -> ItemStrip:
        item = working.item
        line = lines.get(item.code)
        return ItemStrip(
            item=item,
            working=working,
            row=item_row(item, line.item if line else None),
            groups=line,
            perceived=perceived.get(item.code),
            step=by_item.get(item.code),
        )

    def section(working: AttributeWorking) -> AttributeStrips:
        attribute = working.attribute
        items = [item for question in attribute.questions for item in question.items]
        return AttributeStrips(
            attribute=attribute,
            name=short_title(attribute),
            headline=attribute_headline(attribute, document, joint),
            items=sorted(map(strip, working.items), key=_worst_first),
            unscored=[ItemStrip(item) for item in items if not item.scored],
        )

    return [section(working) for working in workings]


def in_two_columns(sections: list[AttributeStrips]) -> list[list[AttributeStrips]]:
    """Return the sections in two columns of about the same height, in their order."""

    lines = [len(section.items) + HEAD_LINES for section in sections]

    def unevenness(split: int) -> int:
        return abs(sum(lines[:split]) - sum(lines[split:]))

    split = min(range(1, len(sections) + 1), key=unevenness, default=0)
    return [part for part in (sections[:split], sections[split:]) if part]


def _worst_first(strip: ItemStrip) -> tuple[int, float]:
    """By the letter that counts, as steps are; what is not known has its place among them."""
    item = strip.item
    if strip.is_left_out:
        return LEFT_OUT, 0
    letter = item.letter or NOT_KNOWN
    place = LEVEL_ORDER.index(letter) if letter in LEVEL_ORDER else TOP
    return place, item.counted.number if item.counted else 0
