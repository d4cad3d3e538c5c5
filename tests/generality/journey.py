"""A question set of any shape answered through its forms, and what that has to come to, computed by hand here."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.test import Client
from django.urls import reverse

from assessments.documents.result import AttributeResult
from assessments.models import Answer, Assessment, Process
from attributes.catalogue.published import catalogue_of
from attributes.models import QuestionSet
from attributes.schema import ItemSpec, QuestionSetSpec
from tests.builders.question_pages import form_of, send
from tests.forms_in_pages import PageForm

THIRD = Fraction(1, 3)
HALF = Fraction(1, 2)
TWO_THIRDS = Fraction(2, 3)
LINK = "https://example.org/minutes"
SENTENCE = "Page 3 says who decided what."


@dataclass(frozen=True)
class ExpectedScore:
    """What an attribute comes to: no score and no letters where it is withheld, a range in any case."""

    status: str
    low: Fraction
    high: Fraction
    score: Fraction | None
    band_letter: str | None
    letter: str | None


@dataclass(frozen=True)
class _Counted:
    """A scored item: what is claimed and what counts of it (0 to 1), and whether there is anything to show for it."""

    claimed: Fraction
    counted: Fraction
    shown: bool
    critical: bool


def start(client: Client, process: Process, question_set: QuestionSet) -> Assessment:
    """Press the button that starts a round, with a set chosen."""
    address = reverse("assessments:assessment-start", args=[process.code])
    assert client.post(address, {"question_set": question_set.pk}).status_code == 302
    return process.assessments.with_question_set().get(question_set=question_set)


def answer_everything(
    client: Client, assessment: Assessment, spec: QuestionSetSpec, shift: int = 0, *, of_each: int | None = None
) -> None:
    """Open every question page, or the first ones of each attribute, and answer what it asks.

    `shift` makes the answers of another process.
    """
    number = shift
    for attribute in spec.attributes:
        for place, question in enumerate(attribute.questions):
            numbered = list(enumerate(question.items, start=number))
            number += len(numbered)
            if of_each is not None and place >= of_each:
                continue
            form = form_of(client, assessment, question.code)
            for own, item in numbered:
                _fill(form, item, own)
            response = send(client, form, "continue")
            assert response.status_code == 302, response.content.decode()


def store_everything(assessment: Assessment, spec: QuestionSetSpec, shift: int = 0) -> None:
    """The same answers put straight into the database: for a second process with hundreds of questions."""
    found = catalogue_of(assessment.question_set)
    rows = []
    items = [item for a in spec.attributes for question in a.questions for item in question.items]
    for number, item in enumerate(items, start=shift):
        evidence = {f"evidence_{name}": given for name, given in _evidence(number).items()} if item.scored else {}
        row = {"item_id": found.items[item.code].pk, "state": "answered", "value": _value(item, number)}
        rows.append(Answer(response=assessment.responses.get(), **row, **evidence))
    Answer.objects.bulk_create(rows)


def _value(item: ItemSpec, number: int) -> dict[str, Any]:
    """What is stored of the answer that `_fill` types."""
    if not item.scored:
        return {"text": "Nobody."}
    if item.kind == "rating":
        return {"level": _level(item, number)}
    if not item.options:
        return {"options": {"": {"state": _state(item, number), "text": "As the minutes say."}}}
    lines = {option.key: {"state": _state(item, number + place)} for place, option in enumerate(item.options)}
    return {"options": lines}


def submit(client: Client, assessment: Assessment) -> None:
    """Press the last button."""
    response = client.post(reverse("assessments:assessment-submit", args=[assessment.code]))
    assert response.status_code == 302
    assessment.refresh_from_db()
    assert assessment.is_submitted


def _fill(form: PageForm, item: ItemSpec, number: int) -> None:
    if not item.scored:
        form.fields[f"{item.code}-answer"] = "Nobody."
        return
    if item.kind == "rating":
        form.fields[f"{item.code}-answer"] = str(_level(item, number))
    elif item.options:
        for position, option in enumerate(item.options):
            form.fields[f"{item.code}-{option.key}-state"] = _state(item, number + position)
    else:
        form.fields[f"{item.code}-answer"] = _state(item, number)
        form.fields[f"{item.code}-justification"] = "As the minutes say."
    names = {"text": "evidence"}
    for name, given in _evidence(number).items():
        form.fields[f"{item.code}-{names.get(name, name)}"] = given


def _level(item: ItemSpec, number: int) -> int:
    return (number * 2 + 1) % len(item.anchors)


def _state(item: ItemSpec, number: int) -> str:
    return item.states[number % len(item.states)].key


def _evidence(number: int) -> dict[str, str]:
    """Of five answers one comes with nothing, one with a link that nothing is said of, three with link and sentence.

    The class that is chosen lowers none of them, and cannot raise the second.
    """
    if number % 5 == 0:
        return {}
    return {"links": LINK, "text": "" if number % 5 == 1 else SENTENCE, "class": "E2"}


def score_of(attribute: AttributeResult) -> ExpectedScore:
    """What a document says of an attribute, to be held against what is expected."""
    assert attribute.low
    assert attribute.high
    return ExpectedScore(
        status=attribute.status,
        low=Fraction(attribute.low.exact),
        high=Fraction(attribute.high.exact),
        score=Fraction(attribute.score.exact) if attribute.score else None,
        band_letter=attribute.band_letter,
        letter=attribute.letter,
    )


def expected_scores(spec: QuestionSetSpec, shift: int = 0) -> dict[str, ExpectedScore]:
    """Attribute code to what it comes to (method 3.5, 3.6), everything being answered and nothing left out."""
    number, found = shift, {}
    for attribute in spec.attributes:
        questions = []
        for question in attribute.questions:
            numbered = list(enumerate(question.items, start=number))
            number += len(numbered)
            if scored := [_counted(item, own) for own, item in numbered if item.scored]:
                questions.append(scored)
        found[attribute.code] = _expected(questions)
    return found


def _expected(questions: list[list[_Counted]]) -> ExpectedScore:
    """Means over questions of the means over their scored items; nothing being unknown, the high end is the claim."""
    shown_share = _mean([_mean([Fraction(item.shown) for item in items]) for items in questions])
    low = 100 * _mean([_mean([item.counted * item.shown for item in items]) for items in questions])
    high = 100 * _mean([_mean([item.claimed for item in items]) for items in questions])
    if shown_share < HALF:
        return ExpectedScore("withheld", low, high, None, None, None)
    critical = [item for items in questions for item in items if item.critical]
    unshown = any(not item.shown for item in critical)
    score = 100 * _mean([_mean([item.counted for item in items]) for items in questions])
    letter = _letter(score)
    limited = unshown or any(item.counted == 0 for item in critical)
    return ExpectedScore(
        status="provisional" if unshown or shown_share < TWO_THIRDS else "shown",
        low=low,
        high=high,
        score=score,
        band_letter=letter,
        letter="P+" if limited and letter in ("L-", "L+", "F") else letter,
    )


def _mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _counted(item: ItemSpec, number: int) -> _Counted:
    claimed = _claimed(item, number)
    given = _evidence(number)
    return _Counted(
        claimed=claimed,
        counted=min(claimed, _cap(item, given)),
        shown=claimed == 0 or bool(given),
        critical=item.critical,
    )


def _claimed(item: ItemSpec, number: int) -> Fraction:
    if item.kind == "rating":
        return Fraction(_level(item, number), len(item.anchors) - 1)
    credits = {state.key: Fraction(state.credit or 0) for state in item.states}
    lines = [_state(item, number + position) for position in range(len(item.options) or 1)]
    return _mean([credits[line] for line in lines])


def _cap(item: ItemSpec, given: dict[str, str]) -> Fraction:
    """The most an answer can count (method 3.4)."""
    if not given:
        return THIRD
    # Nobody else has opened the link, and it is the organiser's own.
    in_full = given["text"] and not item.critical and not item.stakeholder_primary
    return Fraction(1) if in_full else TWO_THIRDS


def _letter(score: Fraction) -> str:
    """The band of a score; an edge belongs to the lower one."""
    edges = (("N", 15), ("P-", Fraction(65, 2)), ("P+", 50), ("L-", Fraction(135, 2)), ("L+", 85), ("F", 100))
    return next(letter for letter, edge in edges if score <= edge)
