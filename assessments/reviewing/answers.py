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
from attributes.memory import MemoryCache


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


# A reviewer goes from item to item, and each of these pages needs all of it. What is frozen never changes: by its
# digest, and by the assessment it is stored with (there may be a copy beside the original).
_read: MemoryCache[tuple[str, str], ReviewedAnswers] = MemoryCache(8)


def reviewed_answers(assessment: Assessment) -> ReviewedAnswers:
    """Return what is reviewed of an assessment; nothing in it may be changed.

    Two queries, one where it was read lately. Raises NotAllowed where nothing was frozen.
    """
    result = latest(assessment)
    if result is None:
        raise NotAllowed("Nothing has been submitted.")
    key, catalogue = (result.digest, assessment.code), catalogue_of(assessment.question_set)
    known = _read.get(key)
    if known is None or known.catalogue is not catalogue:
        known = _read.put(key, ReviewedAnswers(document_of(result), catalogue))
    return known
