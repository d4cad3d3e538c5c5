import io
import re
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from django.core.management import CommandError, call_command

from assessments.models import Assessment
from tests.printed import pages_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_one_code_gives_the_report_on_one(submitted: Callable[..., Assessment], tmp_path: Path) -> None:
    assessment = submitted(name="Forum")
    out = io.StringIO()
    call_command("render_report", assessment.code, output=tmp_path / "one.pdf", stdout=out)
    document = pypdf.PdfReader(tmp_path / "one.pdf")
    assert document.metadata.title == "Forum: full report"
    assert f"{len(document.pages)} pages" in out.getvalue()


def test_several_codes_give_a_comparison(submitted: Callable[..., Assessment], tmp_path: Path) -> None:
    codes = [submitted(name=name).code for name in ("A", "B")]
    call_command("render_report", *codes, output=tmp_path / "two.pdf", stdout=io.StringIO())
    assert pypdf.PdfReader(tmp_path / "two.pdf").metadata.title == "Comparison of 2 processes"


def test_unknown_code_is_an_error_and_writes_nothing(submitted: Callable[..., Assessment], tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No assessment has the code nosuchcode"):
        call_command("render_report", submitted().code, "nosuchcode", output=tmp_path / "x.pdf")
    assert not (tmp_path / "x.pdf").exists()


def test_file_that_cannot_be_written_is_an_error(
    submitted: Callable[..., Assessment], tmp_path: Path, quick: list[str]
) -> None:
    with pytest.raises(CommandError, match="No such file or directory"):
        call_command("render_report", submitted().code, output=tmp_path / "no" / "x.pdf")


def test_kinds_papers_and_endings(submitted: Callable[..., Assessment], tmp_path: Path) -> None:
    code = submitted(name="Forum").code
    out = io.StringIO()
    call_command("render_report", code, kind="board", paper="Letter", output=tmp_path / "b.pdf", stdout=out)
    document = pypdf.PdfReader(tmp_path / "b.pdf")
    assert document.metadata.title == "Forum: board paper"
    assert len(document.pages) <= 2
    assert [round(float(side)) for side in document.pages[0].mediabox[2:]] == [612, 792]
    for kind in ("board", "full"):
        call_command("render_report", code, kind=kind, output=tmp_path / f"{kind}.docx", stdout=out)
        assert (tmp_path / f"{kind}.docx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kind": "comparison", "output": "x.docx"}, "A comparison .* cannot be written as a Word file"),
        ({"kind": "board", "output": "x.txt"}, "only an annual page .* as text. Or end in .pdf"),
        ({"kind": "board", "output": "x.pdf", "annexes": ["method"]}, "Only a full report has annexes"),
        ({"kind": "comparison", "output": "x.pdf"}, "Choose 2 to 12 assessments"),
        ({"kind": "board", "output": "x.pdf", "restricted": True}, "no restricted version"),
    ],
)
def test_what_does_not_go_together_is_said(
    submitted: Callable[..., Assessment], tmp_path: Path, options: dict[str, object], message: str
) -> None:
    options["output"] = tmp_path / str(options["output"])
    with pytest.raises(CommandError, match=message):
        call_command("render_report", submitted().code, **options)
    assert not list(tmp_path.iterdir())


def test_a_paper_of_one_is_not_drawn_of_two(submitted: Callable[..., Assessment], tmp_path: Path) -> None:
    codes = [submitted(name=name).code for name in ("A", "B")]
    with pytest.raises(CommandError, match="shows one assessment; 2 codes"):
        call_command("render_report", *codes, kind="board", output=tmp_path / "x.pdf")


def rounds_of(submitted: Callable[..., Assessment], count: int) -> list[Assessment]:
    """Submitted rounds of one process."""
    first = submitted(name="Forum")
    return [first, *(submitted(process=first.process) for _number in range(count - 1))]


def test_rounds_over_time_by_the_process_by_a_round_or_exactly_these(
    submitted: Callable[..., Assessment], tmp_path: Path, quick: list[str]
) -> None:
    rounds = rounds_of(submitted, 3)
    asked = {
        "process": ([rounds[0].process.code], "3 rounds, 1 to 3"),
        "round": ([rounds[1].code], "3 rounds, 1 to 3"),
        "these": ([rounds[0].code, rounds[2].code], "2 rounds, 1 to 3"),
    }
    for name, (codes, words) in asked.items():
        file = tmp_path / f"{name}.pdf"
        call_command("render_report", *codes, kind="over_time", output=file, stdout=io.StringIO())
        html = quick.pop()
        assert re.search(r"<title>\s*Forum over time\s*</title>", html)
        assert words in " ".join(html.partition("</h1>")[2][:1000].split())
        assert file.read_bytes().startswith(b"%PDF")


def test_rounds_over_time_are_drawn(submitted: Callable[..., Assessment], tmp_path: Path) -> None:
    code, file = rounds_of(submitted, 2)[0].process.code, tmp_path / "x.pdf"
    call_command("render_report", code, kind="over_time", output=file, stdout=io.StringIO())
    assert pypdf.PdfReader(file).metadata.title == "Forum over time"
    assert "2 rounds, 1 to 2" in pages_of(file.read_bytes())[0]


def test_rounds_of_several_processes_and_a_single_round_are_errors(
    submitted: Callable[..., Assessment], tmp_path: Path
) -> None:
    one, other = submitted(name="A"), submitted(name="B")
    for codes, message in (
        ([one.code, other.code], "rounds of one process; these are of several"),
        ([one.code], "no two submitted rounds"),
        (["nosuchcode"], "No process or assessment has the code nosuchcode"),
    ):
        with pytest.raises(CommandError, match=message):
            call_command("render_report", *codes, kind="over_time", output=tmp_path / "x.pdf")
    with pytest.raises(CommandError, match="restricted version"):
        call_command("render_report", one.code, kind="over_time", restricted=True, output=tmp_path / "x.pdf")
