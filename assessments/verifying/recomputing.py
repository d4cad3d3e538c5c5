"""Computing the figures of a report again from the answers that it carries, by the published method."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from pydantic import BaseModel

from assessments.comparing.arranged import Arrangement
from assessments.comparing.build import build_comparison
from assessments.documents.both_tracks import JointDocument
from assessments.documents.comparison import ComparisonDocument
from assessments.documents.leaves import differing_leaves
from assessments.documents.report import ReportDocument
from assessments.documents.result import ResultDocument
from assessments.documents.values import document_digest
from assessments.models import WaveSnapshot
from assessments.results.both_tracks import read_together
from assessments.results.rechecking import is_known_method, rebuilding_differences, stored_catalogue
from assessments.scoring import parse_fraction
from assessments.scoring.comparison import RaterNoise

# What a joint document repeats, and what cannot follow from both tracks: how many comments wait, and what they say.
GIVEN = {"result", "panel", "themes", "comments", "statements", "waiting"}


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
    if document.comparison and document.sources:
        _recompute_comparison(found, document.comparison, document.sources, content["comparison"])
    if document.over_time:
        _recompute_rounds(found, document)
    if document.annual and document.annual.before:
        found.left.append(_("What moved since the last round: the result of that round does not lie in the file."))
    return found


def _results(document: ReportDocument, content: Any) -> Iterator[tuple[str, ResultDocument, Any]]:
    if document.result:
        yield "$.result", document.result, content["result"]
    if document.joint:
        yield "$.joint.result", document.joint.result, content["joint"]["result"]
    if document.annual:
        yield "$.annual.result", document.annual.result, content["annual"]["result"]
    for index, source in enumerate(document.sources):
        yield f"$.sources[{index}]", source, content["sources"][index]


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
    again = read_together(
        joint.result, joint.panel, themes=joint.themes, comments=joint.comments, statements=joint.statements
    )
    found.differences += _differing(raw, _plain(again), GIVEN, "$.joint")
    found.done.append(_("How far apart the organiser's view and what stakeholders say are."))
    digest = document_digest(joint.panel)
    if WaveSnapshot.objects.filter(Q(digest=digest) | Q(public_digest=digest)).exists():
        found.done.append(_("The numbers of the stakeholder panel are those that are stored here."))
    else:
        found.left.append(
            _("The numbers of the stakeholder panel: the answers they were counted from are kept nowhere.")
        )


def _recompute_comparison(
    found: Recomputed, document: ComparisonDocument, sources: Sequence[ResultDocument], raw: Any
) -> None:
    """Compare the results that lie in the file again; the numbers of panels do not lie in it."""
    codes = tuple(process.code for process in document.processes)
    wanted = Arrangement(
        first=codes if document.order != "name" else (),
        own=document.order == "own",
        reference=document.reference,
        attributes=tuple(head.code for head in document.attributes) if document.left_aside else (),
    )
    told = document.noise
    noise = RaterNoise(parse_fraction(told.different), parse_fraction(told.same), told.measured)
    expected = build_comparison(sources, arrangement=wanted, noise=noise).model_copy(
        update={"method_version": document.method_version}
    )
    given = {"excluded"} | ({"experience", "learn_from"} if document.experience else set())
    found.differences += _differing(raw, _plain(expected), given, "$.comparison")
    found.done.append(_("How the results compare, from the results themselves."))
    if document.experience:
        found.left.append(_("What stakeholders said of each: the numbers of their panels do not lie in the file."))


def _recompute_rounds(found: Recomputed, document: ReportDocument) -> None:
    """Hold what is told of each round against its result."""
    own = {
        (source.assessment.code, attribute.code): _plain(attribute)
        for source in document.sources
        for attribute in source.attributes
    }
    for index, shown in enumerate(document.over_time.rounds if document.over_time else ()):
        for place, standing in enumerate(shown.standings):
            figures = standing.model_dump(mode="json")
            attribute = own.get((shown.code, standing.attribute), {})
            expected = {**figures, **{name: attribute.get(name) for name in ("status", "letter", "score")}}
            root = f"$.over_time.rounds[{index}].standings[{place}]"
            found.differences += differing_leaves(figures, expected, root)
    found.done.append(_("Where each round stands, from its own result."))
    found.left.append(_("What moved between rounds: who rated in which round does not lie in the file."))


def _differing(raw: Any, expected: dict[str, Any], given: Collection[str], root: str) -> list[str]:
    """The differing leaves of all fields but those that cannot follow."""
    kept = {key: value for key, value in raw.items() if key not in given}
    return differing_leaves(kept, {key: value for key, value in expected.items() if key not in given}, root)


def _plain(document: BaseModel | None) -> dict[str, Any]:
    return document.model_dump(mode="json") if document else {}
