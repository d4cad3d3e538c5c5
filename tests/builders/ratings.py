"""Second ratings: asked, begun, finished by one or by both, with the levels that a test names."""

from collections.abc import Mapping

from assessments.answering.services.answers import AnswerToSave
from assessments.answers.value import ANSWERED, DONT_KNOW, AnswerContent
from assessments.models import Assessment, Membership, SecondRating
from assessments.rating.services.asking import accept, ask_second_rater
from assessments.rating.services.rating import finish_first, finish_second, save_ratings
from assessments.vocabulary import Role
from attributes.catalogue.published import catalogue_of
from msgov.accounts.models import User
from tests.builders.accounts import user
from tests.builders.processes import member

Levels = Mapping[str, int | None]


def rater_of(assessment: Assessment, role: str = Role.REVIEWER, name: str = "Rita Rater") -> Membership:
    """A member who can be asked."""
    return member(assessment.process, user(name=name), role)


def asked(assessment: Assessment, organiser: User, rater: Membership | None = None) -> SecondRating:
    """Somebody was asked."""
    return ask_second_rater(assessment=assessment, user=organiser, member=rater or rater_of(assessment))


def begun(
    assessment: Assessment, organiser: User, rater: Membership | None = None, *, is_blind: bool = True
) -> SecondRating:
    """Somebody rates."""
    rating = asked(assessment, organiser, rater)
    assert rating.rater is not None
    accept(rating=rating, user=rating.rater, is_blind=is_blind)
    return SecondRating.objects.select_related("assessment__process", "assessment__question_set", "rater").get(
        pk=rating.pk
    )


def rate(rating: SecondRating, levels: Levels, reason: str = "") -> None:
    """The second rater gives these levels; None is “don't know”."""
    assert rating.rater is not None
    items = catalogue_of(rating.assessment.question_set).items
    entries = [
        AnswerToSave(
            items[code],
            AnswerContent(state=DONT_KNOW if level is None else ANSWERED, level=level, comment=reason),
            0,
        )
        for code, level in levels.items()
    ]
    save_ratings(rating=rating, user=rating.rater, entries=entries)


def revealed(
    assessment: Assessment,
    organiser: User,
    levels: Levels,
    rater: Membership | None = None,
    *,
    is_blind: bool = True,
) -> SecondRating:
    """Both have finished; what the first said are the answers as they stand."""
    rating = begun(assessment, organiser, rater, is_blind=is_blind)
    assert rating.rater is not None
    rate(rating, levels)
    finish_first(rating=rating, user=organiser)
    finish_second(rating=rating, user=rating.rater)
    rating.refresh_from_db()
    return rating
