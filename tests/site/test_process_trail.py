"""What happened in a process, for its organisers."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.processes.services.members import change_role
from assessments.rounds.services.discarding import discard_draft
from assessments.rounds.services.start import start_assessment
from assessments.vocabulary import Role
from msgov.accounts import audit
from msgov.accounts.models import User
from tests import builders

pytestmark = pytest.mark.django_db


def test_organisers_read_what_happened_in_their_process_and_in_no_other(client_for: Callable[[User], Client]) -> None:
    ada, bea = builders.user(name="Ada"), builders.user(name="Bea")
    process, other = builders.process(organiser=ada), builders.process(organiser=bea)
    membership = builders.member(process, bea, Role.REVIEWER)
    change_role(membership=membership, role=Role.ORGANISER, user=ada)
    set_ = builders.question_set()
    discard_draft(assessment=start_assessment(process=process, user=ada, question_set=set_), user=bea)
    start_assessment(process=other, user=bea, question_set=set_)
    where = reverse("process-trail", args=[process.code])

    page = " ".join(client_for(ada).get(where).content.decode().split())

    assert where in client_for(ada).get(reverse("assessments:process-detail", args=[process.code])).content.decode()
    assert page.count('class="line-name"') == 3
    said = [page.index(words) for words in (
        "Bea: threw a draft away", "Ada: started an assessment", "Ada: changed the role of a member",
    )]  # fmt: skip
    assert said == sorted(said)
    assert "Bea · from: Reader and comment moderator, to: Organiser" in page


def test_trail_of_a_process_comes_page_by_page_with_as_many_queries_for_many(
    client_for: Callable[[User], Client],
) -> None:
    ada = builders.user()
    process = builders.process(organiser=ada)
    client, where = client_for(ada), reverse("process-trail", args=[process.code])
    audit.record("member.role_changed", user=ada, obj=process, details={"member": ada.pk})
    client.get(where)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(where)
    for _time in range(60):
        audit.record("member.role_changed", user=builders.user(), obj=process, details={"member": builders.user().pk})

    with CaptureQueriesContext(connection) as many:
        page = client.get(where).content.decode()

    assert len(many) == len(few)
    assert page.count('class="line-name"') == 50
    assert client.get(f"{where}?page=2").content.decode().count('class="line-name"') == 11
