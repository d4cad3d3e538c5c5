"""The frozen numbers of a wave: exactly those of the method, and nothing but whole points in the public document."""

import json

import pytest

from assessments.documents.panel import PanelDocument, without_small_counts
from assessments.documents.panel_asked import LinksPart
from assessments.panels.asked import links_part
from assessments.results.panel_numbers import panel_csv
from assessments.scoring.experience import LinkCounts
from tests import builders
from tests.builders import panels
from tests.scoring.panel import wave_of

pytestmark = pytest.mark.django_db


def test_tv10_figures_are_in_the_document() -> None:
    document = panels.tv10_document()
    found = document.attribute("CR")
    assert found is not None
    assert (found.score.exact, found.score.printed, found.letter, found.status) == ("355/6", "59.2", "L-", "shown")
    assert (found.group_count, found.confidential, found.gap.printed) == (5, 5, "40.6")
    assert {document.unit(each.unit).name: (each.score.printed, each.letter) for each in found.groups} == {
        "Government": ("66.7", "L-"),
        "Business": ("73.3", "L+"),
        "Civil society": ("40.3", "P+"),
        "Technical community": ("73.3", "L+"),
        "": ("42.2", "P+"),
    }
    assert [(group.name, group.received, group.use) for group in document.groups][-2:] == [
        ("Academia", None, "pooled"),
        ("Youth", None, "pooled"),
    ]
    item = document.item("CR1a")
    # Groups of five and six: how all answers spread is told as a band only.
    assert (item.cells.consensus.printed, item.cells.consensus.band, item.cells.chance) == (None, "mixed", None)
    assert (item.cells.composition_low.printed, item.cells.composition_high.printed) == ("46.5", "60.3")
    assert document.method_version == "1.1.0"


def test_the_public_document_has_whole_numbers_and_nothing_by_group_and_item() -> None:
    public = panels.tv10_public()
    assert all(item.cells is None for item in public.items)
    assert (public.barriers, public.flat_count, public.version) == ([], None, "public")
    found = public.attribute("CR")
    assert (found.score.exact, found.score.printed, found.letter) == ("59", "59", "L-")
    assert _fractions(public.model_dump(mode="json")) == []
    assert _fractions(panels.tv10_document().model_dump(mode="json")) != []


def _fractions(content: object, key: str = "") -> list[str]:
    """The figures that are not whole; shares of weight, and the quantile, say nothing of answers."""
    if isinstance(content, dict):
        if content.keys() == {"exact", "printed"}:
            whole = content["printed"].removesuffix(" %").removeprefix("-").isdigit()
            return [] if whole and ("/" not in content["exact"] or "%" in content["printed"]) else [key]
        return [one for name, value in content.items() for one in _fractions(value, name)]
    return [one for value in content for one in _fractions(value, key)] if isinstance(content, list) else []


def test_numbers_of_small_groups_are_told_nowhere_and_cannot_be_computed() -> None:
    """Not from the sum, and not whether it was none; nor from how many links there were."""
    shape = {"Government": [0, 0, 0, 9], "Business": [0, 0, 7, 0], "Youth": [0, 3, 0, 0], "Labour": [0, 0, 0, 0]}
    for document in panels.documents_of(wave_of({"CR1a": shape}), builders.items()):
        told = [
            (group.name, group.received, group.use, group.links.used, group.links.made) for group in document.groups
        ]
        assert told == [
            ("Government", 9, "own", 9, 50),
            ("Business", 7, "own", 7, 50),
            ("Youth", None, "withheld", None, None),
            ("Labour", None, "withheld", None, None),
        ]
        assert (document.received, document.withheld) == (16, None)
        assert without_small_counts(document) == document
        received = [line.split(",")[-1] for line in panel_csv(document).splitlines() if ",received," in line]
        assert received == ["16", "9", "7", "fewer than 5", "fewer than 5"]


@pytest.mark.parametrize(("used", "unused", "told"), [(0, 0, 0), (1, 3, None), (2, 3, 2)])
def test_of_few_links_taken_back_nobody_is_told_how_many_were_used(used: int, unused: int, told: int | None) -> None:
    found = links_part(LinkCounts(invited=20, used=9, revoked_used=used, revoked_unused=unused), 5)
    assert found == LinksPart(made=20, used=9, revoked=used + unused, revoked_used=told, reissued=0, everybody=False)


def test_documents_survive_storing() -> None:
    for document in (panels.tv10_document(), panels.tv10_public()):
        assert PanelDocument.model_validate(json.loads(json.dumps(document.model_dump(mode="json")))) == document
