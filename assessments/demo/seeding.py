"""Writing the demonstration data, through the services that people's own data goes through."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from assessments.answering.services.answers import AnswerToSave, save_answers
from assessments.answering.services.openings import record_opening
from assessments.answers.evidence import piece_digest
from assessments.answers.value import (
    ANSWERED,
    DONT_KNOW,
    NOT_APPLICABLE,
    AnswerContent,
    OptionContent,
)
from assessments.demo.actions_seeding import seed_actions
from assessments.demo.annual_seeding import seed_annual
from assessments.demo.drafts_seeding import seed_draft
from assessments.demo.earlier_seeding import NOON, days_ago, submit_as_of
from assessments.demo.panels_seeding import read_panels, seed_panel
from assessments.demo.people import (
    CONTRIBUTOR,
    EDITOR,
    ORGANISER,
    PEOPLE,
    REVIEWER,
    SECOND_RATER,
    DemoPerson,
    person_of,
)
from assessments.demo.rating_seeding import seed_second_rating
from assessments.demo.records_seeding import seed_record
from assessments.demo.reviews_seeding import seed_review
from assessments.demo.spec import AnswerSpec, ProcessSpec, read_specs
from assessments.models import Assessment, Process
from assessments.processes.services.background import add_goal, remove_group, save_groups, save_screener
from assessments.processes.services.members import admit
from assessments.processes.services.process import create_process
from assessments.register.services import add_entry
from assessments.reports.papers import save_board_paper
from assessments.rounds.services.start import start_assessment
from assessments.rounds.services.submission import submit_assessment
from assessments.vocabulary import OpeningOutcome
from attributes.catalogue.published import latest_catalogue
from attributes.catalogue.types import CatalogueItem, CatalogueSet
from attributes.models import QuestionSet

if TYPE_CHECKING:
    from msgov.accounts.models import User

SLUG = "isoc-multistakeholder-attributes"


@transaction.atomic
def seed(*, password: str) -> list[Process]:
    """Add the people and processes that are not there; return the processes added. Changes nothing that is."""
    people: dict[DemoPerson, User] = {person: person_of(person, password) for person in PEOPLE}
    question_set = latest_catalogue(SLUG)
    if question_set is None:
        raise LookupError(
            f"The question set {SLUG} is not stored. Run this first: python3 dev.py manage load_question_set"
        )
    if not Process.objects.filter(code__startswith="demo-").exists():  # only once: it may be discarded or published
        seed_draft(user=people[EDITOR], slug=SLUG)
    there = set(Process.objects.filter(code__startswith="demo-").values_list("code", flat=True))
    return [_add(spec, people, question_set) for spec in read_specs() if spec.code not in there]


def _add(spec: ProcessSpec, people: "dict[DemoPerson, User]", question_set: CatalogueSet) -> Process:
    organiser = people[ORGANISER]
    process = create_process(user=organiser, fields=spec.process)
    process.code, process.is_example, process.is_invented = spec.code, spec.is_example, spec.is_invented
    process.save(update_fields=["code", "is_example", "is_invented"])
    for person in (CONTRIBUTOR, REVIEWER):
        admit(process=process, user=people[person], role=person.role)
    if spec.groups is not None:
        for group in process.groups.all():
            remove_group(group=group, user=organiser)
        for name in spec.groups:
            save_groups(process=process, user=organiser, names={}, new=name)
    screener = {code: (line.choice, line.note) for code, line in spec.screener.items()}
    save_screener(process=process, user=organiser, before=dict.fromkeys(screener, ("", "")), after=screener)
    texts = {goal.code: str(goal.text.get("en", "")) for goal in question_set.goals}
    for goal in spec.goals:
        fields = goal.model_dump(exclude={"shared_goal"})
        fields["text"] = goal.text or texts[goal.shared_goal]
        add_goal(process=process, user=organiser, fields=fields, shared_goal=goal.shared_goal)
    for document in spec.documents:
        add_entry(process=process, user=organiser, fields=document.model_dump())
    for number in range(1, len(spec.rounds) + 1):
        _round(spec, number, process, organiser, question_set)
    return process


def _round(spec: ProcessSpec, number: int, process: Process, organiser: "User", question_set: CatalogueSet) -> None:
    row = QuestionSet.objects.get(pk=question_set.id)  # by name: the site may have others
    assessment = start_assessment(process=process, user=organiser, question_set=row)
    Assessment.objects.filter(pk=assessment.pk).update(
        code=f"{spec.code}-{number}"[:16], title=spec.rounds[number - 1].title
    )
    assessment.refresh_from_db()
    answers = spec.answers(number)
    entries = [
        AnswerToSave(question_set.items[code], content(question_set.items[code], answer), version=0)
        for code, answer in answers.items()
    ]
    save_answers(assessment=assessment, user=organiser, entries=entries, page="demo")
    _open_evidence(assessment, answers, question_set)
    told = spec.rounds[number - 1]
    if told.board:
        save_board_paper(assessment=assessment, user=organiser, version=0, fields=told.board.model_dump())
    panel = read_panels().get((spec.key, number))
    if panel is not None:
        seed_panel(
            spec=panel,
            assessment=assessment,
            organiser=organiser,
            reviewer=person_of(REVIEWER, ""),
            question_set=question_set,
        )
    if told.second_rating:
        seed_second_rating(
            spec=told.second_rating,
            assessment=assessment,
            organiser=organiser,
            rater=person_of(SECOND_RATER, ""),
            question_set=question_set,
            contents={entry.item.code: content(entry.item, answers[entry.item.code]) for entry in entries},
        )
    if spec.coded_on is not None:
        submit_as_of(assessment=assessment, moment=datetime.combine(spec.coded_on, NOON), user=None)
    elif told.days_ago:
        started = days_ago(told.started_days_ago or told.days_ago)
        submit_as_of(assessment=assessment, moment=days_ago(told.days_ago), user=organiser, started=started)
    else:
        if told.started_days_ago:
            assessment.created_at = days_ago(told.started_days_ago)
            assessment.save(update_fields=["created_at"])
        submit_assessment(assessment=assessment, user=organiser)
    if told.review:
        seed_review(spec=told.review, assessment=assessment, organiser=organiser, reviewer=person_of(REVIEWER, ""))
    seed_actions(spec=told, assessment=assessment, organiser=organiser)
    if told.annual:
        seed_annual(spec=told.annual, assessment=assessment, organiser=organiser)
    if told.published:
        seed_record(spec=told.published, assessment=assessment, organiser=organiser)


def _open_evidence(assessment: Assessment, answers: Mapping[str, AnswerSpec], question_set: CatalogueSet) -> None:
    """Let the reviewer open what the file says was opened."""
    reviewer = person_of(REVIEWER, "")
    for code, answer in answers.items():
        for entry in answer.opened:
            record_opening(
                assessment=assessment,
                user=reviewer,
                item=question_set.items[code],
                made_for=piece_digest(answer.evidence, entry.link),
                outcome=OpeningOutcome.SHOWS if entry.shows else OpeningOutcome.SHOWS_NOT,
            )


def content(item: CatalogueItem, answer: AnswerSpec) -> AnswerContent:
    """Return what an answer of a file says."""
    state = ANSWERED
    options = {key: OptionContent(line.state, line.text) for key, line in answer.options.items()}
    if answer.dont_know:
        state = DONT_KNOW
        # A checklist has no state of its own: it is unknown where every line is.
        if item.has_named_options:
            options = dict.fromkeys(item.option_keys, OptionContent(DONT_KNOW))
    elif answer.state:
        state = NOT_APPLICABLE
    return AnswerContent(
        state=state,
        level=answer.level,
        options=options,
        other=answer.other,
        text=answer.text,
        not_applicable_reason=answer.not_applicable_reason,
        evidence_class=answer.evidence_class,
        evidence_text=answer.evidence,
        evidence_links=answer.links,
        evidence_source=answer.evidence_source,
        comment=answer.comment,
        moved_because=answer.moved_because,
    )
