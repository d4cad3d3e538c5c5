"""What a finished questionnaire leaves behind: nothing that leads from a person to answers.

The attacker has the whole database, row by row in the order it is stored, before and after, and knows which links
belong to whom. He wins if he can say which link a set of answers came by. `LEAKS` are variants of the storage that let
him win: the test has to find each.
"""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, models
from django.utils import timezone

from assessments.exceptions import NotAllowed
from assessments.models import StakeholderGroup
from assessments.models.panel import Wave
from assessments.models.panel_stores import BallotBox, PanelLink, UnfinishedQuestionnaire
from assessments.panels.services import waves
from assessments.panels.services.closing import close_and_freeze
from assessments.respond import receipts, services, taking_back
from tests import builders

pytestmark = pytest.mark.django_db
GROUPS = ("Government", "Business")


def open_wave() -> Wave:
    organiser = builders.user()
    process = builders.process(organiser=organiser)
    for name in GROUPS:
        StakeholderGroup.objects.create(process=process, name=name)
    wave = waves.prepare_wave(assessment=builders.assessment(process), user=organiser)
    wave.closes_on = timezone.localdate() + timedelta(days=7)
    wave.save()
    waves.launch_wave(wave=wave, user=organiser)
    return wave


def links(wave: Wave, number: int) -> list[str]:
    """Tokens of new personal links, in turn for each group."""
    groups = list(wave.groups.all())
    tokens = [secrets.token_urlsafe(32) for _number in range(number)]
    for index, token in enumerate(tokens):
        group = groups[index % len(groups)]
        PanelLink.objects.create(group=group, token_hash=services.token_hash(token), email=f"p{index}@example.org")
    return tokens


def answer(token: str, level: int, comment: str = "") -> str:
    link = services.usable_link(token)
    assert link is not None
    questionnaire, _own = services.begin(link=link)
    services.save_questionnaire(
        questionnaire=questionnaire, answers={"IT1a": {"level": level}}, comments={"IT": comment}
    )
    return services.finish(questionnaire=questionnaire)


def dump() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, in the order in which the database has it."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names come from the database
            found[table] = cursor.fetchall()
    return found


def marks_of_answers(wave: Wave) -> list[str]:
    """Everything the attacker can take hold of in a finished questionnaire, in the order it is stored."""
    return [
        json.dumps(entry, sort_keys=True)
        for ballot_box in BallotBox.objects.filter(group__wave=wave)
        for entry in ballot_box.content
    ]


def test_answers_are_found_nowhere_but_in_the_ballot_box(django_user_model: type[models.Model]) -> None:
    wave = open_wave()
    (token,) = links(wave, 1)
    receipt = answer(token, 3, comment="A rare word: quokka")
    everything = dump()
    for table, rows in everything.items():
        text = repr(rows)
        assert ("quokka" in text) is (table == BallotBox._meta.db_table), table
        assert token not in text
        assert receipt not in text
        assert receipt.replace("-", "") not in text
    assert UnfinishedQuestionnaire.objects.count() == 0


def test_no_value_of_the_two_stores_is_the_same() -> None:
    wave = open_wave()
    for token in links(wave, 12):
        answer(token, 2, comment="x")
    ballot_box_values = {
        str(value)
        for ballot_box in BallotBox.objects.filter(group__wave=wave)
        for entry in ballot_box.content
        for value in (entry["id"], entry["receipt"])
    }
    elsewhere = repr({table: rows for table, rows in dump().items() if table != BallotBox._meta.db_table})
    assert len(ballot_box_values) == 48
    assert not [value for value in ballot_box_values if value in elsewhere]


@contextmanager
def leaking(monkeypatch: pytest.MonkeyPatch, leak: str) -> Iterator[None]:
    """The storage as it would be with one mistake."""
    put = services._put
    count = iter(range(10_000))

    def counted(group: Any, holds: Any, entry: dict[str, Any]) -> None:
        if leak == "ids in order":
            monkeypatch.setattr(services.secrets, "token_hex", lambda _size: f"{next(count):032x}")
        put(group, holds, entry)

    if leak == "appended":
        monkeypatch.setattr("builtins.sorted", lambda rows, key=None: list(rows))
    monkeypatch.setattr(services, "_put", counted)
    try:
        yield
    finally:
        monkeypatch.undo()


def order_kept(wave: Wave, came: list[str]) -> float:
    """How much of the order in which answers came is left in the order they are stored in: 0.5 is chance, 1 all."""
    kept = total = 0
    for ballot_box in BallotBox.objects.filter(group__wave=wave, holds="answers"):
        places = [came.index(json.dumps(entry["answers"])) for entry in ballot_box.content]
        pairs = [(first, second) for index, first in enumerate(places) for second in places[index + 1 :]]
        kept += sum(first < second for first, second in pairs)
        total += len(pairs)
    return kept / total


def _fill(wave: Wave, number: int) -> list[str]:
    came = []
    for index, token in enumerate(links(wave, number)):
        answer(token, index)
        came.append(json.dumps({"IT1a": {"level": index}}))
    return came


@pytest.fixture
def few_ballot_boxes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two for each group: the fewer there are, the more pairs of answers lie in one of them."""
    monkeypatch.setattr(waves, "SHARDS", 2)
    monkeypatch.setattr(services, "SHARDS", 2)


@pytest.mark.slow
@pytest.mark.everywhere
@pytest.mark.usefixtures("few_ballot_boxes")
def test_order_of_answers_is_not_the_order_they_came_in() -> None:
    wave = open_wave()
    came = _fill(wave, 120)
    # 4 ballot boxes of about 30: chance leaves 0.5 with a standard deviation of 0.03; a leak leaves more than 0.95.
    assert 0.35 < order_kept(wave, came) < 0.65


@pytest.mark.slow
@pytest.mark.everywhere
@pytest.mark.usefixtures("few_ballot_boxes")
@pytest.mark.parametrize("leak", ["ids in order", "appended"])
def test_order_would_be_found_if_it_were_kept(monkeypatch: pytest.MonkeyPatch, leak: str) -> None:
    wave = open_wave()
    with leaking(monkeypatch, leak):
        came = _fill(wave, 40)
    assert order_kept(wave, came) > 0.95


def test_link_is_used_up_and_draft_gone(wave_and_token: tuple[Wave, str]) -> None:
    wave, token = wave_and_token
    link = services.usable_link(token)
    assert link is not None
    questionnaire, _own = services.begin(link=link)
    services.finish(questionnaire=questionnaire)
    assert services.usable_link(token) is None
    with pytest.raises(NotAllowed):
        services.finish(questionnaire=questionnaire)
    with pytest.raises(NotAllowed):
        services.save_questionnaire(questionnaire=questionnaire, answers={}, comments={})
    assert [group.received for group in wave.groups.all()] == [1, 0]


@pytest.fixture
def wave_and_token() -> tuple[Wave, str]:
    wave = open_wave()
    return wave, links(wave, 1)[0]


def test_receipt_takes_answers_and_comments_back_until_closing(wave_and_token: tuple[Wave, str]) -> None:
    wave, token = wave_and_token
    other = answer(links(wave, 1)[0], 1)
    receipt = answer(token, 3, comment="mine")
    assert not taking_back.withdraw(wave=wave, receipt="wrong")
    assert taking_back.withdraw(wave=wave, receipt=receipt.upper().replace("-", " "))
    assert not taking_back.withdraw(wave=wave, receipt=receipt)
    assert [json.loads(mark)["answers"] for mark in marks_of_answers(wave)] == [{"IT1a": {"level": 1}}]
    assert sum(group.received for group in wave.groups.all()) == 1
    close_and_freeze(wave=wave)
    with pytest.raises(NotAllowed):
        taking_back.withdraw(wave=wave, receipt=other)


def test_receipt_used_twice_takes_back_as_many_as_it_was_used_for(wave_and_token: tuple[Wave, str]) -> None:
    """A forged form can bring the code of another one; the counts fit what lies in the ballot boxes all the same."""
    wave, token = wave_and_token
    receipt = receipts.new_receipt()
    for one in (token, links(wave, 1)[0]):
        link = services.usable_link(one)
        assert link is not None
        services.finish(questionnaire=services.begin(link=link)[0], receipt=receipt)
    assert sum(group.received for group in wave.groups.all()) == 2
    assert taking_back.withdraw(wave=wave, receipt=receipt)
    assert marks_of_answers(wave) == []
    assert sum(group.received for group in wave.groups.all()) == 0


def test_one_link_in_two_browsers_is_one_questionnaire(wave_and_token: tuple[Wave, str]) -> None:
    wave, token = wave_and_token
    link = services.usable_link(token)
    assert link is not None
    first, _own = services.begin(link=link)
    second, _own = services.begin(link=link)
    assert first.pk == second.pk
    services.save_questionnaire(questionnaire=first, answers={"IT1a": {"level": 1}}, comments={})
    services.save_questionnaire(questionnaire=second, answers={"CR1a": {"level": 2}}, comments={})
    services.finish(questionnaire=second)
    (mark,) = marks_of_answers(wave)
    assert json.loads(mark)["answers"] == {"IT1a": {"level": 1}, "CR1a": {"level": 2}}


def test_closing_deletes_what_is_not_finished(wave_and_token: tuple[Wave, str]) -> None:
    wave, token = wave_and_token
    link = services.usable_link(token)
    assert link is not None
    services.begin(link=link)
    close_and_freeze(wave=wave)
    assert UnfinishedQuestionnaire.objects.count() == 0
    assert services.usable_link(token) is None
