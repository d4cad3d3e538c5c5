"""Fills a database with people who may all answer two assessments: `python -m tests.inside tests.load.world PEOPLE`."""

from typing import Any

from django.core.management import call_command

from assessments.models import Membership
from assessments.processes.services.process import create_process
from assessments.rounds.services.start import start_assessment
from assessments.vocabulary import Role
from attributes.catalogue.published import catalogue_of
from attributes.loading import store_spec
from msgov.accounts.models import User
from tests.bench.world import session
from tests.builders.question_sets import synthetic

QUESTIONS = 24


def main(people: str) -> dict[str, Any]:
    """Make them, and return their sessions and the addresses of the question pages, by the assessment's code."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("createcachetable", verbosity=0)
    question_set = store_spec(synthetic(QUESTIONS))[0]
    users = [User.objects.create_user(f"p{n}@example.org", None, name=f"P{n}") for n in range(int(people))]
    questions = [question.code for question in catalogue_of(question_set).questions]
    pages = {}
    for name in ("Everybody at once", "Everybody while it is moved"):
        process = create_process(user=users[0], fields={"name": name})
        members = (Membership(process=process, user=each, role=Role.CONTRIBUTOR) for each in users[1:])
        Membership.objects.bulk_create(members)
        code = start_assessment(process=process, user=users[0], question_set=question_set).code
        pages[code] = [f"/assessments/{code}/questions/{question}/" for question in questions]
    return {"people": {each.name: session(each) for each in users}, "pages": pages}
