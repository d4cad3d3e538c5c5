"""Taking a PDF of a stranger apart, in a process of its own."""

import base64
import binascii
import json
from dataclasses import dataclass

from assessments.documents.manifest import MANIFEST_FILE, REPORT_FILE
from assessments.reports.render import process_context
from assessments.verifying import child

MOST_BYTES = 25 * 1024 * 1024  # of a PDF; the largest of ours have about 1 MB
MOST_DATA = 12 * 1024 * 1024  # of a file in it
MEMORY_LIMIT = 1024 * 1024 * 1024  # bytes
CPU_LIMIT = 10  # seconds
WALL_LIMIT = 20  # seconds
MOST_ANSWER = 4 * MOST_DATA


@dataclass(frozen=True)
class OpenedPdf:
    """What was found in a PDF: its manifest and its data, each b"" where there is none."""

    manifest: bytes = b""
    report: bytes = b""


class UnreadablePdf(Exception):
    """No PDF, or one that cannot be opened within the limits."""


class AmbiguousPdf(Exception):
    """A PDF that holds a file of ours twice: one of them is not ours."""


def open_pdf(content: bytes) -> OpenedPdf:
    """Return what lies in a PDF. Raises UnreadablePdf and AmbiguousPdf, and nothing else, whatever the file is."""
    if len(content) > MOST_BYTES or b"%PDF-" not in content[:1024]:
        raise UnreadablePdf
    found = _asked_of_child(content)
    try:
        files = {name: [base64.b64decode(each) for each in found["files"][name]] for name in _NAMES}
    except (KeyError, TypeError, binascii.Error) as error:
        raise UnreadablePdf from error
    if any(len(each) > 1 for each in files.values()):
        raise AmbiguousPdf
    return OpenedPdf(*(b"".join(files[name]) for name in _NAMES))


_NAMES = (MANIFEST_FILE, REPORT_FILE)


def _asked_of_child(content: bytes) -> dict[str, dict[str, list[str]]]:
    context = process_context()
    receiving, sending = context.Pipe(duplex=False)
    what = (content, _NAMES, MOST_DATA, MEMORY_LIMIT, CPU_LIMIT)
    process = context.Process(target=child.read_files, args=(sending, *what), daemon=True)
    try:
        process.start()
        sending.close()
        if not receiving.poll(WALL_LIMIT):
            raise UnreadablePdf
        found = json.loads(receiving.recv_bytes(MOST_ANSWER))
    except (OSError, EOFError, ValueError) as error:
        raise UnreadablePdf from error
    finally:
        receiving.close()
        if process.pid is not None:
            process.kill()
            process.join()
    if not isinstance(found, dict) or "files" not in found:
        raise UnreadablePdf
    return found
