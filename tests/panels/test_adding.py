"""People and groups that come while a wave is open: numbers go up only, k stays, and nothing tells who answered."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from assessments.exceptions import InvalidAnswer, NotAllowed
from assessments.models import BallotBox, PanelLink, Wave, WaveGroup
from assessments.panels.services import adding, links
from assessments.panels.services.closing import close_and_freeze
from assessments.panels.services.waves import reopen_wave
from assessments.respond import services as questionnaires
from msgov.accounts.models import User
from tests.builders.panels import in_days, launched, open_group, open_wave, put_example
from tests.panels.test_links import ROOT, finish, tokens_to

pytestmark = pytest.mark.django_db

FIELDS = {"name": "Youth", "mode": "individual", "link_kind": "personal", "invited": 12, "cap": None}


def at(page: str, wave: Wave, *more: object) -> str:
    return reverse(f"assessments:{page}", args=[wave.assessment.code, *more])


# --- Numbers --------------------------------------------------------------------------------------------------


def test_number_goes_up_and_never_down() -> None:
    wave = launched()
    group = wave.groups.get(name="Business")
    for number in (40, 39, 0, 10**6):
        with pytest.raises(InvalidAnswer):
            adding.raise_number(group=group, user=wave.created_by, to=number)
    adding.raise_number(group=group, user=wave.created_by, to=43)
    group.refresh_from_db()
    assert (group.invited, group.cap, links.left_to_invite(group)) == (43, 43, 43)
    change = wave.changes.get()
    assert (change.kind, change.group, change.before, change.after) == ("people_added", group, "40", "43")
    # What else was settled stays.
    assert (Wave.objects.get().threshold, Wave.objects.get().threshold_fixed) == (wave.threshold, wave.threshold_fixed)


def test_that_these_are_all_can_be_taken_back_and_not_be_said_newly() -> None:
    wave = launched()
    group = wave.groups.get(name="Business")
    adding.raise_number(group=group, user=wave.created_by, to=43, everybody=True)
    assert not WaveGroup.objects.get(pk=group.pk).everybody
    WaveGroup.objects.filter(pk=group.pk).update(everybody=True)
    adding.raise_number(group=group, user=wave.created_by, to=44)
    assert WaveGroup.objects.get(pk=group.pk).everybody
    adding.raise_number(group=group, user=wave.created_by, to=45, everybody=False)
    assert not WaveGroup.objects.get(pk=group.pk).everybody


def test_open_link_takes_more_answers_and_never_fewer() -> None:
    wave = launched()
    group = open_group(wave, cap=10)
    with pytest.raises(InvalidAnswer):
        adding.raise_number(group=group, user=wave.created_by, to=50, cap=9)
    adding.raise_number(group=group, user=wave.created_by, to=50, cap=20)
    assert WaveGroup.objects.get(pk=group.pk).cap == 20


def test_nobody_is_added_to_one_response_or_after_the_last_day() -> None:
    wave = open_wave(on_record=("Academia",))
    with pytest.raises(NotAllowed):
        adding.raise_number(group=wave.groups.get(name="Academia"), user=wave.created_by, to=5)
    Wave.objects.update(closes_on=in_days(-1))
    with pytest.raises(NotAllowed):
        adding.raise_number(group=wave.groups.exclude(name="Academia").first(), user=wave.created_by, to=60)
    with pytest.raises(NotAllowed):
        adding.add_group(wave=wave, user=wave.created_by, fields=FIELDS)


# --- Groups ---------------------------------------------------------------------------------------------------


def test_group_is_added_and_asked_like_the_others() -> None:
    wave = launched()
    group = adding.add_group(wave=wave, user=wave.created_by, fields=FIELDS)
    assert (group.cap, group.position) == (12, 3)
    assert BallotBox.objects.filter(group=group).count() == BallotBox.objects.filter(group=wave.groups.first()).count()
    made = links.hand_out(group=group, user=wave.created_by, number=6, made=0)
    for link in made:
        finish(link.token)
    snapshot = close_and_freeze(wave=wave)
    assert snapshot is not None
    assert [entry["name"] for entry in snapshot.document["groups"]] == [
        "Government",
        "Business",
        "Civil society",
        "Youth",
    ]
    assert snapshot.document["groups"][3]["received"] == 6
    assert snapshot.public["wave"]["changes"][0]["kind"] == "group_added"


@pytest.mark.parametrize(
    "fields",
    [
        {"invited": 4},  # fewer than k could not stay confidential
        {"invited": 0},
        {"name": "business"},
        {"link_kind": "open", "cap": 4},
    ],
)
def test_added_group_has_to_be_one_that_could_have_been_launched(fields: dict[str, Any]) -> None:
    wave = launched()
    with pytest.raises(InvalidAnswer):
        adding.add_group(wave=wave, user=wave.created_by, fields={**FIELDS, **fields})
    assert wave.groups.count() == 3
    assert not wave.changes.exists()


def test_no_group_is_added_once_there_is_a_result() -> None:
    """The next result less the first would be what the group answered."""
    wave = open_wave()
    put_example(wave)
    close_and_freeze(wave=wave)
    reopen_wave(wave=wave, user=wave.created_by, reason="Late mails", closes_on=in_days(7))
    with pytest.raises(NotAllowed, match="what a new group answered"):
        adding.add_group(wave=wave, user=wave.created_by, fields=FIELDS)


def test_pages_add_people_and_groups(as_organiser: Client, organiser: User) -> None:
    wave = launched(organiser)
    group = wave.groups.get(name="Business")
    page = as_organiser.post(at("panel-add-people", wave, group.pk), {"to": 39})
    assert (page.status_code, "Enter a number above 40." in page.content.decode()) == (422, True)
    assert as_organiser.post(at("panel-add-people", wave, group.pk), {"to": 44}).status_code == 302
    refused = as_organiser.post(at("panel-add-group", wave), {**FIELDS, "cap": "", "invited": 3})
    assert refused.status_code == 422
    added = as_organiser.post(at("panel-add-group", wave), {**FIELDS, "cap": ""})
    # Nobody of it has been invited: that is the next thing to do.
    assert added.headers["Location"] == at("panel-links", wave, wave.groups.get(name=FIELDS["name"]).pk)
    shown = " ".join(as_organiser.get(at("panel", wave)).content.decode().split())
    assert "the number of people invited in <bdi>Business</bdi> was raised from 40 to 44" in shown
    assert "the group <bdi>Youth</bdi> was added, with 12 people invited" in shown


# --- Addresses ------------------------------------------------------------------------------------------------


@pytest.fixture
def run(django_capture_on_commit_callbacks: Callable[..., Any]) -> Callable[..., Any]:
    """Does something, and the mails that follow once it is stored."""

    def doing(act: Callable[..., Any], **arguments: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return act(**arguments)

    return doing


def corrected(run: Callable[..., Any], *, used: bool) -> list[object]:
    """What anybody can see after the address of a link was corrected that was used, or was not."""
    wave = launched()
    group, user = wave.groups.get(name="Business"), wave.created_by
    run(links.invite_by_mail, group=group, user=user, text="wrnog@example.org\nb@example.org", root=ROOT)
    (token,) = tokens_to("wrnog@example.org")
    if used:
        finish(token)
    mail.outbox.clear()
    link = PanelLink.objects.get(email="wrnog@example.org")
    run(adding.correct_address, group=group, link=link, user=user, email=" Right@example.org", root=ROOT)
    (fresh,) = tokens_to("right@example.org")
    (sent,) = mail.outbox
    link.refresh_from_db()
    return [
        sent.body.replace(fresh, "TOKEN"),
        questionnaires.usable_link(fresh) is not None,  # it works, whatever became of the one before
        questionnaires.usable_link(token) is None,
        (link.email, link.is_revoked, link.failure, link.sent_on),
        links.left_to_invite(group),
        list(PanelLink.objects.filter(group=group).order_by("pk").values_list("email", "is_revoked", "failure")),
        list(wave.changes.values_list("kind", "before", "after", "reason")),
    ]


def test_correcting_an_address_shows_nothing_of_whether_its_link_was_used(run: Callable[..., Any]) -> None:
    used, unused = corrected(run, used=True), corrected(run, used=False)
    assert used == unused
    assert used[1:3] == [True, True]
    assert used[3] == ("", True, "Address corrected", None)
    assert used[6] == [("address_corrected", "", "", "")]


def test_address_that_is_none_or_invited_already_is_refused(run: Callable[..., Any]) -> None:
    wave = launched()
    group, user = wave.groups.get(name="Business"), wave.created_by
    run(links.invite_by_mail, group=group, user=user, text="a@example.org\nb@example.org", root=ROOT)
    link = PanelLink.objects.get(email="a@example.org")
    for email in ("nobody", "b@example.org", "a@example.org"):
        with pytest.raises(InvalidAnswer):
            adding.correct_address(group=group, link=link, user=user, email=email, root=ROOT)
    links.revoke(group=group, user=user, link=link)
    with pytest.raises(NotAllowed):
        adding.correct_address(group=group, link=link, user=user, email="c@example.org", root=ROOT)


def test_links_can_be_searched_and_sorted_by_address(as_organiser: Client, organiser: User) -> None:
    wave = launched(organiser)
    group = wave.groups.get(name="Business")
    for number, email in enumerate([f"p{n:02}@example.org" for n in range(30)] + ["zoe@other.org", "abe@other.org"]):
        PanelLink.objects.create(group=group, token_hash=f"{number:064}", email=email, sent_on=wave.today)
    page = as_organiser.get(at("panel-links", wave, group.pk), {"q": "OTHER", "order": "address"}).content.decode()
    assert page.index("abe@other.org") < page.index("zoe@other.org")
    assert "p01@example.org" not in page
    assert "32." in page  # the number is that of the link in its group, however it is found
    none = as_organiser.get(at("panel-links", wave, group.pk), {"q": "nobody", "show": "revoked"}).content.decode()
    assert "No link is like that." in none
