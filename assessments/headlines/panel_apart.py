"""How far groups are apart, and how sure a score of theirs is, in sentences. Page and PDF say the same."""

from collections.abc import Mapping

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from assessments.documents.panel import PanelAttribute, SamplingPart
from assessments.documents.panel_asked import ShortFormPart
from assessments.documents.panel_items import ItemCells, PanelItem
from assessments.documents.values import Figure, whole_share
from assessments.headlines.panel_sentences import CONSENSUS_LABELS, HIDDEN
from assessments.headlines.sentence import Name, Sentence

NO_RANGE = {
    "withheld": "",
    "few_confidential": _("No sampling range: it needs three groups that answered confidentially."),
    "one_item": _("No sampling range: it would be that of a single item."),
    "score_hidden": "",
}


def said(item: PanelItem, names: Mapping[str, str]) -> str:
    """Say what there is to know of how far groups are apart on an item, beside the verdict; `names` by unit.

    Empty in public, where the verdict is all.
    """
    cells = item.cells
    if cells is None:
        return ""
    means = {cell.unit: cell.mean.whole for cell in cells.groups}
    ends = Name.listed(Name.with_number(names[unit], means[unit]) for unit in (*cells.highest, *cells.lowest))
    if item.verdict == "may_be_divided":
        needs = (
            gettext("it cannot be told at these sizes")
            if cells.needs is None
            else gettext("groups of these sizes must be about %(n)s points apart to tell") % {"n": cells.needs}
        )
        return Sentence("%(ends)s; %(more)s", ends=ends, more=Name.of_page(needs))
    if item.verdict == "differing" and not cells.beyond_chance:
        return Sentence("%(ends)s; %(more)s", ends=ends, more=Name.of_page(gettext("chance alone could do that")))
    return Sentence("%(ends)s", ends=ends)


def details(item: PanelItem) -> str:
    """What else restricted readers are told of an item, in sentences."""
    cells = item.cells
    if cells is None:
        return ""
    found = [gettext("One answer decides up to %(share)s.") % {"share": whole_share(cells.one_answer.value).printed}]
    if cells.chance is not None:
        text = gettext("Dealt at random the same answers would be %(chance)s points apart, and are %(gap)s.")
        found.append(text % {"chance": cells.chance.whole, "gap": cells.gap.whole})
    found += _consensus(cells)
    if cells.depends_on_who:
        text = gettext("Depends on who answered: per head %(heads)s.")
        found.append(text % {"heads": cells.per_head.whole})
    if cells.depends_on_named and cells.without_named is not None:
        text = gettext("Depends on named answers: without them %(score)s.")
        found.append(text % {"score": cells.without_named.whole})
    if cells.depends_on_groups and cells.by_sector is not None:
        text = gettext("Depends on which groups were formed: by sector %(score)s.")
        found.append(text % {"score": cells.by_sector.whole})
    return " ".join(found)


def _consensus(cells: ItemCells) -> list[str]:
    if cells.consensus is None:
        return []
    band = str(CONSENSUS_LABELS[cells.consensus.band])
    text = (
        gettext("Consensus: %(band)s.") % {"band": band}
        if cells.consensus.printed is None
        else gettext("Consensus %(value)s, %(band)s.") % {"value": cells.consensus.printed, "band": band}
    )
    return [text, gettext("Answers gather in two camps.")] if cells.consensus.two_camps else [text]


def sampling(found: SamplingPart) -> str:
    """Say what other people of the same groups might have answered; or why that is not said."""
    if found.low is None or found.high is None:
        return str(NO_RANGE[found.why or "withheld"])
    ends = {"low": found.low, "high": found.high}
    text = (
        gettext("If other people of the same groups had answered: at most %(low)s to %(high)s.")
        if found.at_most
        else gettext("If other people of the same groups had answered: %(low)s to %(high)s.")
    ) % ends
    if not found.missing_a_unit:
        return text
    more = ngettext(
        "On %(n)s item a group is missing; the range does not cover that.",
        "On %(n)s items a group is missing; the range does not cover that.",
        found.missing_a_unit,
    )
    return f"{text} {more % {'n': found.missing_a_unit}}"


def gap(attribute: PanelAttribute) -> str:
    """Say how far groups are apart on an attribute, with what chance alone would give; empty where it is not told."""
    if attribute.gap is None or attribute.chance_gap is None:
        return ""
    return gettext(
        "Groups are %(gap)s points apart on average; dealt at random the same answers would be %(chance)s apart."
    ) % {"gap": attribute.gap.whole, "chance": attribute.chance_gap.whole}


def rests_on(attribute: PanelAttribute, short: ShortFormPart | None) -> list[str]:
    """Say on how many items a score rests where fewer were asked than there are."""
    part = short.attribute(attribute.code) if short else None
    if part is None or part.asked == part.of or attribute.status in ("withheld", "not_applicable"):
        return []
    text = ngettext(
        "rests on %(asked)s of %(of)s item, because the short form was asked",
        "rests on %(asked)s of %(of)s items, because the short form was asked",
        part.of,
    )
    return [text % {"asked": part.asked, "of": part.of}]


def provisional(attribute: PanelAttribute) -> str:
    """Say why a score is provisional; empty where it is not."""
    if attribute.status != "provisional":
        return ""
    reasons = {
        "coverage": gettext("Provisional: less than two thirds of it, by weight, has a score."),
        "critical_open": gettext("Provisional: a critical item has no score."),
        "few_groups": gettext("Provisional: fewer than three groups count."),
        "few_asked": gettext("Provisional: less than two thirds of it, by weight, was asked."),
    }
    return " ".join(reasons[reason] for reason in attribute.provisional_because if reason in reasons)


def depends(attribute: PanelAttribute) -> list[str]:
    """Say on what the score depends, with the other score where it may be told."""
    found = []
    if attribute.depends_on_who:
        found.append(per_head(attribute) or gettext("depends on who answered"))
    if attribute.depends_on_groups:
        found.append(
            _otherwise(gettext("depends on which groups were formed"), gettext("by sector"), attribute.by_sector)
        )
    if attribute.depends_on_named:
        found.append(_otherwise(gettext("depends on named answers"), gettext("without them"), attribute.without_named))
    return found


def _otherwise(text: str, how: str, figure: Figure | None) -> str:
    return text if figure is None else f"{text}: {how} {figure.whole}"


def left_out(attribute: PanelAttribute) -> str:
    """Say which figures of an attribute are not public, and why; empty where none is left out."""
    found = []
    if attribute.repeats_earlier:
        found.append(gettext("As in the result before: too few groups changed since to tell more."))
    if attribute.score_hidden:
        text = gettext("The score is not told in public: %(why)s.")
        found.append(text % {"why": HIDDEN[attribute.score_hidden]})
    elif attribute.hidden and attribute.score is not None:
        text = gettext("Figures by group are not told in public: %(why)s.")
        found.append(text % {"why": HIDDEN[attribute.hidden]})
    return " ".join(found)


def per_head(attribute: PanelAttribute) -> str:
    """Say what counting heads would give where it differs much from counting groups; empty otherwise."""
    if not attribute.depends_on_who or attribute.per_head is None or attribute.score is None:
        return ""
    return gettext("depends on who answered: group-balanced %(balanced)s, per head %(heads)s") % {
        "balanced": attribute.score.whole,
        "heads": attribute.per_head.whole,
    }


def not_shown(attribute: PanelAttribute) -> str:
    """Say why stakeholders give an attribute no score; empty where it has one."""
    if attribute.score is not None:
        return ""
    if attribute.status == "not_applicable":
        return gettext("Not applicable.")
    if attribute.score_hidden or attribute.repeats_earlier:
        return left_out(attribute)
    if attribute.group_count < 2:
        return gettext("Fewer than two groups answered enough of it: no score is shown.")
    return gettext("Less than half of it was answered by enough groups: no score is shown.")
