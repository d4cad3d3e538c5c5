"""Fills a database: `python -m tests.inside tests.bench.world PROCESSES`.

Few rows through services, the many through statements that copy them: 2,000 processes with 37 answers each, their
history and their frozen results.
"""

import os
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from assessments.models import Answer, AnswerVersion, Assessment, FrozenResult, Membership, Process, Report, Response
from assessments.processes.services.process import create_process
from assessments.results.build import freeze
from assessments.rounds.services.start import start_assessment
from assessments.vocabulary import Role
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueItem
from attributes.kinds import Kind
from attributes.loading import store_spec
from attributes.models import QuestionSet
from msgov.accounts.models import User
from tests import builders
from tests.builders.question_sets import synthetic

COMPARED = 12
REPORT_BYTES = 180_000  # as a PDF: cannot be compressed further
WORDS = (
    "The secretariat published the call for participation in four languages and answered every question that came "
    "in within a week; the groups agreed on the agenda before the first meeting and could change it later. "
)


def main(size: str) -> dict[str, Any]:
    """Make everything and say where it is."""
    processes = int(size)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    sets = {"shipped": builders.question_set()}
    sets |= {f"set{size}": store_spec(synthetic(size))[0] for size in (24, 500)}
    all_owner, one_owner, reviewer = (user(name) for name in ("all", "one", "reviewer"))
    submitted = [submit(assess(all_owner, number, sets["shipped"])) for number in range(min(COMPARED, processes))]
    copies(submitted[-1], processes - len(submitted))
    drafts = {name: draft(one_owner, found, f"Draft {name}") for name, found in sets.items()}
    drafts["owns_all"] = draft(all_owner, sets["shipped"], "One of all", process=submitted[0].process)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {
        "sessions": {person.name: session(person) for person in (all_owner, one_owner, reviewer)},
        "drafts": {name: describe(found) for name, found in drafts.items()},
        "submitted": [found.code for found in submitted],
        "copies": list(Assessment.objects.exclude(results=None).values_list("code", flat=True).order_by("-pk")[:500]),
        "addresses": addresses(drafts, submitted, report(submitted[0], all_owner)),
        "processes": Process.objects.count(),
        "answers": Answer.objects.count(),
    }


def user(name: str) -> User:
    """Somebody whose password nobody needs."""
    return User.objects.create_user(f"{name}@example.org", None, name=name)


def session(person: User) -> str:
    """Sign somebody in by hand and return the key for the cookie."""
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    (store[BACKEND_SESSION_KEY],) = settings.AUTHENTICATION_BACKENDS
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def assess(owner: User, number: int, question_set: QuestionSet) -> Assessment:
    """A process with a fully answered draft."""
    return draft(owner, question_set, f"Process {number:04}", seed=number)


def draft(
    owner: User, question_set: QuestionSet, name: str, *, process: Process | None = None, seed: int = 0
) -> Assessment:
    """A draft, every item answered once."""
    process = process or create_process(
        user=owner,
        fields={"name": name, "issue": WORDS, "organisation": "Secretariat", "period": "2025", "resource": "the web"},
    )
    assessment = start_assessment(process=process, user=owner, question_set=question_set)
    response = assessment.responses.get()
    answers = [
        Answer(response=response, updated_by=owner, **content(item, position + seed))
        for position, item in enumerate(catalogue_of(question_set).items.values())
    ]
    AnswerVersion.record(Answer.objects.bulk_create(answers), user=owner)
    return assessment


def content(item: CatalogueItem, number: int) -> dict[str, Any]:
    """An answer with evidence; levels and states differ from one number to the next."""
    found: dict[str, Any] = {"item_id": item.pk, "state": "answered"}
    if number % 11 == 7:
        return {**found, "state": "dont_know"}
    if item.kind == Kind.RATING:
        found["value"] = {"level": number % 4}
    elif item.kind == Kind.OPEN_TEXT:
        return {**found, "value": {"text": WORDS}}
    else:
        options = [option.key for option in item.options] or [""]
        found["value"] = {
            "options": {
                key: {"state": item.states[(number + n) % len(item.states)].key, "text": "As the charter says."}
                for n, key in enumerate(options)
            }
        }
    if item.scored:
        links = f"https://example.org/minutes/{number}"
        found |= {"evidence_text": WORDS, "evidence_links": links, "evidence_class": ("E2", "E1")[number % 2]}
        found["comment"] = WORDS if number % 5 == 0 else ""
    return found


def submit(assessment: Assessment) -> Assessment:
    """Freeze the result and mark the assessment, as submitting does."""
    assessment.state = "submitted"
    assessment.submitted_at = timezone.now()
    assessment.submitted_by = assessment.created_by
    assessment.save()
    freeze(assessment=assessment, number=1, user=assessment.created_by)
    return assessment


@transaction.atomic
def copies(source: Assessment, count: int) -> None:
    """Make `count` more processes like that of `source`: with assessment, answers, history and frozen result."""
    owner = source.created_by
    made = Process.objects.bulk_create(
        [
            Process(name=f"Process {COMPARED + n:04}", issue=WORDS, organisation="Secretariat", created_by=owner)
            for n in range(count)
        ]
    )
    Membership.objects.bulk_create([Membership(process=each, user=owner, role=Role.ORGANISER) for each in made])
    assessments = Assessment.objects.bulk_create(
        [
            Assessment(
                process=each,
                question_set=source.question_set,
                state="submitted",
                created_by=owner,
                submitted_at=source.submitted_at,
                submitted_by=owner,
            )
            for each in made
        ]
    )
    Response.objects.bulk_create([Response(assessment=each) for each in assessments])
    new = [each.pk for each in assessments]
    old = source.responses.get().pk
    if new:
        responses = "SELECT id FROM assessments_response WHERE assessment_id >= %s"
        copy_rows(Answer, "id", "response_id", responses, [old, min(new)])
        # The history of a copied answer is found by its id.
        copy_history(min(new))
        assessed = "SELECT id FROM assessments_assessment WHERE id >= %s"
        copy_rows(FrozenResult, "id", "assessment_id", assessed, [source.pk, min(new)])
        # As different results have: what is kept in memory is found by its fingerprint.
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE assessments_frozenresult SET digest = 'copy ' || CAST(id AS varchar(20)) "
                "WHERE assessment_id >= %s",
                [min(new)],
            )


def copy_rows(model: Any, key: str, foreign: str, targets: str, parameters: list[int]) -> None:
    """Copy the rows whose `foreign` is the first parameter to every target."""
    table = model._meta.db_table
    columns = [f.column for f in model._meta.local_concrete_fields if f.column not in (key, foreign)]
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(f's."{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO {table} ("{foreign}", {names}) SELECT t.id, {values} '  # noqa: S608 (names of our own)
            f"FROM {table} s CROSS JOIN ({targets}) t WHERE s.{foreign} = %s",
            [*parameters[1:], parameters[0]],
        )


def copy_history(first_assessment: int) -> None:
    """One line of history for every copied answer, as answering writes it."""
    own = {f.column for f in Answer._meta.local_concrete_fields} - {"id"}
    shared = [f.column for f in AnswerVersion._meta.local_concrete_fields if f.column in own]
    names = ", ".join(f'"{column}"' for column in shared)
    values = ", ".join(f'a."{column}"' for column in shared)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO assessments_answerversion ({names}, answer_id, reason, detail, at) "  # noqa: S608 (our own)
            f"SELECT {values}, a.id, 'saved', '', a.updated_at FROM assessments_answer a "
            "JOIN assessments_response r ON r.id = a.response_id WHERE r.assessment_id >= %s",
            [first_assessment],
        )


def report(assessment: Assessment, person: User) -> Report:
    """A finished report of the usual size."""
    document = FrozenResult.objects.get(assessment=assessment).document
    made = Report(
        kind="full", document=document, cache_key="0" * 64, state="ready", pages=15, requested_by=person,
        finished_at=timezone.now(), attempts=1,
    )  # fmt: skip
    made.file.save("report.pdf", ContentFile(b"%PDF-1.7\n" + os.urandom(REPORT_BYTES)), save=False)
    made.save()
    made.assessments.set([assessment])
    return made


def addresses(drafts: dict[str, Assessment], submitted: list[Assessment], stored: Report) -> dict[str, str]:
    """The pages to measure, as far as they exist."""
    codes = [each.code for each in submitted]
    wanted: dict[str, tuple[str, list[str]]] = {
        "home": ("home", []),
        "list": ("assessments:process-list", []),
        "results": ("assessments:assessment-results", [codes[0]]),
        "results draft": ("assessments:assessment-results", [drafts["shipped"].code]),
        "choice": ("assessments:compare", []),
        "report": ("assessments:report-file", [stored.code]),
    }
    for name, draft in drafts.items():
        questions = [question.code for question in catalogue_of(draft.question_set).questions]
        wanted[f"hub {name}"] = ("assessments:assessment-hub", [draft.code])
        wanted[f"question {name}"] = ("assessments:question", [draft.code, questions[len(questions) // 2]])
    questions = [question.code for question in catalogue_of(drafts["shipped"].question_set).questions]
    wanted["question next"] = ("assessments:question", [drafts["shipped"].code, questions[len(questions) // 2 + 1]])
    middle = questions[len(questions) // 2]
    many = urlencode([("code", code) for code in codes])
    found = {
        "nobody": "/bench/nobody/",
        "floor": "/bench/empty/",
        "least list": "/bench/list/",
        "least question": f"/bench/questions/{drafts['shipped'].code}/{middle}/",
        "least results": f"/bench/results/?code={codes[0]}",
        "least comparison": f"/bench/results/?{many}",
    }
    for name, (page, arguments) in wanted.items():
        with suppress(NoReverseMatch):
            found[name] = reverse(page, args=arguments)
    with suppress(NoReverseMatch):
        found["comparison"] = reverse("assessments:compare-show") + "?" + many
    return found


def describe(assessment: Assessment) -> dict[str, Any]:
    """An assessment, and one of its answers for the floor to write to."""
    answers = Answer.objects.filter(response__assessment=assessment)
    return {"code": assessment.code, "answer": answers.values_list("pk", flat=True).first()}
