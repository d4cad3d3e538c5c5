"""What can be done with a link: found by the hash of its token, and judged by its wave and its group."""

from enum import StrEnum

from django.db.models import Q

from assessments.codes import token_hash
from assessments.models import GroupMode, PanelLink, WaveGroup, WaveState


class Standing(StrEnum):
    """What can be done with a link today. Only by the first two can a questionnaire be answered."""

    USABLE = "usable"
    TEST = "test"
    UNKNOWN = "unknown"
    NOT_YET = "not_yet"
    TEST_OVER = "test_over"
    CLOSED = "closed"
    REVOKED = "revoked"
    USED = "used"
    FULL = "full"


def link_of(token: str) -> PanelLink | None:
    """Return the link with this token, and with one query everything its pages need; None where there is none."""
    hashed = token_hash(token)
    return (
        PanelLink.objects.select_related(
            "sheet", "group__wave__assessment__process", "group__wave__assessment__question_set"
        )
        # Large, and in memory (`with_question_set`).
        .defer("group__wave__assessment__question_set__document")
        # A reminder makes a new token; who was answering when it came goes on with the one before.
        .filter(Q(token_hash=hashed) | Q(former_hash=hashed))
        .first()
    )


def standing_of(link: PanelLink | None) -> Standing:
    """Return what can be done with a link. A wave takes no answers after its closing date, closed or not."""
    if link is None:
        return Standing.UNKNOWN
    wave = link.group.wave
    if link.is_revoked:
        return Standing.REVOKED
    if wave.state == WaveState.PREPARING:
        return Standing.TEST if link.is_test else Standing.NOT_YET
    if link.is_test:
        return Standing.TEST_OVER
    if not wave.is_open:
        return Standing.CLOSED
    if link.is_used:
        return Standing.USED
    return Standing.FULL if is_full(link.group) else Standing.USABLE


def is_full(group: WaveGroup) -> bool:
    """Whether a group has given all the answers it may give."""
    if group.mode == GroupMode.ON_RECORD:
        return group.received > 0
    return group.cap is not None and group.received >= group.cap


def usable_link(token: str) -> PanelLink | None:
    """Return the link with this token, with its group and wave, if a questionnaire can be answered by it now."""
    link = link_of(token)
    return link if standing_of(link) in {Standing.USABLE, Standing.TEST} else None
