"""From HTML to a PDF that a child process draws."""

import multiprocessing
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from django.utils.translation import gettext as _

from assessments.reports import child

MEMORY_LIMIT = 1536 * 1024 * 1024  # bytes
CPU_LIMIT = 60  # seconds
WALL_LIMIT = 120  # seconds
# Of a picture: somebody waits for it, and it has no more than a page.
PICTURE_MEMORY = 1024 * 1024 * 1024  # bytes
PICTURE_CPU = 15  # seconds
PICTURE_WALL = 30  # seconds
BEAT = 5  # seconds between two calls of `on_wait`

PACKAGES = "apt-get install --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0"


class RenderError(Exception):
    """A report could not be drawn. `reason` is for people, `detail` for those who look after the site."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


class PdfUnavailable(RenderError):
    """The system lacks what WeasyPrint needs."""


@dataclass(frozen=True)
class RenderedPdf:
    """A finished PDF and its number of pages."""

    content: bytes
    pages: int


_context_lock = threading.Lock()
_context: Any = None


def render_pdf(
    html: str,
    *,
    fonts: Sequence[str] = (),
    style: str = "",
    carried: Sequence[child.Carried] = (),
    on_wait: Callable[[], None] | None = None,
    memory: int = MEMORY_LIMIT,
    cpu_seconds: int = CPU_LIMIT,
    wall_seconds: float = WALL_LIMIT,
) -> RenderedPdf:
    """Draw HTML in a child process; `on_wait` is called every few seconds until it is done.

    `fonts` are the files to use beside the ones that come with msgov; `style` comes after the style sheets; `carried`
    are the files that lie in the PDF.

    Raises RenderError for whatever keeps the report from being complete, PdfUnavailable without Pango.
    """
    return _drawn(child.work, (html, fonts, style, carried, memory, cpu_seconds), wall_seconds, on_wait)


def render_png(html: str, *, fonts: Sequence[str] = (), style: str = "") -> bytes:
    """Draw HTML as a PNG, which somebody waits for: with less time and memory than a report has.

    Raises RenderError like `render_pdf`.
    """
    limits = (PICTURE_MEMORY, PICTURE_CPU)
    return _drawn(child.work_picture, (html, fonts, style, *limits), PICTURE_WALL, None).content


def _drawn(
    work: Callable[..., None], what: tuple[Any, ...], wall_seconds: float, on_wait: Callable[[], None] | None
) -> RenderedPdf:
    """What a child makes of it within the limits; the last two of `what` are memory and seconds of work."""
    *_what, memory, cpu_seconds = what
    context = process_context()
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(sending, *what), daemon=True)
    try:
        process.start()
        sending.close()
        answer = _wait(receiving, wall_seconds, on_wait)
    except OSError as error:
        raise RenderError(_("The process that draws reports could not be started."), str(error)) from error
    finally:
        receiving.close()
        _end(process)
    if answer is None:
        raise RenderError(_("Drawing took longer than %(n)s seconds.") % {"n": int(wall_seconds)}, "wall limit")
    if not answer:
        raise RenderError(
            _("Drawing was ended by the system: the report is too large for the limits of time or memory."),
            f"exit code {process.exitcode}, limits {cpu_seconds} s of work, {memory} bytes",
        )
    return _result(answer)


def warm_up() -> None:
    """Start the process that children are forked from, so that the first report does not wait for it."""
    context = process_context()
    process = context.Process(target=_nothing, daemon=True)
    process.start()
    process.join()


def process_context() -> Any:
    """Return how children are made: forked from a server that has the engine loaded, or started anew.

    Forking straight from here would copy threads and database connections.
    """
    global _context
    with _context_lock:
        if _context is None:
            # Elsewhere forking after the system's font library is loaded is unsafe, or there is no forking at all.
            if sys.platform == "linux":
                _context = multiprocessing.get_context("forkserver")
                _context.set_forkserver_preload(["assessments.reports.preload"])
            else:
                _context = multiprocessing.get_context("spawn")
        return _context


def _nothing() -> None:
    """The shortest job."""


def _wait(
    receiving: Connection, wall_seconds: float, on_wait: Callable[[], None] | None
) -> child.Answer | tuple[()] | None:
    """Return the answer, () if the child is gone without one, or None if time is up."""
    deadline = time.monotonic() + wall_seconds
    while (left := deadline - time.monotonic()) > 0:
        if receiving.poll(min(BEAT, left)):
            try:
                answer: child.Answer = receiving.recv()
            except EOFError:
                return ()
            return answer
        if on_wait:
            on_wait()
    return None


def _end(process: Any) -> None:
    if process.pid is None:
        return
    process.join(1)
    if process.is_alive():
        process.kill()
        process.join()


def _result(answer: child.Answer) -> RenderedPdf:
    if answer[0] == "pdf":
        return RenderedPdf(content=answer[1], pages=answer[2])
    kind, reason, detail = answer
    if kind == "unavailable":
        message = _("PDFs need system packages that are missing here. On Debian or Ubuntu: %(command)s")
        raise PdfUnavailable(message % {"command": PACKAGES}, detail)
    raise RenderError(_("The report could not be drawn: %(reason)s") % {"reason": reason[:300]}, detail)
