"""How often a version of a question set is used, and how its questions work (never who answered what).

Figures come from answers that count: those of submitted assessments of real processes. Nothing is told of fewer than
five assessments, nor how answers are distributed where fewer than five were given.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Length, Trim

from assessments.answers.counting import given_answer, item_spec
from assessments.answers.value import ANSWERED, DONT_KNOW, NOT_APPLICABLE, content_of, takes_evidence
from assessments.models import Answer, Assessment, EvidenceFile
from assessments.scoring.evidence import count_item
from assessments.scoring.method import SENTENCE_LENGTH
from assessments.vocabulary import AssessmentState, EvidenceClass, Track
from attributes.catalogue.types import CatalogueItem, CatalogueSet
from attributes.kinds import CHECKLIST_KINDS, Kind

ENOUGH = 5
CHUNK = 2000
SUBMITTED = (AssessmentState.SUBMITTED, AssessmentState.SUPERSEDED)
COUNTED = [AssessmentState.DRAFT, AssessmentState.SUBMITTED, AssessmentState.SUPERSEDED]

# What a checklist says, without its words: state, whether a reason is given, and per line key, state, has words.
_Said = tuple[str, bool, tuple[tuple[str, str, bool], ...]]


@dataclass(frozen=True)
class StateUse:
    """How many assessments are in a state: of real processes, and of invented ones and examples."""

    state: AssessmentState
    real: int
    others: int

    @property
    def all(self) -> int:
        return self.real + self.others


@dataclass(frozen=True)
class LineUse:
    """How often each state was given to a line of a checklist. `states` is None where fewer than five said any."""

    key: str
    given: int
    states: dict[str, int] | None


@dataclass(frozen=True)
class ItemUse:
    """How an item was answered in `total` assessments.

    `levels` (how many at each, lowest first) is None for other kinds than ratings; it, `without_evidence` and the
    states of lines also where fewer than five answers stand behind them.
    """

    item: CatalogueItem
    total: int
    answered: int
    dont_know: int
    not_applicable: int
    unanswered: int
    without_evidence: int | None
    levels: tuple[int, ...] | None
    lines: tuple[LineUse, ...]

    @property
    def without_answer(self) -> int:
        """How many gave no answer that says something of the process."""
        return self.total - self.answered

    @property
    def attention(self) -> Fraction:
        """The share (of one) without an answer: what "needs attention" is sorted by."""
        return Fraction(self.without_answer, self.total)

    @property
    def is_enough(self) -> bool:
        """Whether enough answered for a distribution."""
        return self.answered >= ENOUGH


@dataclass
class _Tally:
    """Counts of one item while they are gathered."""

    states: Counter[str] = field(default_factory=Counter)
    levels: Counter[int] = field(default_factory=Counter)
    lines: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    without_evidence: int = 0


def assessments_by_set(question_sets: Iterable[int]) -> dict[int, int]:
    """How many assessments use each of these question sets, by its id; unused ones are left out. One query."""
    rows = Assessment.objects.filter(question_set__in=question_sets).order_by().values_list("question_set")
    return dict(rows.annotate(n=Count("pk")))


def states_of(question_set: int) -> list[StateUse]:
    """How many assessments use a version, by state. One query."""
    rows = (
        Assessment.objects.filter(question_set=question_set)
        .order_by()
        .values_list("state")
        .annotate(n=Count("pk"), real=Count("pk", filter=_real("process__")))
    )
    found = {state: (real, n - real) for state, n, real in rows}
    return [StateUse(state, *found.get(state, (0, 0))) for state in COUNTED]


def item_uses(catalogue: CatalogueSet, total: int) -> list[ItemUse]:
    """How each item of a version was answered in the `total` assessments that count. Two queries.

    Ratings and texts are counted by the database; checklists are read row by row, once, and each pattern of answers
    is judged once. Raises ValueError below five assessments.
    """
    if total < ENOUGH:
        raise ValueError(f"{total} assessments are too few")
    tallies: dict[int, _Tally] = defaultdict(_Tally)
    _count_plain(catalogue, tallies)
    _count_checklists(catalogue, tallies)
    return [_item_use(item, tallies[item.pk], total) for item in catalogue.items.values()]


def by_attention(uses: Iterable[ItemUse]) -> list[ItemUse]:
    """Those most often without an answer first; with a tie in the order of the set."""
    return sorted(uses, key=lambda use: -use.attention)


def _real(prefix: str) -> Q:
    return Q(**{f"{prefix}is_invented": False, f"{prefix}is_example": False})


def _answers(catalogue: CatalogueSet) -> QuerySet[Any]:
    """The answers that count, with what evidence and reasons amount to."""
    files = EvidenceFile.objects.filter(response=OuterRef("response"), item=OuterRef("item"))
    # As in a result, but for spaces within the words.
    nothing = Q(evidence_class=EvidenceClass.NONE) | Q(length__lt=SENTENCE_LENGTH, links="", has_file=False)
    rows: QuerySet[Any] = (
        Answer.objects.filter(
            _real("response__assessment__process__"),
            response__track=Track.EVIDENCE,
            response__assessment__question_set=catalogue.id,
            response__assessment__state__in=SUBMITTED,
        )
        .order_by()
        .alias(length=Length(Trim("evidence_text")), links=Trim("evidence_links"), reason=Trim("not_applicable_reason"))
        .alias(has_file=Exists(files))
        .annotate(has_reason=_flag(~Q(reason="")), no_evidence=_flag(nothing))
    )
    return rows


def _flag(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _count_plain(catalogue: CatalogueSet, tallies: Mapping[int, _Tally]) -> None:
    items = {item.pk: item for item in catalogue.items.values()}
    rows = (
        _answers(catalogue)
        .filter(item__kind__in=[Kind.RATING, Kind.OPEN_TEXT])
        .annotate(level=F("value__level"))
        .values_list("item_id", "state", "level", "has_reason", "no_evidence")
        .annotate(n=Count("pk"))
    )
    for pk, stored, level, has_reason, no_evidence, n in rows:
        item = items.get(pk)
        if item is None:
            continue
        said = SimpleNamespace(**_stored(stored, {"level": level, "text": "-"}, has_reason=has_reason))
        state = _state(item, said)
        tally = tallies[pk]
        tally.states[state] += n
        if state == ANSWERED:
            tally.without_evidence += n if no_evidence else 0
            if item.kind is Kind.RATING:
                tally.levels[level] += n


def _count_checklists(catalogue: CatalogueSet, tallies: Mapping[int, _Tally]) -> None:
    items = {item.pk: item for item in catalogue.items.values()}
    judge = _judge()
    rows = (
        _answers(catalogue)
        .filter(item__kind__in=CHECKLIST_KINDS)
        .values_list("item_id", "state", "value__options", "has_reason", "no_evidence")
    )
    for pk, stored, options, has_reason, no_evidence in rows.iterator(CHUNK):
        item = items.get(pk)
        if item is None:
            continue
        given = options.items() if isinstance(options, dict) else ()
        lines = tuple((key, line.get("state", ""), bool(line.get("text", "").strip())) for key, line in given)
        state, states = judge(item, (stored, has_reason, lines))
        tally = tallies[pk]
        tally.states[state] += 1
        if state == ANSWERED:
            tally.without_evidence += 1 if no_evidence else 0
        for key, line_state in states:
            tally.lines[key][line_state] += 1


def _judge() -> Callable[[CatalogueItem, _Said], tuple[str, tuple[tuple[str, str], ...]]]:
    """Return what tells of a checklist's content what it counts as and the states of its lines, each content once."""
    known: dict[tuple[int, _Said], tuple[str, tuple[tuple[str, str], ...]]] = {}

    def judge(item: CatalogueItem, said: _Said) -> tuple[str, tuple[tuple[str, str], ...]]:
        if (item.pk, said) not in known:
            state, has_reason, lines = said
            options = {key: {"state": line, "text": "-" if words else ""} for key, line, words in lines}
            stored = SimpleNamespace(**_stored(state, {"options": options}, has_reason=has_reason))
            found = content_of(item, stored).options
            states = tuple((key, found[key].state) for key in found if found[key].state)
            known[item.pk, said] = (_state(item, stored), states)
        return known[item.pk, said]

    return judge


def _stored(state: str, value: dict[str, Any], *, has_reason: bool) -> dict[str, Any]:
    """A stored answer as far as its state goes: evidence and words are counted elsewhere."""
    evidence = ("evidence_class", "evidence_text", "evidence_links", "evidence_source")
    nothing = dict.fromkeys((*evidence, "comment", "moved_because"), "")
    return {"state": state, "value": value, "not_applicable_reason": "-" if has_reason else "", **nothing}


def _state(item: CatalogueItem, stored: Any) -> str:
    """What an answer counts as: for scored items as in a result."""
    content = content_of(item, stored)
    if item.scored:
        return count_item(item_spec(item), given_answer(item, content)).state.value
    return content.state


def _item_use(item: CatalogueItem, tally: _Tally, total: int) -> ItemUse:
    answered, dont_know, not_applicable = (tally.states[state] for state in (ANSWERED, DONT_KNOW, NOT_APPLICABLE))
    enough = answered >= ENOUGH
    rating = item.kind is Kind.RATING
    return ItemUse(
        item=item,
        total=total,
        answered=answered,
        dont_know=dont_know,
        not_applicable=not_applicable,
        # Whoever never opened the question left no row.
        unanswered=total - answered - dont_know - not_applicable,
        without_evidence=tally.without_evidence if enough and takes_evidence(item) else None,
        levels=tuple(tally.levels[level] for level in range(item.top_level + 1)) if rating and enough else None,
        lines=tuple(_line_use(key, tally.lines[key]) for key in item.option_keys),
    )


def _line_use(key: str, states: Counter[str]) -> LineUse:
    given = states.total()
    return LineUse(key, given, dict(states) if given >= ENOUGH else None)
