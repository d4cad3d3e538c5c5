"""What people typed, from the history: `python -m tests.inside tests.load.typed`."""

from assessments.models import AnswerVersion
from attributes.models import Item


def main() -> list[tuple[str, str, str, str]]:
    """Person, version of the question set, item and comment of every entry that a page wrote."""
    path = "question_set__version"
    items = {pk: (version, code) for pk, version, code in Item.objects.values_list("pk", path, "code")}
    saved = AnswerVersion.objects.filter(reason=AnswerVersion.Reason.SAVED).exclude(detail="").order_by("pk")
    entries = saved.values_list("user__name", "answer__item_id", "comment")
    return [(name, *items[item], comment) for name, item, comment in entries]
