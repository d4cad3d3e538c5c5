"""What was answered last time, shown beside an answer that is saved and never before: whoever answers should say how it
is now, and not lean on what was said then."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assessments.answers.value import NOT_APPLICABLE, AnswerContent, content_of, is_complete, is_empty
from assessments.answers.wording import WordedLine, answer_lines
from assessments.models import Action, Answer, Assessment
from assessments.vocabulary import AnswerState, Track
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueItem, CatalogueSet
from attributes.kinds import Kind
from attributes.memory import Statement
from attributes.models import QuestionSet
from attributes.texts import Wording

# The part of an item's inputs that says what of last time the page shows already.
SHOWN, MOVED = "last", "moved"
SAME, DIFFERS = "same", "differs"


@dataclass(frozen=True)
class LastTime:
    """What was said of one item in the round before, and what was planned on it and became of that."""

    code: str
    # The level in a word, or "" where the answer is not on the scale.
    level: str
    lines: tuple[WordedLine, ...]
    actions: tuple[Action, ...]
    asked_differently: bool
    differs: bool
    # Why it moved, as far as somebody has said.
    moved_because: str

    @property
    def mark(self) -> str:
        """What the page sends back, so that what it shows already is not drawn again while somebody types."""
        return DIFFERS if self.differs else SAME


def last_times(
    assessment: Assessment, catalogue: CatalogueSet, items: Iterable[CatalogueItem], say: Wording
) -> dict[str, LastTime]:
    """Return last time's answers to these items, by code: of those whose new answer is whole and saved. One query for
    the answers, and one for what was promised where anything was; none without a round before.

    The assessment was read `with_round_before`. One query more where the round before was of another version of
    the question set.
    """
    marked: Any = assessment
    before: int | None = marked.before
    if before is None:
        return {}
    then = catalogue if marked.before_set == assessment.question_set_id else catalogue_of(*_sets(marked.before_set))
    asked = {item.code: item for item in items if item.code in then.items}
    pks = {pk for code, item in asked.items() for pk in (item.pk, then.items[code].pk)}
    rows = _answers(before, assessment.pk, sorted(pks))
    stored = {(row.response.assessment_id, row.item_id): row for row in rows}
    actions: dict[str, list[Action]] = {}
    for action in Action.objects.filter(assessment=before, item__in=asked) if marked.had_actions else ():
        actions.setdefault(action.item, []).append(action)
    found = {}
    for code, item in asked.items():
        old = then.items[code]
        now = content_of(item, stored.get((assessment.pk, item.pk)))
        said = content_of(old, stored.get((before, old.pk)))
        if is_answered(item, now) and not is_empty(said):
            found[code] = _last_time((item, now), (old, said), then, actions.get(code, ()), say)
    return found


_sets = Statement(lambda pk: QuestionSet.objects.filter(pk=pk).defer("document"))
_answers = Statement(
    lambda before, now, items: (
        Answer.objects.filter(response__assessment__in=(before, now), response__track=Track.EVIDENCE, item__in=items)
        .select_related("response")
        .order_by()
    )
)


def is_answered(item: CatalogueItem, content: AnswerContent) -> bool:
    """Whether nothing of the answer itself is left to choose; of a list, whether every line is answered."""
    return content.state == NOT_APPLICABLE or is_complete(item, content)


def _last_time(
    now: tuple[CatalogueItem, AnswerContent],
    then: tuple[CatalogueItem, AnswerContent],
    catalogue: CatalogueSet,
    actions: Iterable[Action],
    say: Wording,
) -> LastTime:
    (item, content), (old, said) = now, then
    is_level = old.kind is Kind.RATING and said.state == AnswerState.ANSWERED and said.level is not None
    return LastTime(
        code=item.code,
        level=say(catalogue.scale[said.level].label) if is_level and said.level is not None else "",
        lines=tuple(answer_lines(catalogue, old, said, say)),
        actions=tuple(actions),
        asked_differently=(item.revision, item.kind) != (old.revision, old.kind),
        differs=item.kind is not Kind.OPEN_TEXT and chosen(content) != chosen(said),
        moved_because=content.moved_because,
    )


def chosen(content: AnswerContent) -> tuple[str, int | None, Mapping[str, str]]:
    """Return what was chosen in an answer, its words left out."""
    return content.state, content.level, {key: line.state for key, line in content.options.items() if line.state}
