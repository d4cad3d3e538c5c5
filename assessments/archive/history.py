"""Whether the history of an assessment is whole: every submission has its result, nothing happens before its time."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from assessments.archive.acted import acted_problems
from assessments.archive.events import EventHistory
from assessments.archive.frozen_then import frozen_problems
from assessments.archive.paths import Problem, moments_of
from assessments.archive.reviews import review_problems
from assessments.archive.schema import Archive

# Clocks of two computers differ.
CLOCKS_APART = timedelta(hours=1)


def history_problems(archive: Archive) -> Iterator[Problem]:
    """Return everything in which the history of an archive is not whole, or contradicts itself."""
    latest = timezone.now() + CLOCKS_APART
    for path, moment in moments_of(archive):
        if moment > latest:
            yield f"{path}: is later than now"
    yield from acted_problems(archive, latest)
    yield from _versions(archive)
    yield from _files(archive)
    walk = EventHistory(archive)
    yield from walk.problems()
    yield from frozen_problems(archive, walk.submissions)
    yield from review_problems(archive)


def _versions(archive: Archive) -> Iterator[Problem]:
    versions = [archive.question_set, *(other.question_set for other in archive.other_versions)]
    for index, other in enumerate(archive.other_versions):
        if other.question_set.slug != archive.question_set.slug:
            yield f"$.other_versions[{index}].question_set.slug: is another question set than the archive's"
    known = Counter(version.version for version in versions)
    yield from (f"$.other_versions: version {name} is there twice" for name, count in known.items() if count > 1)
    for index, move in enumerate(archive.moves):
        for name in ("from_version", "to_version"):
            if getattr(move, name) not in known:
                yield f"$.moves[{index}].{name}: what was answered in {getattr(move, name)} is not in the archive"
        if move.undone_at is not None and move.undone_at < move.at:
            yield f"$.moves[{index}].undone_at: it was undone before it was made"
    moved = {name for move in archive.moves for name in (move.from_version, move.to_version)}
    for index, other in enumerate(archive.other_versions):
        if other.question_set.version not in moved:
            yield f"$.other_versions[{index}].question_set.version: no move leads to or from it"


def _files(archive: Archive) -> Iterator[Problem]:
    parts = [("$", archive.files)]
    parts += [(f"$.other_versions[{index}]", other.files) for index, other in enumerate(archive.other_versions)]
    for where, files in parts:
        for index, file in enumerate(files):
            if file.uploaded_at < archive.assessment.created_at:
                yield f"{where}.files[{index}].uploaded_at: is before the assessment was begun"
            if file.removed_at is not None and file.removed_at < file.uploaded_at:
                yield f"{where}.files[{index}].removed_at: is before it was uploaded"
