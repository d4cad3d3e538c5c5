"""Rules about answers that cannot both be, in the form of a draft."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext

from attributes.editor.forms.fields import PartField, PartReading, show_all
from attributes.editor.forms.rows import RowsField


@dataclass(frozen=True)
class ContradictionsField(RowsField):
    """Rules about two items each. Which answers an item can have stands beside the inputs for them."""

    # By item, in words.
    answers: Mapping[str, str] = field(default_factory=dict)

    def _show_fields(
        self, fields: tuple[PartField, ...], prefix: str, row: Any, reading: PartReading
    ) -> list[dict[str, Any]]:
        row = row or {}
        of_item = {"a_states": row.get("a"), "b_states": row.get("b"), "named_states": row.get("b")}
        hinted = [
            replace(entry, hint=self._hint(of_item[entry.name])) if entry.name in of_item else entry for entry in fields
        ]
        return show_all(tuple(hinted), prefix, row, reading)

    def _hint(self, code: Any) -> str:
        if not self.answers.get(str(code)):
            return gettext("Words with spaces between them. Save once an item is chosen, to see which it has.")
        return gettext("%(code)s has: %(answers)s") % {"code": code, "answers": self.answers[str(code)]}
