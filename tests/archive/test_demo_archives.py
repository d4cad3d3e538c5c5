"""The archives of the demonstration: they come back as they went out, and no derived leaf of them can be changed."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from assessments.archive.reading import ArchiveError, read_archive
from assessments.archive.services import export_archive, import_archive
from assessments.archive.writing import archive_bytes
from assessments.documents.values import stored_digest
from assessments.models import Assessment, FrozenResult
from assessments.results.rechecking import differences, rebuilding_differences, recheck
from tests.builders.demonstration import demonstration
from tests.leaves import Location, changed, derived_kinds, names, not_named, said_kinds

pytestmark = pytest.mark.django_db


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
def test_no_derived_leaf_can_be_changed(archives: dict[str, dict[str, Any]]) -> None:
    """A leaf of every kind, in each result of every archive; another one of its kind in each."""
    missed, tried = [], set()
    for number, (archive, index) in enumerate(results_of(archives)):
        kinds = derived_kinds(archive["results"][index]["document"])
        if index < len(archive["results"]) - 1:
            # What somebody wrote who moved the answers, before the next result.
            kinds = {kind: places for kind, places in kinds.items() if not kind.endswith(".moved_because")}
        places = [places[(number + at) % len(places)] for at, places in enumerate(kinds.values())]
        for place in not_refused(archive, index, places):
            lines = lines_of(with_change(archive, index, place))
            # Where an item has the name of another one, it is the list that is another.
            by_path = any(names(line, place[:-2] if place[-1] == "code" else place, root_of(index)) for line in lines)
            if not by_path:
                missed.append((archive["assessment"]["code"], index, place))
        tried |= kinds.keys()
    assert len(tried) > 200
    assert missed == []


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
        may_change = ("consensus", "agreed_on") if index < len(archive["results"]) - 1 else ()
        kinds = said_kinds(result["document"], ("second_rating", "review"))
        said = {kind: places[-1] for kind, places in kinds.items() if not any(part in kind for part in may_change)}
        tried |= said.keys()
        # What follows from some of them is in the result itself. The others are compared with what was entered.
        alone = [place for place in said.values() if not follows_another(result["document"], place)]
        taken += [(index, place) for place in not_refused(archive, index, alone)]
    assert len(tried) > 20
    assert taken == []


def results_of(archives: dict[str, dict[str, Any]]) -> Iterator[tuple[dict[str, Any], int]]:
    """Each result, by its archive and its place there."""
    for archive in archives.values():
        for index in range(len(archive["results"])):
            yield archive, index


def not_refused(archive: dict[str, Any], index: int, places: Iterable[Location]) -> list[Location]:
    """The places in one result of an archive by whose path it is not refused where they are changed."""
    document = archive["results"][index]["document"]
    return not_named(document, places, lambda other: lines_of(with_result(archive, index, other)), root_of(index))


def follows_another(document: dict[str, Any], place: Location) -> bool:
    """Whether a result is refused, and so its archive, because something else follows from this leaf."""
    other = changed(document, place)
    return bool(differences(other, stored_digest(other)))


def root_of(index: int) -> str:
    return f"$.results[{index}].document"


def with_change(archive: dict[str, Any], index: int, place: Location) -> dict[str, Any]:
    return with_result(archive, index, changed(archive["results"][index]["document"], place))


def with_result(archive: dict[str, Any], index: int, document: dict[str, Any]) -> dict[str, Any]:
    """The archive with another document of one result, and everything taken anew that anybody can take anew."""
    result = {"number": index + 1, "method_version": document["method_version"], "digest": stored_digest(document)}
    results = [*archive["results"]]
    results[index] = {**results[index], **result, "document": document}
    return {**archive, "results": results}


def lines_of(archive: dict[str, Any]) -> list[str]:
    """Why the archive is refused; nothing where it is imported."""
    try:
        import_archive(archive=read(archive))
    except ArchiveError as error:
        return error.problems
    return []
