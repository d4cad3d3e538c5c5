"""What the reviewer does before the signature: says something of items, asks, sends it, asks for changes."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.documents.result import ItemResult
from assessments.documents.scored_inputs import RATING
from assessments.exceptions import InvalidAnswer, NotAllowed
from assessments.models import ItemOpinion, Review, ReviewEvent, ReviewQuestion
from assessments.reviewing.answers import reviewed_answers
from assessments.reviewing.reading import ReviewStanding
from assessments.reviewing.services.events import happened, tell, working
from assessments.scoring.method import OPTION_NOT_APPLICABLE
from assessments.vocabulary import OpinionKind, ReviewState
from assessments.zones import today_in

if TYPE_CHECKING:
    from msgov.accounts.models import User

# How long the organiser has for replies where no other day is chosen.
USUAL_TIME = timedelta(days=14)
LONGEST_TIME = timedelta(days=90)


@dataclass(frozen=True)
class OpinionEntered:
    """What the reviewer entered of one item; `level` and `states` where another answer is proposed.

    `made_for` is the fingerprint of the answer that the page showed.
    """

    item: str
    made_for: str
    says: str
    level: int | None = None
    states: Mapping[str, str] = field(default_factory=dict)
    seen: bool = False
    reason: str = ""


@transaction.atomic
def save_opinions(*, review: Review, user: "User", entries: Sequence[OpinionEntered]) -> None:
    """Store what the reviewer says of items, beside what they said before; nobody else sees it until it is sent.

    Saying the same again stores nothing. Raises InvalidAnswer for what does not fit, and where an answer was changed
    meanwhile.
    """
    row = working(review, user, ReviewState.IN_REVIEW, ReviewState.REPLIES)
    answers = reviewed_answers(row.assessment)
    items, top_level = answers.document.items(), answers.document.question_set.top_level
    last = {stored.item: stored for stored in row.opinions.filter(item__in=[entry.item for entry in entries])}
    new = []
    for entry in entries:
        answer = items.get(entry.item)
        if answer is None or not answer.scored or answers.fingerprint(entry.item) != entry.made_for:
            raise InvalidAnswer(_("Nothing was stored: this answer has been changed. Look at it again."))
        checked = _checked(answer, top_level, entry)
        if entry.item not in last or not _same(last[entry.item], checked):
            new.append(ItemOpinion(review=row, **asdict(checked)))
    ItemOpinion.objects.bulk_create(new)


def _same(stored: ItemOpinion, entered: OpinionEntered) -> bool:
    return all(getattr(stored, name) == value for name, value in asdict(entered).items())


def _checked(item: ItemResult, top_level: int, entered: OpinionEntered) -> OpinionEntered:
    """What was entered without what does not belong to it. Raises InvalidAnswer with the fields."""
    errors = {}
    if entered.says not in OpinionKind.values:
        errors["says"] = _("Choose what you say of this answer.")
    if entered.says == OpinionKind.AGREES and item.claimed is None and item.state != OPTION_NOT_APPLICABLE:
        errors["says"] = _("There is no answer to agree with: propose one, or say that you cannot tell.")
    if entered.says == OpinionKind.PROPOSES:
        errors |= _proposal_errors(item, top_level, entered)
    if errors:
        raise InvalidAnswer(next(iter(errors.values())), errors)
    proposes = entered.says == OpinionKind.PROPOSES
    is_rating = item.kind == RATING
    lines = proposable_lines(item)
    return replace(
        entered,
        level=entered.level if proposes and is_rating else None,
        states={key: entered.states[key] for key in lines} if proposes and not is_rating else {},
        reason=entered.reason.strip()[:2000],
    )


def _proposal_errors(item: ItemResult, top_level: int, entered: OpinionEntered) -> dict[str, str]:
    errors = {}
    if item.state == OPTION_NOT_APPLICABLE:
        errors["says"] = _("It does not apply, so no answer can be proposed. Say why not in a question.")
    elif item.kind == RATING:
        if entered.level is None or not 0 <= entered.level <= top_level:
            errors["level"] = _("Choose the level you propose.")
        elif entered.level == item.level and item.said == "answered":
            errors["level"] = _("This is the organiser's own level. Choose another one, or agree.")
    else:
        errors |= _states_errors(item, entered)
    if not entered.reason.strip():
        errors["reason"] = _("Say why: the organiser replies to the reason, and it is printed.")
    return errors


def _states_errors(item: ItemResult, entered: OpinionEntered) -> dict[str, str]:
    lines = proposable_lines(item)
    credited = {state.key for state in item.states if state.credit is not None}
    proposed = {key: state for key, state in entered.states.items() if key in lines}
    if set(proposed) != set(lines) or not set(proposed.values()) <= credited:
        return {"states": _("Choose a state for every line.")}
    if all(proposed[line.key] == line.counts_as for line in item.options if line.key in lines):
        return {"states": _("These are the organiser's own answers. Change a line, or agree.")}
    return {}


def proposable_lines(item: ItemResult) -> list[str]:
    """The lines of a list for which a state can be proposed: those that are known, or all where none is."""
    known = [line.key for line in item.options if line.known]
    return known or [line.key for line in item.options]


@transaction.atomic
def ask_organiser(*, review: Review, user: "User", text: str, item: str = "") -> ReviewQuestion:
    """Ask the organiser something, who gets a mail. Raises InvalidAnswer without words."""
    row = working(review, user, ReviewState.IN_REVIEW, ReviewState.REPLIES)
    if not text.strip():
        raise InvalidAnswer(_("Write what you ask."), {"question": _("Write what you ask.")})
    question = ReviewQuestion.objects.create(review=row, item=item, text=text.strip()[:2000])
    tell(row.assessment, "review.asked", user, reviewer=row.reviewer_id)
    return question


@transaction.atomic
def send_opinions(*, review: Review, user: "User", reply_by: date | None = None) -> None:
    """Show the organiser what was said so far; proposals wait for a reply until a day.

    Raises NotAllowed where nothing new was said, and InvalidAnswer for a day that is over or far away.
    """
    row = working(review, user, ReviewState.IN_REVIEW, ReviewState.REPLIES)
    standing = standing_of(row, for_reviewer=True)
    if not standing.drafts:
        raise NotAllowed(_("There is nothing new to send."))
    if any(entry.is_proposal for entry in standing.drafts):
        row.reply_by = _day(reply_by, standing.today)
        row.state = ReviewState.REPLIES
    row.number = standing.answers.document.assessment.number
    row.save(update_fields=["reply_by", "state", "number"])
    _mark_sent(row)
    happened(row, ReviewEvent.Kind.SENT, user)


def _day(reply_by: date | None, today: date) -> date:
    if reply_by is None:
        return today + USUAL_TIME
    if not today <= reply_by <= today + LONGEST_TIME:
        words = _("Choose a day from today on, at most 90 days from now.")
        raise InvalidAnswer(words, {"reply_by": words})
    return reply_by


@transaction.atomic
def ask_for_changes(*, review: Review, user: "User", summary: str) -> None:
    """Send the assessment back with a summary of what should change. What was said of unchanged answers will hold.

    Raises InvalidAnswer without a summary.
    """
    row = working(review, user, ReviewState.IN_REVIEW, ReviewState.REPLIES)
    if not summary.strip():
        words = _("Say what should be changed.")
        raise InvalidAnswer(words, {"summary": words})
    row.state = ReviewState.CHANGES_ASKED
    row.save(update_fields=["state"])
    _mark_sent(row)
    happened(row, ReviewEvent.Kind.CHANGES, user, summary.strip())


def _mark_sent(row: Review) -> None:
    row.opinions.filter(sent_at=None).update(sent_at=timezone.now())


def standing_of(review: Review, *, for_reviewer: bool) -> ReviewStanding:
    """The review as it stands, of the result that holds. Five queries."""
    today = today_in(review.assessment.process.zone)
    return ReviewStanding(review, reviewed_answers(review.assessment), for_reviewer=for_reviewer, today=today)
