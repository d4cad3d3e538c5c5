"""The frozen numbers of a wave: exactly those of the method, and nothing restricted in the public part."""

import json

import pytest

from assessments.documents.panel import PanelDocument, public_part
from tests.builders import panels

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
        ("Academia", 2, "pooled"),
        ("Youth", 3, "pooled"),
    ]
    item = document.item("CR1a")
    assert item.cells.consensus.printed == "0.53"
    assert (item.cells.composition_low.printed, item.cells.composition_high.printed) == ("46.5", "60.3")


def test_document_survives_storing() -> None:
    for document in (panels.tv10_document(), public_part(panels.tv10_document())):
        assert PanelDocument.model_validate(json.loads(json.dumps(document.model_dump(mode="json")))) == document


def test_public_part_has_nothing_by_group_and_item() -> None:
    public = public_part(panels.tv10_document())
    assert all(item.cells is None and item.single is None for item in public.items)
    assert (public.barriers, public.flat_count, public.version) == ([], None, "public")
    assert public.attribute("CR").groups
    assert public_part(public) == public
