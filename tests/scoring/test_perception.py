"""Organiser against stakeholders (method 3.9)."""

from fractions import Fraction

import pytest

from assessments.scoring import Perception, PerceptionGaps, WaveAnswers, perception_gaps
from assessments.scoring.evidence import score_evidence
from assessments.scoring.experience import score_panel
from assessments.scoring.perception import perception_gap as gap
from tests.scoring.given import listed, rated_at
from tests.scoring.instrument import BY_CODE, specs_of
from tests.scoring.panel import group, rated, ticked

CR, IT = specs_of("CR"), specs_of("IT")


def cr_gaps(*, evidence: tuple[int | None, ...], experience: tuple[int, ...]) -> PerceptionGaps:
    codes = ("CR1a", "CR1b", "CR1c")
    answers = [rated_at(code, level) for code, level in zip(codes, evidence, strict=True)]
    each = {code: [rated(level)] * 5 for code, level in zip(codes, experience, strict=True)}
    return perception_gaps(
        score_evidence(CR, answers), score_panel(CR, WaveAnswers((group("a", each), group("b", each))))
    )


@pytest.mark.parametrize(
    ("evidence", "experience", "perception"),
    [
        ("100/3", "0", Perception.BLIND_SPOT),
        ("33", "0", Perception.CLOSE),
        ("0", "33", Perception.CLOSE),
        ("0", "100/3", Perception.HIDDEN_STRENGTH),
    ],
)
def test_a_whole_level_is_a_perception_gap(evidence: str, experience: str, perception: Perception) -> None:
    assert gap("X", Fraction(evidence), Fraction(experience)).perception is perception


def test_items_and_attributes_are_compared() -> None:
    found = cr_gaps(evidence=(3, 1, 2), experience=(1, 2, 2))
    assert (found.blind_spots, found.hidden_strengths) == (("CR1a",), ("CR1b",))
    assert [each.gap for each in found.items] == [Fraction(200, 3), Fraction(-100, 3), 0]
    (attribute,) = found.attributes
    assert (attribute.code, attribute.gap, attribute.perception) == ("CR", Fraction(100, 9), Perception.CLOSE)


def test_an_attribute_has_a_narrower_limit() -> None:
    (attribute,) = cr_gaps(evidence=(2, 2, 3), experience=(2, 2, 1)).attributes
    assert (attribute.gap, attribute.perception) == (Fraction(200, 9), Perception.BLIND_SPOT)


def test_without_a_score_on_both_tracks_there_is_no_gap() -> None:
    found = cr_gaps(evidence=(None, None, 2), experience=(1, 1, 1))
    assert [each.code for each in found.items] == ["CR1c"]
    assert found.attributes == ()
    nobody = perception_gaps(
        score_evidence(CR, [rated_at(f"CR1{x}", 2) for x in "abc"]), score_panel(CR, WaveAnswers(()))
    )
    assert nobody == PerceptionGaps((), ())


def test_a_checklist_the_organiser_hardly_knows_is_no_blind_spot() -> None:
    evidence = score_evidence(IT, [listed("IT4b", ["yes", *["dont_know"] * 3])])
    groups = tuple(group(code, {"IT4b": [ticked(BY_CODE["IT4b"], *["no"] * 4)] * 5}) for code in "ab")
    assert evidence.items["IT4b"].counted == 1
    assert perception_gaps(evidence, score_panel(IT, WaveAnswers(groups))).items == ()
