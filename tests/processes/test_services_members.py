"""Who belongs to a process."""

import pytest

from assessments.exceptions import NotAllowed
from assessments.models import Invitation, Membership
from assessments.processes.services.invitations import invite
from assessments.processes.services.members import admit, change_role, only_organiser_of, remove_member
from assessments.vocabulary import InvitationState, Role
from tests import builders

pytestmark = pytest.mark.django_db


def test_change_role() -> None:
    ada, bob = builders.user(), builders.user()
    process = builders.process(organiser=ada)
    membership = builders.member(process, bob, Role.REVIEWER)

    change_role(membership=membership, role=Role.ORGANISER, user=ada)

    assert Membership.objects.get(pk=membership.pk).role == Role.ORGANISER


def test_the_last_organiser_keeps_the_role() -> None:
    ada, bob = builders.user(name="Ada"), builders.user()
    process = builders.process(organiser=ada)
    builders.member(process, bob, Role.CONTRIBUTOR)
    membership = process.memberships.get(user=ada)

    with pytest.raises(NotAllowed, match="Ada is the only organiser"):
        change_role(membership=membership, role=Role.REVIEWER, user=ada)
    with pytest.raises(NotAllowed, match="Ada is the only organiser"):
        remove_member(membership=membership, user=ada)

    assert Membership.objects.get(pk=membership.pk).role == Role.ORGANISER


def test_an_organiser_may_leave_if_another_stays() -> None:
    ada, bob = builders.user(), builders.user()
    process = builders.process(organiser=ada)
    builders.member(process, bob, Role.ORGANISER)

    remove_member(membership=process.memberships.get(user=ada), user=ada)

    assert list(process.memberships.values_list("user", flat=True)) == [bob.pk]


@pytest.mark.parametrize(
    ("before", "offered", "after"),
    [
        (None, Role.REVIEWER, Role.REVIEWER),
        (Role.REVIEWER, Role.ORGANISER, Role.ORGANISER),
        (Role.REVIEWER, Role.CONTRIBUTOR, Role.CONTRIBUTOR),
        (Role.ORGANISER, Role.REVIEWER, Role.ORGANISER),
        (Role.CONTRIBUTOR, Role.REVIEWER, Role.CONTRIBUTOR),
    ],
)
def test_admit_raises_a_role_and_never_lowers_it(before: str | None, offered: str, after: str) -> None:
    process, bob = builders.process(organiser=builders.user()), builders.user()
    if before:
        builders.member(process, bob, before)

    admit(process=process, user=bob, role=offered)

    assert process.memberships.get(user=bob).role == after


def test_only_organiser_of_names_what_nobody_else_could_look_after() -> None:
    ada, bob = builders.user(), builders.user()
    alone = builders.process(organiser=ada)
    shared = builders.process(organiser=ada)
    builders.member(shared, bob, Role.ORGANISER)
    builders.member(builders.process(organiser=bob), ada, Role.CONTRIBUTOR)
    builders.member(alone, bob, Role.CONTRIBUTOR)

    assert only_organiser_of(ada) == [alone]


def test_member_removed_by_somebody_else_in_the_same_moment_is_said() -> None:
    ada, bob = builders.user(), builders.user(name="Bob")
    process = builders.process(organiser=ada)
    membership = builders.member(process, bob, Role.REVIEWER)
    Membership.objects.filter(pk=membership.pk).delete()

    with pytest.raises(NotAllowed, match="Bob is no member any more"):
        change_role(membership=membership, role=Role.ORGANISER, user=ada)
    with pytest.raises(NotAllowed, match="Bob is no member any more"):
        remove_member(membership=membership, user=ada)


@pytest.mark.parametrize("step", ["removed", "left", "reviewer"])
def test_invitations_of_who_no_longer_manages_members_stop_working(step: str) -> None:
    ana, bea = builders.user(), builders.user()
    process = builders.process(organiser=ana)
    membership = builders.member(process, bea, Role.ORGANISER)
    kept, _token = invite(process=process, user=ana, email="kept@example.org", role=Role.REVIEWER)
    gone, _token = invite(process=process, user=bea, email="gone@example.org", role=Role.ORGANISER)
    if step == "reviewer":
        change_role(membership=membership, role=Role.REVIEWER, user=ana)
    else:
        remove_member(membership=membership, user=bea if step == "left" else ana)
    assert list(Invitation.objects.open()) == [kept]
    gone.refresh_from_db()
    assert gone.state == InvitationState.REVOKED
