"""From what stakeholders answered to what the scoring takes: counts of answers, without any person.

Answers come as `UnfinishedQuestionnaire.answers` has them: by item code `{"state": "answered", "level": 2}`,
`{"state": "answered", "options": {"cost": "partly"}}`, `{"state": "dont_know"}` or `{"state": "not_applicable"}`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assessments.answers.counting import item_specs
from assessments.answers.value import (
    ANSWERED,
    NOT_APPLICABLE,
    UNANSWERED,
    AnswerContent,
    content_of,
)
from assessments.models import Answer
from assessments.scoring import (
    GroupResponses,
    ItemKind,
    ItemState,
    OptionAnswer,
    RespondentAnswer,
    ScoringError,
    ScoringItem,
    WaveAnswers,
    respondent_value,
)
from assessments.scoring.experience.sampling import Questionnaire
from assessments.vocabulary import QuestionnaireForm
from attributes.catalogue.types import CatalogueItem, CatalogueSet

SKIPPED = RespondentAnswer(ItemState.UNANSWERED)
# What one answer is kept by: the same answer given twice has the same key.
Key = tuple[Any, ...]


@dataclass
class GroupTally:
    """How often each answer was given in one group, by item code; how many responses, and how many of them flat."""

    received: int = 0
    flat: int = 0
    answers: dict[str, Counter[RespondentAnswer]] = field(default_factory=dict)

    def plus(self, other: "GroupTally") -> "GroupTally":
        """Both together."""
        items = dict.fromkeys([*self.answers, *other.answers])
        nothing: Counter[RespondentAnswer] = Counter()
        return GroupTally(
            received=self.received + other.received,
            flat=self.flat + other.flat,
            answers={code: self.answers.get(code, nothing) + other.answers.get(code, nothing) for code in items},
        )


def asked_specs(catalogue: CatalogueSet, kind: str = "", form: str = QuestionnaireForm.FULL) -> tuple[ScoringItem, ...]:
    """Return the scored items that stakeholders are asked, in the order of the set (method 3.8).

    `kind` is what the process does, "" where nobody has chosen: what does not apply to it is not asked. `form`: the
    short one asks those items alone that stand for their questions.
    """
    is_short = form == QuestionnaireForm.SHORT
    asked = {
        item.code
        for question in catalogue.questions
        for item in question.asked_of_participants(kind, is_short=is_short)
    }
    return tuple(spec for spec in item_specs(catalogue) if spec.code in asked)


def not_applicable_items(catalogue: CatalogueSet, answers: Iterable[Answer]) -> frozenset[str]:
    """Return the items the organiser has declared not applicable to the process, with a reason and where that is
    allowed: they are so for both tracks. Nothing else takes away what stakeholders say."""
    own = {row.item_id: row for row in answers}
    answered = [item for item in catalogue.items.values() if item.pk in own]
    return frozenset(
        item.code
        for item in answered
        if item.scored and item.na_allowed and _is_left_out(item, content_of(item, own[item.pk]))
    )


def _is_left_out(item: CatalogueItem, content: AnswerContent) -> bool:
    """Whether the whole item is not applicable: as such, or line by line, with the reasons."""
    if content.state == NOT_APPLICABLE:
        return bool(content.not_applicable_reason.strip())
    if content.state != ANSWERED or not item.has_named_options:
        return False
    lines = [content.options.get(key) for key in item.option_keys]
    return all(line and line.state == NOT_APPLICABLE and line.text.strip() for line in lines)


class Counting:
    """Counts answers as they are stored. One for a whole wave: each different answer is read and checked once."""

    def __init__(self, specs: Sequence[ScoringItem]) -> None:
        self._specs = {spec.code: spec for spec in specs}
        self._read: dict[tuple[str, Key], RespondentAnswer] = {}

    def tally(self, entries: Iterable[Mapping[str, Any]]) -> GroupTally:
        """Return the tally of finished questionnaires as they lie in a ballot box."""
        counts: dict[str, Counter[Key]] = {code: Counter() for code in self._specs}
        found = GroupTally()
        for entry in entries:
            found.received += 1
            found.flat += bool(entry.get("is_flat"))
            for code, stored in entry["answers"].items():
                if code in counts:
                    counts[code][_key(stored)] += 1
        for code, counted in counts.items():
            answers: Counter[RespondentAnswer] = Counter()
            for key, count in counted.items():
                answers[self._answer(code, key)] += count
            # Skipped is what is left of the responses.
            answers.pop(SKIPPED, None)
            if answers:
                found.answers[code] = answers
        return found

    def questionnaire(self, answers: Mapping[str, Any]) -> Questionnaire:
        """Return what one person answered, as `tally` counts it. Never to be kept: it is gone with the ballot boxes."""
        return {code: self._answer(code, _key(stored)) for code, stored in answers.items() if code in self._specs}

    def _answer(self, code: str, key: Key) -> RespondentAnswer:
        if (code, key) not in self._read:
            self._read[code, key] = _answer(self._specs[code], key)
        return self._read[code, key]


def _key(stored: Any) -> Key:
    if not isinstance(stored, Mapping):
        return (UNANSWERED, None, ())
    options, level = stored.get("options"), stored.get("level")
    lines = sorted((str(key), str(state)) for key, state in options.items()) if isinstance(options, Mapping) else ()
    return (str(stored.get("state", ANSWERED)), level if type(level) is int else None, tuple(lines))


def _answer(spec: ScoringItem, key: Key) -> RespondentAnswer:
    """The answer with this key; what the item does not permit is no answer, for it must not hinder the closing."""
    state, level, lines = key
    try:
        if ItemState(state) is not ItemState.ANSWERED:
            return RespondentAnswer(ItemState(state))
        given = dict(lines)
        if not given.keys() <= set(spec.options) or (spec.kind is ItemKind.RATING) != (level is not None):
            return SKIPPED
        options = tuple(OptionAnswer(option, given[option]) for option in spec.options if given.get(option))
        if spec.kind is not ItemKind.RATING and not options:
            return SKIPPED
        found = RespondentAnswer(ItemState.ANSWERED, level=level, options=options)
        respondent_value(spec, found)
    except (ScoringError, ValueError):
        return SKIPPED
    return found


def group_responses(code: str, tally: GroupTally, *, on_record: bool) -> GroupResponses:
    """Return a group's answers as the scoring takes them."""
    return GroupResponses(code, tally.received, tally.answers, on_record)


def tally_json(tally: GroupTally) -> dict[str, Any]:
    """A tally as JSON, in an order that says nothing."""
    return {"received": tally.received, "flat": tally.flat, "answers": _answers_json(tally.answers)}


def tally_of(content: Mapping[str, Any]) -> GroupTally:
    """The tally that `tally_json` wrote."""
    return GroupTally(content["received"], content["flat"], _answers_of(content["answers"]))


def wave_json(wave: WaveAnswers) -> dict[str, Any]:
    """A wave as JSON, for the snapshot after this one to be compared with."""
    return {
        "k": wave.k,
        "not_applicable": sorted(wave.not_applicable),
        "pool": None if wave.pool is None else list(wave.pool),
        "groups": [
            {
                "code": group.code,
                "received": group.received,
                "on_record": group.on_record,
                "answers": _answers_json(group.answers),
            }
            for group in wave.groups
        ],
    }


def wave_of(content: Mapping[str, Any]) -> WaveAnswers:
    """The wave that `wave_json` wrote."""
    return WaveAnswers(
        groups=tuple(
            GroupResponses(group["code"], group["received"], _answers_of(group["answers"]), group["on_record"])
            for group in content["groups"]
        ),
        k=content["k"],
        not_applicable=frozenset(content["not_applicable"]),
        pool=None if content["pool"] is None else tuple(content["pool"]),
    )


def _answers_json(answers: Mapping[str, Mapping[RespondentAnswer, int]]) -> dict[str, list[dict[str, Any]]]:
    return {
        code: sorted(
            (
                {
                    "state": answer.state.value,
                    "level": answer.level,
                    # Not a map: a database may put its keys into an order of its own.
                    "options": [[entry.option, entry.state] for entry in answer.options],
                    "count": count,
                }
                for answer, count in tally.items()
                if count
            ),
            key=lambda line: (line["state"], line["level"] or 0, line["options"]),
        )
        for code, tally in sorted(answers.items())
    }


def _answers_of(content: Mapping[str, Iterable[Mapping[str, Any]]]) -> dict[str, Counter[RespondentAnswer]]:
    return {
        code: Counter(
            {
                RespondentAnswer(
                    ItemState(line["state"]),
                    line["level"],
                    tuple(OptionAnswer(option, state) for option, state in line["options"]),
                ): line["count"]
                for line in lines
            }
        )
        for code, lines in content.items()
    }
