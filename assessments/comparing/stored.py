"""The comparison of stored assessments: their frozen results, and the public results of their waves.

A result belongs to the assessment it is stored with, whatever its document says: a copy that was imported beside its
original carries the original's codes.
"""

from collections.abc import Mapping, Sequence

from assessments.comparing.arranged import Arrangement
from assessments.comparing.build import build_comparison
from assessments.documents.comparison import ComparisonDocument
from assessments.documents.panel import PanelDocument
from assessments.documents.result import ResultDocument
from assessments.matching.noise import noise_now
from assessments.models import Assessment


def comparison_of_stored(
    assessments: Sequence[Assessment],
    results: Mapping[int, ResultDocument],
    panels: Mapping[int, PanelDocument],
    arrangement: Arrangement | None = None,
) -> ComparisonDocument:
    """Return the comparison of assessments; results and public documents of waves are by their primary keys."""
    chosen = [assessment for assessment in assessments if assessment.pk in results]
    return build_comparison(
        [named_by(assessment, results[assessment.pk]) for assessment in chosen],
        {
            assessment.code: panels[assessment.pk].model_copy(update={"assessment": assessment.code})
            for assessment in chosen
            if assessment.pk in panels
        },
        arrangement,
        noise=noise_now(),
    )


def named_by(assessment: Assessment, result: ResultDocument) -> ResultDocument:
    """The result under the codes of the assessment and the process it is stored with."""
    return result.model_copy(
        update={
            "assessment": result.assessment.model_copy(update={"code": assessment.code, "round": assessment.round}),
            "process": result.process.model_copy(update={"code": assessment.process.code}),
        }
    )
