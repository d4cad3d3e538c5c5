"""What a result says of a second rating: counts, kappa, bands, worked out by hand; and what is measured from many."""

from fractions import Fraction
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.documents.result import ResultDocument
from assessments.documents.values import document_digest, stored_digest
from assessments.headlines import how_sure, second_rating_words
from assessments.matching.noise import measure_noise, noise_now
from assessments.models import Assessment, FrozenResult, MeasuredNoise
from assessments.results.build import build_document
from assessments.rounds.services.submission import submit_assessment
from assessments.tables import second_rating_table
from attributes.catalogue.published import catalogue_of
from msgov.accounts.models import User
from tests import builders
from tests.builders import ratings

pytestmark = pytest.mark.django_db

LEVELS = {"CR1a": 3, "CR1b": 1, "ED2a": 2, "ED4a": 2, "ED4b": 2, "ED4d": 0, "CO1a": 1, "CO1b": 2, "CO2a": 3, "CO2b": 1}
EVIDENCE = {"evidence_text": "The minutes say it on page 2", "evidence_links": "https://example.org/minutes"}


def rated(organiser: User, second: dict[str, int | None], **fields: bool) -> Assessment:
    """An assessment with ten levels, rated a second time."""
    found = builders.assessment(builders.process(organiser=organiser, **fields))
    for code, level in LEVELS.items():
        builders.answer(found, code, level, updated_by=organiser, **EVIDENCE)
    ratings.revealed(found, organiser, second)
    return found


def test_agreement_is_counted_by_hand(organiser: User) -> None:
    # Eight the same, one a level apart, one two levels apart.
    found = build_document(rated(organiser, {**LEVELS, "ED4a": 1, "ED4d": 2})).second_rating
    assert found is not None
    assert (found.n, found.exact, found.within_one, found.far_apart, found.counts_only) == (10, 8, 9, 1, False)
    # Mean squared difference (1 + 4) / 10 = 1/2. First: 3 1 2 2 2 0 1 2 3 1, second: 3 1 2 1 2 2 1 2 3 1. Over all 100
    # pairs of one with the other: 10·37 + 10·38 - 2·17·18 = 138, so 1.38; 1 - 0.5/1.38 = 44/69.
    assert found.kappa is not None
    assert found.kappa.value == Fraction(44, 69)
    assert found.kappa.printed == "0.64"


def test_the_band_of_an_attribute_is_its_score_under_either_rater_with_the_same_evidence(organiser: User) -> None:
    # CR1a to CR1c weigh a third each; CR1a and CR1b are rated. A critical item at F that nobody opened counts 2/3.
    found = build_document(rated(organiser, {**LEVELS, "CR1a": 1, "CR1b": 2})).second_rating
    assert found is not None
    band = next(band for band in found.bands if band.attribute == "CR")
    assert band.items == ["CR1a", "CR1b"]
    assert [figure.value if figure else None for figure in (band.first, band.second)] == [50, 50]
    lower = build_document(rated(organiser, {**LEVELS, "CR1a": 0})).second_rating
    assert lower is not None
    words = second_rating_words(build_document(rated(organiser, {**LEVELS, "CR1a": 0})))
    assert words is not None
    assert "17 to 50 depending on who rates" in [line.sentence for line in words.bands]


def test_below_ten_items_only_counts_are_told(organiser: User) -> None:
    second: dict[str, int | None] = {**LEVELS, "CO2b": None}
    found = build_document(rated(organiser, second)).second_rating
    assert found is not None
    assert (found.n, found.counts_only) == (9, True)
    rated_item = found.item("CO2b")
    assert rated_item is not None
    assert (rated_item.apart, rated_item.differs) == (None, False)


def test_the_line_on_how_sure_it_is_says_that_somebody_rated_a_second_time(
    assessment: Assessment, organiser: User
) -> None:
    assert "One side rated" in how_sure(build_document(assessment), None)[-1]
    ratings.revealed(assessment, organiser, {"CR1a": 3, "CR1b": 2})
    document = build_document(assessment)
    line = how_sure(document, None)[-1]
    assert line == "A second person rated the same evidence without seeing the levels: 1 of 2 the same."
    rows = {row[1]: row for row in second_rating_table(document).rows}
    assert rows["CR1b"][2:5] == ("P: Partially achieved", "L: Largely achieved", 1)


def test_a_result_without_one_keeps_its_form_and_digest(assessment: Assessment, organiser: User) -> None:
    result = submit_assessment(assessment=assessment, user=organiser)
    assert "second_rating" not in result.document
    document = ResultDocument.model_validate(result.document)
    assert document_digest(document) == result.digest == stored_digest(result.document)


def test_a_second_rating_takes_no_query_more(assessment: Assessment, organiser: User) -> None:
    with CaptureQueriesContext(connection) as without:
        build_document(assessment)
    ratings.revealed(assessment, organiser, {"CR1a": 3, "CR1b": 2, "ED2a": 1})
    with CaptureQueriesContext(connection) as with_one:
        assert build_document(assessment).second_rating is not None
    assert len(with_one) == len(without)


# --- How far two people differ here --------------------------------------------------------------------------------


def _many(organiser: User, number: int) -> None:
    """So many results in which both rated twenty-one items, three of them a level apart."""
    codes = [code for code, item in catalogue_of(builders.question_set()).items.items() if item.kind == "rating"][:21]
    for _ in range(number):
        found = builders.assessment(builders.process(organiser=organiser))
        builders.answers(found, {code: {"value": 2, "updated_by": organiser} for code in codes})
        ratings.revealed(found, organiser, {code: 3 if at < 3 else 2 for at, code in enumerate(codes)})
        submit_assessment(assessment=found, user=organiser)


def test_what_two_people_differ_by_is_measured_from_five_assessments_and_a_hundred_items(organiser: User) -> None:
    _many(organiser, 4)
    out = StringIO()
    call_command("measure_rater_noise", stdout=out)
    assert "Not enough yet: 4 assessments with 84 items" in out.getvalue()
    assert noise_now().measured is False
    _many(organiser, 1)
    invented = rated(organiser, dict.fromkeys(LEVELS, 0), is_invented=True)
    submit_assessment(assessment=invented, user=organiser)
    call_command("measure_rater_noise", stdout=out)
    # Three of 21 a level apart is 1/7, and at least 1/5 is taken.
    assert (noise_now().different, noise_now().same, noise_now().measured) == (Fraction(1, 5), Fraction(1, 10), True)
    stored = MeasuredNoise.objects.get()
    assert (stored.assessments, stored.items) == (5, 105)


def test_ratings_that_are_not_blind_are_not_measured(organiser: User) -> None:
    _many(organiser, 5)
    for row in FrozenResult.objects.all():
        row.document["second_rating"]["is_blind"] = False
        row.save()
    assert measure_noise() is None
