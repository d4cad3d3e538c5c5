"""What stakeholder groups say, in sentences; of a public document without what groups said of an item."""

from django.utils.translation import gettext, ngettext

from assessments.documents.both_tracks import DividedLine, JointDocument
from assessments.documents.panel import PanelItem
from assessments.headlines.second import by_weight
from assessments.headlines.sentence import Name, Sentence
from assessments.headlines.unit_names import unit_slot


def groups_headline(joint: JointDocument) -> Sentence:
    """Say on how many items groups are divided."""
    divided = len(joint.divided)
    compared = sum(item.verdict is not None for item in joint.panel.items)
    if not compared:
        return Sentence(gettext("Too few groups answered to say where they differ."))
    if not divided:
        words = ngettext(
            "Groups are divided on nothing of what could be compared: %(n)s answer.",
            "Groups are divided on nothing of what could be compared: %(n)s answers.",
            compared,
        )
        return Sentence(words, n=compared)
    words = ngettext(
        "Groups are divided on %(divided)s of the %(n)s answers that could be compared.",
        "Groups are divided on %(divided)s of the %(n)s answers that could be compared.",
        divided,
    )
    return Sentence(words, divided=divided, n=compared)


def divided_sentences(joint: JointDocument) -> list[Sentence]:
    """One sentence for each item on which groups are divided, critical ones first."""
    items = {item.code: item for item in joint.panel.items}
    return [divided_sentence(line, items[line.item], joint) for line in by_weight(joint.divided)]


def divided_sentence(line: DividedLine, item: PanelItem, joint: JointDocument) -> Sentence:
    """Say who sees an item highest and who lowest; in public only that groups are divided on it."""
    name = Name.of_text(line.short)
    if item.cells is None or not line.highest or not line.lowest:
        return Sentence(gettext("%(item)s: groups are divided."), item=name)
    words = gettext("%(item)s: %(highest)s see most of it, %(lowest)s least.")
    ends = {"highest": unit_slot(joint, line.highest), "lowest": unit_slot(joint, line.lowest)}
    return Sentence(words, item=name, **ends)
