"""Short ways to write down what stakeholder groups answered."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from assessments.scoring import GroupResponses, ItemState, OptionAnswer, RespondentAnswer, ScoringItem, WaveAnswers
from tests.scoring.instrument import BY_CODE, SPECS

STAKEHOLDER_SPECS = tuple(spec for spec in SPECS if spec.code not in {"IT5c", "CO1a", "CO1d", "CO4b"})
DONT_KNOW = RespondentAnswer(ItemState.DONT_KNOW)
NOT_FOR_ME = RespondentAnswer(ItemState.NOT_APPLICABLE)
SKIPPED = RespondentAnswer(ItemState.UNANSWERED)

# The published example of the method: six groups, levels 0 to 3, on each item of Collective responsibility.
TV8 = {
    "Government": [0, 2, 3, 1],
    "Business": [0, 4, 16, 20],
    "Civil society": [3, 4, 1, 0],
    "Technical community": [0, 1, 3, 1],
    "Academia": [0, 1, 1, 0],
    "Youth": [1, 2, 0, 0],
}
TV10 = {
    "CR1a": TV8,
    "CR1b": {
        "Government": [0, 1, 4, 1],
        "Business": [0, 4, 24, 12],
        "Civil society": [2, 4, 2, 0],
        "Technical community": [0, 0, 3, 2],
        "Academia": [0, 1, 1, 0],
        "Youth": [0, 3, 0, 0],
    },
    "CR1c": {
        "Government": [0, 0, 5, 1],
        "Business": [0, 10, 20, 10],
        "Civil society": [0, 2, 5, 1],
        "Technical community": [0, 1, 2, 2],
        "Academia": [0, 0, 2, 0],
        "Youth": [0, 2, 1, 0],
    },
}


def rated(level: int) -> RespondentAnswer:
    return RespondentAnswer(ItemState.ANSWERED, level=level)


def ticked(spec: ScoringItem, *states: str) -> RespondentAnswer:
    """A checklist, one state per option in order."""
    options = tuple(OptionAnswer(option, state) for option, state in zip(spec.options, states, strict=True))
    return RespondentAnswer(ItemState.ANSWERED, options=options)


def at_levels(counts: Sequence[int]) -> Counter[RespondentAnswer]:
    """So many answers at level 0, 1, 2, 3."""
    return Counter({rated(level): count for level, count in enumerate(counts) if count})


def group(
    code: str, answers: Mapping[str, Iterable[RespondentAnswer]], received: int | None = None, on_record: bool = False
) -> GroupResponses:
    """A group from lists of answers per item; without `received`, as many responses as the longest list."""
    tallies = {item: Counter(given) for item, given in answers.items()}
    most = max((tally.total() for tally in tallies.values()), default=0)
    return GroupResponses(code, most if received is None else received, tallies, on_record)


def wave_of(
    items: Mapping[str, Mapping[str, Sequence[int]]], *, k: int = 5, on_record: Iterable[str] = ()
) -> WaveAnswers:
    """A wave from the numbers of answers at each level, by item and group."""
    codes = dict.fromkeys(code for groups in items.values() for code in groups)
    return WaveAnswers(
        tuple(
            group(
                code,
                {item: at_levels(groups[code]).elements() for item, groups in items.items() if code in groups},
                on_record=code in on_record,
            )
            for code in codes
        ),
        k=k,
    )


def specs_named(*codes: str) -> tuple[ScoringItem, ...]:
    return tuple(BY_CODE[code] for code in codes)
