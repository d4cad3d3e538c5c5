"""Building a stored result again from its own inputs: drift of the method, or tampering, shows leaf by leaf."""

import re
from typing import Any

from pydantic import ValidationError

from assessments.documents.leaves import differing_leaves, json_path
from assessments.documents.result import ResultDocument
from assessments.documents.values import QuestionSetRef, stored_digest
from assessments.models import FrozenResult
from assessments.results.rebuilding import rebuilt
from assessments.scoring import ScoringError
from assessments.scoring.evidence import ProcessKind
from assessments.scoring.method import METHOD_VERSION
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueSet
from attributes.models import QuestionSet

NUMBER = r"(?:0|[1-9]\d*)"
VERSION = re.compile(rf"({NUMBER}\.{NUMBER})\.{NUMBER}")
KINDS = {"", *ProcessKind}


def is_known_method(version: str) -> bool:
    """Whether results of this version of the method can be computed here: the same major and minor number."""
    found, here = VERSION.fullmatch(version), VERSION.fullmatch(METHOD_VERSION)
    return bool(found and here and found[1] == here[1])


def recheck(result: FrozenResult) -> list[str]:
    """Return every way in which a stored result does not follow from its own inputs, or is not of its assessment."""
    own = result.assessment
    found = differences(result.document, result.digest)
    about = {
        ("assessment", "code"): own.origin_code or own.code,
        ("assessment", "round"): own.round,
        ("assessment", "number"): result.number,
        ("method_version",): result.method_version,
    }
    for location, expected in about.items():
        there: Any = result.document
        for part in location:
            there = there.get(part) if isinstance(there, dict) else None
        found += differing_leaves(there, expected, json_path(location))
    return found


def differences(content: Any, digest: str) -> list[str]:
    """Return what differs between a stored document and its digest, and each leaf that is not what its inputs and its
    version of the question set make of it now. Empty if nothing does."""
    found = [] if stored_digest(content) == digest else ["$: the document is not the one its digest was taken of"]
    try:
        document = ResultDocument.model_validate(content)
    except ValidationError as error:
        return found + [f"{json_path(problem['loc'])}: {problem['msg']}" for problem in error.errors()]
    catalogue = stored_catalogue(document.question_set)
    if catalogue is None:
        return [*found, _not_stored(document.question_set, "$.question_set")]
    return found + rebuilding_differences(content, document, catalogue)


def rebuilding_differences(
    content: Any, document: ResultDocument, catalogue: CatalogueSet, root: str = "$"
) -> list[str]:
    """Return each leaf of a document that is not what its inputs make of it now; paths are below `root`."""
    if not is_known_method(document.method_version):
        known = ".".join(METHOD_VERSION.split(".")[:2])
        return [
            f"{root}.method_version: “{document.method_version}” is no version of the method that is known here"
            f" ({known}); nothing was computed again"
        ]
    for index, change in enumerate(document.process.kind_changes):
        if change.kind not in KINDS:
            return [f"{root}.process.kind_changes[{index}].kind: “{change.kind}” is no kind of process"]
    try:
        expected = rebuilt(document, catalogue)
    except ScoringError as error:
        return [f"{root}.attributes: scoring refuses the answers: {error}"]
    except ValueError as error:
        return [f"{root}: holds what nothing can be computed of: {error}"]
    # Another patch of the same version computes the same.
    expected = expected.model_copy(update={"method_version": document.method_version})
    return differing_leaves(content, expected.model_dump(mode="json"), root)


def _not_stored(ref: QuestionSetRef, path: str) -> str:
    """Which part of the name of a version is not that of one that is stored here."""
    versions = QuestionSet.objects.filter(slug=ref.slug)
    if versions.filter(version=ref.version).exists():
        return f"{path}.digest: {ref.slug} {ref.version} has other content here"
    part = "version" if versions.exists() else "slug"
    return f"{path}.{part}: {ref.slug} {ref.version} is not stored here"


def stored_catalogue(ref: QuestionSetRef) -> CatalogueSet | None:
    """Return the version of the question set that a document names, or None if it is not stored here."""
    row = QuestionSet.objects.filter(slug=ref.slug, version=ref.version, digest=ref.digest).first()
    return None if row is None else catalogue_of(row)
