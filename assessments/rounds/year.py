"""The year of an assessment in five steps (describe, answer, ask the groups, result, act), and what comes next."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Assessment, Process, Wave
from assessments.permissions import Right
from assessments.rounds.estimates import HOUR, minutes_for
from assessments.vocabulary import WaveState
from attributes.texts import filled

DONE, NOW, LATER = "done", "now", "later"


@dataclass(frozen=True)
class YearStep:
    """A step: what it is called, its state, a sentence on it, and its page (none where the reader may not open it)."""

    name: str
    state: str
    note: str
    href: str = ""

    @property
    def standing(self) -> str:
        """The state in words."""
        return {DONE: _("Done"), NOW: _("Under way"), LATER: _("Not begun")}[self.state]


@dataclass(frozen=True)
class YearSoFar:
    """How far an assessment is: items that count and are answered, of how many; its last wave; how many actions."""

    assessment: Assessment
    done: int
    total: int
    wave: Wave | None
    actions: int

    @property
    def is_answered(self) -> bool:
        """Whether every item that counts is answered."""
        return self.total > 0 and self.done == self.total


@dataclass(frozen=True)
class NextThing:
    """What the button "continue" leads to."""

    words: str
    href: str


def time_left(items: int) -> str:
    """Say about how long so many open items take: it is an estimate."""
    return minutes_in_words(minutes_for(items))


def minutes_in_words(minutes: int) -> str:
    """Say about how long so many minutes are: whole hours from one hour on."""
    if minutes <= HOUR:
        return _("about %(minutes)s minutes") % {"minutes": minutes}
    hours = -(-minutes // HOUR)
    return ngettext("about %(hours)s hour", "about %(hours)s hours", hours) % {"hours": hours}


def year_steps(so_far: YearSoFar, rights: Collection[Right]) -> list[YearStep]:
    """Return the five steps as they stand, with links to what the reader may open."""
    assessment = so_far.assessment
    code, process = assessment.code, assessment.process
    results = reverse("assessments:assessment-results", args=[code])
    panel = reverse("assessments:panel", args=[code]) if Right.VIEW_PANEL in rights else ""
    may_describe = Right.EDIT_PROCESS in rights
    return [
        _describing(process, reverse("assessments:process-edit", args=[process.code]) if may_describe else ""),
        _answering(so_far, "#questions"),
        _asking(so_far.wave, panel),
        _result(assessment, results),
        _acting(so_far, results),
    ]


def _describing(process: Process, href: str) -> YearStep:
    missing = [] if process.kind else [_("what it does")]
    missing += [] if process.issue else [_("which issue it deals with")]
    name = _("Describe the process")
    if not missing:
        return YearStep(name, DONE, _("What it does and deals with is written down."), href)
    if len(missing) > 1:
        return YearStep(name, NOW, _("Not said yet: what it does, and which issue it deals with."), href)
    return YearStep(name, NOW, _("Not said yet: %(missing)s.") % {"missing": missing[0]}, href)


def _answering(so_far: YearSoFar, href: str) -> YearStep:
    name, left = _("Answer the questions"), so_far.total - so_far.done
    said = {"done": so_far.done, "total": so_far.total, "time": time_left(left)}
    if not so_far.assessment.is_draft:
        return YearStep(name, DONE, _("%(done)s of %(total)s items that count are answered.") % said, href)
    if not left:
        return YearStep(name, DONE, _("Every item that counts is answered."), href)
    words = _("%(done)s of %(total)s items that count are answered; %(time)s left, as an estimate.")
    return YearStep(name, NOW if so_far.done else LATER, words % said, href)


def _asking(wave: Wave | None, href: str) -> YearStep:
    name = _("Ask the groups")
    if wave is None:
        words = _("Stakeholders answer by link, in confidence. If you do not ask them, the result is your word alone.")
        return YearStep(name, LATER, words, href)
    if wave.state == WaveState.PREPARING:
        return YearStep(name, NOW, _("The panel is being prepared."), href)
    if wave.state == WaveState.OPEN:
        if wave.closes_on is None:
            return YearStep(name, NOW, _("The panel is open."), href)
        day = date_format(wave.closes_on, "DATE_FORMAT")
        return YearStep(name, NOW, _("The panel is open until %(day)s.") % {"day": day}, href)
    return YearStep(name, DONE, _("The panel is closed, and its numbers stand beside the result."), href)


def _result(assessment: Assessment, href: str) -> YearStep:
    name = _("Read the result")
    if assessment.is_draft:
        return YearStep(name, LATER, _("How it stands so far can be read at any time. Submitting freezes it."), href)
    return YearStep(name, DONE, _("It is frozen, with papers for the board."), href)


def _acting(so_far: YearSoFar, results: str) -> YearStep:
    name = _("Act on it")
    if so_far.actions:
        words = ngettext("%(number)s action is planned.", "%(number)s actions are planned.", so_far.actions)
        return YearStep(name, NOW, words % {"number": so_far.actions}, results)
    if so_far.assessment.is_draft:
        return YearStep(name, LATER, _("The result says what to do first."), "")
    return YearStep(name, NOW, _("The result says what to do first. Nothing is planned yet."), results)


def next_thing(
    so_far: YearSoFar, rights: Collection[Right], open_lines: Sequence[tuple[str, str]], mine: Collection[str]
) -> NextThing | None:
    """Return where "continue" leads, None where there is nothing for the reader to do.

    `open_lines` are the addresses and names of the questions that are not answered in full, in order, and `mine` the
    addresses of those that the reader was given: these come first.
    """
    assessment = so_far.assessment
    if not assessment.is_draft:
        if Right.VIEW_RESULTS not in rights:
            return None
        return NextThing(_("Read the result"), reverse("assessments:assessment-results", args=[assessment.code]))
    if Right.EDIT_ANSWERS not in rights:
        return None
    ordered = [line for line in open_lines if line[0] in mine] or list(open_lines)
    if ordered:
        return NextThing(filled(_("Continue: %(question)s"), {"question": ordered[0][1]}), ordered[0][0])
    if Right.MANAGE_PANEL in rights and (so_far.wave is None or so_far.wave.state == WaveState.PREPARING):
        return NextThing(_("Continue: ask the groups"), reverse("assessments:panel", args=[assessment.code]))
    return NextThing(_("Continue: check your answers"), reverse("assessments:assessment-check", args=[assessment.code]))
