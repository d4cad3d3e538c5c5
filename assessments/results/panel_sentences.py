"""Standard sentences about stakeholder panels: page and PDF say the same thing in the same words."""

from collections.abc import Iterable

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from assessments.documents.comparison import ExperienceAttribute
from assessments.documents.panel import PanelAttribute, PanelDocument, PanelGroup, PanelUnit

EXPERIENCE = _("Respondents chose to take part and were not drawn at random. No margin of error can be given.")
TWO_TRACKS = _(
    "Evidence is what the organiser shows; experience is what the stakeholder groups say. The two stand side by side "
    "and are never added up."
)
EQUAL_GROUPS = _("Every stakeholder group counts the same, however many people answered.")
CONFIDENTIAL = _(
    "Answers of individuals are confidential: the organiser and the reviewers see groups, never single answers."
)
ALL_ALIKE = _(
    "Where all of a group answer alike, readers of the restricted version know what each of them said. Do not pass it "
    "on."
)
STAMP_RESTRICTED = _("Restricted: for the steering group")
PUBLIC_ONLY = _(
    "This is the public part: groups by attribute, items for all groups together. What each group said of each item, "
    "the barriers and the comments are in the restricted version, for the steering group."
)
NO_PANEL = _("Stakeholders were not asked")
POOL = _("Other groups (pooled)")

BAND_LABELS = {"aligned": _("aligned"), "differing": _("differing"), "divided": _("divided")}
CONSENSUS_LABELS = {"broad": _("broad agreement"), "mixed": _("mixed"), "split": _("split")}
USE_LABELS = {
    "own": _("Shown by itself"),
    "pooled": _("Pooled with other small groups"),
    "withheld": _("Too few answers: in no figure"),
    "none": _("No answers"),
}
PERCEPTION_LABELS = {
    "possible_blind_spot": _("possible blind spot"),
    "hidden_strength": _("hidden strength"),
    "close": _("close"),
}
PERCEPTION_MEANING = _(
    "Possible blind spot: the evidence stands at least a full level above what stakeholders experience. Hidden "
    "strength: at least a full level below."
)
GAP_MEANING = _(
    "Gap: points between the highest and the lowest group. Aligned below 16.7, differing below 33.3, divided from "
    "33.3 on: the groups are then a full level apart on average."
)
COMPOSITION_MEANING = _("Without one group: the lowest and the highest score with any one group left out.")
CONSENSUS_MEANING = _(
    "Consensus runs from 0 (half at each end) to 1 (all at one level): broad agreement from 0.70, mixed from 0.40, "
    "below that split. Rated items only."
)
NO_SCORES = {
    "no_answers": _("Nobody answered, so there are no scores of stakeholders."),
    "no_usable_group": _("Every group is too small to show without exposing people, so there are no scores."),
    "one_usable_group": _("Only one group can be used. Scores need at least two, so there are none."),
}


def unit_name(unit: PanelUnit) -> str:
    """What a group, or the pool of small ones, is called."""
    return str(POOL) if unit.is_pool else unit.name


def fewer_than(threshold: int) -> str:
    """What stands for the number of answers of a group that is not shown by itself."""
    return gettext("fewer than %(threshold)s") % {"threshold": threshold}


def answered(document: PanelDocument, group: PanelGroup) -> str:
    """How many of a group answered, as far as it is told."""
    if group.received is not None:
        return str(group.received)
    if group.use == "pooled" and document.wave.snapshot > 1:
        # The pool is settled with the first result; by now one of its groups may have more.
        return gettext("counted together")
    return fewer_than(document.wave.threshold)


def hidden(document: PanelDocument) -> str:
    """Say that groups are in no figure; empty if none is."""
    if document.withheld == 0:
        return ""
    return gettext(
        "Groups with too few answers to be shown without exposing people are in no figure, and in no number of answers."
    )


def links(group: PanelGroup) -> str:
    """What readers should know of the links a group answered by, behind its name; empty for nothing."""
    found = [gettext("by one open link")] if group.link_kind == "open" else []
    if group.withdrawn:
        text = ngettext("%(n)s link taken back", "%(n)s links taken back", group.withdrawn)
        found.append(text % {"n": group.withdrawn})
    return "; ".join(found)


def flat(document: PanelDocument) -> str:
    """Say how many responses were quick and all alike; empty where none, or where it is not for the reader."""
    if not document.flat_count:
        return ""
    return ngettext(
        "%(n)s response gave the same level throughout in under two minutes. It counts like any other.",
        "%(n)s responses gave the same level throughout in under two minutes. They count like any other.",
        document.flat_count,
    ) % {"n": document.flat_count}


def nowhere_apart(compared: int, *, by_evidence: bool, by_experience: bool) -> str:
    """Say that evidence and experience are close, with on how many items; or why that cannot be said.

    `by_evidence` and `by_experience`: whether either side has a letter on any item.
    """
    if compared:
        return ngettext(
            "None: %(n)s item has a score on both sides, and there evidence and experience are less than a full level "
            "apart.",
            "None: %(n)s items have a score on both sides, and evidence and experience are nowhere a full level apart "
            "on them.",
            compared,
        ) % {"n": compared}
    if not by_evidence:
        return gettext("Cannot be said: the organiser has answered nothing that counts.")
    if not by_experience:
        return gettext("Cannot be said: stakeholders give no item a score.")
    return gettext("Cannot be said: no item has a score on both sides.")


def not_divided(compared: int) -> str:
    """Say that groups are divided on nothing, with of how many items; or that nothing could be compared."""
    if not compared:
        return gettext("Whether groups are divided cannot be said: no item was answered by enough groups.")
    return ngettext(
        "Groups are divided on no item; %(n)s could be compared.",
        "Groups are divided on no item; %(n)s could be compared.",
        compared,
    ) % {"n": compared}


def no_concern(scored: int) -> str:
    """Say why the experience gives no concern, of how many items."""
    if not scored:
        return gettext("Cannot be said: stakeholders give no item a score.")
    return ngettext(
        "%(n)s item has a score; it does not stand at N or P, and groups are not divided on it.",
        "None of the %(n)s items with a score stands at N or P or divides the groups.",
        scored,
    ) % {"n": scored}


def per_head(attribute: PanelAttribute) -> str:
    """Say what counting heads would give where it differs much from counting groups; empty otherwise."""
    if not attribute.depends_on_who or attribute.per_head is None or attribute.score is None:
        return ""
    return gettext("depends on who answered: group-balanced %(balanced)s, per head %(heads)s") % {
        "balanced": attribute.score.printed,
        "heads": attribute.per_head.printed,
    }


def groups(attributes: Iterable[tuple[str, PanelAttribute]]) -> str:
    """The sentence on equal groups, with what counting heads would give for each attribute that has it."""
    heads = [
        gettext("%(name)s %(heads)s instead of %(balanced)s")
        % {"name": name, "heads": found.per_head.printed, "balanced": found.score.printed}
        for name, found in attributes
        if found.per_head is not None and found.score is not None
    ]
    if not heads:
        return str(EQUAL_GROUPS)
    return f"{EQUAL_GROUPS} " + gettext("Counting heads would give: %(heads)s.") % {"heads": "; ".join(heads)}


def experience_sentence(attribute: PanelAttribute | ExperienceAttribute, name: str) -> str:
    """Say in one sentence what the experience bar of an attribute shows. Points are whole numbers."""
    low = attribute.low.whole if attribute.low else ""
    high = attribute.high.whole if attribute.high else ""
    if attribute.status == "not_applicable":
        return gettext("%(name)s, experience: not applicable.") % {"name": name}
    if attribute.score is None:
        return gettext("%(name)s, experience: no score shown; possible range %(low)s to %(high)s of 100.") % {
            "name": name,
            "low": low,
            "high": high,
        }
    values = {"name": name, "score": attribute.score.whole, "letter": attribute.letter or "", "low": low, "high": high}
    sentence = (
        gettext("%(name)s, experience: provisionally %(score)s of 100, letter %(letter)s; range %(low)s to %(high)s.")
        if attribute.status == "provisional"
        else gettext("%(name)s, experience: %(score)s of 100, letter %(letter)s; possible range %(low)s to %(high)s.")
    ) % values
    if attribute.composition_low is None or attribute.composition_high is None:
        return sentence
    return f"{sentence} " + gettext("Without one group: %(low)s to %(high)s.") % {
        "low": attribute.composition_low.whole,
        "high": attribute.composition_high.whole,
    }


def not_shown(attribute: PanelAttribute) -> str:
    """Say why stakeholders give an attribute no score; empty where it has one."""
    if attribute.score is not None:
        return ""
    if attribute.status == "not_applicable":
        return gettext("Not applicable.")
    if attribute.group_count < 2:
        return gettext("Fewer than two groups answered enough of it: no score is shown.")
    return gettext("Less than half of it was answered by enough groups: no score is shown.")


def dots_sentence(name: str, values: Iterable[tuple[str, str]]) -> str:
    """Say in one sentence where the groups stand: names and whole points."""
    listed = ", ".join(f"{group} {points}" for group, points in values)
    return gettext("%(name)s: %(groups)s, of 100.") % {"name": name, "groups": listed}
