"""Where a version is used and how its questions work."""

import csv
import re
from collections.abc import Callable
from fractions import Fraction
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.csv_files import harmless
from assessments.models import Answer, Assessment, EvidenceFile
from assessments.usage.counts import ItemUse, assessments_by_set, by_attention, item_uses, states_of
from assessments.usage.page import notes_of
from assessments.vocabulary import AssessmentState
from attributes import usage
from msgov.accounts.models import User
from tests import builders
from tests.builders import worked
from tests.builders.versions import next_version

pytestmark = pytest.mark.django_db

ENOUGH = 5


def submitted(state: str = AssessmentState.SUBMITTED, *, organiser: User | None = None, **fields: Any) -> Assessment:
    process = builders.process(organiser=organiser, **fields)
    return builders.assessment(process, state=state)


def several(count: int, give: Callable[[Assessment, int], object] | None = None) -> list[Assessment]:
    rows = [submitted() for _ in range(count)]
    for number, row in enumerate(rows):
        if give:
            give(row, number)
    return rows


def uses(total: int) -> dict[str, ItemUse]:
    return {use.item.code: use for use in item_uses(builders.items(), total)}


def counts(use: ItemUse) -> tuple[int, int, int, int]:
    return use.answered, use.dont_know, use.not_applicable, use.unanswered


@pytest.fixture
def admin(client: Client) -> User:
    user = builders.user(is_question_set_admin=True)
    client.force_login(user)
    return user


def page(client: Client, **query: object) -> str:
    row = builders.question_set()
    response = client.get(reverse("assessments:version-use", args=[row.slug, row.version]), query)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def table(client: Client) -> list[list[str]]:
    row = builders.question_set()
    response = client.get(reverse("assessments:version-use-file", args=[row.slug, row.version]))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))


def test_states_of_ratings_are_counted_and_levels_distributed() -> None:
    def give(assessment: Assessment, number: int) -> None:
        if number < 5:
            builders.answer(assessment, "IT1a", number % 2 + 1)
        elif number == 5:
            builders.answer(assessment, "IT1a", state="dont_know")

    several(7, give)
    use = uses(7)["IT1a"]
    assert counts(use) == (5, 1, 0, 1)
    assert use.levels == (0, 3, 2, 0)
    assert (use.without_answer, use.attention) == (2, Fraction(2, 7))


def test_not_applicable_counts_with_its_reason_only() -> None:
    def give(assessment: Assessment, number: int) -> None:
        reason = "Nothing is operated." if number < 2 else " "
        builders.answer(assessment, "ED4a", state="not_applicable", not_applicable_reason=reason)

    several(5, give)
    assert counts(uses(5)["ED4a"]) == (0, 0, 2, 3)


def test_distributions_need_five_answers() -> None:
    def give(assessment: Assessment, number: int) -> None:
        if number < 4:
            builders.answer(assessment, "IT1a", 2)
            builders.answer(assessment, "IT5b", {"inputs": "yes"})

    several(6, give)
    found = uses(6)
    assert (found["IT1a"].levels, found["IT1a"].without_evidence) == (None, None)
    assert counts(found["IT1a"]) == (4, 0, 0, 2)
    assert [(line.key, line.given, line.states) for line in found["IT5b"].lines] == [
        ("inputs", 4, None),
        ("process", 0, None),
        ("outputs", 0, None),
    ]


def test_states_of_lines_are_distributed() -> None:
    def give(assessment: Assessment, number: int) -> None:
        states = {"inputs": "yes" if number else "dont_know", "process": "partly"}
        builders.answer(assessment, "IT5b", states)

    several(6, give)
    use = uses(6)["IT5b"]
    assert counts(use) == (6, 0, 0, 0)
    assert [(line.given, line.states) for line in use.lines] == [
        (6, {"dont_know": 1, "yes": 5}),
        (6, {"partly": 6}),
        (0, None),
    ]


def test_checklists_count_as_in_a_result() -> None:
    def give(assessment: Assessment, number: int) -> None:
        if number == 0:  # every line not applicable, which this item does not allow
            states: Any = dict.fromkeys(("membership_criteria", "restrictions"), "not_applicable")
        elif number == 1:  # nothing known
            states = {"membership_criteria": "dont_know"}
        else:  # "yes" without the words it needs is not known
            states = {"membership_criteria": "yes"}
        builders.answer(assessment, "IT3b", states)

    several(5, give)
    assert counts(uses(5)["IT3b"]) == (0, 1, 0, 4)


def test_checklist_not_known_as_a_whole_is_not_known_on_every_line() -> None:
    several(5, lambda assessment, _: builders.answer(assessment, "IT5b", state="dont_know"))
    use = uses(5)["IT5b"]
    assert counts(use) == (0, 5, 0, 0)
    assert [line.states for line in use.lines] == [{"dont_know": 5}] * 3


def test_diagnosis_and_open_text_are_counted_though_never_scored() -> None:
    items = builders.items().items
    text = next(code for code, item in items.items() if item.kind == "open_text")
    several(
        5,
        lambda assessment, _: (
            builders.answer(assessment, "IT2a", {"language": "exists"}),
            builders.answer(assessment, text, {"text": "Telephone."}),
        ),
    )
    found = uses(5)
    assert counts(found["IT2a"]) == counts(found[text]) == (5, 0, 0, 0)
    assert next(line.states for line in found["IT2a"].lines if line.key == "language") == {"exists": 5}
    assert (found[text].levels, found[text].lines) == (None, ())


def test_no_evidence_is_what_counts_as_e0() -> None:
    def give(assessment: Assessment, number: int) -> None:
        given: dict[str, Any] = [
            {},
            {"evidence_text": "The minutes."},
            {"evidence_links": "https://example.org/"},
            {"evidence_text": "Minutes.", "evidence_class": "E0"},
            {"evidence_class": "E2"},
            {},
        ][number]
        row: Answer = builders.answer(assessment, "IT1a", 2, **given)
        if number == 5:
            EvidenceFile.objects.create(response=row.response, item=row.item, name="a", size=1, sha256="0")

    several(6, give)
    assert uses(6)["IT1a"].without_evidence == 3


def test_drafts_invented_processes_and_examples_do_not_count() -> None:
    rows = several(5, lambda assessment, _: builders.answer(assessment, "IT1a", 2))
    others = [
        submitted(AssessmentState.DRAFT),
        submitted(is_invented=True),
        submitted(is_example=True),
    ]
    for row in others:
        builders.answer(row, "IT1a", 0)
    later = submitted(AssessmentState.SUPERSEDED)
    builders.answer(later, "IT1a", 3)
    builders.answer(builders.assessment(builders.process(), question_set=next_version(), state="submitted"), "CR1a", 2)
    assert uses(6)["IT1a"].levels == (0, 0, 5, 1)
    assert [(use.state, use.real, use.others) for use in states_of(rows[0].question_set_id)] == [
        ("draft", 1, 0),
        ("submitted", 5, 2),
        ("superseded", 1, 0),
    ]


def test_answers_left_from_another_version_do_not_count() -> None:
    rows = several(5, lambda assessment, _: builders.answer(assessment, "IT1a", 2))
    newer = next_version()
    Assessment.objects.filter(pk=rows[0].pk).update(question_set=newer)
    # Its answer still belongs to the item of the version it was given in.
    assert uses(5)["IT1a"].answered == 4


def test_fewer_than_five_assessments_are_refused() -> None:
    several(4)
    with pytest.raises(ValueError, match="4 assessments are too few"):
        item_uses(builders.items(), 4)


def test_items_without_answers_come_first_by_need_of_attention() -> None:
    def give(assessment: Assessment, number: int) -> None:
        builders.answer(assessment, "IT1a", 2)
        builders.answer(assessment, "CR1a", *([2] if number else [None]), **({} if number else {"state": "dont_know"}))

    several(5, give)
    codes = [use.item.code for use in by_attention(uses(5).values())]
    order = list(builders.items().items)
    assert codes[-2:] == ["CR1a", "IT1a"]
    assert codes[:-2] == [code for code in order if code not in ("CR1a", "IT1a")]


def test_notes_name_what_stands_out() -> None:
    def give(assessment: Assessment, number: int) -> None:
        builders.answer(assessment, "IT1a", 2)
        if number < 2:
            builders.answer(assessment, "CR1a", state="dont_know")
        elif number < 7:
            builders.answer(assessment, "CR1a", number % 4, evidence_text="The minutes.")

    several(8, give)
    found = uses(8)
    assert notes_of(found["IT1a"]) == ["no_evidence", "one_level"]
    assert notes_of(found["CR1a"]) == ["dont_know"]
    assert notes_of(found["CR1b"]) == ["unanswered"]


def test_versions_are_told_how_often_they_are_used() -> None:
    row = several(2)[0].question_set
    other = next_version()
    assert assessments_by_set([row.pk, other.pk]) == {row.pk: 2}
    assert usage.uses([row.pk, other.pk])[other.pk] == 0
    assert usage.uses([row.pk])[row.pk] == 2


def test_page_shows_figures_from_five_assessments_on(client: Client, admin: User) -> None:
    several(4, lambda assessment, _: builders.answer(assessment, "IT1a", 2))
    text = page(client)
    assert "There are 4 submitted assessments of real processes. Figures are shown from 5 on" in text
    assert "answered 4" not in text
    several(1, lambda assessment, _: builders.answer(assessment, "IT1a", 1))
    text = page(client)
    assert "From 5 submitted assessments of real processes." in text
    assert "answered 5 · don't know 0 · not applicable 0 · left open 0 · without an answer 0 % · no evidence 5" in text
    assert "N 0 · P 1 · L 4 · F 0" in text


def test_page_says_where_nobody_uses_a_version(client: Client, admin: User) -> None:
    text = page(client)
    assert "No assessment uses this version." in text
    assert "There are 0 submitted assessments of real processes." in text


def test_page_can_be_sorted_by_need_of_attention(client: Client, admin: User) -> None:
    several(5, lambda assessment, _: builders.answer(assessment, "IT1a", 2))
    assert page(client).index(" IT1a ") < page(client).index(" CR1a ")
    text = page(client, sort="attention")
    assert text.index(" CR1a ") < text.index(" IT1a ")


def test_page_names_only_processes_that_the_administrator_may_see(client: Client, admin: User) -> None:
    submitted(name="Hidden council")
    submitted(name="Open council", visibility="public")
    submitted(AssessmentState.DRAFT, organiser=admin, name="Own council")
    text = page(client)
    assert "Hidden council" not in text
    assert "Open council, round 1 Submitted" in text
    assert "Own council, round 1 Draft" in text
    assert "1 assessment is not named here: its process is not open to you." in text


def test_file_holds_the_same_figures_a_line_each(client: Client, admin: User) -> None:
    def give(assessment: Assessment, number: int) -> None:
        builders.answer(assessment, "IT1a", 2 if number else 0)
        builders.answer(assessment, "IT5b", {"inputs": "yes"})

    several(5, give)
    rows = table(client)
    assert rows[1][6:] == ["assessments", "Submitted assessments of real processes", "5", ""]
    of_item = [row[5:] for row in rows if row[0] == "IT1a"]
    assert of_item == [
        ["", "answered", "Answered", "5", "5"],
        ["", "dont_know", "Don't know", "0", "5"],
        ["", "not_applicable", "Not applicable", "0", "5"],
        ["", "unanswered", "Not answered", "0", "5"],
        ["", "E0", "No evidence", "5", "5"],
        ["", "level 0", "Not achieved", "1", "5"],
        ["", "level 1", "Partially achieved", "0", "5"],
        ["", "level 2", "Largely achieved", "4", "5"],
        ["", "level 3", "Fully achieved", "0", "5"],
    ]
    lines = [row[6:] for row in rows if row[0] == "IT5b" and row[5]]
    assert lines[0] == ["yes", "yes", "5", "5"]
    assert lines[1] == ["", "fewer than five answers", "", "0"]


def test_file_of_too_few_assessments_holds_no_item(client: Client, admin: User) -> None:
    several(4, lambda assessment, _: builders.answer(assessment, "IT1a", 2))
    assert len(table(client)) == 2


@pytest.mark.alike
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_nothing_in_the_file_is_a_formula(start: str) -> None:
    assert harmless(f"{start}1+1") == f"'{start}1+1"
    assert harmless("1=1") == "1=1"


def test_page_and_file_cost_the_same_for_any_number_of_assessments(client: Client, admin: User) -> None:
    def give(assessment: Assessment, number: int) -> None:
        worked.everything(assessment)

    def cost(name: str) -> int:
        row = builders.question_set()
        address = reverse(f"assessments:{name}", args=[row.slug, row.version])
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    several(5, give)
    cost("version-use")
    before = [cost("version-use"), cost("version-use-file")]
    several(6, give)
    assert [cost("version-use"), cost("version-use-file")] == before
    assert max(before) <= 8


def test_page_is_not_there_for_others(client: Client) -> None:
    row = builders.question_set()
    for person in (builders.user(), builders.user(is_superuser=True, is_staff=True)):
        client.force_login(person)
        for name in ("version-use", "version-use-file"):
            assert client.get(reverse(f"assessments:{name}", args=[row.slug, row.version])).status_code == 404


def test_page_of_a_version_that_does_not_exist_is_not_found(client: Client, admin: User) -> None:
    assert client.get(reverse("assessments:version-use", args=["none", "1.0.0"])).status_code == 404
