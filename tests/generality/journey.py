"""A question set of any shape answered through its forms, and what that has to come to, computed by hand here."""

from fractions import Fraction

from django.test import Client
from django.urls import reverse

from assessments.models import Answer, Assessment, Process
from attributes.catalogue.published import catalogue_of
from attributes.models import QuestionSet
from attributes.schema import ItemSpec, QuestionSetSpec
from tests.builders.question_pages import form_of, send
from tests.forms_in_pages import PageForm

THIRD = Fraction(1, 3)


def start(client: Client, process: Process, question_set: QuestionSet) -> Assessment:
    """Press the button that starts a round, with a set chosen."""
    address = reverse("assessments:assessment-start", args=[process.code])
    assert client.post(address, {"question_set": question_set.pk}).status_code == 302
    return process.assessments.with_question_set().get(question_set=question_set)


def answer_everything(client: Client, assessment: Assessment, spec: QuestionSetSpec, shift: int = 0) -> None:
    """Open every question page and answer what it asks; `shift` makes the answers of another process."""
    number = shift
    for attribute in spec.attributes:
        for question in attribute.questions:
            form = form_of(client, assessment, question.code)
            for item in question.items:
                _fill(form, item, number)
                number += 1
            response = send(client, form, "continue")
            assert response.status_code == 302, response.content.decode()


def store_everything(assessment: Assessment, spec: QuestionSetSpec, shift: int = 0) -> None:
    """The same answers put straight into the database: for a second process with hundreds of questions."""
    found = catalogue_of(assessment.question_set)
    rows = []
    items = [item for a in spec.attributes for question in a.questions for item in question.items]
    for number, item in enumerate(items, start=shift):
        lines = {option.key: {"state": _state(item, number + position)} for position, option in enumerate(item.options)}
        shown = {"evidence_links": "https://example.org/minutes", "evidence_class": "E2"} if _is_shown(number) else {}
        value = {"level": _level(item, number)} if item.kind == "rating" else {"options": lines}
        row = {"item_id": found.items[item.code].pk, "state": "answered", "value": value}
        rows.append(Answer(response=assessment.responses.get(), **row, **shown))
    Answer.objects.bulk_create(rows)


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
    if _is_shown(number):
        form.fields[f"{item.code}-links"] = "https://example.org/minutes"
        form.fields[f"{item.code}-class"] = "E2"


def _level(item: ItemSpec, number: int) -> int:
    return (number * 2 + 1) % len(item.anchors)


def _state(item: ItemSpec, number: int) -> str:
    return item.states[number % len(item.states)].key


def _is_shown(number: int) -> bool:
    """Every fifth answer comes without evidence and counts a third at most."""
    return number % 5 != 0


def expected_scores(spec: QuestionSetSpec, shift: int = 0) -> dict[str, Fraction]:
    """Attribute code to score: 100 times the mean over questions of the mean over their scored items."""
    number, scores = shift, {}
    for attribute in spec.attributes:
        means = []
        for question in attribute.questions:
            values = []
            for item in question.items:
                if item.scored:
                    values.append(_value(item, number))
                number += 1
            if values:
                means.append(sum(values, Fraction(0)) / len(values))
        scores[attribute.code] = 100 * sum(means, Fraction(0)) / len(means)
    return scores


def _value(item: ItemSpec, number: int) -> Fraction:
    if item.kind == "rating":
        claimed = Fraction(_level(item, number), len(item.anchors) - 1)
    else:
        credits = {state.key: Fraction(state.credit or 0) for state in item.states}
        lines = [_state(item, number + position) for position in range(len(item.options) or 1)]
        claimed = sum((credits[line] for line in lines), Fraction(0)) / len(lines)
    return claimed if _is_shown(number) else min(claimed, THIRD)


def critical_at_zero(spec: QuestionSetSpec, attribute: str, shift: int = 0) -> bool:
    """Whether a critical item of the attribute was answered with nothing at all."""
    number = shift
    found = False
    for part in spec.attributes:
        for question in part.questions:
            for item in question.items:
                if part.code == attribute and item.critical and item.scored and _value(item, number) == 0:
                    found = True
                number += 1
    return found


def expected_letter(score: Fraction) -> str:
    """The band of a score; an edge belongs to the lower one."""
    return next(letter for letter, edge in (("N", 15), ("P", 50), ("L", 85), ("F", 100)) if score <= edge)
