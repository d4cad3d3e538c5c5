"""What a link opens: whether it can be used today, judged by its wave and its group; and what stakeholders are asked, a
question set without what only the organiser can know (method 3.8, 5.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from assessments.answers.value import ANSWERED
from assessments.models import PanelLink, WaveGroup
from assessments.panels.short_codes import has_short_code
from assessments.vocabulary import GroupMode, QuestionnaireForm, WaveState
from attributes.catalogue.published import for_participants
from attributes.catalogue.types import CatalogueItem, CatalogueQuestion, CatalogueSet
from attributes.codes import token_hash
from attributes.kinds import Audience, Kind
from attributes.memory import Statement
from attributes.texts import TextMap


class LinkState(StrEnum):
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


SHORTEST_TOKEN = 32  # characters; what is shorter can only be the code of a card


def link_of(token: str) -> PanelLink | None:
    """Return the link with this token, and with one query everything its pages need; None where there is none.

    A card has a code beside its link.
    """
    typed = has_short_code(token) if len(token) < SHORTEST_TOKEN else None
    return next(iter(_links(typed)), None) if typed else _by_hash.first(token_hash(token))


def _links(which: Q) -> QuerySet[PanelLink]:
    return (
        PanelLink.objects.select_related(
            "questionnaire", "group__wave__assessment__process", "group__wave__assessment__question_set"
        )
        # Large, and in memory (`with_question_set`).
        .defer("group__wave__assessment__question_set__document")
        .filter(which)
        # No two links have one token, and to put one in order takes as long as to read it.
        .order_by()[:1]
    )


# A reminder makes a new token; who was answering when it came goes on with the one before.
_by_hash = Statement(lambda hashed: _links(Q(token_hash=hashed) | Q(former_hash=hashed)))


def link_state_of(link: PanelLink | None) -> LinkState:
    """Return what can be done with a link. A wave takes no answers after its closing date, closed or not."""
    if link is None:
        return LinkState.UNKNOWN
    wave = link.group.wave
    if link.is_revoked:
        return LinkState.REVOKED
    if wave.state == WaveState.PREPARING:
        return LinkState.TEST if link.is_test else LinkState.NOT_YET
    if link.is_test:
        return LinkState.TEST_OVER
    # Whoever was let in can hand in: for a while after the last day, and where others filled the cap meanwhile
    # (`save_questionnaire` lets in).
    is_begun = not link.is_open_link and hasattr(link, "questionnaire")
    if not (wave.is_open if is_begun else wave.takes_new):
        return LinkState.CLOSED
    if link.is_used:
        corrects = is_begun and link.group.mode == GroupMode.ON_RECORD
        return LinkState.USABLE if corrects else LinkState.USED
    return LinkState.FULL if is_full(link.group) and not (is_begun and _is_let_in(link)) else LinkState.USABLE


def _is_let_in(link: PanelLink) -> bool:
    """Whether something has been saved by a link, so that it can be handed in however many others have meanwhile."""
    if link.in_exchange:
        return True
    has_content = bool(link.questionnaire.answers or link.questionnaire.comments)
    return has_content and link.group.mode != GroupMode.ON_RECORD


def is_full(group: WaveGroup) -> bool:
    """Whether a group has given all the answers it may give, but for those who have begun."""
    if group.mode == GroupMode.ON_RECORD:
        return group.received > 0
    return group.cap is not None and group.received >= group.cap


def usable_link(token: str) -> PanelLink | None:
    """Return the link with this token, with its group and wave, if a questionnaire can be answered by it now."""
    link = link_of(token)
    return link if link_state_of(link) in {LinkState.USABLE, LinkState.TEST} else None


# Of the Internet Society's questions in words, the method asks stakeholders these two; of other sets, all.
ASKED_IN_WORDS: Mapping[str, frozenset[str]] = {"isoc-multistakeholder-attributes": frozenset({"CR1d", "ED3b"})}

# Straight-lining (method 6, no. 8).
FLAT_ITEMS = 10
FLAT_SECONDS = 120


@dataclass(frozen=True)
class AskedQuestion:
    """A question of the paper with those of its items that stakeholders are asked.

    `number` is 1 for the first. `ends_attribute`: words on the attribute are asked for after it. `kind`: what the
    process does, for which an item may have a reading.
    """

    number: int
    question: CatalogueQuestion
    items: tuple[CatalogueItem, ...]
    ends_attribute: bool
    kind: str = ""

    @property
    def code(self) -> str:
        """The code of the question."""
        return self.question.code

    @property
    def rated(self) -> tuple[CatalogueItem, ...]:
        """The items that are answered by choosing."""
        return tuple(item for item in self.items if item.kind is not Kind.OPEN_TEXT)

    @property
    def comment_keys(self) -> tuple[str, ...]:
        """Under what the words of the page are stored: codes of items, and of the attribute where it ends here."""
        own = tuple(item.code for item in self.items if item.kind is Kind.OPEN_TEXT)
        return (*own, self.question.attribute_code) if self.ends_attribute else own


def _is_asked_in_words(question_set: CatalogueSet, item: CatalogueItem, kind: str) -> bool:
    """Whether stakeholders of a kind of process are asked for words by this item."""
    if item.kind is not Kind.OPEN_TEXT or item.audience is not Audience.BOTH or not item.applies_to(kind):
        return False
    named = ASKED_IN_WORDS.get(question_set.slug)
    return named is None or item.code in named


def asked_questions(
    question_set: CatalogueSet,
    *,
    with_words: bool = True,
    kind: str = "",
    form: str = QuestionnaireForm.FULL,
    process: str | TextMap = "",
) -> tuple[AskedQuestion, ...]:
    """Return the questions of the questionnaire, in the order of the set; those without an item asked are left out.

    Asked are the scored items that apply to a kind of process and are not for the organiser alone, and some in words.
    Without words, only what is answered by choosing. The short form asks what stands for each question, and for words
    on an attribute where that is wanted. Items come in the words for participants, about the `process`.
    """
    is_short = form == QuestionnaireForm.SHORT
    found = []
    for question in question_set.questions:
        chosen = {item.code for item in question.asked_of_participants(kind, is_short=is_short)}
        items = tuple(
            for_participants(item, question_set, process)
            for item in question.items
            if item.code in chosen or (with_words and not is_short and _is_asked_in_words(question_set, item, kind))
        )
        if items:
            found.append((question, items))
    last = {question.attribute_code: question.code for question, _items in found}
    return tuple(
        AskedQuestion(number, question, items, with_words and last[question.attribute_code] == question.code, kind)
        for number, (question, items) in enumerate(found, 1)
    )


def is_flat(question_set: CatalogueSet, answers: Mapping[str, Mapping[str, Any]], seconds: int | None) -> bool:
    """Whether at least ten ratings are all alike and the questionnaire took less than two minutes.

    `seconds` is None where nobody knows: it is then not flat.
    """
    if seconds is None or not 0 <= seconds < FLAT_SECONDS:
        return False
    levels = [
        entry["level"]
        for code, entry in answers.items()
        if entry.get("state") == ANSWERED and "level" in entry and code in question_set.items
    ]
    return len(levels) >= FLAT_ITEMS and len(set(levels)) == 1
