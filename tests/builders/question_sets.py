"""The question sets that come with msgov, and made-up ones of any length, to see what grows with them."""

from functools import cache

from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueSet
from attributes.kinds import Kind
from attributes.loading import SHIPPED_FOLDER, read_spec, store_spec
from attributes.memory import Statement
from attributes.models import QuestionSet
from attributes.schema import (
    AnchorSpec,
    AttributeSpec,
    ItemSpec,
    LevelSpec,
    OptionSpec,
    QuestionSetSpec,
    QuestionSpec,
    SourceSpec,
    StateSpec,
)

LETTERS = "NPLF"
ATTRIBUTES = 4


@cache
def shipped_spec() -> QuestionSetSpec:
    """The shipped question set, read and checked once: it takes as long as storing it."""
    return read_spec(SHIPPED_FOLDER / "isoc-multistakeholder-attributes-1.0.0.yaml")


@cache
def netmundial_spec() -> QuestionSetSpec:
    """The other shipped question set, which is experimental."""
    return read_spec(SHIPPED_FOLDER / "netmundial-process-principles-1.0.0.yaml")


def question_set() -> QuestionSet:
    """The shipped question set, which is stored once for all tests; in an empty site it is stored now."""
    spec = shipped_spec()
    return next(iter(_stored(spec.slug, spec.version)), None) or store_spec(spec)[0]


_stored = Statement(lambda slug, version: QuestionSet.objects.filter(slug=slug, version=version))


def items() -> CatalogueSet:
    """The catalogue of the shipped question set."""
    return catalogue_of(question_set())


def synthetic(
    questions: int, *, attributes: int = ATTRIBUTES, letters: str = LETTERS, slug: str = ""
) -> QuestionSetSpec:
    """`questions` questions with one item each, spread over `attributes`: ratings, and every third a checklist.

    A level of the scale for each of the `letters`.
    """
    size = -(-questions // attributes)
    numbers = range(1, questions + 1)
    chunks = [numbers[n * size : (n + 1) * size] for n in range(attributes)]
    if not all(chunks):
        raise ValueError(f"{questions} questions do not fill {attributes} attributes")
    return QuestionSetSpec(
        format=1,
        slug=slug or f"bench-{questions}",
        version="1.0.0",
        languages=("en",),
        title={"en": f"Bench, {questions} questions"},
        credit={"en": "Made for measurements."},
        resource_default={"en": "the Internet"},
        source=SourceSpec(title="Bench", publisher="msgov", year=2025),
        scale=tuple(
            LevelSpec(value=value, letter=letter, label={"en": f"Level {letter}"}, meaning={"en": f"Meaning {letter}"})
            for value, letter in enumerate(letters)
        ),
        attributes=tuple(
            AttributeSpec(
                code=f"A{n}",
                slug=f"attribute-{n}",
                title={"en": f"Attribute {n}"},
                summary={"en": f"What attribute {n} is about."},
                questions=tuple(_question(number, len(letters)) for number in chunk),
            )
            for n, chunk in enumerate(chunks)
        ),
    )


def _question(number: int, levels: int) -> QuestionSpec:
    return QuestionSpec(
        code=f"Q{number}",
        verbatim={"en": f"In the words of the source, how is matter {number} dealt with in the process?"},
        items=(_checklist(number) if number % 3 == 0 else _rating(number, levels),),
    )


def _rating(number: int, levels: int) -> ItemSpec:
    return ItemSpec(
        code=f"Q{number}a",
        kind=Kind.RATING,
        short={"en": f"Matter {number}"},
        text={"en": f"How far is matter {number} dealt with, for {{resource}}?"},
        scored=True,
        anchors=tuple(
            AnchorSpec(level=level, text={"en": f"What level {level} looks like for matter {number}."})
            for level in range(levels)
        ),
        evidence_prompts=({"en": "A document that describes it"}, {"en": "Minutes that show it"}),
    )


def _checklist(number: int) -> ItemSpec:
    return ItemSpec(
        code=f"Q{number}a",
        kind=Kind.COVERAGE_CHECKLIST,
        short={"en": f"Matter {number}"},
        text={"en": f"Which parts of matter {number} are covered?"},
        scored=True,
        options=tuple(OptionSpec(key=f"part_{n}", label={"en": f"Part {n}"}) for n in range(4)),
        states=(
            StateSpec(key="no", credit="0", label={"en": "No"}),
            StateSpec(key="partly", credit="1/2", label={"en": "Partly"}),
            StateSpec(key="yes", credit="1", label={"en": "Yes"}),
        ),
        evidence_prompts=({"en": "A list that shows it"},),
    )
