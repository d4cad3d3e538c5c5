"""Standard sentences about stakeholder panels: page and PDF say the same thing in the same words."""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from assessments.documents.panel import PanelAttribute, PanelDocument
from assessments.documents.panel_asked import PanelGroup
from assessments.documents.panel_items import PanelItem
from assessments.documents.values import day_words, whole_share

EXPERIENCE = _(
    "Respondents chose to take part and were not drawn by lot. A sampling range says what other answers from the same "
    "groups might have given; it says nothing of people who would not answer."
)
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
    "This is the public part, in whole points. A figure that would tell what a group answered to an item is left out, "
    "and the reason is said. What each group said of each item, the barriers and all comments are in the restricted "
    "version, for the steering group."
)

VERDICT_LABELS = {
    "aligned": _("aligned"),
    "differing": _("differing"),
    "may_be_divided": _("may be divided"),
    "divided": _("divided"),
}
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
VERDICT_MEANING = _(
    "Divided: two groups are a full level apart or more, further than the same answers dealt to the groups at random "
    "would put them. May be divided: as far apart, but too few answered to tell. Differing: half a level or more. "
    "Aligned: within half a level."
)
SAMPLING_MEANING = _(
    "Other people: where the score would lie in nine of ten cases if other people of the same groups had answered. “At "
    "most”: a wider range that holds it, because the wave was reopened and single questionnaires are gone."
)
COMPOSITION_MEANING = _("Without one group: the lowest and the highest score with any one group left out.")
CONSENSUS_MEANING = _(
    "Consensus runs from 0 (half at each end) to 1 (all at one level): broad agreement from 0.70, mixed from 0.40, "
    "below that split. Rated items only. The figure is told only where every confidential group has enough answers."
)
# Why a figure is not public.
HIDDEN = {
    "few_units": _("too few groups answered confidentially to tell it in public"),
    "one_item": _("it would be that of a single item"),
    "follows": _("what a group answered to an item would follow"),
    "few_changed": _("too few groups changed since the result before; the difference would tell what they answered"),
}
NO_SCORES = {
    "no_answers": _("Nobody answered, so there are no scores of stakeholders."),
    "no_usable_group": _("Every group is too small to show without exposing people, so there are no scores."),
    "one_usable_group": _("Only one group can be used. Scores need at least two, so there are none."),
}


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


def links(document: PanelDocument, group: PanelGroup) -> str:
    """What readers should know of the links a group answered by, behind its name; empty for nothing."""
    found = []
    if group.by_assistant is not None:
        text = gettext("entered by an assistant: %(n)s of %(all)s")
        found.append(text % {"n": group.by_assistant, "all": answered(document, group)})
    if group.link_kind == "open":
        return "; ".join([gettext("by one open link: the number of people behind it is not known"), *found])
    own = group.links
    if own is None:
        return "; ".join(found)
    if own.made is not None and own.made != group.invited:
        found.append(ngettext("%(n)s personal link made", "%(n)s personal links made", own.made) % {"n": own.made})
    if own.revoked:
        found.append(_revoked(own.revoked, own.revoked_used, document.wave.threshold))
    if own.reissued:
        text = ngettext(
            "%(n)s of them could be replaced because its mail came back or its address was wrong",
            "%(n)s of them could be replaced because their mails came back or their addresses were wrong",
            own.reissued,
        )
        found.append(text % {"n": own.reissued})
    return "; ".join(found)


def _revoked(revoked: int, used: int | None, threshold: int) -> str:
    text = ngettext("%(n)s link taken back", "%(n)s links taken back", revoked) % {"n": revoked}
    if used is not None:
        more = ngettext("%(n)s after it was used", "%(n)s after they were used", used) % {"n": used}
    elif revoked < threshold:
        more = gettext("whether before or after it was used is not told for so few")
    else:
        return text
    return f"{text} ({more})"


def links_meaning(document: PanelDocument) -> str:
    """Say what taking links back means for the answers; empty where no link was taken back."""
    if not any(group.links and group.links.revoked for group in document.groups):
        return ""
    return gettext("What was answered by a link before it was taken back stays in the figures: it cannot be taken out.")


def named(document: PanelDocument) -> str:
    """Say what a named answer decides; empty where no group answered by name."""
    decides = [item.named_decides for item in document.items if item.named_decides is not None]
    if not decides:
        return ""
    most = max(decides, key=lambda figure: figure.value)
    return gettext(
        "A group that answers on the record is one named answer, and decides up to %(share)s of an item."
    ) % {"share": whole_share(most.value).printed}


def threshold(document: PanelDocument) -> str:
    """Say that another smallest group than the usual was chosen, when and by whom; empty where it was not."""
    wave = document.wave
    if wave.threshold_chosen_on is None:
        return ""
    day = day_words(wave.threshold_chosen_on)
    values = {"k": wave.threshold, "when": day, "who": wave.threshold_chosen_by}
    if not wave.threshold_chosen_by:
        return gettext("That groups are shown from %(k)s answers on was chosen on %(when)s.") % values
    return gettext("That groups are shown from %(k)s answers on was chosen by %(who)s on %(when)s.") % values


def untold(items: Iterable[PanelItem]) -> str:
    """Say of how many items the score is not public, and why; empty where all are told."""
    found = Counter(item.hidden for item in items if item.hidden)
    sentences = [
        ngettext("The score of %(n)s item is not told: %(why)s.", "The scores of %(n)s items are not told: %(why)s.", n)
        % {"n": n, "why": HIDDEN[why]}
        for why, n in found.items()
    ]
    return " ".join(sentences)


def flat(document: PanelDocument) -> str:
    """Say how many responses were quick and all alike; empty where none, or where it is not for the reader."""
    if not document.flat_count:
        return ""
    return ngettext(
        "%(n)s response gave the same level throughout in under two minutes. It counts like any other.",
        "%(n)s responses gave the same level throughout in under two minutes. They count like any other.",
        document.flat_count,
    ) % {"n": document.flat_count}


def on_paper(document: PanelDocument) -> str:
    """Say how many answers came on paper; empty where none did, or where it is not told."""
    if document.by_assistant is None:
        return ""
    return ngettext(
        "%(n)s answer came on paper and was entered by an assistant, who read it.",
        "%(n)s answers came on paper and were entered by an assistant, who read them.",
        document.by_assistant,
    ) % {"n": document.by_assistant}


def workshop(document: PanelDocument) -> str:
    """Say that people answered in one room; empty where they did not."""
    if not document.wave.in_workshop:
        return ""
    if document.wave.snapshot > 1:
        return gettext(
            "People answered in a workshop. What had been answered until then was shown in the room before the last of "
            "them answered."
        )
    return gettext("People answered in a workshop.")


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


def groups(attributes: Iterable[tuple[str, PanelAttribute]]) -> str:
    """The sentence on equal groups, with what counting heads would give for each attribute that has it."""
    heads = [
        gettext("%(name)s %(heads)s instead of %(balanced)s")
        % {"name": name, "heads": found.per_head.whole, "balanced": found.score.whole}
        for name, found in attributes
        if found.per_head is not None and found.score is not None
    ]
    if not heads:
        return str(EQUAL_GROUPS)
    return f"{EQUAL_GROUPS} " + gettext("Counting heads would give: %(heads)s.") % {"heads": "; ".join(heads)}


def dots_sentence(name: str, values: Iterable[tuple[str, str]]) -> str:
    """Say in one sentence where the groups stand: names and whole points."""
    listed = ", ".join(f"{group} {points}" for group, points in values)
    return gettext("%(name)s: %(groups)s, of 100.") % {"name": name, "groups": listed}
