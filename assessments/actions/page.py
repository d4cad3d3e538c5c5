"""What pages of actions show: those of a round or of all rounds, what is late, and the steps that are left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.actions.reading import name_of
from assessments.documents.steps import StepsPart
from assessments.headlines import Concern, concerns_of
from assessments.models import Action, ActionEvent, Assessment, Process
from assessments.results import frozen
from assessments.vocabulary import ActionState, AssessmentState
from assessments.zones import today_in

FIRST = 3


@dataclass(frozen=True)
class ShownAction:
    """An action with its name, whether it is late, and what happened to it, oldest first.

    `later` is the action of a later round that it was carried over into, if it was.
    """

    action: Action
    name: str
    today: date
    events: list[ActionEvent]
    later: Action | None
    may_delete: bool

    @property
    def is_late(self) -> bool:
        """Whether its day is over and nobody said what became of it, here or in a later round."""
        return self.later is None and self.action.is_late(self.today)

    @property
    def is_going_on(self) -> bool:
        """Whether it is open, and not carried over."""
        return self.later is None and self.action.is_open

    @property
    def standing(self) -> str:
        """Its state in a word or two."""
        if self.is_late:
            return _("Late")
        return _("Carried over") if self.later is not None and self.action.is_open else self.action.get_state_display()


@dataclass(frozen=True)
class StepsToTake:
    """The steps of a result that are not among the actions: the first ones, and the others; and whether it has any."""

    first: list[Concern]
    others: list[Concern]
    are_proposed: bool


def shown_actions(actions: Iterable[Action]) -> list[ShownAction]:
    """Return actions read by `listed` as a page shows them. No query."""
    return [
        ShownAction(
            action=action,
            name=name_of(action),
            today=today_in(action.assessment.process.zone),
            events=list(action.events.all()),
            later=(later := getattr(action, "carried_to", None)),
            may_delete=action.never_shown and later is None,
        )
        for action in actions
    ]


def listed(assessment: Assessment) -> list[ShownAction]:
    """Return the actions of a round in their order, with their history. Two queries."""
    rows = Action.objects.filter(assessment=assessment).with_history()
    return shown_actions(_beside(rows, assessment))


def _beside(rows: Iterable[Action], assessment: Assessment) -> Iterable[Action]:
    for row in rows:
        row.assessment = assessment
        yield row


def listed_of_process(process: Process, *, with_drafts: bool) -> list[ShownAction]:
    """Return the actions of all rounds of a process, newest round first. Two queries."""
    rows = Action.objects.filter(assessment__process=process).with_names().with_history()
    if not with_drafts:
        rows = rows.of_submitted()
    return shown_actions(rows.order_by("-assessment__round", "position", "pk"))


def steps_to_take(assessment: Assessment, shown: Sequence[ShownAction]) -> StepsToTake | None:
    """Return the steps of the frozen result that are not among the actions; None where none is the newest."""
    result = frozen.latest(assessment) if assessment.state == AssessmentState.SUBMITTED else None
    if result is None:
        return None
    document = frozen.document_of(result)
    panel = frozen.panel_source(assessment, restricted=False)
    steps: StepsPart = panel.numbers(document).steps if panel else document.steps
    taken = {one.action.item for one in shown if one.action.state != ActionState.DROPPED}
    left = concerns_of((step for step in steps.steps if step.item not in taken), document)
    head = {step.item for step in steps.head[:FIRST]}
    return StepsToTake(
        first=[step for step in left if step.item.code in head],
        others=[step for step in left if step.item.code not in head],
        are_proposed=bool(steps.steps),
    )


def counts_of(shown: Sequence[ShownAction]) -> list[tuple[str, int]]:
    """Return how many actions there are of each standing, in words, without those of which there are none."""
    words = [_("Late"), *(str(state.label) for state in ActionState), _("Carried over")]
    standings = [one.standing for one in shown]
    return [(word, standings.count(word)) for word in words if word in standings]


def message_of(shown: Sequence[ShownAction]) -> str:
    """Say first whether anything is late, or what there is."""
    if not shown:
        return _("Nothing has been promised yet.")
    late = sum(one.is_late for one in shown)
    if late:
        return ngettext("%(n)s action is late.", "%(n)s actions are late.", late) % {"n": late}
    going_on = sum(one.is_going_on for one in shown)
    if going_on:
        words = ngettext("%(n)s action is open, and not late.", "%(n)s actions are open, and none is late.", going_on)
        return words % {"n": going_on}
    return _("No action is open any more.")
