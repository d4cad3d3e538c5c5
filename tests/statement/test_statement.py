"""The process statement: ten facts, what each says in every state, and that nothing unknown is told as “no”."""

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from assessments.documents.report import FACTS, StatementFact, StatementPart
from assessments.documents.result import ResultDocument
from assessments.documents.review import OpinionPart, ReviewedAttributePart, ReviewPart
from assessments.documents.second_rating import RatedItem, RatedValue, SecondRatingPart
from assessments.documents.values import share as figure_of_share
from assessments.models import Action, Assessment, BoardPaper, PublicRecord
from assessments.panels.services import closing
from assessments.reports.content import report_on
from assessments.reports.html import render_html
from assessments.results.frozen import document_of, latest, latest_panels, panel_source
from assessments.rounds.services.submission import submit_assessment
from assessments.statement import fact_lines, statement_of, statement_on_page
from assessments.vocabulary import ReportKind, Visibility
from msgov.accounts.models import User
from tests import builders
from tests.builders import panels, processes
from tests.builders.clock import SetClock

pytestmark = pytest.mark.django_db


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.fixture
def organiser() -> User:
    return builders.user()


@pytest.fixture
def first(organiser: User, quick: list[str]) -> Assessment:
    """A submitted first round of which nothing is known but its answers."""
    return submitted(builders.process(organiser=organiser, name="Forum"), organiser)


def submitted(process: object, organiser: User) -> Assessment:
    assessment = builders.assessment(process)  # type: ignore[arg-type]
    answer = builders.answer(
        assessment, "CR1a", 2, evidence_links="https://example.org/a\nhttps://example.org/b", evidence_text="Page 3"
    )
    processes.opening(answer, builders.user())
    submit_assessment(assessment=assessment, user=organiser)
    assessment.refresh_from_db()
    return assessment


def statement(assessment: Assessment) -> StatementPart:
    found = latest(assessment)
    assert found is not None
    return statement_on_page(assessment, found, panel_source(assessment, restricted=False))


def said(assessment: Assessment) -> dict[str, tuple[str, str]]:
    return {line.key: (line.said, " ".join(line.sentences)) for line in fact_lines(statement(assessment))}


def test_a_statement_has_its_ten_facts_in_their_order() -> None:
    facts = [StatementFact(key=key, said="not_said") for key in FACTS]
    assert len(facts) == 10
    assert StatementPart(facts=facts).fact("opened").key == "opened"
    with pytest.raises(ValueError, match="ten facts"):
        StatementPart(facts=facts[:9])
    with pytest.raises(ValueError, match="ten facts"):
        StatementPart(facts=facts[::-1])


def test_what_nobody_said_is_not_said_and_what_was_not_done_here_is_no(first: Assessment) -> None:
    found = said(first)
    assert {key for key, (answer, _rest) in found.items() if answer == "Not said"} == {
        "commissioned", "reply", "actions", "conflicts",
    }  # fmt: skip
    assert found["asked"] == ("No", "No stakeholder group was asked here.")
    assert found["response"] == ("No", "Nobody was asked here.")
    assert found["second_rater"] == ("No", "No second rating is part of this result.")
    assert found["reviewed"] == ("No", "No signed review is part of this result.")
    assert found["published"][0] == "No"


def test_evidence_counts_each_link_and_what_was_found_in_it(first: Assessment) -> None:
    opened = statement(first).fact("opened")
    assert (opened.said, opened.count, opened.of, opened.shown) == ("yes", 1, 2, 1)
    assert said(first)["opened"][1].startswith("1 of 2 links and files. 1 shows what it is given for.")


def test_nothing_to_open_is_said_as_such(organiser: User, quick: list[str]) -> None:
    assessment = builders.assessment(builders.process(organiser=organiser))
    builders.answer(assessment, "CR1a", 2)
    submit_assessment(assessment=assessment, user=organiser)
    assessment.refresh_from_db()
    assert said(assessment)["opened"] == ("No", "No link or file was given as evidence.")


def test_who_commissioned_it_and_which_interests_were_declared(first: Assessment) -> None:
    BoardPaper.objects.create(
        assessment=first, commissioned_by="The <board>", made_by="A. Person", interests="Paid by it"
    )
    found = {line.key: line for line in fact_lines(statement(first))}
    assert (found["commissioned"].said, "The <board>" in found["commissioned"].sentences[0]) == ("Yes", True)
    assert found["conflicts"].said == "Yes"
    assert [words for _who, words in found["conflicts"].own_words] == ["Paid by it"]
    assert "A. Person" in found["conflicts"].own_words[0][0]


def test_groups_asked_and_their_answers_are_those_of_the_public_numbers(quick: list[str]) -> None:
    wave = panels.open_wave()
    panels.put_example(wave)
    builders.answer(wave.assessment, "CR1a", 2)
    assert wave.created_by is not None
    submit_assessment(assessment=wave.assessment, user=wave.created_by)
    wave.assessment.refresh_from_db()
    # While it is open nobody is told whether anybody answers.
    assert statement(wave.assessment).fact("asked").said == "not_said"
    assert statement(wave.assessment).fact("response").said == "not_said"
    closing.close_and_freeze(wave=wave, user=wave.created_by)
    facts = statement(wave.assessment)
    public = latest_panels([wave.assessment])[wave.assessment.pk]
    asked, response = facts.fact("asked"), facts.fact("response")
    assert (asked.said, asked.count, asked.of) == ("yes", 6, 6)
    assert [(line.group, line.answered) for line in response.groups] == [
        (group.name, group.received) for group in public.groups
    ]
    # Groups that are too small to be shown by themselves: their numbers are not told here either.
    assert None in [line.answered for line in response.groups]
    assert response.count == (public.received if public.withheld == 0 else None)
    assert "not told" in " ".join(fact_lines(facts)[2].sentences)


def test_actions_from_last_time_are_the_public_ones(first: Assessment, organiser: User) -> None:
    second = submitted(first.process, organiser)
    assert statement(second).fact("actions").said == "not_said"
    Action.objects.create(
        assessment=first, text="A", state="done", happened="Done", closed_on=date(2026, 5, 1), is_public=True
    )
    Action.objects.create(assessment=first, text="B", state="open", is_public=True)
    Action.objects.create(assessment=first, text="Private", state="dropped", reason="No")
    found = statement(second).fact("actions")
    assert (found.said, found.of, found.count, found.open, found.dropped) == ("yes", 2, 1, 1, 0)
    assert "2 public actions were promised on round 1: 1 done, 1 open, 0 dropped." in said(second)["actions"][1]
    # What was promised on the round itself is no fact of last time.
    assert statement(first).fact("actions").said == "not_said"


def test_published_by_a_record_or_because_everybody_may_read_it(first: Assessment) -> None:
    first.process.visibility = Visibility.PUBLIC
    first.process.save()
    assert said(first)["published"] == ("Yes", "Everybody may read it here. It is not in the public record.")
    PublicRecord.objects.create(number="MSG-2026-0001", year=2026, serial=1, assessment=first, name="Forum")
    assert said(first)["published"][1].startswith("In the public record as MSG-2026-0001 since")


def test_the_page_of_a_result_has_it_folded_in(
    first: Assessment, organiser: User, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(organiser)
    address = reverse("assessments:assessment-results", args=[first.code])
    html = client.get(address).content.decode()
    assert "Process statement: how this result came about, in ten facts" in html
    assert "No second rating is part of this result." in words(html)
    found = latest(first)
    assert found is not None
    assert first.process.is_invented is False  # the page has read it already
    with django_assert_max_num_queries(1):
        statement_on_page(first, found, None)


def test_the_full_report_has_it_on_a_page_and_the_board_paper_has_not(
    first: Assessment, submitted_words: Callable[[ReportKind], str]
) -> None:
    BoardPaper.objects.create(assessment=first, interests="Paid by the <b>forum</b>")
    full = submitted_words(ReportKind.FULL)
    assert "Process statement" in full
    assert "Paid by the &lt;b&gt;forum&lt;/b&gt;" in full
    assert "Process statement" not in submitted_words(ReportKind.BOARD)


@pytest.fixture
def submitted_words(first: Assessment) -> Callable[[ReportKind], str]:
    return lambda kind: words(render_html(report_on(first, kind=kind), "en"))


def test_the_day_on_which_it_is_read_changes_nothing(first: Assessment, clock: SetClock) -> None:
    """Else every report would be another one on the next day."""
    clock("2027-01-01 12:00")
    before = statement(first)
    clock("2027-03-01 12:00")
    assert statement(first) == before


def reviewed_and_rated(result: ResultDocument) -> ResultDocument:
    """A result with a signed review, in which one of two proposals was replied to, and a blind second rating."""
    share = figure_of_share(Fraction(1))
    opinion = OpinionPart(
        item="CR1a", says="proposes", level=1, states={}, seen=True, reason="Why", reply="agrees", reply_reason="",
        replied_on="2026-03-02", proposed=None, organiser=None, reviewer=None, counts=None, basis="consensus",
        disputed=False,
    )  # fmt: skip
    late = opinion.model_copy(update={"item": "CR1b", "reply": "none", "replied_on": None})
    agrees = opinion.model_copy(update={"item": "CR1c", "says": "agrees", "reply": "", "replied_on": None})
    attributes = [
        ReviewedAttributePart(code=code, share=share, is_reviewed=code != "CO") for code in ("IT", "CR", "ED", "CO")
    ]
    review = ReviewPart(
        reviewer="R. Person", affiliation="University", interests="Paid for one train ticket", invited_on="2026-02-01",
        accepted_on="2026-02-02", reply_by=None, signed_on="2026-03-05", signed_as="R. Person", solid="", not_solid="",
        board_asks=[], opinions=[opinion, late, agrees], questions=[], attributes=attributes, share=share,
        is_reviewed=False, disputed=[],
    )  # fmt: skip
    said = RatedValue(said="answered", level=1, lines=[], not_applicable_reason="", reason="")
    item = RatedItem(code="CR1a", first=said, second=said, apart=0, agreed_on="", consensus=None, changed_since=False)
    silent = item.model_copy(
        update={"code": "CR1b", "second": said.model_copy(update={"said": "unanswered", "level": None})}
    )
    rating = SecondRatingPart(
        rater="S. Person", is_blind=True, invited_on="2026-01-01", first_finished_on="2026-01-09",
        second_finished_on="2026-01-10", n=1, exact=1, within_one=1, kappa=None, counts_only=True, bands=[],
        items=[item, silent],
    )  # fmt: skip
    return result.model_copy(update={"review": review, "second_rating": rating})


def test_review_reply_and_second_rating_are_told_with_day_and_number(first: Assessment) -> None:
    found = latest(first)
    assert found is not None
    facts = statement_of(first, reviewed_and_rated(document_of(found)), None)
    lines = {line.key: (line.said, " ".join(line.sentences)) for line in fact_lines(facts)}
    assert facts.fact("second_rater").who == ["S. Person"]
    assert lines["second_rater"][0] == "Yes"
    assert "1 item was rated a second time. Blind: the first rating was not seen." in lines["second_rater"][1]
    assert "Finished on 10 January 2026." in lines["second_rater"][1]
    assert "3 of 4 attributes count as reviewed. Signed on 5 March 2026." in lines["reviewed"][1]
    assert lines["reply"] == (
        "Yes",
        "1 of 2 proposals and questions of the review were replied to. The last reply is of 2 March 2026.",
    )
    (declared,) = facts.fact("conflicts").declared
    assert (declared.role, declared.by, declared.words) == ("reviewer", "R. Person", "Paid for one train ticket")
