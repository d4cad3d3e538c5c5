"""Every constant of the scoring method, so that no number hides inside a formula.

Scores and differences are points (0 to 100), values, weights and shares are fractions of one.
A change of any number here that can change a result is a new METHOD_VERSION.
"""

from fractions import Fraction

ZERO = Fraction(0)
ONE = Fraction(1)
FULL_SCORE = Fraction(100)

# Scale (method 3.2)
TOP_LEVEL = 3  # of the method's own scale; a question set may have another
# Letter and the highest score that still earns it: an exact edge belongs to the lower band.
BANDS: tuple[tuple[str, Fraction], ...] = (
    ("N", Fraction(15)),
    ("P", Fraction(50)),
    ("L", Fraction(85)),
    ("F", FULL_SCORE),
)
LETTERS: tuple[str, ...] = tuple(letter for letter, _ in BANDS)

# Checklists (method 3.3)
OPTION_OPEN = ""
OPTION_DONT_KNOW = "dont_know"
OPTION_NOT_APPLICABLE = "not_applicable"
UNNAMED_OPTION = ""
OPTION_SHARE_FOR_LETTER = Fraction(1, 2)

# Evidence (method 3.4), weakest class first

# Status of an attribute (method 3.5)
SCOPE_COMPARABLE = Fraction(2, 3)

# Critical items (method 3.6)

# Summary index (method 3.7)
INDEX_FLOOR = ONE
ROBUST_WIDTH = Fraction(10)
# The only floats of the package are cut here, so that exp(log(50)) stays in the band of 50.
INDEX_DECIMALS = 9

# Comparison (method 3.10)
MATCHED_SHARE = Fraction(2, 3)

# Stakeholder groups (method 3.8)
THRESHOLD = 5  # answers from which a group's mean is used: the k of the method
ATTRIBUTED_MIN = 8  # answers from which a distribution or a comment may carry the group's name
RESPONDENT_SHARE_KNOWN = Fraction(1, 2)
POOLED_GROUPS_MIN = 2
GROUPS_FOR_SCORE = 2
GROUPS_FOR_SHOWN = 3
GROUP_COVERAGE = Fraction(1, 2)

# Disagreement (method 3.9)
# Band and the gap (points) it ends before; an exact edge belongs to the upper band.
GAP_TOP_BAND = "divided"
CONSENSUS_MIN_ANSWERS = 8
# With fewer confidential groups than this, a consensus could give a small group's distribution away.
CONSENSUS_BANDS: tuple[tuple[str, float], ...] = (("broad", 0.70), ("mixed", 0.40))
CONSENSUS_LOW_BAND = "split"
# No more, because a finer figure could be traced back to the distributions behind it.
CONSENSUS_DECIMALS = 2
PERCEPTION_ITEM_POINTS = Fraction(100, 3)
PERCEPTION_ATTRIBUTE_POINTS = Fraction(50, 3)

# Recommendations (method 3.13)

# Suitability screener (method 2.1)
SCREENER_POINTS: dict[str, int] = {"yes": 2, "partly": 1, "no": 0}
SCREENER_TOP_POINTS = 2
SCREENER_LEFT_OUT: frozenset[str] = frozenset({"unsure", ""})
SCREENER_MIN_ANSWERS = 3
SCREENER_STRONG = Fraction(3, 4)
SCREENER_MODERATE = Fraction(1, 2)
