"""A second rating in archives: it comes back as it was, and what does not follow is refused."""

from typing import Any

import pytest

from assessments.answers.value import ANSWERED, AnswerContent
from assessments.archive.reading import ArchiveError, read_archive
from assessments.archive.services import export_archive, import_archive
from assessments.archive.writing import archive_bytes
from assessments.models import Assessment, RatedAnswer
from assessments.rating.services.consensus import agree
from assessments.results.build import build_document
from assessments.results.rechecking import recheck
from assessments.rounds.services.submission import submit_assessment
from attributes.catalogue.published import catalogue_of
from msgov.accounts.models import User
from tests.builders import ratings

pytestmark = pytest.mark.django_db


@pytest.fixture
def rated(assessment: Assessment, organiser: User) -> Assessment:
    """Both have finished, and agreed on one item."""
    rating = ratings.revealed(assessment, organiser, {"CR1a": 1, "CR1b": 1, "ED2a": None})
    item = catalogue_of(assessment.question_set).items["CR1a"]
    content = AnswerContent(state=ANSWERED, level=2)
    agree(rating=rating, user=organiser, item=item, content=content, reason="Only in the north", version=1)
    return assessment


@pytest.mark.parametrize("submitted", [False, True])
def test_it_comes_back_as_it_was(rated: Assessment, organiser: User, submitted: bool) -> None:
    if submitted:
        result = submit_assessment(assessment=rated, user=organiser)
        assert recheck(result) == []
    data = archive_bytes(export_archive(assessment=rated))
    copy = import_archive(archive=read_archive(data), owner=organiser)
    assert archive_bytes(export_archive(assessment=copy)) == data
    here, there = (build_document(one).second_rating for one in (rated, copy))
    assert here == there
    assert here is not None
    assert RatedAnswer.objects.filter(second_rating__assessment=copy).count() == 7


def test_a_level_that_was_changed_in_the_file_is_refused(rated: Assessment, organiser: User) -> None:
    submit_assessment(assessment=rated, user=organiser)
    archive = export_archive(assessment=rated)

    def with_answers(**fields: Any) -> None:
        entry = archive.second_rating
        assert entry is not None
        at = next(i for i, row in enumerate(entry.answers) if (row.item, row.side) == ("CR1a", "second"))
        answers = [row.model_copy(update=fields) if i == at else row for i, row in enumerate(entry.answers)]
        changed = archive.model_copy(update={"second_rating": entry.model_copy(update={"answers": answers})})
        import_archive(archive=changed, owner=organiser)

    with pytest.raises(ArchiveError, match="second_rating"):
        with_answers(value={"level": 3})
    with pytest.raises(ArchiveError, match="is not between 0 and 3"):
        with_answers(value={"level": 9})
    with pytest.raises(ArchiveError, match="is not rated in this version"):
        with_answers(item="IT2c")
    with pytest.raises(ArchiveError, match=r"results\[0\].document.second_rating"):
        import_archive(archive=archive.model_copy(update={"second_rating": None}), owner=organiser)


def test_what_is_not_finished_by_both_is_in_no_archive(assessment: Assessment, organiser: User) -> None:
    rating = ratings.begun(assessment, organiser)
    ratings.rate(rating, {"CR1a": 1}, reason="Told to nobody yet")
    assert b"Told to nobody yet" not in archive_bytes(export_archive(assessment=assessment))
