"""Everything stored about an assessment, to see that it is what it was."""

from typing import Any

from assessments.models import Answer, Assessment, EvidenceFile
from assessments.results.build import build_document
from attributes.models import QuestionSet


def rows(assessment: Assessment, question_set: QuestionSet) -> tuple[list[Any], list[Any], list[bytes]]:
    """Every column of the answers and files of one version, and the bytes of the files."""
    own = {"response__assessment": assessment, "item__question_set": question_set}
    answers = list(Answer.objects.filter(**own).order_by("pk").values())
    files = list(EvidenceFile.everything.filter(**own).order_by("pk").values())
    stored = []
    for row in EvidenceFile.everything.filter(**own).order_by("pk"):
        with row.file.open("rb") as content:
            stored.append(content.read())
    return answers, files, stored


def document(assessment: Assessment) -> str:
    """The result as it stands."""
    return build_document(Assessment.objects.select_related("process").get(pk=assessment.pk)).model_dump_json()


def contents(assessment: Assessment, question_set: QuestionSet) -> dict[str, tuple[Any, ...]]:
    """By code of the item: state, value and comment."""
    own = {"response__assessment": assessment, "item__question_set": question_set}
    found = Answer.objects.filter(**own).select_related("item")
    return {row.item.code: (row.state, row.value, row.comment) for row in found}


def file_names(assessment: Assessment, question_set: QuestionSet) -> list[tuple[str, str]]:
    """The names of the files that count, by code of their item."""
    own = {"response__assessment": assessment, "item__question_set": question_set}
    return sorted((row.item.code, row.name) for row in EvidenceFile.objects.filter(**own).select_related("item"))
