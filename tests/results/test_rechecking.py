"""Frozen results are recomputed from their own inputs."""

from copy import deepcopy
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from assessments.documents.values import stored_digest
from assessments.models import FrozenResult
from assessments.results.build import freeze
from assessments.results.rechecking import differences
from tests import builders
from tests.builders import worked

pytestmark = pytest.mark.django_db


@pytest.fixture
def frozen() -> FrozenResult:
    assessment = builders.assessment(builders.process(organiser=builders.user()))
    worked.everything(assessment)
    builders.answer(assessment, "IT2a", {"language": "exists"})
    result = freeze(assessment=assessment, number=1, user=assessment.process.created_by)
    result.refresh_from_db()
    return result


def item(document: dict[str, Any], code: str) -> dict[str, Any]:
    return next(
        item for a in document["attributes"] for q in a["questions"] for item in q["items"] if item["code"] == code
    )


def check() -> tuple[str, bool]:
    out = StringIO()
    try:
        call_command("check_results", stdout=out)
    except CommandError:
        return out.getvalue(), False
    return out.getvalue(), True


def test_untouched_result_is_ok(frozen: FrozenResult) -> None:
    output, passed = check()
    assert passed
    assert f"{frozen.assessment.code} no. 1: ok" in output
    assert "1 results checked, 0 with differences." in output


def test_changed_answer_is_reported_with_both_figures(frozen: FrozenResult) -> None:
    item(frozen.document, "CR1c")["level"] = 3
    frozen.digest = stored_digest(frozen.document)
    frozen.save()
    output, passed = check()
    assert not passed
    assert "CR score: stored 500/9 (55.6), now 700/9 (77.8)" in output


def test_changed_text_is_reported_by_the_digest(frozen: FrozenResult) -> None:
    frozen.document["process"]["name"] = "Another"
    assert differences(frozen.document, frozen.digest) == ["the document is not the one its digest was taken of"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("capped_because",), "not_opened"),
        (("letter",), "F"),
        (("chosen",), "E0"),
        (("evidence_links",), []),
        (("opened_on",), "2026-01-01"),
    ],
)
def test_changed_item_is_reported(frozen: FrozenResult, path: tuple[str, ...], value: Any) -> None:
    document = deepcopy(frozen.document)
    item(document, "CR1a")[path[0]] = value
    assert differences(document, stored_digest(document))


@pytest.mark.parametrize("field", ["weakest", "unknown", "not_applicable"])
def test_changed_finding_is_reported(frozen: FrozenResult, field: str) -> None:
    document = deepcopy(frozen.document)
    document[field] = []
    assert [line.split(":")[0] for line in differences(document, stored_digest(document))] == [f"result {field}"]


def test_changed_steps_counts_and_transparency_are_reported(frozen: FrozenResult) -> None:
    document = deepcopy(frozen.document)
    document["steps"]["steps"].pop()
    document["open_counts"]["items_not_shown"] = 0
    document["transparency"]["opened"] = 9
    document["by_kind"] = ["ED2a"]
    assert [line.split(":")[0] for line in differences(document, stored_digest(document))] == [
        "result open_counts",
        "result transparency",
        "result by_kind",
        "result steps",
    ]


def test_changed_line_is_reported(frozen: FrozenResult) -> None:
    document = deepcopy(frozen.document)
    line = item(document, "IT2b")["options"][0]
    line["counts_as"] = "absent"
    assert differences(document, stored_digest(document)) == [
        f"IT2b {line['key']}: stored as absent, now ('unmitigated', '')"
    ]
    document = deepcopy(frozen.document)
    item(document, "IT2a")["options"][0]["counts_as"] = "does_not_exist"
    assert "IT2a language: stored as does_not_exist" in differences(document, stored_digest(document))[0]


def test_printed_figure_is_checked_as_well(frozen: FrozenResult) -> None:
    document = deepcopy(frozen.document)
    document["attributes"][0]["score"]["printed"] = "51.5"
    assert differences(document, stored_digest(document)) == ["IT score: stored 925/18 (51.5), now 925/18 (51.4)"]


def test_impossible_input_is_reported_and_not_raised(frozen: FrozenResult) -> None:
    document = deepcopy(frozen.document)
    item(document, "CR1a")["level"] = 7
    assert "scoring refuses its inputs: CR1a" in differences(document, stored_digest(document))[0]
    del document["format"]
    assert "cannot be read" in differences(document, stored_digest(document))[0]


def test_partly_known_and_inapplicable_checklists_are_ok() -> None:
    assessment = builders.assessment(builders.process(organiser=builders.user()))
    worked.give(assessment, "IT4b", {"inclusion": "yes", "legitimacy": "dont_know"})
    worked.give(assessment, "IT5b", dict.fromkeys(["inputs", "process", "outputs"], "not_applicable"))
    worked.give(assessment, "IT3b", {"membership_criteria": "yes", "restrictions": "dont_know"})
    worked.give(assessment, "IT5c", {"": "yes"})
    builders.answer(assessment, "IT1a", state="not_applicable")
    result = freeze(assessment=assessment, number=1, user=assessment.process.created_by)
    assert differences(result.document, result.digest) == []
