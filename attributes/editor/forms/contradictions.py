"""Rules about answers that cannot both be, in the form of a draft."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext

from attributes.editor.forms.fields import PartField, PartReading, show_all
from attributes.editor.forms.rows import RowsField
from attributes.kinds import DONT_KNOW, UNANSWERED

CLAIMS_NOTHING = (DONT_KNOW, UNANSWERED)


@dataclass(frozen=True)
class ContradictionsField(RowsField):
    """Rules about two items each. Which answers an item can have stands beside the inputs for them."""

    # By item: what a rule can name of it.
    answers: Mapping[str, list[str]] = field(default_factory=dict)

    def _show_fields(
        self, fields: tuple[PartField, ...], prefix: str, row: Any, reading: PartReading
    ) -> list[dict[str, Any]]:
        row = row or {}
        # What is not known claims nothing, so it cannot contradict.
        hints = {
            "a_states": self._hint(row.get("a"), ()),
            "b_states": self._hint(row.get("b"), CLAIMS_NOTHING),
            "named_states": self._hint(row.get("b"), CLAIMS_NOTHING),
        }
        hinted = [replace(entry, hint=hints.get(entry.name, entry.hint)) for entry in fields]
        return show_all(tuple(hinted), prefix, row, reading)

    def _hint(self, code: Any, left_out: Collection[str]) -> str:
        words = [word for word in self.answers.get(str(code), []) if word not in left_out]
        if not words:
            return gettext("Words with spaces between them. Save once an item is chosen, to see which it has.")
        return gettext("%(code)s has: %(answers)s") % {"code": code, "answers": ", ".join(words)}
