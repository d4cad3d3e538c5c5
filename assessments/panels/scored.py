"""What a closing computes of a wave: its result, sampling ranges, and what of it is public (method 3.8 to 3.10).

Pure. A later result of a reopened wave is compared with the ones before, which are computed again from the counts that
were frozen with them: the same counts give the same result.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import lcm

from assessments.scoring import ItemKind, ScoringItem, WaveAnswers
from assessments.scoring.experience import (
    LinkCounts,
    PanelResult,
    PrintedAs,
    PublicPanel,
    SamplingRange,
    panel_cells,
    published,
    published_again,
    sampling_bounds,
    sampling_ranges,
    score_panel,
)
from assessments.scoring.experience.sampling import Questionnaires
from assessments.scoring.model import ProcessKind

WHOLE_POINTS = 1  # part of a point that is printed in public, and so all that a reader knows


@dataclass(frozen=True)
class WaveTerms:
    """What holds for a wave from its launch on: what was asked, what the process does, sectors by code of group.

    `full`: the items of the full form, where a short one was asked.
    """

    specs: Sequence[ScoringItem]
    kind: ProcessKind | None = None
    sectors: Mapping[str, str] = field(default_factory=dict)
    full: Sequence[ScoringItem] = ()

    def score(self, wave: WaveAnswers) -> PanelResult:
        """The result of a wave."""
        return score_panel(self.specs, wave, kind=self.kind, sectors=self.sectors, full=self.full)


@dataclass(frozen=True)
class ScoredPanel:
    """A closed wave with all that is frozen of it. `before` and `public_before`: the result of the closing before."""

    terms: WaveTerms
    wave: WaveAnswers
    result: PanelResult
    ranges: Mapping[str, SamplingRange]
    public: PublicPanel
    before: PanelResult | None = None
    public_before: PublicPanel | None = None


def first_closing(
    terms: WaveTerms,
    wave: WaveAnswers,
    questionnaires: Questionnaires,
    links: Mapping[str, LinkCounts] | None = None,
) -> ScoredPanel:
    """Score a wave that is closed for the first time; `questionnaires` of every confidential group, by its code."""
    result = terms.score(wave)
    ranges = sampling_ranges(terms.specs, result, questionnaires, links)
    return ScoredPanel(terms, wave, result, ranges, _published(terms, result))


def later_closing(
    terms: WaveTerms,
    earlier: Sequence[WaveAnswers],
    wave: WaveAnswers,
    links: Mapping[str, LinkCounts] | None = None,
) -> ScoredPanel:
    """Score a reopened wave. `earlier` are the counts that were shown at each closing before, the first one first."""
    before = terms.score(earlier[0])
    public = _published(terms, before)
    for shown in earlier[1:]:
        before, public = _next(terms, before, public, shown)
    result, now = _next(terms, before, public, wave)
    ranges = sampling_bounds(result, panel_cells(terms.specs, wave), links)
    return ScoredPanel(terms, wave, result, ranges, now, before, public)


def scored_again(terms: WaveTerms, earlier: Sequence[WaveAnswers], wave: WaveAnswers) -> ScoredPanel:
    """Score what was closed once more from its counts; of the sampling ranges of a first closing, for which these are
    too little, the bounds."""
    if earlier:
        return later_closing(terms, earlier, wave)
    result = terms.score(wave)
    return ScoredPanel(
        terms, wave, result, sampling_bounds(result, panel_cells(terms.specs, wave)), _published(terms, result)
    )


def _next(
    terms: WaveTerms, before: PanelResult, public: PublicPanel, wave: WaveAnswers
) -> tuple[PanelResult, PublicPanel]:
    result = terms.score(wave)
    return result, published_again(public, before, result, _published(terms, result))


def _published(terms: WaveTerms, result: PanelResult) -> PublicPanel:
    steps = {spec.code: _steps(spec) for spec in terms.specs}
    return published(result, PrintedAs(parts=WHOLE_POINTS, steps=steps))


def _steps(spec: ScoringItem) -> int:
    """Into how many equal parts the value of one answer to an item falls, from 0 to 1."""
    if spec.kind is ItemKind.RATING:
        return spec.top_level
    return len(spec.options) * lcm(*(state.credit.denominator for state in spec.states))
