"""Computing the figures of a report again from the answers that it carries, by the published method."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from pydantic import BaseModel

from assessments.documents.both_tracks import JointDocument
from assessments.documents.leaves import differing_leaves
from assessments.documents.report import ReportDocument
from assessments.documents.result import ResultDocument
from assessments.documents.values import document_digest
from assessments.models import WaveSnapshot
from assessments.results.both_tracks import read_together
from assessments.results.rechecking import is_known_method, rebuilding_differences, stored_catalogue

# What a joint document repeats, and what cannot follow from both tracks: how many comments wait, and what they say.
GIVEN = {"result", "panel", "comments", "statements", "waiting"}


@dataclass
class Recomputed:
    """What was computed again, what could not be and why (sentences), and each leaf that came out otherwise."""

    done: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)


def recompute(document: ReportDocument, content: Any) -> Recomputed:
    """Compute again what can be. `content` is the document as it came, before anything was left out or filled in."""
    found = Recomputed()
    for path, result, raw in _results(document, content):
        _recompute_result(found, path, result, raw)
    if document.joint:
        _recompute_joint(found, document.joint, content["joint"])
    is_annual_of_two = document.annual is not None and document.annual.before is not None
    if document.comparison or document.over_time or is_annual_of_two:
        found.left.append(
            _("How results compare was not computed again: the results themselves do not lie in the file.")
        )
    return found


def _results(document: ReportDocument, content: Any) -> Iterator[tuple[str, ResultDocument, Any]]:
    if document.result:
        yield "$.result", document.result, content["result"]
    if document.joint:
        yield "$.joint.result", document.joint.result, content["joint"]["result"]
    if document.annual:
        yield "$.annual.result", document.annual.result, content["annual"]["result"]


def _recompute_result(found: Recomputed, path: str, result: ResultDocument, raw: Any) -> None:
    values = {
        "set": f"{result.question_set.slug} {result.question_set.version}",
        "method": result.method_version,
        "code": result.assessment.code,
    }
    catalogue = stored_catalogue(result.question_set)
    if catalogue is None:
        found.left.append(_("The scores were not computed again: the questions %(set)s are not stored here.") % values)
    elif not is_known_method(result.method_version):
        found.left.append(
            _("The scores were not computed again: version %(method)s of the method is not known here.") % values
        )
    else:
        found.differences += rebuilding_differences(raw, result, catalogue, path)
        found.done.append(
            _("All figures of assessment %(code)s, from its answers and evidence by method %(method)s.") % values
        )


def _recompute_joint(found: Recomputed, joint: JointDocument, raw: Any) -> None:
    again = read_together(joint.result, joint.panel, comments=joint.comments, statements=joint.statements)
    expected = _plain(again)
    kept = {key: value for key, value in raw.items() if key not in GIVEN}
    found.differences += differing_leaves(
        kept, {key: value for key, value in expected.items() if key not in GIVEN}, "$.joint"
    )
    found.done.append(_("How far apart the organiser's view and what stakeholders say are."))
    digest = document_digest(joint.panel)
    if WaveSnapshot.objects.filter(Q(digest=digest) | Q(public_digest=digest)).exists():
        found.done.append(_("The numbers of the stakeholder panel are those that are stored here."))
    else:
        found.left.append(
            _("The numbers of the stakeholder panel: the answers they were counted from are kept nowhere.")
        )


def _plain(document: BaseModel | None) -> dict[str, Any]:
    return document.model_dump(mode="json") if document else {}
