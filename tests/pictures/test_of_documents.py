"""Pictures of frozen documents: what the reader's document leaves out is in no picture."""

from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from assessments.documents.both_tracks import JointDocument
from assessments.documents.last_time import LastTimePart
from assessments.documents.panel import PanelDocument
from assessments.pictures import groups_heat, item_row, items_heat, points_then, profile_of
from assessments.results.both_tracks import read_together
from tests.builders import panels, samples

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


def joint_of(panel: PanelDocument) -> JointDocument:
    found = read_together(samples.result(), panel)
    assert found is not None
    return found


def last_round(attribute: str, why: str) -> LastTimePart:
    then = {
        "code": attribute,
        "letter": "P+",
        "score": {"exact": "40", "printed": "40.0"},
        "why": why or None,
        "moved": [],
    }
    verdict = "not_compared" if why else "better"
    part = {"code": "x", "title": "", "round": 1, "submitted_on": None, "attributes": [{**then, "verdict": verdict}]}
    return LastTimePart.model_validate(part)


@pytest.fixture
def restricted() -> JointDocument:
    return joint_of(panels.tv10_document())


@pytest.fixture
def public() -> JointDocument:
    return joint_of(panels.tv10_public())


def test_a_profile_has_a_line_for_every_attribute_with_the_figures_of_the_document() -> None:
    document = samples.result()
    profile = profile_of(document)
    assert [line.letter for line in profile.lines] == [a.letter or "" for a in document.attributes]
    assert [line.whole for line in profile.lines] == [a.score.whole if a.score else "" for a in document.attributes]
    assert not profile.has_groups
    assert profile.sentence == "Points from 0 to 100: what can be shown."


def test_the_last_round_and_the_groups_are_spoken_of_where_they_are_shown(restricted: JointDocument) -> None:
    last = points_then(last_round("CR", ""))
    profile = profile_of(restricted.result, restricted, last)
    assert profile.has_last
    assert profile.has_groups
    assert "last round" in profile.sentence
    assert "groups" in profile.sentence


def test_of_a_round_that_cannot_be_compared_nothing_is_drawn() -> None:
    assert profile_of(samples.result(), None, points_then(last_round("IT", ""))).has_last
    assert not profile_of(samples.result(), None, points_then(last_round("IT", "little_in_common"))).has_last


def test_a_withheld_attribute_has_the_word_in_place_of_a_letter() -> None:
    document = samples.result(default=lambda index: samples.Given(state="unanswered", text="", links=[]))
    line = profile_of(document).lines[0]
    assert (line.letter, line.whole, line.words) == ("", "", "withheld")


def test_the_page_draws_every_row_and_labels_one() -> None:
    html = render_to_string("assessments/pictures/_profile.html", {"profile": profile_of(samples.result())})
    table = ElementTree.fromstring(f"<div>{html}</div>")
    pictures = [svg.get("class") or "" for svg in table.iter("{http://www.w3.org/2000/svg}svg")]
    assert len(pictures) == len(samples.result().attributes)
    assert sum("picture-labelled" in name for name in pictures) == 1
    assert {"Not", "Partly", "Largely", "Fully", "shown"} <= {(e.text or "").strip() for e in table.iter("span")}


def test_strips_of_items_show_what_counts_and_what_is_claimed() -> None:
    for item in samples.result().items().values():
        row = item_row(item)
        if item.counted is None:
            assert row.status in ("withheld", "not_applicable")
            assert row.score is None
        else:
            assert row.score == pytest.approx(item.counted.number * 100)


def test_restricted_readers_see_every_group_on_every_item(restricted: JointDocument) -> None:
    heat = items_heat(restricted)
    assert heat.columns[:2] == ("Shown", "All groups")
    assert len(heat.columns) == 2 + len(restricted.panel.units)
    assert all(len(row.cells) == len(heat.columns) for row in heat.rows)


def test_no_group_is_in_the_table_of_items_for_the_public(public: JointDocument) -> None:
    heat = items_heat(public)
    assert heat.columns == ("Shown", "All groups")
    assert heat.rows


def test_where_figures_by_group_are_left_out_no_group_has_a_row(public: JointDocument) -> None:
    attributes = [
        attribute.model_copy(update={"hidden": "few_units", "groups": []}) for attribute in public.panel.attributes
    ]
    hidden = public.model_copy(update={"panel": public.panel.model_copy(update={"attributes": attributes})})
    names = {unit.name for unit in public.panel.units}
    assert not names & {row.head for row in groups_heat(hidden).rows}


def test_items_on_which_groups_are_divided_stand_first(restricted: JointDocument) -> None:
    verdicts = [bool(row.note and "divided" in row.note) for row in items_heat(restricted).rows]
    assert verdicts == sorted(verdicts, reverse=True)
