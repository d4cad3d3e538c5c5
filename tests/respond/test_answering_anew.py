"""Whoever has a receipt code can answer anew until the closing; nothing of that leads to their link (docs/adr/0015)."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import serializers
from django.utils import timezone

from assessments.exceptions import NotAllowed
from assessments.models import BallotBox, PanelComment, PanelLink, UnfinishedQuestionnaire, Wave, WaveGroup
from assessments.panels.asked import asked_groups, coded_groups
from assessments.panels.services.closing import close_and_freeze
from assessments.panels.services.links import left_to_invite, personal_links
from assessments.panels.services.stopping import close_early
from assessments.respond import services, taking_back
from assessments.respond.questionnaire import LinkState, link_of, link_state_of
from attributes.codes import new_token
from tests.builders.panels import open_group, open_wave, put
from tests.builders.respondents import new_link

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wave_key")]
LINK = PanelLink._meta.label_lower
BOX = BallotBox._meta.label_lower
GROUP = WaveGroup._meta.label_lower


@pytest.fixture(scope="module")
def wave_key(build_once: Callable[[Callable[[], int]], int]) -> int:
    return build_once(lambda: open_wave(["A", "B"]).pk)


@pytest.fixture
def wave(db: None, wave_key: int) -> Wave:
    return Wave.objects.get(pk=wave_key)


def hand_in(token: str, level: int, words: str = "") -> str:
    """Somebody answers by a link; returns their receipt code."""
    link = services.usable_link(token)
    assert link is not None
    questionnaire, own = services.begin(link=link)
    answers: Any = {"IT1a": {"state": "answered", "level": level}}
    services.save_questionnaire(questionnaire=questionnaire, answers=answers, comments={"IT": words} if words else {})
    assert own is None or link.is_open_link
    return services.finish(questionnaire=questionnaire)


def levels(wave: Wave) -> list[int]:
    """What lies in the ballot boxes."""
    boxes = BallotBox.objects.filter(group__wave=wave, holds="answers")
    return sorted(entry["answers"]["IT1a"]["level"] for box in boxes for entry in box.content)


def everything() -> dict[tuple[str, Any], dict[str, Any]]:
    """Every row of a panel, as a copy of the database has it."""
    models = (Wave, WaveGroup, PanelLink, UnfinishedQuestionnaire, BallotBox, PanelComment)
    rows = (row for model in models for row in serializers.serialize("python", model.objects.all()))
    return {(row["model"], row["pk"]): row["fields"] for row in rows}


def changed(before: dict[Any, Any], after: dict[Any, Any]) -> Iterator[tuple[str, set[str]]]:
    """What differs between two copies: of which table, and which columns; all of a row that was not there."""
    for key in before.keys() | after.keys():
        one, other = before.get(key, {}), after.get(key, {})
        if one != other:
            yield key[0], {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


def test_copies_before_and_after_show_no_link_that_was_there_before(wave: Wave) -> None:
    """An answer went, and a link came that is nobody's: whose link the answer came by cannot be told."""
    tokens = [new_link(wave) for _ in range(3)]
    receipts = [hand_in(token, level, words=f"of {level}") for level, token in enumerate(tokens)]
    before = everything()
    made = taking_back.exchange(wave=wave, receipt=receipts[1], token=new_token())
    assert made is not None
    after = everything()
    links = {key: fields for key, fields in after.items() if key[0] == LINK}
    assert {key[1] for key in links.keys() - before.keys()} == {made.pk}
    assert all(before[key] == fields for key, fields in links.items() if key in before)
    found = list(changed(before, after))
    assert sorted({label for label, _columns in found}) == sorted({LINK, BOX, GROUP})
    assert [columns for label, columns in found if label == GROUP] == [{"received"}]
    assert (made.email, made.former_hash, made.sent_on, made.is_used) == ("", "", None, False)


def test_nothing_of_what_was_answered_is_given_back(wave: Wave) -> None:
    """Else a receipt, which organisers may ask people to show, would show what they said."""
    receipt, token = hand_in(new_link(wave), 2, words="mine"), new_token()
    assert taking_back.exchange(wave=wave, receipt=receipt, token=token) is not None
    link = services.usable_link(token)
    assert link is not None
    questionnaire, _own = services.begin(link=link)
    assert (questionnaire.answers, questionnaire.comments) == ({}, {})
    assert levels(wave) == []
    assert not any(box.content for box in BallotBox.objects.all())


def test_answers_are_given_anew_once_and_counted_once(wave: Wave) -> None:
    first, token = new_link(wave), new_token()
    receipt = hand_in(first, 0)
    hand_in(new_link(wave), 3)
    before = _counts(wave)
    taking_back.exchange(wave=wave, receipt=receipt, token=token)
    assert [group.received for group in wave.groups.all()] == [1, 0]
    new_receipt = hand_in(token, 1)
    assert levels(wave) == [1, 3]
    assert services.usable_link(token) is None
    assert services.usable_link(first) is None
    # Neither what was made and used, nor what may still be handed out, counts somebody twice.
    assert _counts(wave) == before
    assert taking_back.exchange(wave=wave, receipt=receipt, token=new_token()) is None
    assert taking_back.exchange(wave=wave, receipt=new_receipt, token=new_token()) is not None


def _counts(wave: Wave) -> Any:
    group = wave.groups.order_by("position")[0]
    asked = asked_groups(coded_groups(wave), None)
    return asked[0].links, left_to_invite(group), personal_links(group).count(), group.received


def test_sent_twice_it_is_one_link(wave: Wave) -> None:
    receipt, token = hand_in(new_link(wave), 0), new_token()
    one, other = (taking_back.exchange(wave=wave, receipt=receipt, token=token) for _ in range(2))
    assert one == other
    assert PanelLink.objects.filter(in_exchange=True).count() == 1


def test_a_wrong_code_makes_no_link(wave: Wave) -> None:
    hand_in(new_link(wave), 0)
    assert taking_back.exchange(wave=wave, receipt="wrong", token=new_token()) is None
    other = open_wave(["A"])
    assert taking_back.exchange(wave=other, receipt=hand_in(new_link(wave), 1), token=new_token()) is None
    assert not PanelLink.objects.filter(in_exchange=True).exists()
    assert levels(wave) == [0, 1]


@pytest.mark.parametrize("over", ["closed", "stopped", "last day over"])
def test_nothing_is_taken_out_where_nothing_can_be_begun(wave: Wave, over: str) -> None:
    receipt = hand_in(new_link(wave), 0)
    if over == "closed":
        close_and_freeze(wave=wave)
    elif over == "stopped":
        close_early(wave=wave, user=wave.created_by)
    else:
        Wave.objects.filter(pk=wave.pk).update(closes_on=timezone.localdate() - timedelta(days=2))
    kept = levels(wave)
    with pytest.raises(NotAllowed):
        taking_back.exchange(wave=wave, receipt=receipt, token=new_token())
    assert levels(wave) == kept


def test_place_of_whoever_answers_anew_is_kept(wave: Wave) -> None:
    """Others may fill a group meanwhile: who has been counted once can be counted again."""
    group, token = open_group(wave, cap=1), new_token()
    opened = new_link(wave, group.name, is_open_link=True)
    link = services.usable_link(opened)
    assert link is not None
    questionnaire, _own = services.begin(link=link)
    services.save_questionnaire(questionnaire=questionnaire, answers={"IT1a": {"state": "dont_know"}}, comments={})
    receipt = services.finish(questionnaire=questionnaire)
    taking_back.exchange(wave=wave, receipt=receipt, token=token)
    new = services.usable_link(token)
    assert new is not None
    services.begin(link=new)
    put(wave, group.name, [{"IT1a": 3}])
    assert link_state_of(link_of(opened)) is LinkState.FULL
    assert link_state_of(link_of(token)) is LinkState.USABLE
    hand_in(token, 2)
    assert levels(wave) == [2, 3]


def test_what_is_not_handed_in_again_counts_for_nothing(wave: Wave) -> None:
    receipt, token = hand_in(new_link(wave), 2), new_token()
    taking_back.exchange(wave=wave, receipt=receipt, token=token)
    link = services.usable_link(token)
    assert link is not None
    services.begin(link=link)
    close_and_freeze(wave=wave)
    assert not UnfinishedQuestionnaire.objects.exists()
    assert wave.groups.filter(received=0).count() == 2
