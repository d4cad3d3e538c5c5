"""An answer of the application as text: status, headers that matter, content."""

from tests.unchanged.contents import page_text, text_of
from tests.unchanged.people import ReceivedAnswer, RecordedVisitor
from tests.unchanged.recording import Recording

# As far as they are there. Not those that differ every time, and not the length.
HEADERS = (
    "Location",
    "Content-Type",
    "Content-Disposition",
    "Content-Language",
    "Content-Security-Policy",
    "Cache-Control",
    "Allow",
    "Vary",
    "Retry-After",
    "X-Frame-Options",
    "X-Content-Type-Options",
    "X-Robots-Tag",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Permissions-Policy",
    "HX-Redirect",
    "HX-Refresh",
    "HX-Trigger",
    "HX-Retarget",
    "HX-Reswap",
)


def answer_text(asked: str, answer: ReceivedAnswer, content: str | None = None) -> str:
    """What was asked, and all of the answer that is compared. `content`: as text, if that is known."""
    lines = [asked, f"status: {answer.status}"]
    lines += [f"{name}: {_in_order(name, answer.headers[name])}" for name in HEADERS if name in answer.headers]
    lines += [f"cookie: {cookie}" for cookie in answer.cookies]
    if content is None:
        content = "" if answer.location or not answer.content else text_of(answer.content, answer.kind)
    return "\n".join(lines) + "\n\n" + content


def _in_order(name: str, value: str) -> str:
    """A header whose parts may come in any order, in one."""
    separator = {"Content-Security-Policy": "; ", "Vary": ", ", "Allow": ", "}.get(name)
    return separator.join(sorted(value.split(separator))) if separator else value


def record_answer(
    recording: Recording, folder: str, person: RecordedVisitor, asked: str, answer: ReceivedAnswer
) -> None:
    """Write one answer, as `folder/person/what was asked`."""
    name = f"{folder}/{person.name}/{recording.file_name(asked)}.txt"
    content = None
    if answer.html and not answer.location:
        content, assets = page_text(answer.html)
        recording.note_assets(name, assets)
    recording.write(name, answer_text(f"{asked} as {person.name}", answer, content))
