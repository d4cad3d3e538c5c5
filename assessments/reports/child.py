"""The process that draws: imported before forking, and the only place that touches WeasyPrint.

Nothing of Django and nothing of ours is imported here, so that the process stays small, and so that whatever goes
wrong while a report is drawn cannot reach the application: memory and time are limited, and nothing can be fetched.
"""

import gc
import logging
import os
import shutil
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal

from assessments.reports.finisher import finish
from assessments.reports.raster import png_of

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
STYLES = HERE.parents[1] / "static" / "css"
# The pictures of the pages are those of the reports, which have the last word on sizes.
STYLE = "\n".join(
    (STYLES / name).read_text(encoding="utf-8") for name in ("pictures.css", "reports.css", "comparing-print.css")
)
# The only address that is opened: its content stands in it. Such a picture was made here (`brand`).
LOGO = "data:image/png;base64,"
# PDF/A-3 with tags, for it may carry files of any kind; the finisher makes PDF/UA-1 of it as well.
VARIANT = "pdf/a-3a"

FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <dir>{others}</dir>
  <cachedir>{cache}</cachedir>
  <config><rescan><int>0</int></rescan></config>
</fontconfig>
"""

# What travels back: ("pdf", bytes, pages), or ("error" | "unavailable", reason, detail).
Answer = tuple[Literal["pdf"], bytes, int] | tuple[Literal["error", "unavailable"], str, str]


@dataclass(frozen=True)
class Carried:
    """A file that lies in the PDF. `day` is its date (YYYY-MM-DD); `as_it_is`: its bytes are not compressed."""

    name: str
    about: str
    day: str
    content: bytes
    as_it_is: bool = False


class Engine:
    """WeasyPrint with the style sheet read, ready to draw. Raises OSError without Pango.

    It holds no fonts: from 1.52 on, Pango looks for them in a thread that belongs to their map. Whoever is forked has
    the map without the thread, and would wait for it for ever.
    """

    def __init__(self) -> None:
        with only_these_fonts():
            import weasyprint
            from weasyprint.text.fonts import FontConfiguration

            self.weasyprint = weasyprint
            self.new_fonts = FontConfiguration
            self.style = weasyprint.CSS(string=STYLE, url_fetcher=self.fetcher())
            # Much is loaded and read on first use: here once, instead of in every process that draws.
            self.draw('<html lang="en"><title>-</title><p>A<b>b</b><i>c</i>\u0639\u4e2d\U0001f600</p></html>')

    def fetcher(self) -> Any:
        """Return a fetcher that fetches nothing: pictures are drawn inside the page, or are a logo in it."""

        class LockedFetcher(self.weasyprint.urls.URLFetcher):  # type: ignore[misc, name-defined]
            def fetch(self, url: str, headers: object = None) -> Any:
                if not url.startswith(LOGO):
                    raise ValueError(f"A report must not fetch anything: {url[:200]}")
                return super().fetch(url, headers)

        return LockedFetcher(allowed_protocols=("data",), allow_redirects=False)

    def draw(
        self, html: str, fonts: Sequence[str] = (), style: str = "", carried: Sequence[Carried] = ()
    ) -> tuple[bytes, int]:
        """Return the PDF and its number of pages. `fonts`: files beside the bundled ones, `style` says for what."""
        styles = [self.style, self.weasyprint.CSS(string=style, url_fetcher=self.fetcher())] if style else [self.style]
        source = self.weasyprint.HTML(string=html, url_fetcher=self.fetcher())
        with only_these_fonts(fonts):
            document = source.render(stylesheets=styles, font_config=self.new_fonts(), pdf_variant=VARIANT)
            # As a setting of its own `pdf_identifier` would be False here, whatever the variant needs.
            content = document.write_pdf(
                finisher=partial(finish, as_they_are=[each.name for each in carried if each.as_it_is]),
                pdf_variant=VARIANT,
                pdf_identifier=True,
                attachments=[self.attachment(each) for each in carried],
            )
        return content, len(document.pages)

    def attachment(self, carried: Carried) -> Any:
        """Return a file as WeasyPrint attaches it. Without a date it would take the time of drawing."""
        day = datetime.fromisoformat(f"{carried.day}T00:00:00+00:00")
        return self.weasyprint.Attachment(
            string=carried.content,
            name=carried.name,
            description=carried.about,
            created=day,
            modified=day,
            relationship="Data",
            url_fetcher=self.fetcher(),
        )


@contextmanager
def only_these_fonts(files: Sequence[str] = ()) -> Iterator[None]:
    """Let Fontconfig see the bundled fonts and these: what else the machine has must not change a report."""
    with tempfile.TemporaryDirectory(prefix="msgov-fonts-") as folder:
        others = Path(folder) / "others"
        others.mkdir()
        for number, file in enumerate(files):
            _bring(Path(file), others / f"{number}{Path(file).suffix}")
        conf = Path(folder) / "fonts.conf"
        conf.write_text(FONTS_CONF.format(fonts=FONTS, others=others, cache=folder), encoding="utf-8")
        before = os.environ.get("FONTCONFIG_FILE")
        os.environ["FONTCONFIG_FILE"] = str(conf)
        try:
            yield
        finally:
            os.environ.pop("FONTCONFIG_FILE")
            if before is not None:
                os.environ["FONTCONFIG_FILE"] = before


def _bring(file: Path, here: Path) -> None:
    try:
        here.symlink_to(file)
    except OSError:  # Windows lets few people make links
        shutil.copyfile(file, here)


class Collector(logging.Handler):
    """Keeps what WeasyPrint reports as an error: it would otherwise leave a hole in the page and go on."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record.getMessage())


_engine: Engine | None = None
_unavailable = ""


def prepare() -> None:
    """Load the engine once per process, and freeze what is loaded so that children share it."""
    global _engine, _unavailable
    if _engine is not None or _unavailable:
        return
    try:
        # Without Pango, WeasyPrint prints a banner before it raises.
        _engine = Engine()
    except OSError as error:
        _unavailable = str(error)
    gc.collect()
    gc.freeze()


def work(
    answers: Connection,
    html: str,
    fonts: Sequence[str],
    style: str,
    carried: Sequence[Carried],
    memory: int,
    cpu_seconds: int,
) -> None:
    """Draw one report and send the answer. `memory` in bytes."""
    prepare()
    answers.send(attempt(html, memory, cpu_seconds, fonts, style, carried))
    answers.close()


def work_picture(
    answers: Connection, html: str, fonts: Sequence[str], style: str, memory: int, cpu_seconds: int
) -> None:
    """The same as a picture: what comes back in place of the PDF is a PNG."""
    prepare()
    answer = attempt(html, memory, cpu_seconds, fonts, style)
    if answer[0] == "pdf":
        answer = _pictured(answer[1])
    answers.send(answer)
    answers.close()


def _pictured(pdf: bytes) -> Answer:
    try:
        return "pdf", png_of(pdf), 1
    except BaseException as error:
        return "error", f"{type(error).__name__}: {error}", traceback.format_exc()


def attempt(
    html: str,
    memory: int,
    cpu_seconds: int,
    fonts: Sequence[str] = (),
    style: str = "",
    carried: Sequence[Carried] = (),
) -> Answer:
    """Draw within the limits and put whatever happens into an answer."""
    if _engine is None:
        return "unavailable", "WeasyPrint cannot be used on this machine.", _unavailable
    collector = Collector()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(collector)
    # The process ends after this one job: collecting garbage would cost more than it frees.
    gc.disable()
    try:
        limit(memory, cpu_seconds)
        content, pages = _engine.draw(html, fonts, style, carried)
    except MemoryError:
        return "error", "The report needs more memory than allowed.", f"limit: {memory} bytes"
    except RecursionError:
        return "error", "The report is nested too deeply.", "RecursionError"
    except BaseException as error:
        return "error", f"{type(error).__name__}: {error}", traceback.format_exc()
    finally:
        logger.removeHandler(collector)
    if collector.found:
        return "error", collector.found[0], "\n".join(collector.found)
    return "pdf", content, pages


def limit(memory: int, cpu_seconds: int) -> None:
    """Limit this process where the system can: beyond `cpu_seconds` of work it is ended."""
    try:
        import resource  # noqa: PLC0415 (does not exist on Windows)
    except ImportError:
        return
    for kind, value in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, cpu_seconds)):
        try:
            resource.setrlimit(kind, (value, value))
        except (ValueError, OSError):
            continue  # not on this system, or a lower limit holds already
