"""Whether the results in an archive follow from its answers: each is built again, and compared leaf by leaf."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from assessments.answers.reviews import signed_review
from assessments.documents.leaves import differing_leaves
from assessments.documents.values import stored_digest
from assessments.models import Assessment
from assessments.results.build import StoredRows, at_origin, build_document, rows_of
from assessments.results.rebuilding import rebuilt_with_answers, rebuilt_with_ratings
from assessments.results.rechecking import rebuilding_differences
from attributes.catalogue.types import CatalogueSet

if TYPE_CHECKING:
    from assessments.archive.schema import Archive


def wrong_results(archive: "Archive", catalogues: Mapping[str, CatalogueSet]) -> list[str]:
    """Return each leaf of a result that does not follow from its own inputs; catalogues by version.

    Needs nothing stored. That a result is of one of these versions has been checked before.
    """
    found = []
    for index, result in enumerate(archive.results):
        root = f"$.results[{index}].document"
        catalogue = catalogues[result.document.question_set.version]
        content = result.document.model_dump(mode="json")
        if stored_digest(content) != result.digest:
            found.append(f"$.results[{index}].digest: does not match the document; it was changed after it was frozen")
        found += rebuilding_differences(content, result.document, catalogue, root)
    if archive.computed is not None:
        content, catalogue = archive.computed.model_dump(mode="json"), catalogues[archive.question_set.version]
        found += rebuilding_differences(content, archive.computed, catalogue, "$.computed")
    return found


def wrong_figures(archive: "Archive", assessment: Assessment) -> list[str]:
    """Return each leaf of the result that holds which does not follow from what is stored now.

    Of earlier results only what two raters said, each alone: everything else may have changed since.
    """
    stored = Assessment.objects.select_related("process").with_question_set().get(pk=assessment.pk)
    if archive.assessment.state != "draft":
        path, claimed = f"$.results[{len(archive.results) - 1}].document", archive.results[-1].document
        # How the process is described may have changed since; what was answered cannot have.
        rows = rows_of(stored, signed_review(stored))
        expected = rebuilt_with_answers(claimed, rows)
        if found := _wrong_ratings(archive, rows):
            return found
    elif archive.computed is not None:
        path, claimed = "$.computed", archive.computed
        expected = at_origin(build_document(stored), stored)
    else:
        return []
    expected = expected.model_copy(update={"method_version": claimed.method_version})
    return differing_leaves(claimed.model_dump(mode="json"), expected.model_dump(mode="json"), path)


def _wrong_ratings(archive: "Archive", rows: StoredRows) -> list[str]:
    """What earlier results, of the same version of the questions, say of a second rating and is not what it was."""
    found = []
    for index, result in enumerate(archive.results[:-1]):
        claimed = result.document
        if claimed.second_rating is not None and claimed.question_set.version == rows.catalogue.version:
            expected = rebuilt_with_ratings(claimed, rows).model_copy(update={"method_version": claimed.method_version})
            there, here = (one.model_dump(mode="json") for one in (claimed, expected))
            found += differing_leaves(there, here, f"$.results[{index}].document")
    return found
