"""The frozen numbers of a wave: exactly those of the method, and nothing restricted in the public part."""

import json

import pytest

from assessments.documents.panel import PanelDocument, public_part, without_small_counts
from assessments.documents.values import document_digest, stored_digest
from assessments.results.views.panel_file import csv_of
from tests import builders
from tests.builders import panels
from tests.scoring.panel import wave_of

pytestmark = pytest.mark.django_db


def test_tv10_figures_are_in_the_document() -> None:
    document = panels.tv10_document()
    found = document.attribute("CR")
    assert found is not None
    assert (found.score.exact, found.score.printed, found.letter, found.status) == ("355/6", "59.2", "L", "shown")
    assert (found.group_count, found.gap.printed, found.gap_band) == (5, "40.6", "divided")
    assert {document.unit(each.unit).name: each.score.printed for each in found.groups} == {
        "Government": "66.7",
        "Business": "73.3",
        "Civil society": "40.3",
        "Technical community": "73.3",
        "": "42.2",
    }
    assert [(group.name, group.received, group.use) for group in document.groups][-2:] == [
        ("Academia", None, "pooled"),
        ("Youth", None, "pooled"),
    ]
    item = document.item("CR1a")
    assert item.cells.consensus.printed == "0.53"
    assert (item.cells.composition_low.printed, item.cells.composition_high.printed) == ("46.5", "60.3")


def test_days_have_their_zone_and_documents_of_before_keep_their_bytes() -> None:
    document = panels.tv10_document()
    assert document.wave.time_zone == "UTC"
    assert public_part(document).wave.time_zone == "UTC"
    content = document.model_dump(mode="json")
    del content["wave"]["time_zone"]
    before = PanelDocument.model_validate(content)
    assert before.wave.time_zone == ""
    assert document_digest(before) == stored_digest(content)
    assert document_digest(before) != document_digest(document)


def test_numbers_of_small_groups_are_told_nowhere_and_cannot_be_computed() -> None:
    """Not from the sum, and not whether it was none. Results frozen with these numbers are read without them."""
    shape = {"Government": [0, 0, 0, 9], "Business": [0, 0, 7, 0], "Youth": [0, 3, 0, 0], "Labour": [0, 0, 0, 0]}
    document = panels.document_of(wave_of({"CR1a": shape}), builders.items())
    assert [(group.name, group.received, group.use) for group in document.groups] == [
        ("Government", 9, "own"),
        ("Business", 7, "own"),
        ("Youth", None, "withheld"),
        ("Labour", None, "withheld"),
    ]
    assert (document.received, document.withheld) == (16, None)
    older = document.model_copy(
        update={
            "received": 19,
            "withheld": 3,
            "groups": [
                *document.groups[:2],
                document.groups[2].model_copy(update={"received": 3}),
                document.groups[3].model_copy(update={"received": 0, "use": "none"}),
            ],
        }
    )
    assert without_small_counts(older) == document
    received = [line.split(",")[-1] for line in csv_of(document).splitlines() if ",received," in line]
    assert received == ["16", "9", "7", "fewer than 5", "fewer than 5"]


def test_document_survives_storing() -> None:
    for document in (panels.tv10_document(), public_part(panels.tv10_document())):
        assert PanelDocument.model_validate(json.loads(json.dumps(document.model_dump(mode="json")))) == document


def test_public_part_has_nothing_by_group_and_item() -> None:
    public = public_part(panels.tv10_document())
    assert all(item.cells is None and item.single is None for item in public.items)
    assert (public.barriers, public.flat_count, public.version) == ([], None, "public")
    assert public.attribute("CR").groups
    assert public_part(public) == public
