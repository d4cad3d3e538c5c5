"""What became of a process from round to round, in one place: page and PDF say the same thing in the same words."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext, ngettext

from assessments.documents.actions import ActionPart
from assessments.documents.comparison import AttributeHead
from assessments.documents.comparison_parts import RoundAttribute
from assessments.documents.over_time import (
    AttributeThenNow,
    OverTimeDocument,
    RoundShown,
    StandingThen,
    WaveShown,
    WavesPair,
)
from assessments.documents.values import day_words
from assessments.headlines import short_title
from assessments.headlines.asked import form_asked
from assessments.headlines.standard import STATUS_LABELS
from assessments.over_time import words
from assessments.scoring import parse_fraction, whole

REVIEWED = "reviewed"


def title(document: OverTimeDocument) -> str:
    """What the page and its papers are called."""
    return gettext("%(name)s over time") % {"name": document.process_name}


def caption(document: OverTimeDocument) -> str:
    """Say which rounds stand side by side, and when they were submitted."""
    first, last = document.rounds[0], document.rounds[-1]
    values = {"n": len(document.rounds), "first": first.round, "last": last.round}
    days = [day_words(entry.submitted_on) for entry in (first, last)]
    if all(days) and days[0] != days[1]:
        text = ngettext(
            "%(n)s round, %(first)s to %(last)s, submitted from %(from)s to %(to)s",
            "%(n)s rounds, %(first)s to %(last)s, submitted from %(from)s to %(to)s",
            len(document.rounds),
        )
        return text % {**values, "from": days[0], "to": days[1]}
    text = ngettext("%(n)s round, %(first)s to %(last)s", "%(n)s rounds, %(first)s to %(last)s", len(document.rounds))
    return text % values


def round_name(entry: RoundShown) -> str:
    """What a round is called over a column."""
    return gettext("Round %(n)s") % {"n": entry.round}


def within(entry: RoundShown) -> str:
    """What a round is called within a sentence."""
    return gettext("round %(n)s") % {"n": entry.round}


def promise_standing(action: ActionPart, seen_on: str | None) -> str:
    """Say how a promise stands: done or dropped when; open until when, late if it was when the later round ended."""
    day = day_words(action.closed_on or action.due)
    if action.state == "done":
        return gettext("Done, %(day)s") % {"day": day} if day else gettext("Done")
    if action.state == "dropped":
        return gettext("Dropped, %(day)s") % {"day": day} if day else gettext("Dropped")
    is_late = bool(action.due and seen_on and action.due < seen_on)
    if action.carried_on:
        if is_late:
            return gettext("Open, late since %(day)s; carried over") % {"day": day}
        return gettext("Open, by %(day)s; carried over") % {"day": day} if day else gettext("Open; carried over")
    if is_late:
        return gettext("Open, late since %(day)s") % {"day": day}
    return gettext("Open, by %(day)s") % {"day": day} if day else gettext("Open, without a day")


def only_claimed(entry: RoundAttribute) -> list[str]:
    """Say how many items only claim more, and how many only less: that makes no points."""
    more, less = (sum(item.how == how for item in entry.moved) for how in ("claims_more", "claims_less"))
    found = []
    if more:
        found.append(ngettext("%(n)s item only claims more", "%(n)s items only claim more", more) % {"n": more})
    if less:
        found.append(ngettext("%(n)s item only claims less", "%(n)s items only claim less", less) % {"n": less})
    return found


def stamps(document: OverTimeDocument) -> list[str]:
    """Return the marks that every page carries: what sort of record it is, and who checked it."""
    marks = [str(words.STAMPS[document.record])] if document.record in words.STAMPS else []
    return [*marks, checked(document.rounds)]


def checked(rounds: Sequence[RoundShown]) -> str:
    """Say of which rounds somebody independent has checked the result."""
    reviewed = [str(entry.round) for entry in rounds if entry.assurance == REVIEWED]
    if not reviewed and any(entry.reviewed_by for entry in rounds):
        return gettext("SELF-ASSESSED, NOT REVIEWED IN FULL")
    if not reviewed:
        return gettext("SELF-ASSESSED, NOT REVIEWED")
    if len(reviewed) == len(rounds):
        return gettext("EVERY ROUND REVIEWED")
    others = [str(entry.round) for entry in rounds if entry.assurance != REVIEWED]
    if len(others) < len(reviewed):
        text = ngettext("ROUND %(rounds)s NOT REVIEWED", "ROUNDS %(rounds)s NOT REVIEWED", len(others))
        return text % {"rounds": ", ".join(others)}
    text = ngettext(
        "ROUND %(rounds)s REVIEWED, THE OTHERS NOT", "ROUNDS %(rounds)s REVIEWED, THE OTHERS NOT", len(reviewed)
    )
    return text % {"rounds": ", ".join(reviewed)}


def assured(entry: RoundShown) -> str:
    """Say of one round who checked it, within a sentence."""
    if entry.reviewed_by and entry.assurance == REVIEWED:
        return gettext("reviewed by %(reviewer)s") % {"reviewer": entry.reviewed_by}
    if entry.reviewed_by:
        return gettext("partly reviewed, by %(reviewer)s") % {"reviewer": entry.reviewed_by}
    return str(words.ASSURANCE[entry.assurance])


def groups_verdict(entry: AttributeThenNow) -> str:
    """Say what became of an attribute as all groups together see it."""
    if entry.why:
        return gettext("not compared: %(why)s") % {"why": words.GROUPS_WHY[entry.why]}
    return str(words.GROUPS_CHANGE[entry.change])


def round_verdict(entry: RoundAttribute) -> str:
    """Say in words what became of an attribute between two rounds."""
    if entry.why == "little_in_common":
        text = gettext(
            "not comparable: less than two thirds was asked alike and answered both times (%(before)s, %(after)s)"
        )
        return text % {"before": entry.share_before.printed, "after": entry.share_after.printed}
    if entry.why is not None:
        return gettext("not comparable: %(why)s") % {"why": words.NOT_COMPARED[entry.why]}
    return str(words.VERDICTS[entry.verdict or ""])


def round_noise(entry: RoundAttribute) -> str:
    """Say from how many points on a change is more than re-rating gives, by whom, and how much re-rating moves."""
    if entry.threshold is None or entry.expected_moves is None:
        return ""
    if entry.same_raters:
        text = gettext("Rated by the same people: from %(needed)d points on it is more than re-rating gives.")
    else:
        text = gettext(
            "Rated by others, or by nobody knows whom: from %(needed)d points on it is more than re-rating gives."
        )
    moves = ngettext(
        "Re-rating alone would move about %(moves)d of %(items)d item.",
        "Re-rating alone would move about %(moves)d of %(items)d items.",
        entry.items,
    )
    values = {"needed": entry.threshold, "moves": entry.expected_moves, "items": entry.items}
    said = [text % values, moves % values]
    if entry.confirmed:
        confirmed = ngettext(
            "%(number)d item was only confirmed: answered as before, on the same documents.",
            "%(number)d items were only confirmed: answered as before, on the same documents.",
            entry.confirmed,
        )
        said.append(confirmed % {"number": entry.confirmed})
    return " ".join(said)


def signed(exact: str) -> str:
    """Points with their sign, in whole numbers."""
    number = whole(parse_fraction(exact))
    return number if number.startswith("-") or number == "0" else f"+{number}"


def no_figure(standing: StandingThen | None) -> str:
    """Say why a round has no score on an attribute; "" where it has one."""
    if standing is None:
        return gettext("not asked")
    return "" if standing.score else str(STATUS_LABELS[standing.status]).lower()


def groups_changed(pair: WavesPair, heads: Mapping[str, AttributeHead]) -> list[str]:
    """Say on which attributes all groups together say something else than last time, and on which nothing is said."""

    def named(*changes: str) -> list[str]:
        return [
            short_title(heads[entry.attribute])
            for entry in pair.attributes
            if entry.change in changes and entry.attribute in heads
        ]

    better, lower, same, left_out = named("better"), named("lower"), named("cannot_tell"), named("not_compared")
    said = []
    if better:
        said.append(gettext("Groups together say better: %(names)s.") % {"names": ", ".join(better)})
    if lower:
        said.append(gettext("Groups together say lower: %(names)s.") % {"names": ", ".join(lower)})
    if same:
        said.append(gettext("Cannot be told from chance: %(names)s.") % {"names": ", ".join(same)})
    if left_out:
        said.append(gettext("Not compared: %(names)s.") % {"names": ", ".join(left_out)})
    return said


def who_answered(wave: WaveShown) -> str:
    """Say how many were asked and answered, as far as it is public."""
    text = ngettext(
        "%(invited)s invited; %(received)s answer in figures",
        "%(invited)s invited; %(received)s answers in figures",
        wave.received,
    )
    said = text % {"invited": wave.invited, "received": wave.received}
    short = form_asked(wave.short_form)
    return said if short is None else f"{said}. {short}"
