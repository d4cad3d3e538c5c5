"""`python -m tests.unchanged record FOLDER` and `python -m tests.unchanged compare FOLDER_A FOLDER_B`."""

import argparse
import sys
from pathlib import Path

from tests.unchanged.compare import compare, report
from tests.unchanged.record import record


def main() -> int:
    """Record or compare."""
    parser = argparse.ArgumentParser(prog="python -m tests.unchanged", description="Shows that nothing changed.")
    commands = parser.add_subparsers(dest="command", required=True)
    recording = commands.add_parser("record", help="write down what the application answers and writes")
    recording.add_argument("folder", type=Path, help="not there yet, or empty")
    comparing = commands.add_parser("compare", help="say what differs between two recordings; exit status 1 if any")
    comparing.add_argument("a", type=Path)
    comparing.add_argument("b", type=Path)
    comparing.add_argument("--loose", action="store_true", help="whitespace next to elements in a line does not count")
    comparing.add_argument("--by-file", action="store_true", help="all differences of each file, not each once")
    comparing.add_argument("--known", type=Path, metavar="FILE", help="marks of differences that are explained")
    arguments = parser.parse_args()
    if arguments.command == "record":
        record(arguments.folder)
        return 0
    known = arguments.known.read_text(encoding="utf-8") if arguments.known else ""
    found = compare(arguments.a, arguments.b, is_loose=arguments.loose, known=known)
    sys.stdout.write(report(found, by_file=arguments.by_file))
    return 1 if found.differs else 0


if __name__ == "__main__":
    sys.exit(main())
