"""The process that opens PDFs of strangers: it reads two files out of them, and is ended if that takes too much.

Nothing of Django and nothing of ours but the limits is imported here. What it found travels back as JSON, never as
objects: whatever a hostile file makes of this process, the application reads nothing but text from it.
"""

import base64
import json
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any

from assessments.reports.child import limit

MOST_FILES = 20  # in one PDF; ours hold two


def read_files(
    answers: Connection, content: bytes, names: Sequence[str], most: int, memory: int, cpu_seconds: int
) -> None:
    """Send what the PDF holds under these names, each at most `most` bytes, and how many pages it has."""
    limit(memory, cpu_seconds)
    try:
        found = _read(content, names, most)
    except BaseException as error:
        found = {"problem": type(error).__name__}
    answers.send_bytes(json.dumps(found).encode())
    answers.close()


def _read(content: bytes, names: Sequence[str], most: int) -> dict[str, Any]:
    # Only here: the application itself never opens a PDF of a stranger.
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    found: dict[str, list[str]] = {name: [] for name in names}
    for index in range(min(document.count_attachments(), MOST_FILES)):
        file = document.get_attachment(index)
        name = file.get_name()
        if name in found:
            data = bytes(file.get_data())
            if len(data) > most:
                return {"problem": "too large"}
            found[name].append(base64.b64encode(data).decode("ascii"))
    return {"pages": len(document), "files": found}
