"""From what is stored to the document of an annual page."""

import datetime

from assessments.actions.reading import actions_of, decision_of
from assessments.documents.actions import ActionPart
from assessments.documents.annual import AnnualDocument, AskedPart, PromisesPart, RoundBefore
from assessments.documents.over_time import GroupLetters, GroupThenNow
from assessments.documents.panel import PanelDocument
from assessments.documents.result import ResultDocument
from assessments.documents.themes import CommentLine, ThemePart
from assessments.matching.last_time import attributes_over_time, why_not_over_time
from assessments.matching.noise import noise_now
from assessments.matching.raters import raters_of
from assessments.models import AnnualPage, Assessment
from assessments.over_time.groups import attributes_then_and_now, groups_then_and_now
from assessments.results.frozen import current_documents, latest_panels, panel_source
from assessments.results.last_time import earlier_round_of
from assessments.results.themes import line_of
from assessments.vocabulary import CommentState

OPEN, DONE, DROPPED = "open", "done", "dropped"


def annual_page_of(assessment: Assessment) -> AnnualPage:
    """Return what the organiser chose for the page, or a row with nothing in it. One query."""
    found = AnnualPage.objects.filter(assessment=assessment).select_related("quoted__group__wave").first()
    return found or AnnualPage(assessment=assessment, version=0)


def annual_document(
    assessment: Assessment, result: ResultDocument, *, public_only: bool, today: datetime.date
) -> AnnualDocument:
    """Return the annual page of an assessment with this result, as it stands today.

    `public_only`: without the actions that are not public. About ten queries, however much there is.
    """
    chosen = annual_page_of(assessment)
    earlier = earlier_round_of(assessment)
    before = _round_before(earlier, assessment, result) if earlier else None
    panels = latest_panels([assessment, earlier] if earlier else [assessment])
    panel = panels.get(assessment.pk)
    panel_then = panels.get(earlier.pk) if earlier else None
    # Where the two rounds were asked different things, letters of then say nothing beside those of now.
    beside = panel_then if before and before.why is None else None
    promised = _promises(earlier, chosen, public_only, today) if earlier else PromisesPart()
    promises = _promises(assessment, chosen, public_only, today)
    return AnnualDocument(
        title=chosen.title,
        year=chosen.year or _year_of(result, today),
        foreword=chosen.foreword,
        as_of=today.isoformat() if promised.late or promised.waiting or promises.late else "",
        result=result,
        before=before,
        promised=promised,
        promises=promises,
        panel=panel,
        asked_then=_asked(panel_then) if panel_then else None,
        attributes_of_groups=attributes_then_and_now(beside, panel) if panel and beside else [],
        groups=_groups(beside, panel) if panel else [],
        quoted=_quoted(chosen) if panel else None,
        themes=_themes(assessment) if panel else [],
        decided=decision_of(assessment),
    )


def _year_of(result: ResultDocument, today: datetime.date) -> str:
    """The year in which the result was submitted; of a draft the present one."""
    day = result.assessment.submitted_on
    return str(datetime.date.fromisoformat(day).year if day else today.year)


def _promises(assessment: Assessment, chosen: AnnualPage, public_only: bool, today: datetime.date) -> PromisesPart:
    """What was promised on a round, as far as readers may know it. One query."""
    everything = actions_of(assessment)
    known = [action for action in everything if action.is_public or not public_only]
    late = [action for action in known if is_late(action, today)]
    return PromisesPart(
        shown=[action for action in known if action.code not in chosen.left_out],
        kept=sum(action.state == DONE for action in known),
        late=len(late),
        waiting=sum(action.state == OPEN for action in known) - len(late),
        dropped=sum(action.state == DROPPED for action in known),
        has_others=len(known) < len(everything),
        items=sorted({action.item for action in known if action.item}),
    )


def is_late(action: ActionPart, today: datetime.date) -> bool:
    """Whether an action is open and its day is over."""
    return action.state == OPEN and bool(action.due) and action.due < today.isoformat()


def _round_before(earlier: Assessment, assessment: Assessment, result: ResultDocument) -> RoundBefore:
    """What moved since, on matched items. Two queries."""
    then = current_documents([earlier])[earlier.pk]
    why = why_not_over_time(then, result)
    raters = raters_of([earlier, assessment])
    return RoundBefore(
        code=earlier.code,
        round=earlier.round,
        title=earlier.title,
        submitted_on=then.assessment.submitted_on,
        why=why,
        attributes=[] if why else attributes_over_time(then, result, raters, noise_now()),
    )


def _groups(then: PanelDocument | None, now: PanelDocument) -> list[GroupThenNow]:
    """The groups of the wave of now, with their letters of then where there were any and they may be read."""
    if then is not None:
        return [group for group in groups_then_and_now(then, now) if group.asked != "then"]
    return [
        GroupThenNow(
            name=unit.name,
            is_pool=unit.is_pool,
            on_record=unit.on_record,
            asked="now",
            received_then=None,
            received_now=unit.received,
            letters=[
                GroupLetters(
                    attribute=attribute.code,
                    then=None,
                    now=next((figure.letter for figure in attribute.groups if figure.unit == unit.code), None),
                )
                for attribute in now.attributes
            ],
            names=unit.names,
        )
        for unit in now.units
    ]


def _asked(panel: PanelDocument) -> AskedPart:
    is_open = any(group.link_kind == "open" for group in panel.groups)
    return AskedPart(
        invited=panel.invited,
        received=panel.received,
        is_exact=not is_open and panel.withheld is not None,
        short_form=panel.short_form,
    )


def _quoted(chosen: AnnualPage) -> CommentLine | None:
    """The comment that was chosen, in the words in which it was cleared, as long as it is."""
    comment = chosen.quoted
    if comment is None or comment.state != CommentState.SHOWN or comment.group is None:
        return None
    return line_of(comment) if comment.chosen_for_public else None


def _themes(assessment: Assessment) -> list[ThemePart]:
    """What people wrote about in the latest wave, and what was replied: what everybody may read. Six queries."""
    panel = panel_source(assessment, restricted=False)
    return [theme.model_copy(update={"quotes": []}) for theme in panel.comments().themes] if panel else []
