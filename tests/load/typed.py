"""What people typed, from the history: `python -m tests.inside tests.load.typed`."""

from assessments.models import Answer
from attributes.models import Item


def main() -> list[tuple[str, str, str, str]]:
    """Person, version of the question set, item and comment of every entry that a page wrote."""
    path = "question_set__version"
    items = {pk: (version, code) for pk, version, code in Item.objects.values_list("pk", path, "code")}
    entries = Answer.history.filter(history_change_reason__startswith="page ").select_related("history_user")
    return [(entry.history_user.name, *items[entry.item_id], entry.comment) for entry in entries]
