from fractions import Fraction

import pytest

from assessments.scoring import ScoringError, screener_fit
from assessments.scoring.screener import Fit


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (["yes", "partly", "partly", "yes"], Fit("strong_fit", Fraction(3, 4))),
        (["yes", "yes", "", "no"], Fit("moderate_fit", Fraction(2, 3))),
        (["yes", "partly", "no", "no"], Fit("weak_fit", Fraction(3, 8))),
        (["no", "no", "no"], Fit("weak_fit", Fraction(0))),
        (["yes", "yes", "", "unsure"], Fit("not_enough_answers", None)),
        ([], Fit("not_enough_answers", None)),
    ],
)
def test_fit_is_the_share_of_points_among_the_answered(answers: list[str], expected: Fit) -> None:
    assert screener_fit(answers) == expected


def test_unknown_answer_is_refused() -> None:
    with pytest.raises(ScoringError, match="screener: unknown answer 'maybe'"):
        screener_fit(["yes", "yes", "yes", "maybe"])
