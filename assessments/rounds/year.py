"""The year of an assessment, step by step: describe, confirm the documents, answer, a second rating, ask the groups,
the result, a review, decision and actions, the annual page, the next round; and what comes next."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Assessment, Process, Wave
from assessments.permissions import Right
from assessments.rounds.estimates import HOUR, minutes_for
from assessments.rounds.so_far import YearSoFar
from assessments.vocabulary import ReviewState, SecondRatingState, WaveState
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
    """Return the steps as they stand, with links to what the reader may open."""
    assessment = so_far.assessment
    code, process = assessment.code, assessment.process

    def page(name: str, of: str, *, may: bool) -> str:
        return reverse(f"assessments:{name}", args=[of]) if may else ""

    results = page("assessment-results", code, may=True)
    own = Right.EDIT_ANSWERS in rights
    steps = [
        _describing(process, page("process-edit", process.code, may=Right.EDIT_PROCESS in rights)),
        _confirming(so_far, page("register-still-true", process.code, may=own)),
        _answering(so_far, "#questions"),
        _rating(so_far, page("second-rating", code, may=Right.VIEW_DRAFT in rights)),
        _asking(so_far.wave, page("panel", code, may=Right.VIEW_PANEL in rights)),
        _result(assessment, results),
        _reviewing(so_far, page("review", code, may=not assessment.is_draft or own)),
        _acting(so_far, page("actions", code, may=not assessment.is_draft)),
        _annual(assessment, page("annual", code, may=not assessment.is_draft)),
        _next_round(so_far, page("assessment-start", process.code, may=Right.START_ASSESSMENT in rights)),
    ]
    return [step for step in steps if step is not None]


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
    name = _("Submit, and read the result")
    if assessment.is_draft:
        return YearStep(name, LATER, _("How it stands so far can be read at any time. Submitting freezes it."), href)
    return YearStep(name, DONE, _("It is frozen, with papers for the board."), href)


def _confirming(so_far: YearSoFar, href: str) -> YearStep | None:
    """Nothing in a first round, and where the register had no documents."""
    if so_far.documents is None:
        return None
    name, left = _("Confirm the documents"), so_far.documents
    if not left:
        return YearStep(name, DONE, _("Of every document it was said whether it is still true."), href)
    words = ngettext(
        "%(number)s document of earlier rounds: is it still true?",
        "%(number)s documents of earlier rounds: are they still true?",
        left,
    )
    return YearStep(name, NOW, words % {"number": left}, href)


def _rating(so_far: YearSoFar, href: str) -> YearStep:
    name = _("Have it rated a second time")
    if so_far.rating == SecondRatingState.REVEALED:
        return YearStep(name, DONE, _("Both ratings are there; where they differ, agree on one."), href)
    if so_far.rating:
        return YearStep(name, NOW, _("Somebody else was asked to rate the same evidence."), href)
    words = _("If you wish: somebody else rates the same evidence without seeing your levels.")
    return YearStep(name, LATER, words, href)


def _reviewing(so_far: YearSoFar, href: str) -> YearStep:
    name = _("Have it reviewed")
    if so_far.review == ReviewState.SIGNED:
        return YearStep(name, DONE, _("The review is signed, and stands in the result."), href)
    if so_far.review:
        return YearStep(name, NOW, f"{ReviewState(so_far.review).label}.", href)
    words = _("If you wish: somebody from outside goes through the answers and what shows them.")
    return YearStep(name, LATER, words, href)


def _acting(so_far: YearSoFar, href: str) -> YearStep:
    name = _("Decide and act")
    if so_far.actions:
        said = {"number": so_far.actions, "open": so_far.open_actions}
        words = ngettext(
            "%(number)s action is planned; open: %(open)s.",
            "%(number)s actions are planned; open: %(open)s.",
            so_far.actions,
        )
        is_over = so_far.decided and not so_far.open_actions
        return YearStep(name, DONE if is_over else NOW, words % said, href)
    if so_far.assessment.is_draft:
        return YearStep(name, LATER, _("The result says what to do first."), "")
    if so_far.decided:
        return YearStep(name, NOW, _("A decision is written down. Nothing is planned yet."), href)
    return YearStep(name, NOW, _("The result says what to do first. Nothing is planned yet."), href)


def _annual(assessment: Assessment, href: str) -> YearStep:
    name = _("Put it into the annual report")
    words = _("Two pages on what was promised, done and moved, to be pasted into the report that is owed.")
    return YearStep(name, LATER if assessment.is_draft else NOW, words, href)


def _next_round(so_far: YearSoFar, href: str) -> YearStep:
    name = _("Start the next round")
    if so_far.following:
        hub = reverse("assessments:assessment-hub", args=[so_far.following])
        return YearStep(name, DONE, _("The next round has been started."), hub)
    if so_far.assessment.is_draft:
        return YearStep(name, LATER, _("In a year or so: what is known comes along, the answers do not."), "")
    return YearStep(name, LATER, _("What is known comes along, the answers do not."), href)


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
