"""The archives of the demonstration: they come back as they went out, and no derived leaf of them can be changed."""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from assessments.archive.reading import ArchiveError, read_archive
from assessments.archive.services import export_archive, import_archive
from assessments.archive.writing import archive_bytes
from assessments.documents.values import stored_digest
from assessments.models import Assessment, FrozenResult
from assessments.results.rechecking import rebuilding_differences, recheck
from tests.builders.demonstration import demonstration
from tests.leaves import changed, derived_kinds, names, said_kinds

pytestmark = pytest.mark.django_db

SHARES = 4


@pytest.fixture(scope="module", autouse=True)
def archives(build_once: Callable[[Callable[[], Any]], Any]) -> dict[str, dict[str, Any]]:
    """The archive of every assessment of the demonstration, as JSON, by its code."""

    def build() -> dict[str, dict[str, Any]]:
        demonstration()
        rows = Assessment.objects.select_related("process", "submitted_by").with_question_set()
        return {row.code: json.loads(archive_bytes(export_archive(assessment=row))) for row in rows}

    return build_once(build)


@pytest.fixture
def unchanged_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Build results again that are not known yet: of the archives that a test tampers with, one result is changed."""
    known: dict[tuple[str, str], list[str]] = {}

    def differences(content: Any, document: Any, catalogue: Any, root: str) -> list[str]:
        key = (stored_digest(content), root)
        if key not in known:
            known[key] = rebuilding_differences(content, document, catalogue, root)
        return known[key]

    monkeypatch.setattr("assessments.archive.figures.rebuilding_differences", differences)


def read(archive: dict[str, Any]) -> Any:
    return read_archive(json.dumps(archive).encode())


@pytest.mark.slow
@pytest.mark.everywhere
def test_each_comes_back_as_it_went_out(archives: dict[str, dict[str, Any]]) -> None:
    assert len(archives) >= 5
    for archive in archives.values():
        imported = import_archive(archive=read(archive))
        assert json.loads(archive_bytes(export_archive(assessment=imported))) == archive
    # What came in beside its original is as good as that.
    assert [recheck(result) for result in FrozenResult.objects.select_related("assessment")] == [
        [] for _archive in range(2 * sum(len(archive["results"]) for archive in archives.values()))
    ]


@pytest.mark.slow
@pytest.mark.usefixtures("unchanged_known")
@pytest.mark.parametrize("share", range(SHARES))
def test_no_derived_leaf_can_be_changed(archives: dict[str, dict[str, Any]], share: int) -> None:
    """Every kind of leaf of a document in one of the archives, in all of its results together."""
    taken = []
    cases = [(archive, index) for archive in archives.values() for index in range(len(archive["results"]))]
    kinds = [list(derived_kinds(archive["results"][index]["document"]).values()) for archive, index in cases]
    for number in range(share, max(map(len, kinds)), SHARES):
        case = number % len(cases)
        (archive, index), places = cases[case], kinds[case][number % len(kinds[case])]
        place = places[number % len(places)]
        if not _is_refused(tampered(archive, index, place), place, f"$.results[{index}].document"):
            taken.append((archive["assessment"]["code"], place))
    assert taken == []


@pytest.mark.slow
@pytest.mark.usefixtures("unchanged_known")
def test_what_raters_and_reviewers_said_cannot_be_changed_in_a_result_alone(
    archives: dict[str, dict[str, Any]],
) -> None:
    """It stands in the archive a second time, as it was entered: a leaf of each kind, in every result that has it.

    What both raters agreed on may be another by the time of a later result.
    """
    archive = archives["demo-northvale-2"]
    taken, tried = [], set()
    for index, result in enumerate(archive["results"]):
        for kind, places in said_kinds(result["document"], ("second_rating", "review")).items():
            may_change = "consensus" in kind or "agreed_on" in kind
            if index < len(archive["results"]) - 1 and may_change:
                continue
            tried.add(kind)
            with suppress(ArchiveError):
                import_archive(archive=read(tampered(archive, index, places[-1])))
                taken.append((index, places[-1]))
    assert len(tried) > 20
    assert taken == []


def tampered(archive: dict[str, Any], index: int, place: tuple[str | int, ...]) -> dict[str, Any]:
    """The archive with one leaf of one result changed, and everything taken anew that anybody can take anew."""
    document = changed(archive["results"][index]["document"], place)
    result = {"number": index + 1, "method_version": document["method_version"], "digest": stored_digest(document)}
    results = [*archive["results"]]
    results[index] = {**results[index], **result, "document": document}
    return {**archive, "results": results}


def _is_refused(archive: dict[str, Any], place: tuple[str | int, ...], root: str) -> bool:
    """Whether the archive is refused by the path of the place that was changed."""
    try:
        import_archive(archive=read(archive))
    except ArchiveError as error:
        return any(names(line, place, root) for line in error.problems)
    return False
