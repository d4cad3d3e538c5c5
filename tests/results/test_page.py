"""The results page: exact numbers, who may see it, and what it costs."""

import re
from contextlib import nullcontext
from functools import cache
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from assessments.models import Action, Answer, Assessment, BoardPaper, PublicRecord
from assessments.reports.html import render_html
from assessments.results.build import build_document, freeze
from assessments.results.page import drawn
from assessments.results.workings import workings_of
from assessments.vocabulary import AssessmentState, Role, Visibility
from tests import builders
from tests.builders import worked
from tests.builders.papers import paper
from tests.builders.processes import opening

pytestmark = pytest.mark.django_db


def submitted(**fields: Any) -> Assessment:
    organiser = builders.user(name="Ada Example")
    assessment = builders.assessment(builders.process(organiser=organiser, name="Forum", **fields))
    worked.everything(assessment)
    return submit(assessment)


def submit(assessment: Assessment) -> Assessment:
    freeze(assessment=assessment, number=1, user=assessment.process.created_by)
    assessment.state = AssessmentState.SUBMITTED
    assessment.save()
    return assessment


def address(assessment: Assessment) -> str:
    return reverse("assessments:assessment-results", args=[assessment.code])


def words(html: str) -> str:
    """The text of a page on one line."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


@pytest.fixture
def text(db: None) -> str:
    return page_of_everything()


@cache
def page_of_everything() -> str:
    """What the page of one result says: drawn for the first of the tests that only read it."""
    assessment, client = submitted(), Client()
    client.force_login(assessment.process.created_by)
    return words(client.get(address(assessment)).content.decode())


def test_no_paragraph_is_empty(client: Client) -> None:
    assessment = submitted()
    client.force_login(assessment.process.created_by)
    html = client.get(address(assessment)).content.decode()
    assert html.count("<p") > 50
    assert re.findall(r"<p[^>]*>\s*</p>", html) == []


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_page_says_the_same_as_when_the_language_is_looked_up_for_each_word(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = build_document(submitted())
    with translation.override(language):
        once = drawn(document)
        monkeypatch.setattr("assessments.results.page.one_language", nullcontext)
        assert drawn(document) == once


def test_page_shows_profile_in_figures(text: str) -> None:
    assert "Inclusiveness and transparency L- 51 39–66 66 100 % 63 % Provisional" in text
    assert "Effective decision-making and implementation L- 56 44–65 56 79 % 79 % Shown" in text
    assert "Limited by: Inclusiveness and transparency (51)" in text


def test_page_says_how_much_is_answered_and_shown(text: str) -> None:
    assert "9 of 9 answered, 5 of 9 shown" in text
    assert "Inclusiveness and transparency: Provisional: less than two thirds are shown by any evidence." in text
    assert "Items not known: 2. Items answered and shown by nothing: 4. Items not applicable: 1." in text
    assert "Opened by a second person: 0 of 20 items whose evidence others can open." in text


def test_page_opens_each_score_to_its_formula(text: str) -> None:
    assert (
        "(1/5 × 66.7 + 1/5 × 62.5 + 1/10 × 33.3 + 1/10 × 33.3 + 1/10 × 33.3 + 1/10 × 33.3 + 1/15 × 66.7 "
        "+ 1/15 × 83.3 + 1/15 × 33.3) ÷ 100 % = 51.4"
    ) in text
    assert "(1/8 × 66.7 + 1/4 × 33.3 + 1/4 × 66.7 + 1/12 × 100.0 + 1/12 × 33.3) ÷ 79.2 % = 56.1" in text
    assert "the score is exactly 925/18" in text


def test_page_says_why_an_item_counts_less_than_claimed(text: str) -> None:
    assert "IT5a" in text
    assert (
        "Claims F (100 of 100); counts as L (67 of 100) until there is a link or file that others can open, with a "
        "sentence on what in it shows this." in text
    )
    assert "5 answers claim more than they count as:" in text
    assert (
        "IT5a Commitment to openness: claims F (100 of 100), counts as L (67 of 100) (it is only described, or others "
        "cannot open it)" in text
    )
    assert "nsupported" not in text


def test_page_and_report_say_the_same_of_a_line_without_its_words(client: Client) -> None:
    organiser = builders.user(name="Ada Example")
    assessment = builders.assessment(builders.process(organiser=organiser))
    builders.answer(assessment, "IT3b", {"membership_criteria": "yes", "restrictions": "no"})
    submit(assessment)
    client.force_login(organiser)
    page = words(client.get(address(assessment)).content.decode())
    report = words(render_html(paper(build_document(assessment)), "en"))
    sentence = "1 of 2 lines known: the rest lowers the coverage. 1 line is not counted until you say why."
    assert sentence in page
    assert sentence in report


def test_page_asks_to_show_what_is_claimed(text: str) -> None:
    assert "More is claimed than counts: nothing is given to show it." in text
    assert "What to do first" in text


def test_page_lists_what_does_not_apply_with_the_reason(text: str) -> None:
    assert "ED4a" in text
    assert "Nothing is operated by anybody." in text


def test_index_is_absent_unless_asked_for(text: str) -> None:
    assert "arithmetic mean" not in text


def test_index_is_printed_with_its_companions(client: Client) -> None:
    assessment = submitted()
    assessment.results.all().delete()
    assessment.show_index = True
    # What nothing shows keeps an attribute provisional, and an index needs all of them shown.
    assessment.responses.get().answers.filter(evidence_text="").update(evidence_text="Said in the charter.")
    submit(assessment)
    client.force_login(assessment.process.created_by)
    page = words(client.get(address(assessment)).content.decode())
    index = build_document(assessment).index
    assert index is not None
    assert f"{index.geometric}, beside an arithmetic mean of {index.arithmetic}" in page
    assert f"weakest attribute at {index.minimum}; {index.weight_low} to {index.weight_high} when" in page


def test_withheld_attribute_shows_range_and_no_score(client: Client) -> None:
    assessment = builders.assessment(builders.process(organiser=builders.user()))
    worked.give(assessment, "IT1a", 2)
    client.force_login(assessment.process.created_by)
    page = words(client.get(address(assessment)).content.decode())
    assert "anywhere between 13 and 93" in page
    assert "Why there is no score" in page
    assert "1 of 9 answered, 1 of 9 shown (20 % and 20 % of the weight)." in page


def test_draft_is_marked_and_follows_the_answers(client: Client) -> None:
    assessment = builders.assessment(builders.process(organiser=builders.user()))
    client.force_login(assessment.process.created_by)
    assert "DRAFT" in words(client.get(address(assessment)).content.decode())
    worked.give_all(assessment, dict.fromkeys(worked.RESPONSIBILITY, 3))
    # By the organiser's own word the critical item is largely achieved.
    assert "L+ 89 89–100 100" not in words(client.get(address(assessment)).content.decode())
    assert "F 89 89–100 100" in words(client.get(address(assessment)).content.decode())


def test_page_stays_when_the_answers_change(client: Client) -> None:
    assessment = submitted()
    client.force_login(assessment.process.created_by)
    before = words(client.get(address(assessment)).content.decode())
    assessment.responses.get().answers.all().delete()
    assert words(client.get(address(assessment)).content.decode()) == before


def test_user_text_is_escaped(client: Client) -> None:
    assessment = submitted(issue="x", period="<script>alert(1)</script>")
    client.force_login(assessment.process.created_by)
    html = client.get(address(assessment)).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_evidence_that_is_no_web_address_becomes_no_link(client: Client) -> None:
    assessment = builders.assessment(builders.process(organiser=builders.user()))
    builders.answer(assessment, "CR1a", 3, evidence_class="E2", evidence_text="x", evidence_links="javascript:alert(1)")
    client.force_login(assessment.process.created_by)
    page = client.get(address(assessment)).content.decode()
    assert "javascript:alert(1)" in words(page)
    assert 'href="javascript:' not in page


def test_stranger_gets_404_and_visitor_is_sent_to_sign_in(client: Client) -> None:
    assessment = submitted()
    assert client.get(address(assessment)).headers["Location"].startswith(reverse("account_login"))
    client.force_login(builders.user())
    assert client.get(address(assessment)).status_code == 404


def test_public_results_need_no_account(client: Client) -> None:
    assessment = submitted(visibility=Visibility.PUBLIC)
    response = client.get(address(assessment))
    assert "51</strong> of 100" in response.content.decode()
    # Papers of a public result may be made by everybody; what is decided about it may not.
    assert re.findall(r'action="([^"]+)"', response.content.decode()) == [
        reverse("assessments:report-request", args=[assessment.code])
    ]


def test_public_draft_is_hidden_from_visitors(client: Client) -> None:
    process = builders.process(organiser=builders.user(), visibility=Visibility.PUBLIC)
    assessment = builders.assessment(process)
    client.force_login(builders.user())
    assert client.get(address(assessment)).status_code == 404


def test_reviewer_reads_submitted_results_but_no_draft(client: Client) -> None:
    assessment = submitted()
    reviewer = builders.user()
    builders.member(assessment.process, reviewer, Role.REVIEWER)
    client.force_login(reviewer)
    assert client.get(address(assessment)).status_code == 200
    Assessment.objects.filter(pk=assessment.pk).update(state=AssessmentState.DRAFT)
    assert b"The assessment was reopened after this result" in client.get(address(assessment)).content
    assessment.results.all().delete()
    assert client.get(address(assessment)).status_code == 403


def test_submitted_page_costs_at_most_four_queries_and_one_more_when_it_is_drawn(client: Client) -> None:
    assessment = submitted()
    client.force_login(assessment.process.created_by)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(address(assessment))
        counts.append(len(queries))
    # Drawn once, from the document, and so are the facts of the process statement: what is frozen stays in memory.
    # Session, person, assessment and results; what may change at any time is read with the assessment.
    assert counts[0] <= 5
    assert counts[1] <= 4


def test_what_stands_beside_a_result_is_shown_as_soon_as_it_is_there(client: Client) -> None:
    assessment = submitted()
    client.force_login(assessment.process.created_by)
    before = words(client.get(address(assessment)).content.decode())
    assert "Nothing has been promised yet." in before
    assert "MSG-2026-0001" not in before
    Action.objects.create(assessment=assessment, item="CR1a", text="Publish the minutes", owner="Secretariat")
    PublicRecord.objects.create(number="MSG-2026-0001", year=2026, serial=1, assessment=assessment, name="Forum")
    BoardPaper.objects.create(assessment=assessment, commissioned_by="The board of the forum")
    after = words(client.get(address(assessment)).content.decode())
    assert "Publish the minutes" in after
    assert "MSG-2026-0001" in after
    assert "The board of the forum" in after


def test_organiser_decides_about_the_index_while_it_is_a_draft(client: Client) -> None:
    assessment = builders.assessment(builders.process(organiser=builders.user()))
    client.force_login(assessment.process.created_by)
    target = reverse("assessments:assessment-index", args=[assessment.code])
    response = client.post(target, {"show": "1"}, follow=True)
    assert "The summary index will be printed." in words(response.content.decode())
    assert Assessment.objects.get(pk=assessment.pk).show_index
    client.post(target, {"show": "0"})
    assert not Assessment.objects.get(pk=assessment.pk).show_index
    assert client.get(target).status_code == 405


def test_index_choice_is_refused_once_submitted(client: Client) -> None:
    assessment = submitted()
    client.force_login(assessment.process.created_by)
    target = reverse("assessments:assessment-index", args=[assessment.code])
    response = client.post(target, {"show": "1"}, follow=True)
    assert "reopen it to change" in words(response.content.decode())
    assert not Assessment.objects.get(pk=assessment.pk).show_index


def test_contributor_may_not_decide_about_the_index(client: Client) -> None:
    assessment = builders.assessment(builders.process(organiser=builders.user()))
    contributor = builders.user()
    builders.member(assessment.process, contributor, Role.CONTRIBUTOR)
    client.force_login(contributor)
    assert client.post(reverse("assessments:assessment-index", args=[assessment.code])).status_code == 403


def test_partly_known_checklist_stands_in_the_formula_with_its_share() -> None:
    assessment = builders.assessment(builders.process(organiser=builders.user()))
    raw = worked.INCLUSIVENESS | {"IT4b": {"inclusion": "yes"}}
    worked.give_all(assessment, raw)
    opening(Answer.objects.get(item__code="IT5a"))
    working = workings_of(build_document(assessment))[0]
    assert "1/10 × 25 % × 100.0" in working.formula
    assert working.formula.endswith("÷ 92.5 % = 67.3")


def test_failed_critical_item_limits_the_letter() -> None:
    """TV5."""
    assessment = builders.assessment(builders.process(organiser=builders.user()))
    worked.give_all(assessment, dict.fromkeys(("ED1a", "ED1b", "ED2a", "ED4a", "ED4b", "ED4c", "ED4d"), 3))
    opening(Answer.objects.get(item__code="ED1a"))
    worked.give(assessment, "ED3a", 0)
    working = workings_of(build_document(assessment))[2]
    assert working.letter_sentence == (
        "75.0 lies in band L+, but the letter is P+ (limited by ED3a). The score itself is not changed."
    )


def test_open_critical_item_limits_the_letter() -> None:
    """TV47: silence is no better than an honest N."""
    assessment = builders.assessment(builders.process(organiser=builders.user()))
    worked.give_all(assessment, dict.fromkeys(("ED1a", "ED1b", "ED2a", "ED4a", "ED4b", "ED4c", "ED4d"), 3))
    opening(Answer.objects.get(item__code="ED1a"))
    working = workings_of(build_document(assessment))[2]
    assert working.letter_sentence == (
        "100.0 lies in band F, but the letter is P+ (ED3a open). The score itself is not changed."
    )
    assert working.status_sentence == "Provisional: not known although much rests on it: ED3a."


def test_superseded_results_say_that_there_is_a_later_round(client: Client) -> None:
    assessment = submitted(visibility=Visibility.PUBLIC)
    Assessment.objects.filter(pk=assessment.pk).update(state=AssessmentState.SUPERSEDED)
    assert "A later round of this process has been submitted since." in words(
        client.get(address(assessment)).content.decode()
    )


def test_lowest_of_some_scores_is_not_called_the_limit(client: Client) -> None:
    assessment = builders.assessment(builders.process(organiser=builders.user()))
    worked.give_all(assessment, dict.fromkeys(worked.RESPONSIBILITY, 2))
    client.force_login(assessment.process.created_by)
    page = words(client.get(address(assessment)).content.decode())
    assert "Lowest of those that have a score: Collective responsibility (67)" in page
    assert "Limited by:" not in page
