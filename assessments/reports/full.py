"""The full report as values and sentences: a page for each attribute, the stakeholders, the steps, how sure it is.

From one `ReportDocument` and nothing else; in the language that is active. Codes, decimals and workings are left to the
annexes.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.actions.reading import name_of_part
from assessments.documents.actions import ActionPart
from assessments.documents.both_tracks import JointDocument
from assessments.documents.last_time import LastTimePart
from assessments.documents.panel import PanelAttribute
from assessments.documents.panel_items import PanelItem
from assessments.documents.report import ReportDocument
from assessments.documents.result import AttributeResult, ItemResult
from assessments.documents.steps import AdviceText, StepPart, StepsPart
from assessments.headlines import Sentence, attribute_headline, evidence_sentences
from assessments.pictures import ProfileRow, attribute_row, item_row
from assessments.reports.planned import STEP_HEADINGS, day_in_words, when
from assessments.scoring.evidence import OpenReason

# So that an attribute is one page.
STEPS_ON_PAGE = 4
UNKNOWN_LEVEL = 0.5  # between N and P, as in the order of steps


@dataclass(frozen=True)
class ItemRow:
    """An item on the page of its attribute: what it counts as, its strip, and the rest in words."""

    item: ItemResult
    letter: str
    strip: ProfileRow
    groups: str
    evidence: str


@dataclass(frozen=True)
class StepRow:
    """A step: what to do, why, what others did, and what was planned."""

    part: StepPart
    kind: str
    why: str
    planned: ActionPart | None
    due: str

    @property
    def advice(self) -> AdviceText | None:
        """The recommendation it is written from, if the question set has one."""
        return self.part.texts[0] if self.part.texts else None


@dataclass(frozen=True)
class ActionRow:
    """An action that was promised on the result: its name, the day it is due, and what became of it."""

    part: ActionPart
    name: str
    due: str
    fate: str


@dataclass(frozen=True)
class AttributePage:
    """One attribute on one page. `counted` and `figures` say its figures in sentences; "" and none where there are
    none."""

    attribute: AttributeResult
    headline: Sentence
    counted: str
    row: ProfileRow
    figures: list[str]
    items: list[ItemRow]
    steps: list[StepRow]
    more_steps: str


def attribute_pages(report: ReportDocument) -> list[AttributePage]:
    """Return the page of each attribute, in the order of the question set."""
    document, joint = report.evidence, report.joint
    rows = step_rows(report)
    pages = []
    for attribute in document.attributes:
        own = [row for row in rows if row.part.attribute == attribute.code]
        pages.append(
            AttributePage(
                attribute=attribute,
                headline=attribute_headline(attribute, document, joint),
                counted=_counted(attribute),
                row=_row_of(attribute, joint, report.last),
                figures=_figures(attribute, joint.panel.attribute(attribute.code) if joint else None, report.last),
                items=_items(attribute, joint),
                steps=own[:STEPS_ON_PAGE],
                more_steps=more_steps(len(own) - STEPS_ON_PAGE),
            )
        )
    return pages


def step_rows(report: ReportDocument) -> list[StepRow]:
    """Return all steps, in the order of the method, with what was planned for them."""
    document = report.evidence
    steps: StepsPart = report.joint.steps if report.joint else document.steps
    planned = {action.item: action for action in report.board.actions if action.item and action.state != "dropped"}
    return [
        StepRow(
            part=step,
            kind=str(STEP_HEADINGS[step.kind]),
            why=_why(step),
            planned=planned.get(step.item),
            due=when(planned[step.item]) if step.item in planned else "",
        )
        for step in steps.steps
    ]


def action_rows(report: ReportDocument) -> list[ActionRow]:
    """Return all actions that the readers of the report may have, also those that were dropped, in their order."""
    items = report.evidence.items()
    return [
        ActionRow(part=action, name=name_of_part(action, items), due=day_in_words(action.due), fate=_fate(action))
        for action in report.board.actions
    ]


def _fate(action: ActionPart) -> str:
    """What became of an action, with the day."""
    words = {"day": day_in_words(action.closed_on), "what": action.happened or action.reason}
    if action.state == "done":
        return _("Done on %(day)s: %(what)s") % words
    if action.state == "dropped":
        return _("Dropped on %(day)s: %(what)s") % words
    return _("Open; goes on in a later round") if action.carried_on else _("Open")


def _row_of(attribute: AttributeResult, joint: JointDocument | None, last: LastTimePart | None) -> ProfileRow:
    then = last.attribute(attribute.code) if last else None
    return attribute_row(
        attribute, joint.panel.attribute(attribute.code) if joint else None, then.score if then else None
    )


def _counted(attribute: AttributeResult) -> str:
    """How much is shown and how much claimed; "" where there is no letter."""
    if not (attribute.letter and attribute.score and attribute.claimed):
        return ""
    words = _("%(shown)s shown, %(claimed)s claimed.")
    return words % {"shown": attribute.score.whole, "claimed": attribute.claimed.whole}


def _figures(attribute: AttributeResult, found: PanelAttribute | None, last: LastTimePart | None) -> list[str]:
    """What there is to say in whole numbers, each a sentence; nothing where nothing applies."""
    if attribute.status == "not_applicable":
        return []
    said = []
    if attribute.low and attribute.high and attribute.low.whole != attribute.high.whole:
        words = _("It could lie between %(low)s and %(high)s while claims are not shown or answers are missing.")
        said.append(words % {"low": attribute.low.whole, "high": attribute.high.whole})
    if found and found.score and found.letter:
        said.append(_groups_say(found))
    then = last.attribute(attribute.code) if last else None
    if last and then and then.score:
        said.append(_("In round %(n)s it stood at %(score)s.") % {"n": last.round, "score": then.score.whole})
    said.append(evidence_sentences.in_words(attribute) + ".")
    if attribute.status == "provisional":
        said.append(_("The figure is provisional: too little is answered or shown, or much rests on what is open."))
    return said


def _groups_say(found: PanelAttribute) -> str:
    values = {"letter": found.letter, "score": found.score.whole if found.score else ""}
    if found.sampling.low is None or found.sampling.high is None:
        return _("Groups say %(letter)s, %(score)s.") % values
    words = _("Groups say %(letter)s, %(score)s (90 %% range %(low)s to %(high)s).")
    return words % {**values, "low": found.sampling.low, "high": found.sampling.high}


def _items(attribute: AttributeResult, joint: JointDocument | None) -> list[ItemRow]:
    """The scored items, weakest first by what counts; what does not apply last."""
    items = [item for question in attribute.questions for item in question.items if item.scored]
    return [_item(item, joint) for item in sorted(items, key=_weakness)]


def _weakness(item: ItemResult) -> tuple[bool, float]:
    applies = item.state != "not_applicable"
    # What is not known stands after N, as in the order of steps.
    return not applies, item.counted.number if item.counted else UNKNOWN_LEVEL / 3


def _item(item: ItemResult, joint: JointDocument | None) -> ItemRow:
    found = joint.panel.item(item.code) if joint else None
    return ItemRow(
        item=item,
        letter=item.letter or "",
        strip=item_row(item, found),
        groups=_verdict(found, joint),
        evidence=_evidence(item),
    )


def _verdict(found: PanelItem | None, joint: JointDocument | None) -> str:
    if found is None or joint is None:
        return ""
    if found.code in joint.blind_spots:
        return _("See less than is shown")
    words = {
        "divided": _("Divided"),
        "may_be_divided": _("May be divided"),
        "differing": _("Differ"),
        "aligned": _("Agree"),
    }
    return words.get(found.verdict or "", "")


def _evidence(item: ItemResult) -> str:
    """What an item rests on, in words."""
    if item.by_kind or item.state == "not_applicable":
        return _("Does not apply")
    if item.counted is None:
        reason = item.open_because
        return str(evidence_sentences.OPEN_WORDS[OpenReason(reason)]).capitalize() if reason else _("Not known")
    if item.capped:
        claimed = item.claimed_letter or ""
        return _("Claimed %(letter)s: %(why)s.") % {"letter": claimed, "why": evidence_sentences.cap_words(item)}
    if item.opened_on:
        return _("Opened by a second person")
    grades = {"E2": _("Others can open it"), "E1": _("Described, or open to insiders")}
    return grades.get(item.grade, _("Nothing is claimed") if not item.counted.value else _("Nothing given"))


def _why(step: StepPart) -> str:
    return {
        "not_known": _("Nobody has said whether it is so."),
        "claimed_above": _("More is claimed than is shown."),
        "blind_spot": _("It exists, and stakeholders do not see it."),
        "divided": _("Groups see it differently."),
        "below_top": _("It is not fully in place."),
    }[step.reason]


def more_steps(count: int) -> str:
    """Say how many steps stand under “Steps” only; "" where none do."""
    if count <= 0:
        return ""
    words = ngettext("%(n)s more step is under “Steps”.", "%(n)s more steps are under “Steps”.", count)
    return words % {"n": count}
