"""Say which question sets are stored, and which versions are coming."""

import json
from argparse import ArgumentParser
from typing import Any

from attributes.management.base import NO_QUESTION_SET, DatabaseCommand
from attributes.models import Draft, QuestionSet


class Command(DatabaseCommand):
    """List the stored versions, the highest of each slug first, and after them the drafts."""

    help = "List the stored question sets, highest version first, and the drafts of coming versions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--json."""
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line per version and draft, or a JSON list."""
        rows = [*map(_version, QuestionSet.objects.newest_first()), *map(_draft, _drafts())]
        if options["json"]:
            self.stdout.write(json.dumps(rows, indent=2))
            return
        if not rows:
            self.stdout.write(NO_QUESTION_SET)
        for row in rows:
            self.stdout.write(_line(row))


def _drafts() -> list[Draft]:
    return list(Draft.objects.with_base().order_by("slug", "pk"))


def _version(row: QuestionSet) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "version": row.version,
        "status": row.status,
        "experimental": row.experimental,
        "languages": row.languages,
        "digest": row.digest,
        "published_at": row.published_at and row.published_at.isoformat(),
        "draft": None,
        "based_on": row.based_on or None,
    }


def _draft(draft: Draft) -> dict[str, Any]:
    """A coming version has neither number nor digest yet: both are settled when it is published."""
    content = draft.content if isinstance(draft.content, dict) else {}
    return {
        "slug": draft.slug,
        "version": None,
        "status": draft.status,
        "experimental": content.get("experimental") is True,
        "languages": content.get("languages", []),
        "digest": None,
        "published_at": None,
        "draft": draft.code,
        "based_on": draft.base.version if draft.base else None,
    }


def _line(row: dict[str, Any]) -> str:
    name = row["version"] or f"draft {row['draft']}"
    if row["draft"] and row["based_on"]:
        name += f" (from {row['based_on']})"
    parts = [row["slug"], name, row["status"], f"[{', '.join(row['languages'])}]"]
    if row["digest"]:
        parts.append(row["digest"][:12])
    if row["experimental"]:
        parts.append("experimental")
    return " ".join(parts)
