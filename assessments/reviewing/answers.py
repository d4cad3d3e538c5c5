"""The answers a review is of: those of the result that holds, with a fingerprint of each."""

from assessments.answers.counting import contents_of
from assessments.answers.reviews import answer_fingerprint
from assessments.answers.value import AnswerContent
from assessments.documents.result import ResultDocument
from assessments.exceptions import NotAllowed
from assessments.models import Assessment
from assessments.results.frozen import document_of, latest
from assessments.results.rebuilding import described_rows
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueSet


class ReviewedAnswers:
    """What was submitted: the frozen document, what each answer says in it, and the fingerprints."""

    def __init__(self, document: ResultDocument, catalogue: CatalogueSet) -> None:
        rows = described_rows(document, catalogue)
        self.document = document
        self.catalogue = catalogue
        self.contents: dict[str, AnswerContent] = contents_of(catalogue, rows.answers.values())
        self._files = {
            code: [file.sha256 for file in rows.files.get(item.pk, [])] for code, item in catalogue.items.items()
        }

    def fingerprint(self, code: str) -> str:
        """The fingerprint of the answer to an item."""
        return answer_fingerprint(self.contents[code], self._files.get(code, ()))


def reviewed_answers(assessment: Assessment) -> ReviewedAnswers:
    """Return what is reviewed of an assessment. Two queries. Raises NotAllowed where nothing was frozen."""
    result = latest(assessment)
    if result is None:
        raise NotAllowed("Nothing has been submitted.")
    return ReviewedAnswers(document_of(result), catalogue_of(assessment.question_set))
