"""A wave from its preparation to its closing and back: what is possible when, and that nothing else is."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.utils import timezone

from assessments.exceptions import InvalidAnswer, NotAllowed
from assessments.models import (
    BallotBox,
    GroupStatement,
    PanelComment,
    PanelLink,
    UnfinishedQuestionnaire,
    Wave,
    WaveGroup,
    WaveSnapshot,
)
from assessments.moving import services
from assessments.panels.services import closing, links, setup, waves
from assessments.panels.services.closing import close_and_freeze
from assessments.permissions import RIGHTS, Right
from assessments.respond import services as questionnaires
from assessments.vocabulary import GroupMode, LinkKind, Role, WaveState
from msgov.accounts.models import AuditEvent
from tests import builders
from tests.builders import versions
from tests.builders.clock import SetClock
from tests.builders.panels import in_days, launched, open_group, prepared

pytestmark = pytest.mark.django_db

GROUP = {"name": "Academia", "mode": "individual", "link_kind": "personal", "invited": 10, "cap": None}


def test_wave_starts_with_the_groups_of_the_process() -> None:
    wave = prepared()
    assert [group.name for group in wave.groups.all()] == ["Government", "Business", "Civil society"]
    # Called like sectors, as the groups are that a new process has.
    assert [group.sector for group in wave.groups.all()] == ["government", "business", "civil_society"]
    assert (wave.number, wave.threshold, wave.state) == (1, 5, WaveState.PREPARING)


def test_second_wave_waits_for_the_first_to_close() -> None:
    wave = launched()
    with pytest.raises(NotAllowed):
        waves.prepare_wave(assessment=wave.assessment, user=wave.created_by)
    close_and_freeze(wave=wave)
    assert waves.prepare_wave(assessment=wave.assessment, user=wave.created_by).number == 2


@pytest.mark.parametrize("threshold", [0, 3, 4, 21])
def test_threshold_is_five_to_twenty(threshold: int) -> None:
    wave = prepared()
    with pytest.raises(InvalidAnswer):
        setup.save_settings(wave=wave, fields={"threshold": threshold})
    for allowed in (5, 8, 20):
        assert setup.save_settings(wave=wave, fields={"threshold": allowed}).threshold == allowed


def test_threshold_is_settled_by_the_first_number_of_people() -> None:
    wave = prepared()
    organiser = wave.created_by
    setup.save_group(wave=wave, fields={**GROUP, "mode": GroupMode.ON_RECORD})
    wave = setup.save_settings(wave=wave, fields={"threshold": 8}, user=organiser)
    assert (wave.threshold_chosen_by, wave.threshold_chosen_on) == (organiser, wave.today)
    wave = setup.save_settings(wave=wave, fields={"threshold": 5}, user=organiser)
    assert (wave.threshold_chosen_by, wave.threshold_chosen_on) == (None, None)
    setup.save_group(wave=wave, fields={**GROUP, "name": "Labour", "everybody": True})
    assert wave.groups.get(name="Labour").everybody
    with pytest.raises(InvalidAnswer):
        setup.save_settings(wave=wave, fields={"threshold": 8}, user=organiser)
    # Not by taking the number back either.
    setup.save_group(wave=wave, fields={**GROUP, "name": "Labour", "invited": 0}, group=wave.groups.get(name="Labour"))
    with pytest.raises(InvalidAnswer):
        setup.save_settings(wave=wave, fields={"threshold": 8}, user=organiser)
    assert setup.save_settings(wave=wave, fields={"threshold": 5}).threshold == 5


def test_languages_are_those_of_the_question_set() -> None:
    with pytest.raises(InvalidAnswer):
        setup.save_settings(wave=prepared(), fields={"languages": ["xx"]})


def test_group_on_the_record_has_one_personal_link() -> None:
    wave = prepared()
    group = setup.save_group(
        wave=wave, fields={**GROUP, "mode": GroupMode.ON_RECORD, "link_kind": LinkKind.OPEN, "invited": 9, "cap": 7}
    )
    assert (group.link_kind, group.invited, group.cap, group.position) == (LinkKind.PERSONAL, 1, None, 3)


def test_group_names_are_different_whatever_their_case() -> None:
    wave = prepared()
    with pytest.raises(InvalidAnswer):
        setup.save_group(wave=wave, fields={**GROUP, "name": "BUSINESS"})


def test_groups_are_limited() -> None:
    wave = prepared(names=tuple(f"G{number}" for number in range(setup.MAX_GROUPS)))
    with pytest.raises(NotAllowed):
        setup.save_group(wave=wave, fields=GROUP)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"closes_on": None}, ["Set a closing date in the future."]),
        ({"closes_on": in_days(0)}, ["Set a closing date in the future."]),
        ({"notice": "  "}, ["Say who asks, and why."]),
        ({"languages": []}, ["Choose at least one language."]),
        ({"responsible": " "}, ["Say who is responsible for the answers, and to which address questions can be sent."]),
        ({"contact": ""}, ["Say who is responsible for the answers, and to which address questions can be sent."]),
        ({}, []),
    ],
)
def test_launch_asks_for_what_is_missing(fields: dict[str, Any], expected: list[str]) -> None:
    wave = setup.save_settings(wave=prepared(), fields=fields)
    assert [lack.words for lack in setup.missing_for_launch(wave)] == expected
    if expected:
        with pytest.raises(NotAllowed, match=r"Set|Say|Choose"):
            setup.launch_prepared(wave=wave, user=wave.created_by)
        wave.refresh_from_db()
        assert wave.state == WaveState.PREPARING


def test_launch_asks_for_numbers_and_caps() -> None:
    wave = prepared()
    wave.groups.filter(name="Government").update(invited=0)
    open_group(wave, cap=0)
    assert [lack.words for lack in setup.missing_for_launch(wave)] == [
        "Government: say how many people are invited.",
        "Civil society: say how many answers the open link takes.",
    ]


def test_groups_without_a_number_are_named_in_one_sentence() -> None:
    wave = prepared()
    wave.groups.update(invited=0)
    assert [lack.words for lack in setup.missing_for_launch(wave)] == [
        "Say how many people are invited in each group, or list the people. No number yet: Government, Business, "
        "Civil society.",
    ]


def test_launch_takes_no_more_answers_than_people_were_invited() -> None:
    wave = prepared()
    open_group(wave, cap=99)
    setup.launch_prepared(wave=wave, user=wave.created_by)
    assert [group.cap for group in wave.groups.all()] == [40, 40, 99]


def test_everything_is_locked_at_the_launch() -> None:
    wave = launched()
    group = wave.groups.first()
    refused = [
        lambda: setup.save_settings(wave=wave, fields={"threshold": 6}),
        lambda: setup.save_group(wave=wave, fields=GROUP),
        lambda: setup.save_group(wave=wave, fields=GROUP, group=group),
        lambda: setup.remove_group(group=group),
        lambda: setup.discard_wave(wave=wave, user=wave.created_by),
        lambda: setup.start_test(group=group),
        lambda: setup.launch_prepared(wave=wave, user=wave.created_by),
        lambda: waves.reopen_wave(wave=wave, user=wave.created_by, reason="x", closes_on=in_days(30)),
    ]
    for act in refused:
        with pytest.raises(NotAllowed):
            act()
    stored = Wave.objects.get(pk=wave.pk)
    assert (stored.threshold, stored.groups.count()) == (5, 3)


def test_test_run_is_deleted_at_the_launch() -> None:
    wave = prepared()
    group = wave.groups.first()
    first = setup.start_test(group=group)
    token = setup.start_test(group=group)
    assert questionnaires.usable_link(first) is None
    link = questionnaires.usable_link(token)
    assert link is not None
    assert link.is_test
    questionnaire, _own = questionnaires.begin(link=link)
    questionnaires.save_questionnaire(
        questionnaire=questionnaire, answers={"IT1a": {"state": "answered", "level": 3}}, comments={"IT": "quokka"}
    )
    setup.launch_prepared(wave=wave, user=wave.created_by)
    assert (PanelLink.objects.count(), UnfinishedQuestionnaire.objects.count()) == (0, 0)
    assert questionnaires.usable_link(token) is None
    assert not any(ballot_box.content for ballot_box in BallotBox.objects.all())


def test_wave_is_extended_only_forward_and_each_time_is_written_down() -> None:
    wave = launched()
    for day in (in_days(14), in_days(3)):
        with pytest.raises(NotAllowed):
            waves.extend_wave(wave=wave, user=wave.created_by, closes_on=day)
    waves.extend_wave(wave=wave, user=wave.created_by, closes_on=in_days(21))
    waves.extend_wave(wave=wave, user=wave.created_by, closes_on=in_days(28))
    with pytest.raises(NotAllowed):
        waves.extend_wave(wave=wave, user=wave.created_by, closes_on=in_days(21))
    assert Wave.objects.get().closes_on == in_days(28)
    moved = list(wave.changes.values_list("kind", "before", "after", "by"))
    days = [in_days(days).isoformat() for days in (14, 21, 28)]
    user = wave.created_by.pk
    assert moved == [("date_moved", days[0], days[1], user), ("date_moved", days[1], days[2], user)]


def test_a_date_that_people_were_told_moves_only_with_a_reason() -> None:
    wave = launched()
    waits = PanelLink.objects.create(group=wave.groups.first(), token_hash="0" * 64, email="a@example.org")
    assert not waves.is_promised(wave)  # the mail has not gone out yet
    PanelLink.objects.filter(pk=waits.pk).update(sent_on=wave.today)
    assert waves.is_promised(wave)
    with pytest.raises(InvalidAnswer):
        waves.extend_wave(wave=wave, user=wave.created_by, closes_on=in_days(28), reason=" ")
    waves.extend_wave(wave=wave, user=wave.created_by, closes_on=in_days(28), reason=" Holidays ")
    assert wave.changes.get().reason == "Holidays"


@pytest.mark.parametrize(("late", "closed"), [(0, 0), (1, 1), (30, 1)])
def test_wave_closes_by_itself_after_its_last_day(
    late: int, closed: int, capsys: pytest.CaptureFixture[str], clock: SetClock
) -> None:
    clock("2026-12-10 12:00")
    wave = launched()
    Wave.objects.update(closes_on=timezone.localdate() - timedelta(days=late))
    assert Wave.objects.get().is_due is bool(closed)
    call_command("close_waves")
    assert capsys.readouterr().out == f"{closed}\n"
    wave.refresh_from_db()
    assert (wave.state == WaveState.CLOSED) is bool(closed)
    assert wave.snapshots.count() == closed
    assert closing.close_due_waves() == 0


def test_links_take_no_answers_after_the_last_day_even_before_the_closing() -> None:
    wave = launched()
    (made,) = links.hand_out(group=wave.groups.first(), user=wave.created_by, number=1, made=0)
    assert questionnaires.usable_link(made.token) is not None
    Wave.objects.update(closes_on=in_days(-1))
    assert questionnaires.usable_link(made.token) is None
    with pytest.raises(NotAllowed):
        links.hand_out(group=wave.groups.first(), user=wave.created_by, number=1, made=1)


def test_wave_that_cannot_be_closed_stops_no_other(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first, _second = launched(), launched()
    Wave.objects.update(closes_on=in_days(-2))  # in the hour after midnight yesterday is not over

    def fail_once(*, wave: Wave) -> None:
        if wave.pk == first.pk:
            raise ValueError("broken")
        close_and_freeze(wave=wave)

    monkeypatch.setattr(closing, "close_and_freeze", fail_once)
    assert closing.close_due_waves() == 1
    assert f"Wave {first.code} could not be closed" in caplog.text


def test_reopening_needs_a_reason_and_a_date() -> None:
    wave = launched()
    close_and_freeze(wave=wave)
    user = wave.created_by
    with pytest.raises(InvalidAnswer):
        waves.reopen_wave(wave=wave, user=user, reason=" ", closes_on=in_days(3))
    with pytest.raises(NotAllowed):
        waves.reopen_wave(wave=wave, user=user, reason="Late", closes_on=in_days(0))
    waves.reopen_wave(wave=wave, user=user, reason="Late", closes_on=in_days(3))
    stored = Wave.objects.get()
    assert (stored.state, stored.closed_on, stored.reopen_reason) == (WaveState.OPEN, None, "Late")
    assert stored.snapshots.count() == 1


def test_only_the_latest_wave_is_reopened() -> None:
    wave = launched()
    close_and_freeze(wave=wave)
    waves.prepare_wave(assessment=wave.assessment, user=wave.created_by)
    with pytest.raises(NotAllowed):
        waves.reopen_wave(wave=wave, user=wave.created_by, reason="Late", closes_on=in_days(3))


def test_questions_do_not_change_while_stakeholders_answer() -> None:
    wave = launched()
    with pytest.raises(NotAllowed, match="Stakeholders are answering"):
        services.move_assessment(assessment=wave.assessment, user=wave.created_by, to=versions.second())
    with pytest.raises(NotAllowed, match="Stakeholders are answering"):
        services.undo_move(assessment=wave.assessment, user=wave.created_by)


def test_wave_is_not_reopened_with_other_questions() -> None:
    wave = launched()
    close_and_freeze(wave=wave)
    services.move_assessment(assessment=wave.assessment, user=wave.created_by, to=versions.second())
    with pytest.raises(NotAllowed, match="The questions have changed"):
        waves.reopen_wave(wave=wave, user=wave.created_by, reason="Late", closes_on=in_days(3))


def test_what_an_organiser_does_is_written_down_without_anything_about_respondents() -> None:
    wave = launched()
    group, user = wave.groups.first(), wave.created_by
    links.invite_by_mail(group=group, user=user, text="ana@example.org", root="http://testserver/")
    links.revoke(group=group, user=user, link=links.personal_links(group).get())
    waves.extend_wave(wave=wave, user=user, closes_on=in_days(20))
    close_and_freeze(wave=wave, user=user)
    waves.reopen_wave(wave=wave, user=user, reason="Late", closes_on=in_days(3))
    events = AuditEvent.objects.filter(object_code=wave.assessment.code).order_by("pk").values_list("action", "details")
    assert list(events) == [
        ("wave.launched", {}),
        ("panel.invited", {"wave": 1, "number": 1}),
        ("panel.link_revoked", {"wave": 1}),
        ("wave.extended", {}),
        ("wave.closed", {}),
        ("wave.reopened", {}),
    ]


def test_rights_of_panels() -> None:
    having = {
        right: [role for role in Role.values if right in RIGHTS[role]]
        for right in (Right.MANAGE_PANEL, Right.VIEW_PANEL, Right.MODERATE, Right.VIEW_RESTRICTED)
    }
    assert having == {
        Right.MANAGE_PANEL: ["organiser"],
        Right.VIEW_PANEL: ["organiser", "contributor", "reviewer"],
        Right.MODERATE: ["reviewer"],
        Right.VIEW_RESTRICTED: ["organiser", "reviewer"],
    }
    assert not RIGHTS["site_admin"] & {Right.MANAGE_PANEL, Right.MODERATE, Right.VIEW_RESTRICTED}


@pytest.mark.parametrize(
    "model",
    [Wave, WaveGroup, PanelLink, UnfinishedQuestionnaire, BallotBox, PanelComment, GroupStatement, WaveSnapshot],
)
def test_nothing_of_panels_is_in_the_admin_site(model: Any) -> None:
    assert not admin.site.is_registered(model)


def test_deleting_a_process_deletes_its_waves() -> None:
    wave = launched()
    links.hand_out(group=wave.groups.first(), user=wave.created_by, number=2, made=0)
    close_and_freeze(wave=wave)
    builders.user()
    wave.assessment.process.delete()
    for model in (Wave, WaveGroup, PanelLink, BallotBox, WaveSnapshot):
        assert model.objects.count() == 0, model


def test_groups_smaller_than_the_threshold_do_not_answer_confidentially() -> None:
    """Their number alone would tell who took part: a group of one is “received: 1”."""
    wave = prepared()
    wave.groups.update(invited=8)
    setup.save_settings(wave=wave, fields={"threshold": 8})
    wave.groups.filter(name="Business").update(invited=7)
    wave.refresh_from_db()
    (problem,) = setup.missing_for_launch(wave)
    assert problem.words.startswith("Business: fewer than 8 people cannot answer confidentially")
    with pytest.raises(NotAllowed):
        setup.launch_prepared(wave=wave, user=wave.created_by)
    wave.groups.filter(name="Business").update(mode=GroupMode.ON_RECORD, invited=1)
    assert setup.missing_for_launch(wave) == []
