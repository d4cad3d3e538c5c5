"""Tables of frozen documents: every row of what is shown, and nothing that the reader's document leaves out."""

import pytest

from assessments.documents.both_tracks import JointDocument
from assessments.documents.panel import PanelDocument
from assessments.results.both_tracks import read_together
from assessments.tables import attributes_by_group, attributes_table, csv_of, items_by_group, items_table, steps_table
from tests.builders import panels, samples

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


def joint_of(panel: PanelDocument) -> JointDocument:
    found = read_together(samples.result(), panel)
    assert found is not None
    return found


@pytest.fixture
def restricted() -> JointDocument:
    return joint_of(panels.tv10_document())


@pytest.fixture
def public() -> JointDocument:
    return joint_of(panels.tv10_public())


def test_attributes_have_the_figures_that_are_printed() -> None:
    document = samples.result()
    found = attributes_table(document)
    assert [row[1] for row in found.rows] == [attribute.code for attribute in document.attributes]
    column = found.columns.index("Shown")
    printed = [attribute.score.printed if attribute.score else None for attribute in document.attributes]
    assert [None if row[column] is None else str(row[column]) for row in found.rows] == printed


def test_every_item_has_a_row() -> None:
    document = samples.result()
    assert [row[3] for row in items_table(document).rows] == list(document.items())


def test_steps_stand_in_their_order() -> None:
    document = samples.result()
    assert [row[4] for row in steps_table(document).rows] == [step.item for step in document.steps.steps]
    assert [row[0] for row in steps_table(document).rows] == list(range(1, len(document.steps.steps) + 1))


def test_what_groups_say_stands_in_columns_of_its_own(restricted: JointDocument) -> None:
    without, beside = items_table(restricted.result), items_table(restricted.result, restricted)
    assert beside.columns[: len(without.columns)] == without.columns
    assert beside.columns[len(without.columns) :] == ("Groups: letter", "Groups: points", "Groups: how far apart")
    attributes = attributes_table(restricted.result, restricted)
    assert len(attributes.columns) == len(attributes_table(restricted.result).columns) + 5


def test_restricted_readers_get_every_group(restricted: JointDocument) -> None:
    names = {unit.name for unit in restricted.panel.units if not unit.is_pool}
    columns = set(items_by_group(restricted).columns)
    assert names <= columns


def test_no_group_by_item_for_the_public(public: JointDocument, restricted: JointDocument) -> None:
    found = items_by_group(public)
    assert set(found.columns) <= {"Item", "Remark", "Shown", "Shown: points", "All groups", "All groups: points"}
    text = csv_of(found)
    assert not [unit.name for unit in restricted.panel.units if unit.name and unit.name in text]


def test_what_a_public_document_hides_is_in_no_table(public: JointDocument) -> None:
    """Whatever is left out of the document: its place in every table is empty."""
    panel = public.panel
    attributes = [
        entry.model_copy(update={"score": None, "score_hidden": "one_item", "groups": [], "hidden": "one_item"})
        for entry in panel.attributes
    ]
    items = [entry.model_copy(update={"score": None, "hidden": "one_item"}) for entry in panel.items]
    hidden = public.model_copy(update={"panel": panel.model_copy(update={"attributes": attributes, "items": items})})
    found = attributes_table(hidden.result, hidden)
    column = found.columns.index("Groups: points")
    assert all(row[column] is None for row in found.rows)
    column = items_table(hidden.result, hidden).columns.index("Groups: points")
    assert all(row[column] is None for row in items_table(hidden.result, hidden).rows)
    names = {unit.name for unit in panel.units if unit.name}
    assert not names & {str(row[0]) for row in attributes_by_group(hidden).rows}
    assert "All groups: points" not in items_by_group(hidden).columns
