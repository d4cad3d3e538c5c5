"""The closed vocabularies of an assessment: every state, class, role and mode once, with its words.

A leaf: what is stored, checked, counted, said and printed comes from here. `assessments.scoring` has constants of its
own, since it is plain Python; tests/answers/test_vocabulary.py holds them together.
"""

from django.db.models import TextChoices
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from attributes import kinds

# --- Answers ----------------------------------------------------------------------------------------------------


class AnswerState(TextChoices):
    """What an answer says about its item. No row, and `unanswered`, both mean: not answered yet."""

    UNANSWERED = "unanswered", _("Not answered yet")
    ANSWERED = "answered", _("Answered")
    DONT_KNOW = kinds.DONT_KNOW, _("Don't know")
    NOT_APPLICABLE = kinds.NOT_APPLICABLE, _("Not applicable")


# In a result, where nothing is to be waited for any more.
STATE_LABELS: dict[str, LazyText | str] = {**dict(AnswerState.choices), AnswerState.UNANSWERED: _("Not answered")}
# Of a line of a checklist, beside the states that its item lists.
RESERVED_LABELS: dict[str, LazyText | str] = {key: STATE_LABELS[key] for key in sorted(kinds.RESERVED_STATES)}


class EvidenceClass(TextChoices):
    """How far evidence can be checked by others."""

    NONE = "E0", _("E0: nothing given")
    INSIDE = "E1", _("E1: described, or a document only insiders can open, or one without a sentence on what it shows")
    OPEN = "E2", _("E2: a link or file that others can open, and a sentence on what in it shows this")


class EvidenceSource(TextChoices):
    """Who made the evidence. Where stakeholders have the first word only theirs counts in full."""

    ORGANISER = "organiser", _("The organiser")
    GROUPS = "groups", _("The stakeholder groups themselves")
    SURVEY = "survey", _("A survey of stakeholders")


class Progress(TextChoices):
    """How far the answers to a question are; computed, never stored."""

    NOT_STARTED = "not_started", _("Not yet started")
    IN_PROGRESS = "in_progress", _("In progress")
    COMPLETED = "completed", _("Completed")
    NOT_ASKED = "not_asked", _("Does not apply")


# For legends, beside the class.
EVIDENCE_LABELS: dict[str, LazyText | str] = {
    EvidenceClass.NONE: _("nothing given"),
    EvidenceClass.INSIDE: _("only described, or open to insiders only, or without a sentence on what it shows"),
    EvidenceClass.OPEN: _("others can open it, and a sentence says what in it shows this; public, says the organiser"),
}


class EntryKind(TextChoices):
    """What an entry of the evidence register is."""

    LINK = "link", _("Link")
    FILE = "file", _("File")
    INSIDE = "inside", _("Document for insiders")


class EntryStanding(TextChoices):
    """Whether a document of the evidence register still holds in a later round."""

    STILL_TRUE = "true", _("Still true")
    CHANGED = "changed", _("Changed")
    GONE = "gone", _("Gone")


class LinkFound(TextChoices):
    """What came of asking the address of a document whether it is there."""

    ANSWERED = "answered", _("the address answered")
    NOT_FOUND = "not_found", _("nothing was found at the address")
    NOT_REACHABLE = "not_reachable", _("the address could not be reached from this site")


class OpeningOutcome(TextChoices):
    """What somebody found who opened a piece of evidence, or tried to."""

    SHOWS = "shows", _("It shows this")
    SHOWS_NOT = "shows_not", _("It does not show this")
    CANNOT_OPEN = "cannot", _("It cannot be opened")

    @staticmethod
    def of(*, opened: bool, shows: bool) -> "OpeningOutcome":
        """Whether it was opened and, if so, shows the point: the form that documents and archives have."""
        if not opened:
            return OpeningOutcome.CANNOT_OPEN
        return OpeningOutcome.SHOWS if shows else OpeningOutcome.SHOWS_NOT


class EntrySource(TextChoices):
    """Who made a document of the register."""

    OWN = "own", _("The organiser's own")
    PARTICIPANT = "participant", _("Made by participants")
    INDEPENDENT = "independent", _("Independent of the process")


# --- Processes --------------------------------------------------------------------------------------------------


class Role(TextChoices):
    """What a member may do in one process; `assessments.permissions` says which right belongs to which role."""

    ORGANISER = "organiser", _("Organiser")
    CONTRIBUTOR = "contributor", _("Contributor")
    REVIEWER = "reviewer", _("Reader and comment moderator")


class Visibility(TextChoices):
    """Who besides the members may read the submitted assessments of a process."""

    PRIVATE = "private", _("Members only")
    SIGNED_IN = "signed_in", _("Everyone with an account here")
    PUBLIC = "public", _("Everyone, without an account")


class Promise(TextChoices):
    """The promise made to participants, in the words of the IAP2 spectrum."""

    INFORM = "inform", _("Inform: we will keep you informed")
    CONSULT = "consult", _("Consult: we will listen and tell you how your input influenced the decision")
    INVOLVE = "involve", _("Involve: your concerns will be directly reflected in the alternatives")
    COLLABORATE = "collaborate", _("Collaborate: we will work out solutions together with you")
    EMPOWER = "empower", _("Empower: we will carry out what you decide")


# What a process does (method 3.3): some items are read in another way for some kinds, or do not apply.
KIND_LABELS: dict[str, LazyText | str] = {
    kinds.KindOfProcess.DECIDES.value: _("Decides"),
    kinds.KindOfProcess.RECOMMENDS.value: _("Recommends"),
    kinds.KindOfProcess.SETS_STANDARDS.value: _("Sets standards"),
    kinds.KindOfProcess.DIALOGUES.value: _("Holds a dialogue"),
}
# One sentence each, for those who choose.
KIND_HELP: dict[str, LazyText | str] = {
    kinds.KindOfProcess.DECIDES.value: _("What it agrees on is binding for those who run or use something."),
    kinds.KindOfProcess.RECOMMENDS.value: _("It agrees on a text, and those to whom the text is addressed decide."),
    kinds.KindOfProcess.SETS_STANDARDS.value: _("It agrees on specifications that everyone is free to follow or not."),
    kinds.KindOfProcess.DIALOGUES.value: _("It ends in messages or reports, and nothing is decided on the substance."),
}


class Sector(TextChoices):
    """The part of society that a stakeholder group belongs to: several groups of one sector may weigh as one."""

    GOVERNMENT = "government", _("Government")
    BUSINESS = "business", _("Business")
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    TECHNICAL = "technical_community", _("Technical community")
    ACADEMIA = "academia", _("Academia")


class InvitationState(TextChoices):
    """Where an invitation stands. Not stored: it follows from the times that are."""

    PENDING = "pending", _("Pending")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Withdrawn")
    ACCEPTED = "accepted", _("Accepted")


class ScreenerChoice(TextChoices):
    """An answer to one of the suitability criteria."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")
    UNSURE = "unsure", _("Unsure")


SCREENER_LABELS: dict[str, LazyText | str] = {**dict(ScreenerChoice.choices), "": _("Not answered")}

# --- Assessments ------------------------------------------------------------------------------------------------


class AssessmentState(TextChoices):
    """Where an assessment stands."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    SUPERSEDED = "superseded", _("Superseded")


class ReviewState(TextChoices):
    """Where an independent review stands."""

    INVITED = "invited", _("Reviewer invited")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    IN_REVIEW = "in_review", _("In review")
    CHANGES_ASKED = "changes_asked", _("Changes asked for")
    REPLIES = "replies", _("In review: replies awaited")
    SIGNED = "signed", _("Final: the review is signed")


class OpinionKind(TextChoices):
    """What a reviewer says of an item."""

    AGREES = "agrees", _("I agree")
    PROPOSES = "proposes", _("I propose another answer")
    CANNOT_TELL = "cannot_tell", _("I cannot tell")


class SecondRatingState(TextChoices):
    """Where a second rating stands."""

    ASKED = "asked", _("Asked")
    RATING = "rating", _("Being rated")
    REVEALED = "revealed", _("Both have finished")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")
    ENDED = "ended", _("Ended before both had finished")


class RatingSide(TextChoices):
    """Whose rating it is, where two people rate the same evidence."""

    FIRST = "first", _("First rater")
    SECOND = "second", _("Second rater")
    CONSENSUS = "consensus", _("Agreed by both")


class Track(TextChoices):
    """Whose account a response gives. The two are never blended."""

    EVIDENCE = "evidence", _("Evidence (organiser)")


class ReportKind(TextChoices):
    """What a report shows."""

    BOARD = "board", _("Board paper")
    FULL = "full", _("Full report")
    COMPARISON = "comparison", _("Comparison")
    OVER_TIME = "over_time", _("Over time")
    ANNUAL = "annual", _("Annual page")

    @classmethod
    def on_one(cls) -> "tuple[ReportKind, ...]":
        """The kinds that show one assessment."""
        return cls.BOARD, cls.FULL, cls.ANNUAL

    @classmethod
    def drawn_by_itself(cls) -> "tuple[ReportKind, ...]":
        """Those of them that are drawn as soon as an assessment is submitted."""
        return cls.BOARD, cls.FULL


class Paper(TextChoices):
    """The sheets a report is drawn for."""

    A4 = "A4", _("A4")
    LETTER = "Letter", _("US Letter")


class Readers(TextChoices):
    """Who may read a report; every page of it says so."""

    PUBLIC = "public", _("Public")
    ACCOUNTS = "accounts", _("For everyone with an account here")
    MEMBERS = "members", _("For members of the process")
    STEERING = "steering", _("Restricted: for the steering group")


class Annex(TextChoices):
    """What can be put behind a full report."""

    ANSWERS = "answers", _("Answers with evidence")
    FIGURES = "figures", _("Figures: codes, decimals, workings")
    METHOD = "method", _("The method on one page")
    PRINCIPLES = "principles", _("Other principles")


class ReportState(TextChoices):
    """How far a report is. This, not the task queue, is the truth."""

    QUEUED = "queued", _("Waiting")
    RENDERING = "rendering", _("Being drawn")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")


# --- Actions ----------------------------------------------------------------------------------------------------


class ActionState(TextChoices):
    """Where an action stands. Whether it is late is not stored: it follows from its day."""

    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class ActionChange(TextChoices):
    """What happened to an action."""

    MADE = "made", _("Entered")
    CHANGED = "changed", _("Changed")
    DONE = "done", _("Marked as done")
    DROPPED = "dropped", _("Dropped")
    REOPENED = "reopened", _("Opened again")
    CARRIED = "carried", _("Carried over from an earlier round")
    PUBLISHED = "published", _("Made public")
    HIDDEN = "hidden", _("Made not public")


# --- Stakeholder panels -----------------------------------------------------------------------------------------


class WaveState(TextChoices):
    """Where a wave stands."""

    PREPARING = "preparing", _("Being prepared")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class GroupMode(TextChoices):
    """How a group answers."""

    INDIVIDUAL = "individual", _("Everyone alone, confidentially")
    ON_RECORD = "on_record", _("One response of the group, on the record")


class WaveChangeKind(TextChoices):
    """What was changed in a wave after its launch."""

    PEOPLE_ADDED = "people_added", _("People were added")
    GROUP_ADDED = "group_added", _("A group was added")
    DATE_MOVED = "date_moved", _("The closing date was moved")
    ADDRESS_CORRECTED = "address_corrected", _("An address was corrected")
    STOPPED = "stopped", _("No more answers were taken")
    REOPENED = "reopened", _("Answers were taken again")


class QuestionnaireForm(TextChoices):
    """How much stakeholders are asked."""

    FULL = "full", _("Full form: every item")
    SHORT = "short", _("Short form: one item of each question")


class LinkKind(TextChoices):
    """How the members of a group get in."""

    PERSONAL = "personal", _("Personal links")
    OPEN = "open", _("One open link for the group")


class MailKind(TextChoices):
    """Mails to those who are invited."""

    INVITATION = "invitation", _("Invitation")
    REMINDER = "reminder", _("Reminder")
    THANKS = "thanks", _("Thank-you")


class CommentState(TextChoices):
    """What the moderator decided."""

    WAITING = "waiting", _("Not looked at yet")
    SHOWN = "shown", _("Shown")
    WITHHELD = "withheld", _("Not shown")


# --- Public record ----------------------------------------------------------------------------------------------


class ReplyState(TextChoices):
    """What became of the reply of a group. Nothing but these two reasons takes one off the page."""

    SHOWN = "shown", _("Shown")
    PERSONAL = "personal", _("Not shown: it has personal data of somebody else")
    ATTACK = "attack", _("Not shown: it attacks a person")
