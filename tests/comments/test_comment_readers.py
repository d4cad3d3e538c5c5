"""Comments are read first by somebody who has not answered for the process, whom respondents are told."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from assessments.models import Membership, PanelComment
from assessments.models.panel import Wave
from assessments.panels.services import setup
from assessments.panels.services.closing import close_and_freeze
from assessments.panels.services.waves import prepare_wave
from assessments.processes.services.members import change_role, remove_member
from assessments.vocabulary import CommentState, Role
from msgov.accounts.models import User
from tests import builders
from tests.builders.panels import open_wave, prepared
from tests.builders.respondents import come_in, fill, hand_in, new_link
from tests.results.test_disagreement_pages import plain

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], Client]


def member(wave: Wave, role: Role, name: str) -> Membership:
    """Somebody who had this role when the wave was launched."""
    found = builders.member(wave.assessment.process, builders.user(name=name), role)
    Membership.objects.filter(pk=found.pk).update(created_at=wave.created_at)
    return found


def changes_role(found: Membership, organiser: User) -> None:
    change_role(membership=found, role=Role.REVIEWER, user=organiser)


def leaves_and_comes_back(found: Membership, organiser: User) -> None:
    remove_member(membership=found, user=organiser)
    Membership.objects.create(process=found.process, user=found.user, role=Role.REVIEWER)


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.CONTRIBUTOR])
@pytest.mark.parametrize("becomes_reader", [changes_role, leaves_and_comes_back])
def test_whoever_wrote_in_the_process_reads_no_comments_of_that_wave(
    role: Role, becomes_reader: Callable[[Membership, User], None], client_for: ClientFor
) -> None:
    wave = open_wave(["A", "B"])
    found = member(wave, role, "Orla Former")
    becomes_reader(found, wave.created_by)
    member(wave, Role.REVIEWER, "Rina Reader")
    assert (
        client_for(found.user).get(reverse("assessments:panel-comments", args=[wave.assessment.code])).status_code
        == 403
    )
    told = plain(come_in(new_link(wave)).get("/r/").content.decode())
    assert "Comments are read first by Rina Reader alone" in told
    assert "Orla Former" not in told
    members = reverse("assessments:process-members", args=[wave.assessment.process.code])
    reader = Membership.objects.get(user__name="Rina Reader").user
    assert f"Orla Former: {role.label} until" in plain(client_for(reader).get(members).content.decode())


def test_whoever_prepared_a_wave_reads_no_comments_on_it(client_for: ClientFor) -> None:
    """Whatever they are now: roles that ended before they were kept count too."""
    wave = open_wave(["A", "B"])
    member(wave, Role.ORGANISER, "Other")
    Membership.objects.filter(user=wave.created_by).update(role=Role.REVIEWER)
    address = reverse("assessments:panel-comments", args=[wave.assessment.code])
    assert client_for(wave.created_by).get(address).status_code == 403


def test_who_becomes_reader_after_the_launch_reads_no_comments_of_that_wave(client_for: ClientFor) -> None:
    """Respondents who had answered by then were told other names."""
    wave = open_wave(["A", "B"])
    member(wave, Role.REVIEWER, "Rina Reader")
    late = builders.member(wave.assessment.process, builders.user(name="Lena Late"), Role.REVIEWER)
    told = plain(come_in(new_link(wave)).get("/r/").content.decode())
    assert "Rina Reader alone" in told
    close_and_freeze(wave=wave)
    address = reverse("assessments:panel-comments", args=[wave.assessment.code])
    assert client_for(late.user).get(address).status_code == 403
    prepare_wave(assessment=wave.assessment, user=wave.created_by)
    assert client_for(late.user).get(address).status_code == 200


def test_organiser_is_told_before_the_launch_who_reads_comments(client_for: ClientFor) -> None:
    wave = prepared()
    name = str(Membership.objects.get(role=Role.REVIEWER).user)
    page = client_for(wave.created_by).get(reverse("assessments:panel-launch", args=[wave.assessment.code]))
    assert f"comments are read first by {name} alone" in plain(page.content.decode())


def test_who_was_organiser_during_one_wave_reads_comments_of_the_next_alone(client_for: ClientFor) -> None:
    first = open_wave(["A", "B"])
    found = member(first, Role.CONTRIBUTOR, "Orla")
    changes_role(found, first.created_by)
    close_and_freeze(wave=first)
    second = prepare_wave(assessment=first.assessment, user=first.created_by)
    assert "of stakeholders" not in client_for(found.user).get("/").content.decode()
    before, after = (
        PanelComment.objects.create(wave=wave, attribute="IT", text=f"said in wave {wave.number}")
        for wave in (first, second)
    )
    client, address = client_for(found.user), reverse("assessments:panel-comments", args=[first.assessment.code])
    page = client.get(address).content.decode()
    assert "Look at 1 comment of stakeholders" in plain(client.get("/").content.decode())
    assert after.text in page
    assert before.text not in page
    assert client.post(address, {"comment": before.pk, f"c{before.pk}-state": "withheld"}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_whoever_may_read_comments_is_told_that_they_wait() -> None:
    wave = open_wave(["A", "B"])
    for name in ("Rina", "Orla"):
        found = member(wave, Role.REVIEWER if name == "Rina" else Role.CONTRIBUTOR, name)
    changes_role(found, wave.created_by)
    respondent = come_in(new_link(wave))
    fill(respondent, "IT5", **{"IT-words": "Too late each time"})
    hand_in(respondent)
    close_and_freeze(wave=wave)
    (message,) = (message for message in mail.outbox if "Stakeholders wrote comments" in message.body)
    assert message.to == [Membership.objects.get(user__name="Rina").user.email]
    assert "Too late" not in message.body


def test_organisers_are_told_that_comments_wait_and_with_whom(client_for: ClientFor) -> None:
    wave = open_wave(["A", "B"], asks_comments=True)
    reader = member(wave, Role.REVIEWER, "Rina Reader")
    organiser, address = client_for(wave.created_by), reverse("assessments:panel", args=[wave.assessment.code])
    PanelComment.objects.create(wave=wave, attribute="IT", text="Too late")
    assert "to be read" not in plain(organiser.get(address).content.decode())  # still open
    close_and_freeze(wave=wave)
    page = plain(organiser.get(address).content.decode())
    assert "1 comment waits to be read, and nobody sees it before that." in page
    assert re.search(r"Reading them is up to [^;]*Rina Reader ?; there is no last day", page)
    assert "Too late" not in page
    other = builders.member(wave.assessment.process, builders.user(name="Cleo"), Role.CONTRIBUTOR)
    assert "to be read" not in plain(client_for(other.user).get(address).content.decode())
    change_role(membership=reader, role=Role.CONTRIBUTOR, user=wave.created_by)
    assert "Nobody can read them any more" in plain(organiser.get(address).content.decode())
    PanelComment.objects.update(state=CommentState.WITHHELD)
    page = organiser.get(address).content.decode()
    assert "to be read" not in plain(page)
    assert reverse("assessments:comment-replies", args=[wave.assessment.code]) in page  # what comes next


def test_no_launch_with_comments_and_nobody_to_read_them() -> None:
    wave = prepared()
    Membership.objects.filter(role=Role.REVIEWER).delete()
    (problem,) = setup.missing_for_launch(wave)
    assert problem.words.startswith("Nobody could read the comments")
    setup.save_settings(wave=wave, fields={"asks_comments": False})
    wave.refresh_from_db()
    assert setup.missing_for_launch(wave) == []
    setup.launch_prepared(wave=wave, user=wave.created_by)
    respondent = come_in(new_link(wave))
    assert "Comments are read" not in plain(respondent.get("/r/").content.decode())
    for question in ("IT5", "ED3"):
        assert "<textarea" not in respondent.get(f"/r/q/{question}/").content.decode()


def test_respondents_are_told_when_nobody_can_read_comments_any_more() -> None:
    told = plain(come_in(new_link(open_wave(["A", "B"]))).get("/r/").content.decode())
    assert "Nobody may read the comments" in told


def test_organiser_is_told_when_nobody_can_read_comments_any_more(client_for: ClientFor) -> None:
    wave = open_wave(["A", "B"])
    address = reverse("assessments:panel", args=[wave.assessment.code])
    found = member(wave, Role.REVIEWER, "Rina")
    said = "Nobody can read the comments of this wave any more"
    assert said not in plain(client_for(wave.created_by).get(address).content.decode())
    found.delete()
    assert said in plain(client_for(wave.created_by).get(address).content.decode())
