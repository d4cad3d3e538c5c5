"""Evidence and experience side by side (method 3.9 and 3.13)."""

from fractions import Fraction

from assessments.scoring import Perception, perception_gaps
from assessments.scoring.evidence import StepReason, choose_steps, score_evidence, step_bases
from assessments.scoring.experience import score_panel
from tests.scoring.given import items_of, listed, rated_at
from tests.scoring.panel import wave_of

CR = items_of("CR")
LARGE = {
    "CR1a": {"a": [5, 5, 0, 0], "b": [5, 5, 0, 0], "c": [5, 5, 0, 0]},
    "CR1b": {"a": [0, 0, 0, 20], "b": [20, 0, 0, 0], "c": [0, 10, 10, 0]},
    "CR1c": {"a": [0, 0, 5, 5], "b": [0, 0, 5, 5], "c": [0, 0, 5, 5]},
}


def test_blind_spots_and_disagreement_become_steps() -> None:
    evidence = score_evidence(CR, [rated_at(code, level) for code, level in (("CR1a", 3), ("CR1b", 3), ("CR1c", 1))])
    panel = score_panel(CR, wave_of(LARGE))
    gaps = perception_gaps(evidence, panel)
    assert {gap.code: gap.perception for gap in gaps.items} == {
        "CR1a": Perception.BLIND_SPOT,
        "CR1b": Perception.BLIND_SPOT,
        "CR1c": Perception.HIDDEN_STRENGTH,
    }
    assert [gap.gap for gap in gaps.attributes] == [Fraction(700, 9) - panel.attribute_scores()["CR"]]
    assert panel.verdicts()["CR1b"] == "divided"
    found = choose_steps(step_bases(CR, evidence, experience=panel.item_scores(), verdicts=panel.verdicts()))
    assert [(step.code, step.reason, step.level) for step in found.steps] == [
        ("CR1a", StepReason.BLIND_SPOT, "P"),
        ("CR1b", StepReason.BLIND_SPOT, "P"),
        ("CR1c", StepReason.BELOW_TOP, "P"),
    ]
    assert (found.compared, found.nowhere_apart, found.strengths) == (3, False, ())


def test_what_is_hardly_known_is_no_blind_spot() -> None:
    specs = items_of("IT")
    evidence = score_evidence(specs, [listed("IT2b", ["mitigated", "dont_know", "dont_know", "dont_know"])])
    (basis,) = [
        basis for basis in step_bases(specs, evidence, experience={"IT2b": Fraction(0)}) if basis.code == "IT2b"
    ]
    assert (basis.counted, basis.blind_spot) == (1, False)
