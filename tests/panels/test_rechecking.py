"""The frozen numbers of waves are computed again from the counts that were frozen with them."""

from collections.abc import Callable

import pytest

from assessments.documents.values import stored_digest
from assessments.models import WaveSnapshot
from assessments.panels.rechecking import recheck_wave
from tests.builders.demonstration import demonstration
from tests.leaves import Location, changed, names

pytestmark = pytest.mark.django_db

PLACES: list[tuple[str, Location]] = [
    ("document", ("attributes", 0, "score", "exact")),
    ("document", ("attributes", 0, "title", "en")),
    ("document", ("attributes", 1, "sampling", "missing_a_unit")),
    ("document", ("attributes", 3, "gap", "printed")),
    ("document", ("units", 0, "received")),
    ("document", ("groups", 0, "use")),
    ("document", ("items", 0, "cells", "groups", 0, "mean", "exact")),
    ("document", ("items", 1, "text", "en")),
    ("document", ("barriers", 0, "rows", 0, "cells", 0, "mean", "exact")),
    ("document", ("question_set", "credit", "en")),
    ("document", ("assessment",)),
    ("document", ("wave", "threshold")),
    ("public", ("attributes", 0, "score", "printed")),
    ("public", ("attributes", 2, "hidden")),
    ("public", ("attributes", 0, "letter")),
    ("public", ("items", 0, "score")),
    ("public", ("items", 0, "verdict")),
    ("public", ("items", 2, "letter")),
    ("public", ("weakest",)),
    ("public", ("received",)),
]


@pytest.fixture(scope="module", autouse=True)
def demo(build_once: Callable[[Callable[[], object]], object]) -> None:
    """The demonstration, whose processes have waves."""
    build_once(demonstration)


def snapshots() -> list[WaveSnapshot]:
    return list(WaveSnapshot.objects.select_related("wave__assessment").order_by("wave_id", "number"))


@pytest.mark.slow
@pytest.mark.everywhere
def test_untouched_numbers_follow_from_their_counts() -> None:
    assert snapshots()
    for row in snapshots():
        assert recheck_wave([row]) == [[]]


@pytest.mark.slow
@pytest.mark.parametrize(("stored", "place"), PLACES)
def test_changed_leaf_is_named(stored: str, place: Location) -> None:
    row = snapshots()[0]
    setattr(row, stored, changed(getattr(row, stored), place))
    row.digest, row.public_digest = stored_digest(row.document), stored_digest(row.public)
    [found] = recheck_wave([row])
    assert any(names(line, place, f"$.{stored}") for line in found), found


@pytest.mark.slow
@pytest.mark.everywhere
def test_changed_counts_and_digests_are_noticed() -> None:
    row = snapshots()[0]
    row.public["received"] += 1
    assert recheck_wave([row])[0][0] == "$.public: the document is not the one its digest was taken of"
    group = next(group for group in row.tallies["shown"]["groups"] if group["answers"])
    code = next(iter(group["answers"]))
    group["answers"][code][0]["count"] += 1
    group["received"] += 1
    assert any(line.startswith("$.document.") for line in recheck_wave([row])[0])
