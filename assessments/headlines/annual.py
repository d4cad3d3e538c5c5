"""The two sentences of an annual page: what became of the promises, and what moved and who does not see it.

Each kind is one whole sentence. Numbers stand where no word has to agree with more than one of them.
"""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from assessments.documents.annual import AnnualDocument
from assessments.documents.both_tracks import JointDocument
from assessments.documents.panel import PanelAttribute, PanelDocument
from assessments.documents.result import AttributeResult
from assessments.headlines.basis import LOW
from assessments.headlines.headline import headline
from assessments.headlines.names import first_in_sentence, in_sentence
from assessments.headlines.promised import first_round, promises_headline
from assessments.headlines.sentence import Sentence, Slot
from assessments.headlines.unit_names import unit_name_slot

MovedKind = Literal[
    "first_round",
    "not_compared",
    "both",
    "one_lower",
    "some_lower",
    "all_lower",
    "one_better",
    "some_better",
    "all_better",
    "shown",
    "nothing",
]
SeenKind = Literal["", "group", "all"]


@dataclass(frozen=True)
class AnnualHeadline:
    """Both sentences, and the rules that the second comes from."""

    promises: Sentence
    moved: Sentence
    moved_kind: MovedKind
    seen_kind: SeenKind


# What moved, and what stakeholders do not see: alone, with a group that is told, and with all groups together.
MOVED: dict[tuple[MovedKind, SeenKind], Promise] = {
    ("not_compared", ""): gettext_lazy("What moved since last time cannot be told."),
    ("not_compared", "group"): gettext_lazy(
        "What moved since last time cannot be told; %(group)s see least of %(unseen)s."
    ),
    ("not_compared", "all"): gettext_lazy(
        "What moved since last time cannot be told; stakeholders see less of %(unseen)s than is shown."
    ),
    ("both", ""): gettext_lazy("%(lower)s is lower than last time; %(better)s is better."),
    ("both", "group"): gettext_lazy(
        "%(lower)s is lower than last time; %(better)s is better; %(group)s see least of %(unseen)s."
    ),
    ("both", "all"): gettext_lazy(
        "%(lower)s is lower than last time; %(better)s is better; stakeholders see less of %(unseen)s than is shown."
    ),
    ("one_lower", ""): gettext_lazy("%(lower)s is lower than last time."),
    ("one_lower", "group"): gettext_lazy("%(lower)s is lower than last time; %(group)s see least of %(unseen)s."),
    ("one_lower", "all"): gettext_lazy(
        "%(lower)s is lower than last time; stakeholders see less of %(unseen)s than is shown."
    ),
    ("some_lower", ""): gettext_lazy("Several attributes are lower than last time."),
    ("some_lower", "group"): gettext_lazy(
        "Several attributes are lower than last time; %(group)s see least of %(unseen)s."
    ),
    ("some_lower", "all"): gettext_lazy(
        "Several attributes are lower than last time; stakeholders see less of %(unseen)s than is shown."
    ),
    ("all_lower", ""): gettext_lazy("All attributes are lower than last time."),
    ("all_lower", "group"): gettext_lazy("All attributes are lower than last time; %(group)s see least of %(unseen)s."),
    ("all_lower", "all"): gettext_lazy(
        "All attributes are lower than last time; stakeholders see less of %(unseen)s than is shown."
    ),
    ("one_better", ""): gettext_lazy("%(better)s is better than last time."),
    ("one_better", "group"): gettext_lazy("%(better)s is better than last time; %(group)s see least of %(unseen)s."),
    ("one_better", "all"): gettext_lazy(
        "%(better)s is better than last time; stakeholders see less of %(unseen)s than is shown."
    ),
    ("some_better", ""): gettext_lazy("Several attributes are better than last time."),
    ("some_better", "group"): gettext_lazy(
        "Several attributes are better than last time; %(group)s see least of %(unseen)s."
    ),
    ("some_better", "all"): gettext_lazy(
        "Several attributes are better than last time; stakeholders see less of %(unseen)s than is shown."
    ),
    ("all_better", ""): gettext_lazy("All attributes are better than last time."),
    ("all_better", "group"): gettext_lazy(
        "All attributes are better than last time; %(group)s see least of %(unseen)s."
    ),
    ("all_better", "all"): gettext_lazy(
        "All attributes are better than last time; stakeholders see less of %(unseen)s than is shown."
    ),
    ("shown", ""): gettext_lazy("What moved since last time is mostly how much is shown."),
    ("shown", "group"): gettext_lazy(
        "What moved since last time is mostly how much is shown; %(group)s see least of %(unseen)s."
    ),
    ("shown", "all"): gettext_lazy(
        "What moved since last time is mostly how much is shown; stakeholders see less of %(unseen)s than is shown."
    ),
    ("nothing", ""): gettext_lazy("Nothing has moved further than rating again could move it."),
    ("nothing", "group"): gettext_lazy(
        "Nothing has moved further than rating again could move it; %(group)s see least of %(unseen)s."
    ),
    ("nothing", "all"): gettext_lazy(
        "Nothing has moved further than rating again could move it; stakeholders see less of %(unseen)s than is shown."
    ),
}


def annual_headline(document: AnnualDocument, joint: JointDocument | None) -> AnnualHeadline:
    """Return the message of an annual page; `joint` has both tracks where stakeholders were asked."""
    if document.before is None:
        first = headline(document.result, joint).first
        return AnnualHeadline(first_round(document.promises), first, "first_round", "")
    moved, slots = _moved(document)
    seen, more = _unseen(document, joint, slots) if joint else ("", {})
    names = {name: first_in_sentence(entry) for name, entry in slots.items()}
    if moved == "both":
        names["better"] = in_sentence(slots["better"])
    sentence = Sentence(str(MOVED[moved, seen]), **names, **more)
    return AnnualHeadline(promises_headline(document.promised, document.promises), sentence, moved, seen)


def _moved(document: AnnualDocument) -> tuple[MovedKind, dict[str, AttributeResult]]:
    """Which rule fits, and the attributes it names: the first of those that are lower, or better."""
    before = document.before
    if before is None or not before.compared:
        return "not_compared", {}
    by_code = {entry.code: entry for entry in document.result.attributes}
    found = {
        verdict: [by_code[entry.attribute] for entry in before.compared if entry.verdict == verdict]
        for verdict in ("better", "lower", "mostly_shown")
    }
    better, lower = found["better"], found["lower"]
    if lower and better:
        return "both", {"lower": lower[0], "better": better[0]}
    if lower and len(lower) == len(by_code) > 1:
        return "all_lower", {}
    if lower:
        return ("one_lower", {"lower": lower[0]}) if len(lower) == 1 else ("some_lower", {})
    if better and len(better) == len(by_code) > 1:
        return "all_better", {}
    if better:
        return ("one_better", {"better": better[0]}) if len(better) == 1 else ("some_better", {})
    return ("shown" if found["mostly_shown"] else "nothing"), {}


def _unseen(
    document: AnnualDocument, joint: JointDocument, named: dict[str, AttributeResult]
) -> tuple[SeenKind, dict[str, Slot]]:
    """What stakeholders do not see, of the attributes that the sentence does not name already."""
    taken = {entry.code for entry in named.values()}
    by_code = {entry.code: entry for entry in document.result.attributes if entry.code not in taken}
    lowest = _lowest_of_one_group(joint.panel, by_code)
    if lowest is not None:
        attribute, unit = lowest
        name = unit_name_slot(joint.panel.unit(unit))
        return "group", {"group": name, "unseen": in_sentence(by_code[attribute.code])}
    blind = [line for line in joint.attributes if line.perception == "possible_blind_spot" and line.code in by_code]
    if blind:
        worst = max(blind, key=lambda line: line.gap.value)
        return "all", {"unseen": in_sentence(by_code[worst.code])}
    return "", {}


def _lowest_of_one_group(
    panel: PanelDocument, attributes: dict[str, AttributeResult]
) -> tuple[PanelAttribute, str] | None:
    """The attribute on which one group alone sees least of all, and that group, where that is little."""
    figures = [
        (figure.score.value, attribute, figure)
        for attribute in panel.attributes
        if attribute.by_group and attribute.code in attributes
        for figure in attribute.groups
    ]
    if not figures:
        return None
    least = min(score for score, _attribute, _figure in figures)
    found = [(attribute, figure) for score, attribute, figure in figures if score == least]
    attribute, figure = found[0]
    if len(found) > 1 or figure.letter not in LOW or panel.unit(figure.unit).is_pool:
        return None
    return attribute, figure.unit
