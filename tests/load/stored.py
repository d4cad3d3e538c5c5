"""What is stored of all answers, and their history: `python -m tests.inside tests.load.stored`."""

from typing import Any

from assessments.answering.services.answers import SET_ASIDE
from assessments.models import Answer


def main() -> dict[str, Any]:
    """By the code of the item: the answer, and its history from the oldest to the newest entry."""
    found: dict[str, Any] = {}
    for answer in Answer.objects.select_related("item", "updated_by"):
        history = Answer.history.filter(id=answer.pk).order_by("history_id").select_related("history_user")
        found[answer.item.code] = {
            "now": {"version": answer.version, "comment": answer.comment, "by": answer.updated_by.name},
            "history": [
                {"version": past.version, "comment": past.comment, "by": past.history_user.name}
                for past in history
                if past.history_change_reason != SET_ASIDE
            ],
        }
    return found
