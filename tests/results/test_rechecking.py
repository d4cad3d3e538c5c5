"""Frozen results are built again from their own inputs: whatever does not follow from them is named by its path."""

from collections.abc import Callable
from copy import deepcopy
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from assessments.documents.values import stored_digest
from assessments.models import FrozenResult, Goal, ScreenerAnswer
from assessments.results.build import freeze
from assessments.results.rechecking import differences, is_known_method
from tests import builders
from tests.builders import processes, worked
from tests.leaves import changed, derived_kinds, names, not_named

pytestmark = pytest.mark.django_db

# In a document of `result_of_everything`.
FIRST_ITEM = ("attributes", 0, "questions", 0, "items", 0)


def result_of_everything() -> FrozenResult:
    """Every kind of answer, evidence opened and not, steps, strengths; of a dialogue, so that items do not apply."""
    process = builders.process(organiser=builders.user(), kind="dialogues", resource="the river")
    ScreenerAnswer.objects.create(process=process, criterion="SU1", choice="yes", note="wide")
    Goal.objects.create(process=process, shared_goal="G1", text="Stability")
    Goal.objects.create(process=process, text="A goal of our own", position=1)
    assessment = builders.assessment(process)
    worked.everything(assessment)
    builders.answer(assessment, "IT2a", {"language": "exists", "cultural_norms": "does_not_exist"})
    given = assessment.responses.get().answers.exclude(evidence_links="").order_by("pk")[0]
    processes.opening(given, by=builders.user())
    processes.add_file(given)
    found = freeze(assessment=assessment, number=1, user=process.created_by)
    found.refresh_from_db()
    return found


@pytest.fixture(scope="module", autouse=True)
def stored(build_once: Callable[[Callable[[], FrozenResult]], FrozenResult]) -> FrozenResult:
    return build_once(result_of_everything)


@pytest.fixture
def document(stored: FrozenResult) -> dict[str, Any]:
    return deepcopy(stored.document)


def item(document: dict[str, Any], code: str) -> dict[str, Any]:
    return next(
        item for a in document["attributes"] for q in a["questions"] for item in q["items"] if item["code"] == code
    )


def found_in(document: dict[str, Any]) -> list[str]:
    """What is wrong with a document whose digest was taken anew."""
    return differences(document, stored_digest(document))


def check() -> tuple[str, bool]:
    out = StringIO()
    try:
        call_command("check_results", stdout=out)
    except CommandError:
        return out.getvalue(), False
    return out.getvalue(), True


def tamper(stored: FrozenResult, document: dict[str, Any]) -> str:
    """Store another document with its digest; return what `check_results` says."""
    FrozenResult.objects.filter(pk=stored.pk).update(document=document, digest=stored_digest(document))
    output, passed = check()
    assert not passed
    return output


def test_untouched_result_is_ok(stored: FrozenResult) -> None:
    output, passed = check()
    assert passed
    assert f"{stored.assessment.code} no. 1: ok" in output
    assert "1 results checked, 0 with differences." in output


@pytest.mark.slow
@pytest.mark.parametrize("last", [False, True])
def test_every_derived_leaf_is_named_when_it_is_changed(document: dict[str, Any], last: bool) -> None:
    """The first and the last leaf of every kind: figures, letters, words, flags, lists that are empty."""
    kinds = derived_kinds(document)
    assert len(kinds) > 150
    assert not_named(document, [places[-1 if last else 0] for places in kinds.values()], found_in) == []


@pytest.mark.alike
@pytest.mark.parametrize(
    "place",
    [
        ("method_version",),
        ("question_set", "credit", "en"),
        ("question_set", "title", "en"),
        ("question_set", "experimental"),
        ("question_set", "digest"),
        ("process", "kind"),
        ("screener", "verdict"),
        ("screener", "lines", 1, "text", "en"),
        ("attributes", 1, "score", "exact"),
        ("attributes", 1, "score", "printed"),
        ("attributes", 3, "title", "en"),
        (*FIRST_ITEM, "letter"),
        (*FIRST_ITEM, "grade"),
        (*FIRST_ITEM, "opened_on"),
        (*FIRST_ITEM, "anchor", "en"),
        (*FIRST_ITEM, "text", "en"),
        ("open_counts", "items_not_shown"),
        ("transparency", "opened"),
        ("steps", "steps", 0, "level"),
        ("steps", "steps", 0, "at_stake", "printed"),
        ("steps", "strengths", 0),
        ("rules", 0, "b_states", 0),
        ("contradictions",),
        ("by_kind", 0),
        ("kept", 0),
        ("unknown", 0),
        ("not_applicable",),
        ("crosswalk", 0, "items", 0, "letter"),
        ("weakest", 0),
        ("index",),
    ],
)
def test_check_results_names_the_leaf_that_was_changed(
    stored: FrozenResult, document: dict[str, Any], place: tuple[str | int, ...]
) -> None:
    output = tamper(stored, changed(document, place))
    assert any(names(line.strip(), place) for line in output.splitlines()), output


def test_changed_answer_is_reported_with_both_figures(stored: FrozenResult, document: dict[str, Any]) -> None:
    item(document, "CR1c")["level"] = 3
    output = tamper(stored, document)
    assert '$.attributes[1].score.exact: stored "500/9", now "700/9"' in output
    assert '$.attributes[1].score.printed: stored "55.6", now "77.8"' in output


@pytest.mark.parametrize(
    ("place", "value"),
    [(("code",), "other-code"), (("round",), 7), (("number",), 9)],
)
def test_result_of_another_assessment_is_reported(
    stored: FrozenResult, document: dict[str, Any], place: tuple[str, ...], value: Any
) -> None:
    document["assessment"][place[0]] = value
    assert f"$.assessment.{place[0]}: stored" in tamper(stored, document)


def test_version_beside_the_document_is_checked_as_well(stored: FrozenResult) -> None:
    FrozenResult.objects.filter(pk=stored.pk).update(method_version="1.0.0")
    output, passed = check()
    assert not passed
    assert '$.method_version: stored "1.1.0", now "1.0.0"' in output


def test_changed_text_is_reported_by_the_digest(stored: FrozenResult, document: dict[str, Any]) -> None:
    document["process"]["name"] = "Another"
    assert differences(document, stored.digest) == ["$: the document is not the one its digest was taken of"]
    # What people said follows from nothing: with its digest taken anew it is as good as any other.
    assert found_in(document) == []


@pytest.mark.parametrize(
    ("place", "value"),
    [("chosen", "E0"), ("evidence_links", []), ("openings", []), ("evidence_text", "x"), ("source", "organiser")],
)
def test_changed_evidence_is_reported(document: dict[str, Any], place: str, value: Any) -> None:
    given = item(document, "IT1a" if place == "openings" else "CR1a")
    assert given[place] != value
    given[place] = value
    assert found_in(document)


@pytest.mark.alike
@pytest.mark.parametrize(
    ("version", "known"),
    [
        ("1.1.0", True),
        ("1.1.7", True),
        ("1.0.0", False),
        ("1.2.0", False),
        ("2.1.0", False),
        ("1.1", False),
        ("1.1.0 ", False),
        ("1.1.00", False),
        ("", False),
        ("not a version", False),
    ],
)
def test_methods_of_the_same_major_and_minor_number_are_known(
    document: dict[str, Any], version: str, known: bool
) -> None:
    assert is_known_method(version) is known
    document["method_version"] = version
    found = found_in(document)
    assert (found == []) is known
    if not known:
        assert found == [
            f"$.method_version: “{version}” is no version of the method that is known here (1.1);"
            " nothing was computed again"
        ]


def test_changed_lines_are_reported(document: dict[str, Any]) -> None:
    item(document, "IT2b")["options"][0]["counts_as"] = "absent"
    item(document, "IT2a")["options"][0]["counts_as"] = "does_not_exist"
    assert len(found_in(document)) == 2


def test_impossible_input_is_reported_and_not_raised(document: dict[str, Any]) -> None:
    item(document, "CR1a")["level"] = 7
    assert len(found_in(document)) == 1
    item(document, "CR1a")["level"] = 2
    item(document, "IT1a")["openings"][0]["on"] = "yesterday"
    assert found_in(document)[0].startswith("$: holds what nothing can be computed of")
    del document["format"]
    assert found_in(document) == ["$.format: Field required"]


def test_partly_known_and_inapplicable_checklists_are_ok() -> None:
    assessment = builders.assessment(builders.process(organiser=builders.user()))
    worked.give(assessment, "IT4b", {"inclusion": "yes", "legitimacy": "dont_know"})
    worked.give(assessment, "IT5b", dict.fromkeys(["inputs", "process", "outputs"], "not_applicable"))
    worked.give(assessment, "IT3b", {"membership_criteria": "yes", "restrictions": "dont_know"})
    worked.give(assessment, "IT5c", {"": "yes"})
    builders.answer(assessment, "IT1a", state="not_applicable")
    builders.answer(assessment, "IT5a", state="dont_know", value={"options": {"": {"state": "", "text": "why"}}})
    result = freeze(assessment=assessment, number=1, user=assessment.process.created_by)
    assert differences(result.document, result.digest) == []
