"""The rows a result is made of, read in a constant number of queries."""

from collections import defaultdict
from dataclasses import dataclass

from assessments.models import (
    Answer,
    Assessment,
    EvidenceFile,
    Goal,
    Process,
    Response,
    ScreenerAnswer,
    Track,
)
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueSet


@dataclass(frozen=True)
class Rows:
    """Everything stored about one assessment. Answers and files are by the primary key of their item.

    Those to another version of the question set, which the assessment was moved from, are left out.
    """

    assessment: Assessment
    process: Process
    catalogue: CatalogueSet
    groups: list[str]
    screener: dict[str, ScreenerAnswer]
    goals: list[Goal]
    answers: dict[int, Answer]
    files: dict[int, list[EvidenceFile]]


def rows_of(assessment: Assessment) -> Rows:
    """Read the rows of an assessment. At most eight queries, whatever was answered."""
    process = assessment.process
    response = Response.objects.filter(assessment=assessment, track=Track.EVIDENCE)
    catalogue = catalogue_of(assessment.question_set)
    items = {item.pk for item in catalogue.items.values()}
    files: dict[int, list[EvidenceFile]] = defaultdict(list)
    for file in EvidenceFile.objects.filter(response__in=response):
        if file.item_id in items:
            files[file.item_id].append(file)
    answers = Answer.objects.filter(response__in=response)
    return Rows(
        assessment=assessment,
        process=process,
        catalogue=catalogue,
        groups=list(process.groups.values_list("name", flat=True)),
        screener={line.criterion: line for line in process.screener_answers.all()},
        goals=list(process.goals.all()),
        answers={answer.item_id: answer for answer in answers if answer.item_id in items},
        files=dict(files),
    )
