"""Whether what is said of opened evidence can have been: of what was there, by somebody, after it was given."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from assessments.answers.evidence import file_reference, piece_digest
from assessments.answers.value import link_lines
from assessments.archive.paths import Problem
from assessments.archive.schema import AnswerEntry, FileEntry, OpeningEntry

# A day is one of the process's time zone, which may be as far from UTC as this and may have been another one then.
ZONES_APART = timedelta(days=1)


def opening_problems(
    openings: Sequence[OpeningEntry], answers: Sequence[AnswerEntry], files: Sequence[FileEntry], where: str
) -> Iterator[Problem]:
    """Return what cannot be of the openings of one version."""
    answered = {answer.item: answer for answer in answers}
    for index, opening in enumerate(openings):
        path = f"{where}.openings[{index}]"
        answer = answered.get(opening.item)
        if answer is None:
            yield f"{path}.item: “{opening.item}” has no answer, and so no evidence that could be opened"
            continue
        if abs(opening.at.date() - opening.day) > ZONES_APART:
            yield f"{path}.day: is not the day of {opening.at:%Y-%m-%d}, in whatever time zone"
        given = [
            file for file in files if file.item == opening.item and file_reference(file.sha256) == opening.reference
        ]
        if given and opening.at < min(file.uploaded_at for file in given):
            yield f"{path}.at: it was opened before the file was uploaded"
        if opening.made_for != piece_digest(answer.evidence_text, opening.reference):
            continue  # of an earlier sentence: kept, and of no effect
        if not given and opening.reference.startswith(file_reference("")):
            yield f"{path}.reference: is no file of “{opening.item}”"
        elif not given and opening.reference not in link_lines(answer.evidence_links):
            yield f"{path}.reference: is no evidence of “{opening.item}”"
