"""Choosing what to compare, and the comparison."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Assessment, Process, Report
from assessments.results.build import freeze
from assessments.vocabulary import AssessmentState, Visibility
from attributes.models import QuestionSet
from msgov.accounts.models import User
from tests import builders
from tests.builders import worked
from tests.builders.versions import next_version

pytestmark = pytest.mark.django_db

RATED = worked.COLLABORATION


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", re.sub("</?bdi>", "", html))))


def submitted(
    organiser: User,
    name: str,
    levels: dict[str, int] | None = None,
    version: QuestionSet | None = None,
    **fields: object,
) -> Assessment:
    process = builders.process(organiser=organiser, name=name, **fields)
    assessment = builders.assessment(process, question_set=version or builders.question_set())
    worked.give_all(assessment, levels or worked.RESPONSIBILITY)
    return submit(assessment)


def submit(assessment: Assessment) -> Assessment:
    freeze(assessment=assessment, number=1, user=assessment.process.created_by)
    assessment.state = AssessmentState.SUBMITTED
    assessment.save()
    return assessment


def show(client: Client, *assessments: Assessment) -> str:
    response = client.get(reverse("assessments:compare-show"), {"code": [a.code for a in assessments]})
    return words(response.content.decode())


@pytest.fixture
def organiser(client: Client) -> User:
    user = builders.user()
    client.force_login(user)
    return user


def test_chooser_lists_what_one_may_see(client: Client, organiser: User) -> None:
    submitted(organiser, "Mine")
    builders.assessment(builders.process(organiser=organiser, name="Only a draft"))
    submitted(builders.user(), "Foreign")
    submitted(builders.user(), "Shared", visibility=Visibility.PUBLIC)
    page = words(client.get(reverse("assessments:compare")).content.decode())
    assert "Mine, round 1" in page
    assert "Shared, round 1" in page
    assert "Foreign" not in page
    assert "Only a draft" not in page


def test_chooser_filters_by_name(client: Client, organiser: User) -> None:
    submitted(organiser, "Water council")
    submitted(organiser, "Forest forum")
    page = words(client.get(reverse("assessments:compare"), {"q": "WATER"}).content.decode())
    assert "Water council, round" in page
    assert "Forest forum, round" not in page


def test_chooser_says_before_choosing_what_can_never_be_compared(client: Client, organiser: User) -> None:
    submitted(organiser, "Silent", {"IT1a": 2})
    html = client.get(reverse("assessments:compare")).content.decode()
    assert "Cannot be compared. No attribute has a score that may be compared." in words(html)
    assert re.search(r'<input[^>]*name="code"[^>]* disabled', html)


def test_chooser_says_after_choosing_what_does_not_fit(client: Client, organiser: User) -> None:
    own = submitted(organiser, "Own")
    submitted(organiser, "Read from a text", is_example=True)
    page = client.get(reverse("assessments:compare"), {"code": [own.code]})
    assert (
        "Not comparable with what is chosen. Another sort of record: processes of one's own, examples coded from "
        "texts, and invented data are compared only among themselves."
    ) in words(page.content.decode())


def test_chooser_goes_by_what_was_frozen_like_the_comparison(client: Client, organiser: User) -> None:
    """What the process is marked as since does not change what its result was."""
    own, other = submitted(organiser, "Own"), submitted(organiser, "Other")
    Process.objects.filter(pk=other.process_id).update(is_example=True)
    page = client.get(reverse("assessments:compare"), {"code": [own.code]})
    assert "Not comparable with what is chosen" not in words(page.content.decode())
    assert "Comparison of 2 processes" in show(client, own, other)


def test_chooser_offers_what_the_comparison_takes(client: Client, organiser: User) -> None:
    """Each one beside the first: the chooser says it fits exactly where the comparison does not leave it out."""
    first = submitted(organiser, "First")
    newer = builders.assessment(first.process)
    worked.give_all(newer, {"CR1a": 2, "CR1b": 2})
    others = [
        submit(newer),
        submitted(organiser, "Alike"),
        submitted(organiser, "Example", is_example=True),
        submitted(organiser, "Invented", is_invented=True),
        submitted(organiser, "Other version", version=next_version()),
        submitted(organiser, "Silent", {"IT1a": 2}),
    ]
    html = client.get(reverse("assessments:compare"), {"code": [first.code], "rounds": "all"}).content.decode()
    offered = {}
    for other in others:
        about = html.split(f'id="about-{other.code}"')[1].split("</li>")[0]
        offered[other.process.name] = not re.search("Cannot be compared|Not comparable", about)
    compared = {other.process.name: "Left out" not in show(client, first, other) for other in others}
    assert offered == compared
    assert sorted(offered.values()) == [False] * 3 + [True] * 3


def test_chooser_offers_an_earlier_round_without_a_score(client: Client, organiser: User) -> None:
    first = submitted(organiser, "Twice", {"IT1a": 2})
    Assessment.objects.filter(pk=first.pk).update(state=AssessmentState.SUPERSEDED)
    second = builders.assessment(first.process)
    worked.give_all(second, {"CR1a": 2, "CR1b": 2})
    submit(second)
    page = words(client.get(reverse("assessments:compare"), {"code": second.code, "rounds": "all"}).content.decode())
    assert "Cannot be compared" not in page
    assert "Not comparable" not in page
    codes = {"code": [first.code, second.code]}
    assert "Twice over time" in client.get(reverse("assessments:compare-show"), codes, follow=True).content.decode()


def test_choice_is_kept_on_other_pages(client: Client, organiser: User) -> None:
    rows = [submitted(organiser, f"P{n:02}", {"CR1a": 2, "CR1b": 2}) for n in range(22)]
    html = client.get(reverse("assessments:compare"), {"page": 2, "code": rows[0].code}).content.decode()
    assert f'<input type="hidden" name="code" value="{rows[0].code}">' in html
    assert [name in html for name in (">P19<", ">P20<", ">P21<")] == [False, True, True]
    assert "1 chosen" in words(html)


def test_chooser_has_a_constant_number_of_queries(client: Client, organiser: User) -> None:
    def count(**query: object) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("assessments:compare"), query)
        return len(queries)

    first = submitted(organiser, "A")
    cold, warm = count(code=first.code), count(code=first.code)
    for name in "BCD":
        submitted(organiser, name)
    assert (count(code=first.code), count(code=first.code)) == (cold, warm)
    assert warm <= 6
    assert cold == warm + 1


def test_comparison_shows_who_stands_higher_and_why_the_rest_is_not_told(client: Client, organiser: User) -> None:
    more = submitted(organiser, "Northvale", dict.fromkeys(RATED, 2) | {"CR1a": 3, "CR1b": 3, "CR1c": 3})
    less = submitted(organiser, "Southlake", dict.fromkeys(RATED, 2) | {"CR1a": 1, "CR1b": 1, "CR1c": 0, "CO2a": 1})
    page = show(client, more, less)
    assert (
        "Northvale stands higher on Collective responsibility; on one other attribute the two cannot be told apart. "
        "Not compared: Inclusiveness and transparency, Effective decision-making and implementation."
    ) in page
    assert "Northvale stands higher by 66 points" in page
    assert "cannot be told apart 4 points apart: below 16 it may be due to who rated" in page
    assert "not compared a score is withheld" in page
    assert "Respective roles Northvale Southlake" in page.split("What can be learnt, and from whom")[1]
    assert "https://example.org/CR1b" in page
    assert "Self-assessed, by different people, and not reviewed." in page
    assert "There is no ranking, no total and no verdict over all attributes." in page
    assert "Collective responsibility: Northvale stands higher than Southlake." in page
    assert "Working with others: Nothing can be told apart." in page
    assert "Taking part: Nothing can be compared." in page
    assert "noise alone makes one of two equal processes stand higher on some attribute in about 1 of 7 pairs" in page
    assert "is an assumption, not a measurement: two people by one level on about 40 % of the items" in page


@pytest.mark.alike
def test_comparison_prints_whole_points(client: Client, organiser: User) -> None:
    rows = [submitted(organiser, name, worked.RESPONSIBILITY | {"CR1a": 3}) for name in ("A", "B")]
    page = show(client, *rows)
    table = page.split("Attribute by attribute")[1].split("How sure this is")[0]
    assert re.search(r"\d", table)
    assert not re.search(r"\d\.\d", table)


def test_examples_are_not_said_to_be_self_assessed(client: Client, organiser: User) -> None:
    rows = [submitted(organiser, name, is_example=True) for name in ("A", "B")]
    page = show(client, *rows)
    assert "coded from a text, not reviewed" in page
    assert "Each example was coded from one published text" in page
    for untrue in ("self-assessed", "the organiser's own view", "Different people assessed"):
        assert untrue not in page


@pytest.mark.alike
def test_comparison_of_many_says_by_attribute_who_stands_higher(client: Client, organiser: User) -> None:
    rows = [submitted(organiser, f"P{n}", dict.fromkeys(("CR1a", "CR1b", "CR1c"), 3 * (n == 0))) for n in range(6)]
    page = show(client, *rows)
    assert "P0 stands higher than P1, P2, P3, P4, P5. The other 10 pairs cannot be told apart." in page
    assert "Attribute by attribute, with the reason" not in page
    assert "Not compared: P0: less than half of it is answered or shown, so there is no score P1: less" in page
    assert "Of 15 pairs 5 can be told apart; who from whom stands in the annex." in page


def test_comparison_lists_what_is_left_out_with_the_reason(client: Client, organiser: User) -> None:
    rows = [submitted(organiser, name) for name in ("A", "B")]
    silent = submitted(organiser, "Silent", {"IT1a": 2})
    reopened = submitted(organiser, "Reopened")
    Assessment.objects.filter(pk=reopened.pk).update(state=AssessmentState.DRAFT)
    page = show(client, *rows, silent, reopened)
    assert "Silent, round 1: No attribute has a score that may be compared." in page
    assert "Reopened, round 1: Not submitted: a draft cannot be compared." in page


def test_unknown_and_foreign_codes_are_not_found(client: Client, organiser: User) -> None:
    own = submitted(organiser, "Own")
    foreign = submitted(builders.user(), "Foreign")
    for code in ("nosuchcode", foreign.code):
        response = client.get(reverse("assessments:compare-show"), {"code": [own.code, code]})
        assert response.status_code == 404


@pytest.mark.parametrize(
    ("count", "message"),
    [(0, "Choose at least 2"), (1, "Choose at least 2"), (13, "Choose at most 12 assessments; you chose 13")],
)
def test_wrong_number_keeps_the_page_and_says_so(client: Client, organiser: User, count: int, message: str) -> None:
    rows = [submitted(organiser, f"P{n}", {"CR1a": 2, "CR1b": 2}) for n in range(count)]
    response = client.get(reverse("assessments:compare-show"), {"code": [row.code for row in rows]})
    assert response.status_code == 422
    assert message in words(response.content.decode())
    assert response.content.decode().count(" checked") == count


def test_comparison_of_twelve_costs_at_most_six_queries(client: Client, organiser: User) -> None:
    rows = [submitted(organiser, f"P{n}") for n in range(12)]
    for some in (rows[:2], rows):
        with CaptureQueriesContext(connection) as queries:
            assert "Comparison of" in show(client, *some)
        assert len(queries) <= 6  # one of them for how far two raters differ here


def test_versions_say_what_they_have_in_common(client: Client, organiser: User) -> None:
    newer = next_version(reworded=("CR1a",))
    levels = {"CR1a": 0, "CR1b": 3, "CR1c": 3}
    page = show(client, submitted(organiser, "A", levels), submitted(organiser, "B", {**levels, "CR1b": 0}, newer))
    assert "1.0.0 and 1.1.0: share of the weight that matched items carry in each" in page
    assert "Collective responsibility 66.7 % 66.7 % reworded: Shared responsibility" in page
    assert "gone: Best practices adopted" in page
    assert "new: Feasible from the outset, continued" in page
    # The scores of the results are 67 and 33; without CR1a they are 100 and 50.
    assert "Collective responsibility 66.7 % / 66.7 % 67 / 33 100 (100–100) / 50 (50–50)" in page
    assert "A stands higher by 50 points" in page


@pytest.mark.alike
def test_too_little_in_common_is_not_compared_with_the_reason(client: Client, organiser: User) -> None:
    newer = next_version(reworded=("CR1a", "CR1b"))
    page = show(client, submitted(organiser, "A"), submitted(organiser, "B", version=newer))
    assert "not compared less than two thirds of it was asked of both (33.3 % and 33.3 %)" in page


@pytest.mark.alike
def test_many_processes_of_two_versions_list_what_is_not_compared(client: Client, organiser: User) -> None:
    newer = next_version(reworded=("CR1a", "CR1b"))
    rows = [submitted(organiser, f"P{n}", version=newer if n == 5 else None) for n in range(6)]
    page = show(client, *rows)
    assert "Not compared: P0 and P5: less than two thirds of it was asked of both (33.3 % and 33.3 %)" in page


def test_rounds_of_one_process_on_two_versions_are_compared_over_time(client: Client, organiser: User) -> None:
    first = submitted(organiser, "Twice")
    second = builders.assessment(first.process, question_set=next_version(reworded=("CR1c",)))
    worked.give_all(second, {"CR1a": 3, "CR1b": 3, "CR1c": 3})
    codes = {"code": [first.code, submit(second).code]}
    response = client.get(reverse("assessments:compare-show"), codes, follow=True)
    page = words(response.content.decode())
    assert response.redirect_chain == [
        (f"/processes/{first.process.code}/over-time/?round={first.code}&round={second.code}", 302)
    ]
    assert "These are rounds of one process. They are shown over time" in page
    assert "What moved from round 1 to round 2" in page
    assert "Rounds of one process are compared on the items that apply and were answered both times" in page
    assert "reworded: Shared stewardship goals" in page


def test_a_paper_on_rounds_of_one_process_shows_them_over_time(client: Client, organiser: User) -> None:
    first = submitted(organiser, "Twice")
    second = submit(builders.assessment(first.process))
    codes = {"code": [first.code, second.code]}
    response = client.post(reverse("assessments:comparison-request"), codes, follow=True)
    assert "the report shows them over time" in words(response.content.decode())
    assert [report.kind for report in Report.objects.filter(kind="over_time")] == ["over_time"]
    assert not Report.objects.filter(kind="comparison").exists()


def test_of_a_process_with_two_rounds_the_newest_stands_beside_others(client: Client, organiser: User) -> None:
    first = submitted(organiser, "Twice")
    second = builders.assessment(first.process)
    worked.give_all(second, {"CR1a": 3, "CR1b": 3, "CR1c": 3})
    page = show(client, first, submit(second), submitted(organiser, "Other"))
    assert "Twice, round 1: A later round of the same process stands here." in page
    assert "See its rounds over time" in page
    assert "Comparison of 2 processes" in page


def test_rounds_cost_no_query_more(client: Client, organiser: User) -> None:
    def rounds(name: str, number: int) -> list[Assessment]:
        found = [submitted(organiser, name)]
        for _round in range(number - 1):
            found.append(submit(builders.assessment(found[0].process)))
        return found

    for some in (rounds("A", 2), [*rounds("B", 6), *rounds("C", 6)]):
        with CaptureQueriesContext(connection) as queries:
            show(client, *some)
        assert len(queries) <= 7


def test_chooser_offers_rounds_of_other_versions(client: Client, organiser: User) -> None:
    first = submitted(organiser, "Twice")
    second = builders.assessment(first.process, question_set=next_version())
    worked.give_all(second, {"CR1a": 2, "CR1b": 2})
    submit(second)
    page = client.get(reverse("assessments:compare"), {"code": [second.code], "rounds": "all"})
    assert "Not comparable with what is chosen" not in words(page.content.decode())


def test_comparing_versions_costs_no_more_queries(client: Client, organiser: User) -> None:
    newer = next_version()
    rows = [submitted(organiser, f"P{n}", version=newer if n % 2 else None) for n in range(12)]
    with CaptureQueriesContext(connection) as queries:
        assert "Comparison of" in show(client, *rows)
    assert len(queries) <= 7


def test_comparing_needs_an_account(client: Client) -> None:
    for name in ("compare", "compare-show"):
        assert client.get(reverse(f"assessments:{name}")).status_code == 302
