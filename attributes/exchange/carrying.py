"""What was uploaded, from the preview to its being applied: compressed and signed in a hidden field of the page.

Not in the session, which would grow with every preview that nobody applies, and not asked for again, since then
another file could be applied than the one that was shown. Signed for one person and one place, for a day.
"""

from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from attributes.exchange.reading import refuse
from attributes.exchange.translations import ImportOutcome, SheetRow, TranslationSheet

# Below what a form may send (DATA_UPLOAD_MAX_MEMORY_SIZE, 2 MB); a set of 500 questions needs a tenth.
MOST_CARRIED = 1_500_000
SECONDS = 24 * 60 * 60


class NotCarried(Exception):
    """What came back is not what was given out, or too old."""


def pack(value: dict[str, Any], *, purpose: str) -> str:
    """Compress and sign; `purpose` says for whom and what. Raises FileRefused where it is too much."""
    packed = signing.dumps(value, salt=f"exchange.{purpose}", compress=True)
    if len(packed) > MOST_CARRIED:
        raise refuse(_("holds too much to be shown first. The command “load_question_set --draft” takes it"))
    return packed


def unpack(packed: str, *, purpose: str) -> dict[str, Any]:
    """What was packed; nothing is decompressed before the signature is checked. Raises NotCarried."""
    try:
        value: dict[str, Any] = signing.loads(packed, salt=f"exchange.{purpose}", max_age=SECONDS)
    except (signing.BadSignature, ValueError) as error:
        raise NotCarried from error
    return value


def sheet_to_values(sheet: TranslationSheet, outcome: ImportOutcome) -> dict[str, Any]:
    """Of a sheet what there is to take from it."""
    numbers = {int("".join(filter(str.isdigit, change.cell))) for change in outcome.changes}
    rows = [
        [row.number, row.key, row.source, dict(row.words), dict(row.places)]
        for row in sheet.rows
        if row.number in numbers
    ]
    comments = [list(comment) for comment in outcome.comments]
    return {"source": sheet.source, "languages": list(sheet.languages), "rows": rows, "comments": comments}


def sheet_from_values(values: dict[str, Any]) -> TranslationSheet:
    """The sheet again."""
    return TranslationSheet(
        values["source"], tuple(values["languages"]), tuple(SheetRow(*row) for row in values["rows"])
    )
