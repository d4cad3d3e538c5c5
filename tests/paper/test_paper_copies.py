"""Sheets among answers by links: no transaction, row or file says which of the answers came on paper, or by whom."""

import json
from typing import Any

import pytest
from django.utils import timezone

from assessments.models import BallotBox, PanelLink, PaperAssistant, WaveGroup
from assessments.panels.services.closing import close_and_freeze
from assessments.paper.services.entering import enter_from_paper
from assessments.respond.receipts import new_paper_receipt
from tests.panels.test_copies import (  # noqa: F401 - fixtures
    empty_file,
    found,
    hand_in,
    on_disk,
    on_postgres,
    written,
)
from tests.panels.test_storage import open_wave

SHEETS = 3


def enter_some(group: WaveGroup) -> list[str]:
    """Sheets of a group, entered by one assistant; returns their receipts."""
    assistant = PaperAssistant.objects.create(
        group=group, name="M. Reyes", token_hash="0" * 64, made_on=timezone.localdate()
    )
    receipts = [new_paper_receipt() for _sheet in range(SHEETS)]
    for number, receipt in enumerate(receipts):
        answers: dict[str, Any] = {"IT1a": {"state": "answered", "level": number}}
        comments = {"IT": f"canary-paper-{number}"}
        enter_from_paper(assistant=assistant, answers=answers, comments=comments, receipt=receipt)
    return receipts


@on_postgres
@pytest.mark.django_db(transaction=True)
def test_no_transaction_wrote_one_link_or_one_assistant_with_answers() -> None:
    wave = open_wave()
    hand_in(wave)
    group = wave.groups.first()
    enter_some(group)
    boxes = written(BallotBox._meta.db_table, f"group_id = {group.pk}")
    links = written(PanelLink._meta.db_table, f"group_id = {group.pk}")
    assistants = written(PaperAssistant._meta.db_table, "true")
    assert len(boxes) == len(links) == 1  # all of the group, by whoever was last
    assert not boxes.keys() & assistants.keys()


@pytest.mark.usefixtures("on_disk")
@pytest.mark.django_db(transaction=True)
def test_what_was_entered_lies_in_the_ballot_boxes_alone() -> None:
    wave = open_wave()
    hand_in(wave)
    group = wave.groups.first()
    receipts = enter_some(group)
    for number, receipt in enumerate(receipts):
        assert sum(found(f"canary-paper-{number}").values()) == 1
        assert not found(receipt)
        assert not found(receipt.replace("-", ""))
    close_and_freeze(wave=wave)


@pytest.mark.django_db
def test_entries_from_paper_have_the_form_of_all_others() -> None:
    wave = open_wave()
    hand_in(wave)
    group = wave.groups.first()
    enter_some(group)
    entries = [entry for box in BallotBox.objects.filter(group=group, holds="answers") for entry in box.content]
    forms = [{name: len(str(value)) for name, value in entry.items() if name != "answers"} for entry in entries]
    shapes = {json.dumps(form) for form in forms}
    assert len(entries) == SHEETS + 3
    assert len(shapes) == 1
    row = WaveGroup.objects.get(pk=group.pk)
    assert (row.received, row.by_assistant) == (SHEETS + 3, SHEETS)
