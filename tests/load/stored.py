"""What is stored of all answers, and their history: `python -m tests.inside tests.load.stored`."""

from typing import Any

from assessments.models import Answer, AnswerVersion


def main() -> dict[str, Any]:
    """By the code of the item: the answer, and its history from the oldest to the newest entry."""
    found: dict[str, Any] = {}
    for answer in Answer.objects.select_related("item", "updated_by"):
        history = answer.history.exclude(reason=AnswerVersion.Reason.SET_ASIDE).order_by("pk").select_related("user")
        found[answer.item.code] = {
            "now": {"version": answer.version, "comment": answer.comment, "by": answer.updated_by.name},
            "history": [{"version": past.version, "comment": past.comment, "by": past.user.name} for past in history],
        }
    return found
