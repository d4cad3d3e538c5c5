"""Closing a wave: what lies in the ballot boxes becomes the numbers of the method, once, and nothing else is left."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.documents.panel import PanelDocument
from assessments.documents.values import document_digest, stored_digest
from assessments.models import BallotBox, PanelComment, PanelLink, UnfinishedQuestionnaire, Wave
from assessments.panels.services import closing
from assessments.respond import services, taking_back
from assessments.vocabulary import WaveState
from tests import builders
from tests.builders import panels
from tests.scoring.panel import TV8

pytestmark = pytest.mark.django_db


def close(wave: Wave) -> PanelDocument:
    snapshot = closing.close_and_freeze(wave=wave, user=wave.created_by)
    assert snapshot is not None
    return PanelDocument.model_validate(snapshot.document)


def reopen(wave: Wave) -> None:
    wave.refresh_from_db()
    wave.state, wave.closes_on, wave.closed_on = WaveState.OPEN, timezone.localdate() + timedelta(days=3), None
    wave.save()


def test_published_example_comes_out_by_the_real_way() -> None:
    wave = panels.closed_wave()
    snapshot = wave.snapshots.get()
    document = PanelDocument.model_validate(snapshot.document)
    expected = panels.tv10_document()
    assert [item.model_dump() for item in document.items if item.attribute == "CR"] == [
        {**item.model_dump(), "cells": _renamed(item.model_dump()["cells"])}
        for item in expected.items
        if item.attribute == "CR"
    ]
    found = document.attribute("CR")
    assert (found.score.exact, found.status, found.group_count) == ("355/6", "shown", 5)
    assert [(g.code, g.name, g.received, g.use) for g in document.groups] == [
        ("g1", "Government", 6, "own"),
        ("g2", "Business", 40, "own"),
        ("g3", "Civil society", 8, "own"),
        ("g4", "Technical community", 5, "own"),
        ("g5", "Academia", None, "pooled"),
        ("g6", "Youth", None, "pooled"),
    ]
    assert (document.received, document.withheld, document.no_scores) == (64, 0, None)
    assert snapshot.digest == document_digest(document) == stored_digest(snapshot.document)


def _renamed(cells: Any) -> Any:
    """The same with the codes that groups have in a stored document."""
    codes = {name: f"g{place}" for place, name in enumerate(TV8, 1)}
    if isinstance(cells, str):
        return codes.get(cells, cells)
    if isinstance(cells, dict):
        return {key: _renamed(value) for key, value in cells.items()}
    return [_renamed(value) for value in cells] if isinstance(cells, list) else cells


def test_closing_twice_is_closing_once() -> None:
    wave = panels.closed_wave()
    again = closing.close_and_freeze(wave=wave, user=wave.created_by)
    assert again == wave.snapshots.get()


def test_ballot_boxes_are_empty_after_closing_and_counts_are_kept() -> None:
    wave = panels.closed_wave()
    assert not any(ballot_box.content for ballot_box in BallotBox.objects.filter(group__wave=wave))
    tallies = wave.snapshots.get().tallies
    assert tallies["all"]["g2"]["received"] == 40
    assert {line["level"]: line["count"] for line in tallies["all"]["g2"]["answers"]["CR1a"]} == {1: 4, 2: 16, 3: 20}


def test_wave_nobody_answered_is_frozen_with_the_reason() -> None:
    document = close(panels.open_wave())
    # Not that it was nobody: that would say of each that they took no part.
    assert (document.received, document.withheld, document.no_scores) == (0, None, "no_usable_group")
    assert {attribute.status for attribute in document.attributes} == {"withheld"}


@pytest.mark.parametrize(
    ("sizes", "reason", "received"),
    [({"Academia": 4}, "no_usable_group", 0), ({"Business": 6, "Academia": 4}, "one_usable_group", 6)],
)
def test_too_few_groups_freeze_with_the_reason(sizes: dict[str, int], reason: str, received: int) -> None:
    wave = panels.open_wave()
    for group, size in sizes.items():
        panels.put(wave, group, [{"CR1a": 2}] * size)
    document = close(wave)
    assert (document.no_scores, document.received, document.withheld) == (reason, received, None)
    assert all(item.score is None and item.cells is None for item in document.items)


def test_group_on_the_record_counts_with_one_response() -> None:
    wave = panels.open_wave(on_record={"Civil society"})
    panels.put_example(wave, {"CR1a": {name: counts for name, counts in TV8.items() if name != "Civil society"}})
    panels.put(wave, "Civil society", [{"CR1a": 1}])
    item = close(wave).item("CR1a")
    assert (item.score.exact, item.cells.gap.printed) == ("494/9", "46.7")  # TV9c


def test_what_does_not_apply_to_the_process_is_on_neither_track() -> None:
    wave = panels.open_wave()
    builders.answer(wave.assessment, "ED4a", state="not_applicable", not_applicable_reason="No such step.")
    for group in ("Business", "Government"):
        panels.put(wave, group, [{"ED4a": 2, "ED4b": 2}] * 5)
    document = close(wave)
    assert (document.item("ED4a").status, document.item("ED4b").status) == ("not_applicable", "scored")


def test_checklists_by_option_and_group() -> None:
    wave = panels.open_wave()
    keys = ["language", "cost_of_participation", "technical_and_process_knowledge", "cultural_norms"]
    for group, states in {
        "Business": ["mitigated", "partly", "absent", "unmitigated"],
        "Government": ["partly", "partly", "partly", "partly"],
        "Youth": ["mitigated"] * 4,
    }.items():
        size = 2 if group == "Youth" else 5
        panels.put(wave, group, [{"IT2b": dict(zip(keys, states, strict=True))}] * size)
    document = close(wave)
    matrix = next(matrix for matrix in document.barriers if matrix.item == "IT2b")
    assert [(row.unit, [cell.mean.printed for cell in row.cells]) for row in matrix.rows] == [
        ("g1", ["50.0", "50.0", "50.0", "50.0"]),
        ("g2", ["100.0", "50.0", "100.0", "0.0"]),
    ]
    assert document.item("IT2b").score.printed == "56.3"


def test_answers_an_item_does_not_permit_count_as_skipped() -> None:
    wave = panels.open_wave()
    odd: list[dict[str, Any]] = [
        {"CR1a": 7},
        {"CR1a": {"language": "partly"}},
        {"IT2b": {"language": "no such state"}},
        {"IT2b": {}},
        {"XX1": 2},
        {"CR1a": "no such state"},
    ]
    panels.put(wave, "Business", [*odd, *[{"CR1a": 2}] * 5])
    panels.put(wave, "Government", [{"CR1a": 1}] * 5)
    item = close(wave).item("CR1a")
    assert (item.score.printed, item.cells.n) == ("50.0", 10)


def named_comments() -> set[tuple[str, str | None]]:
    """The comments with the name of their group."""
    return {(c.text, c.group.name if c.group else None) for c in PanelComment.objects.all()}


def test_comments_lose_their_group_below_eight() -> None:
    wave = panels.open_wave()
    panels.put(wave, "Business", [{"CR1a": 1}] * 8, comments=["From many"])
    panels.put(wave, "Government", [{"CR1a": 1}] * 7, comments=["From few", "From few too"])
    panels.put(wave, "Youth", [{"CR1a": 1}])
    close(wave)
    assert named_comments() == {("From many", "Business"), ("From few", None), ("From few too", None)}


def test_comments_of_the_only_small_group_are_not_told_by_elimination() -> None:
    wave = panels.open_wave()
    panels.put(wave, "Business", [{"CR1a": 1}] * 9, comments=["From nine"])
    panels.put(wave, "Government", [{"CR1a": 1}] * 8, comments=["From eight"])
    panels.put(wave, "Youth", [{"CR1a": 1}] * 3, comments=["From three"])
    close(wave)
    assert named_comments() == {("From nine", "Business"), ("From eight", None), ("From three", None)}


def test_comments_after_reopening_have_their_group_only_if_enough_answered_since() -> None:
    wave = panels.open_wave()
    panels.put(wave, "Business", [{"CR1a": 1}] * 8, comments=["Before"])
    panels.put(wave, "Government", [{"CR1a": 1}] * 8)
    close(wave)
    reopen(wave)
    panels.put(wave, "Business", [{"CR1a": 1}], comments=["Of one"])
    panels.put(wave, "Government", [{"CR1a": 1}] * 4)
    close(wave)
    assert named_comments() == {("Before", "Business"), ("Of one", None)}


def test_comments_are_in_random_order() -> None:
    wave = panels.open_wave()
    texts = [f"{number:03}" for number in range(60)]
    panels.put(wave, "Business", [{"CR1a": 1}] * 60, comments=texts)
    close(wave)
    found = [comment.text for comment in PanelComment.objects.order_by("pk")]
    assert sorted(found) == texts
    assert found != texts


def test_few_new_answers_make_no_new_snapshot_and_wait() -> None:
    wave = panels.closed_wave()
    first = wave.snapshots.get()
    reopen(wave)
    panels.put(wave, "Business", [{"CR1a": 0}] * 4, comments=["late"])
    assert closing.close_and_freeze(wave=wave) == first
    assert PanelComment.objects.count() == 0
    assert (
        sum(len(ballot_box.content) for ballot_box in BallotBox.objects.filter(group__wave=wave, holds="answers")) == 4
    )
    reopen(wave)
    panels.put(wave, "Business", [{"CR1a": 0}])
    second = close(wave)
    assert (second.wave.snapshot, second.received) == (2, 69)
    assert [comment.text for comment in PanelComment.objects.all()] == ["late"]


def test_cell_with_few_new_answers_stays_as_it_was_shown() -> None:
    wave = panels.closed_wave()
    reopen(wave)
    panels.put(wave, "Business", [{"CR1a": 0}] * 8)
    panels.put(wave, "Technical community", [{"CR1a": 0}] * 2)
    cells = {cell.unit: cell for cell in close(wave).item("CR1a").cells.groups}
    assert (cells["g4"].n, cells["g4"].mean.exact) == (5, "200/3")
    assert (cells["g2"].n, cells["g2"].mean.exact) == (48, "200/3")


def test_second_snapshot_is_that_of_the_method() -> None:
    wave = panels.closed_wave()
    reopen(wave)
    more = {"CR1a": {"Business": [8, 0, 0, 0], "Academia": [0, 0, 0, 5]}}
    panels.put_example(wave, more)
    document = close(wave)
    item = document.item("CR1a")
    # The pool of two and three keeps its members, though one has enough of its own now.
    assert {cell.unit: cell.n for cell in item.cells.groups}["pooled_groups"] == 10
    assert [group.use for group in document.groups][-2:] == ["pooled", "pooled"]


def test_item_settled_as_not_applicable_stays_so() -> None:
    wave = panels.closed_wave()
    reopen(wave)
    builders.answer(wave.assessment, "ED4a", state="not_applicable", not_applicable_reason="No such step.")
    panels.put(wave, "Business", [{"CR1a": 0, "ED4a": 1}] * 8)
    assert close(wave).item("ED4a").status == "not_scored"


def test_answers_that_are_in_a_result_cannot_be_withdrawn() -> None:
    wave = panels.open_wave()
    token = "token"
    PanelLink.objects.create(group=wave.groups.first(), token_hash=services.token_hash(token))
    link = services.usable_link(token)
    assert link is not None
    questionnaire, _own = services.begin(link=link)
    receipt = services.finish(questionnaire=questionnaire)
    close(wave)
    reopen(wave)
    assert not taking_back.withdraw(wave=wave, receipt=receipt)


def test_closing_takes_as_many_queries_for_many_as_for_few() -> None:
    _queries_of_closing(10)  # fills what is kept in memory
    few, many = _queries_of_closing(10), _queries_of_closing(60)
    assert few == many


def _queries_of_closing(size: int) -> int:
    wave = panels.open_wave(["Business", "Government"])
    for group in ("Business", "Government"):
        panels.put(wave, group, [{"CR1a": 1}] * size, comments=["x"] * (size // 10))
    PanelLink.objects.bulk_create(
        PanelLink(group=wave.groups.first(), token_hash=f"{wave.pk}-{n}", is_used=True) for n in range(size)
    )
    UnfinishedQuestionnaire.objects.create(link=PanelLink.objects.filter(group__wave=wave).first())
    with CaptureQueriesContext(connection) as found:
        closing.close_and_freeze(wave=wave)
    return len(found)
