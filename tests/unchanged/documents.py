"""What leaves the site as files: results, archives, question sets, PDFs, and what the commands print."""

import json
import re
from pathlib import Path

from django.conf import settings
from django.core.management import get_commands, load_command_class

from assessments.models import Assessment, FrozenResult, Report, WaveSnapshot
from attributes.models import Draft, QuestionSet
from tests.unchanged.assets import all_rules, all_scripts
from tests.unchanged.contents import as_json, pdf_text, text_of
from tests.unchanged.deterministic import clock
from tests.unchanged.queue import Waiting
from tests.unchanged.recording import Recording
from tests.unchanged.world import OWN_APPS, command

KINDS = {
    "yaml": "application/yaml",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# How large a file is may change with what nobody sees, such as line breaks in its source.
SIZE = re.compile(r", \d+ bytes")
ATTEMPTS = 5
# What is said where results have no questions in common: a refusal that holds, however often one asks.
NOT_COMPARED = "can be compared"
KIND: tuple[tuple[str, ...], ...] = ((), ("--json",))


def record_documents(recording: Recording, folder: Path) -> None:
    """Everything. `folder`: for files on the way."""
    for static in map(Path, settings.STATICFILES_DIRS):
        recording.write("assets/rules.txt", all_rules(static))
        recording.write("assets/scripts.txt", all_scripts(static))
    record_commands(recording)
    record_results(recording)
    record_archives(recording, folder)
    record_question_sets(recording, folder)
    recording.write("commands/sweep_reports.txt", draw_reports())
    record_reports(recording, folder)


def record_commands(recording: Recording) -> None:
    """What commands print that change nothing, and how each is called."""
    for name, app in sorted(get_commands().items()):
        if str(app).startswith(OWN_APPS):
            parser = load_command_class(app, name).create_parser("manage.py", name)
            recording.write(f"commands/help/{name}.txt", parser.format_help())
    versions = [f"{row.slug}@{row.version}" for row in QuestionSet.objects.exclude(status="draft").order_by("pk")]
    drafts = [f"draft:{row.code}" for row in Draft.objects.order_by("pk")]
    calls = [
        ("list_assessments",),
        ("list_assessments", "--json"),
        ("list_question_sets",),
        ("list_question_sets", "--json"),
        ("check_results",),
        ("close_waves",),
        ("load_question_set",),
        ("seed_demo",),
        ("seed_demo", "--force"),
        ("prepare",),
        ("export_assessment", "no-such-code"),
        ("export_question_set", "no-such-set@1.0.0"),
        ("migrate_assessment", "demo-northvale-2", "--to", "9.9.9"),
        ("render_report", "no-such-code", "--output", "nowhere.pdf"),
        ("import_assessment", "no-such-file.json"),
        *(("diff_question_sets", first, second, *kind) for first, second in pairs(versions + drafts) for kind in KIND),
    ]
    for call in calls:
        recording.write(f"commands/{recording.file_name(' '.join(call))}.txt", command(*call))


def pairs(names: list[str]) -> list[tuple[str, str]]:
    """Each with each that comes later."""
    return [(first, second) for place, first in enumerate(names) for second in names[place + 1 :]]


def record_results(recording: Recording) -> None:
    """Frozen results of both tracks and what reports are drawn from, with their digests."""
    for result in FrozenResult.objects.select_related("assessment").order_by("pk"):
        name = f"results/{result.assessment.code} no. {result.number}.json"
        recording.write(name, as_json({"digest": result.digest, "document": result.document}))
    for snapshot in WaveSnapshot.objects.select_related("wave__assessment").order_by("pk"):
        name = f"results/{snapshot.wave.assessment.code} wave {snapshot.wave.number} no. {snapshot.number}.json"
        content = {"digest": snapshot.digest, "document": snapshot.document, "tallies": snapshot.tallies}
        recording.write(name, as_json(content))
    for report in Report.objects.order_by("pk"):
        recording.write(f"results/report {report.pk} {report.kind}.json", as_json(getattr(report, "document", None)))


def record_archives(recording: Recording, folder: Path) -> None:
    """Every assessment as an archive; one of them read back and written again."""
    for assessment in Assessment.objects.order_by("pk"):
        content = exported(folder, "export_assessment", assessment.code)
        recording.write(f"archives/{assessment.code}.json", as_json(json.loads(content)))
    file = folder / "archive.json"
    file.write_bytes(exported(folder, "export_assessment", "demo-northvale-2"))
    code = command("import_assessment", str(file), "--owner", "organiser@example.org").strip()
    recording.name_codes({code: "imported"})
    recording.write("archives/imported.json", as_json(json.loads(exported(folder, "export_assessment", code))))
    file.write_text("{}")
    recording.write("commands/import_assessment of nothing.txt", command("import_assessment", str(file)))


def record_question_sets(recording: Recording, folder: Path) -> None:
    """Every version and draft in every format, to the byte where it is text; and a draft made of a file."""
    for row in QuestionSet.objects.exclude(status="draft").order_by("pk"):
        _record_set(recording, folder, f"{row.slug}@{row.version}")
    for draft in Draft.objects.order_by("pk"):
        _record_set(recording, folder, f"draft:{draft.code}")
        recording.write(f"question-sets/draft {draft.code}.json", as_json(draft.content))
    file = folder / "set.yaml"
    file.write_bytes(exported(folder, "export_question_set", "netmundial-process-principles@1.0.0"))
    printed = command("load_question_set", str(file), "--draft", "--owner", "editor@example.org")
    recording.name_codes({Draft.objects.latest("pk").code: "loaded"})
    recording.write("commands/load_question_set as a draft.txt", printed)
    recording.write("question-sets/draft loaded.json", as_json(Draft.objects.latest("pk").content))


def _record_set(recording: Recording, folder: Path, reference: str) -> None:
    for kind, content_type in KINDS.items():
        content = exported(folder, "export_question_set", reference, "--format", kind)
        shown = content.decode() if kind != "xlsx" else text_of(content, content_type)
        recording.write(f"question-sets/{reference}.{kind}", shown)


def exported(folder: Path, *call: str) -> bytes:
    """What a command writes into a file."""
    file = folder / "exported"
    printed = command(*call, "--output", str(file))
    if "refused" in printed:
        raise RuntimeError(f"{' '.join(call)}: {printed}")
    return file.read_bytes()


def draw_reports() -> str:
    """Draw every report that waits. Returns what the command printed the first time.

    On a busy machine drawing may take longer than the application allows: that says nothing about the code, so it is
    tried again, and a recording without it fails.
    """
    Waiting.draws = True
    printed = []
    for _attempt in range(ATTEMPTS):
        clock.tick(minutes=10)  # what waits for longer than five minutes is taken up
        printed.append(command("sweep_reports"))
        undrawn = Report.objects.exclude(state="ready")
        if not undrawn.exists():
            return printed[0]
        undrawn.update(state="queued", error="", attempts=0, heartbeat_at=None)
    raise RuntimeError("Reports could not be drawn.")


def drawn(file: Path, *call: str) -> str:
    """What drawing a PDF prints, and the PDF."""
    for _attempt in range(ATTEMPTS):
        printed = command("render_report", *call, "--output", str(file))
        if NOT_COMPARED in printed:
            return printed
        if "refused" not in printed:
            return SIZE.sub("", printed.replace(str(file), "FILE")) + pdf_text(file.read_bytes())
    raise RuntimeError(f"render_report {' '.join(call)}: {printed}")


def record_reports(recording: Recording, folder: Path) -> None:
    """Every report that was drawn, restricted ones, comparisons, and that on a draft."""
    for report in Report.objects.order_by("pk"):
        codes = " ".join(assessment.code for assessment in report.assessments.order_by("pk"))
        content = pdf_text(report.file.read())
        recording.write(f"pdf/{report.pk} {codes}.txt", f"{report.state}, {report.pages} pages\n{content}")
    submitted = [row.code for row in Assessment.objects.exclude(state="draft").order_by("pk")]
    demo = [code for code in submitted if code.startswith("demo-")]
    draft = Assessment.objects.filter(state="draft").order_by("pk")[:1].get()
    calls = {
        "restricted": ("demo-northvale-2", "--restricted"),
        "comparison of the demonstration": tuple(demo),
        "comparison of one set of questions": ("demo-northvale-2", "demo-southmere-1"),
        "comparison of all": tuple(submitted),
        "draft": (draft.code,),
    }
    for name, call in calls.items():
        recording.write(f"pdf/{name}.txt", drawn(folder / "report.pdf", *call))
