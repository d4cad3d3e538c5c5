"""The blind second rating of the invented process: asked for, rated, shown to both, agreed on as people would do it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from assessments.answering.services.answers import AnswerToSave, save_answers
from assessments.answers.value import ANSWERED, AnswerContent
from assessments.demo.spec import SecondRatingSpec
from assessments.models import Answer, Assessment, SecondRating
from assessments.processes.services.members import admit
from assessments.rating.services.asking import accept, ask_second_rater
from assessments.rating.services.consensus import agree
from assessments.rating.services.rating import finish_first, finish_second, save_ratings
from assessments.vocabulary import Role
from attributes.catalogue.types import CatalogueSet

if TYPE_CHECKING:
    from msgov.accounts.models import User

Contents = Mapping[str, AnswerContent]


def seed_second_rating(
    *,
    spec: SecondRatingSpec,
    assessment: Assessment,
    organiser: "User",
    rater: "User",
    question_set: CatalogueSet,
    contents: Contents,
) -> SecondRating:
    """Rate a draft a second time. `contents` are its answers, which they are again once both have agreed."""
    # Joins after the stakeholders were asked: so nobody else reads their comments.
    member = admit(process=assessment.process, user=rater, role=Role.REVIEWER)
    items = question_set.items
    before = [AnswerToSave(items[code], _at(contents[code], level), 1) for code, level in spec.first.items()]
    save_answers(assessment=assessment, user=organiser, entries=before, page="demo")
    rating = ask_second_rater(assessment=assessment, user=organiser, member=member)
    rating.assessment = assessment
    accept(rating=rating, user=rater, is_blind=True)
    rated = {code: content for code, content in contents.items() if items[code].scored}
    said = {code: replace(content, comment="") for code, content in rated.items()}
    for code, entry in spec.second.items():
        said[code] = replace(_at(said[code], entry.level), comment=entry.reason)
    entries = [AnswerToSave(items[code], content, 0) for code, content in said.items()]
    save_ratings(rating=rating, user=rater, entries=entries)
    finish_second(rating=rating, user=rater)
    finish_first(rating=rating, user=organiser)
    for code, reason in spec.agreed.items():
        version = Answer.objects.get(response__assessment=assessment, item=items[code].pk).version
        agree(rating=rating, user=organiser, item=items[code], content=contents[code], reason=reason, version=version)
    return rating


def _at(content: AnswerContent, level: int | None) -> AnswerContent:
    return content if level is None else replace(content, state=ANSWERED, level=level)
