"""What is stored of the answers of an assessment."""

from typing import Any

from assessments.models import Answer, AnswerVersion
from attributes.models import Item


def answers_of(code: str) -> dict[str, Any]:
    """By the code of the item: the answer, and its history from the oldest to the newest entry."""
    found: dict[str, Any] = {}
    answers = Answer.objects.filter(response__assessment__code=code)
    for answer in answers.select_related("item", "updated_by"):
        history = answer.history.exclude(reason=AnswerVersion.Reason.SET_ASIDE).order_by("pk").select_related("user")
        found[answer.item.code] = {
            "now": {"version": answer.version, "comment": answer.comment, "by": answer.updated_by.name},
            "history": [{"version": past.version, "comment": past.comment, "by": past.user.name} for past in history],
        }
    return found


def typed_in(code: str) -> list[tuple[str, str, str, str]]:
    """Person, version of the question set, item and comment of every entry that a page wrote."""
    path = "question_set__version"
    items = {pk: (version, code) for pk, version, code in Item.objects.values_list("pk", path, "code")}
    saved = AnswerVersion.objects.filter(answer__response__assessment__code=code, reason=AnswerVersion.Reason.SAVED)
    entries = saved.exclude(detail="").order_by("pk").values_list("user__name", "answer__item_id", "comment")
    return [(name, *items[item], comment) for name, item, comment in entries]
