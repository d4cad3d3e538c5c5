"""Every constant of the scoring method, so that no number hides inside a formula.

Scores and differences are points (0 to 100), values, weights and shares are fractions of one.
A change of any number here that can change a result is a new METHOD_VERSION.
"""

from fractions import Fraction

METHOD_VERSION = "1.1.0"

ZERO = Fraction(0)
ONE = Fraction(1)
FULL_SCORE = Fraction(100)

# Suitability screener (method 2.1)
SCREENER_POINTS: dict[str, int] = {"yes": 2, "partly": 1, "no": 0}
SCREENER_TOP_POINTS = 2
SCREENER_LEFT_OUT: frozenset[str] = frozenset({"unsure", ""})
SCREENER_MIN_ANSWERS = 3
SCREENER_STRONG = Fraction(3, 4)
SCREENER_MODERATE = Fraction(1, 2)

# Scale (method 3.2)
TOP_LEVEL = 3  # of the method's own scale; a question set may have another
# Letter and the highest score that still earns it, of items: an exact edge belongs to the lower band.
BANDS: tuple[tuple[str, Fraction], ...] = (
    ("N", Fraction(15)),
    ("P", Fraction(50)),
    ("L", Fraction(85)),
    ("F", FULL_SCORE),
)
LETTERS: tuple[str, ...] = tuple(letter for letter, _ in BANDS)
# The same of attributes and of groups' profiles.
ATTRIBUTE_BANDS: tuple[tuple[str, Fraction], ...] = (
    ("N", Fraction(15)),
    ("P-", Fraction(65, 2)),
    ("P+", Fraction(50)),
    ("L-", Fraction(135, 2)),
    ("L+", Fraction(85)),
    ("F", FULL_SCORE),
)

# Lists (method 3.3)
OPTION_OPEN = ""
OPTION_DONT_KNOW = "dont_know"
OPTION_NOT_APPLICABLE = "not_applicable"
UNNAMED_OPTION = ""
OPTION_SHARE_FOR_LETTER = Fraction(1, 2)

# Evidence (method 3.4)
SENTENCE_LENGTH = 10  # characters, after trimming and joining spaces
CAP_NOTHING_GIVEN = Fraction(1, 3)
CAP_DESCRIBED = Fraction(2, 3)
CAP_OPEN = ONE
CAP_CRITICAL_NOT_OPENED = Fraction(2, 3)
DEFAULT_PORTS = frozenset({80, 443})

# Status of an attribute (method 3.5): coverage and shown share have the same limits.
SHARE_SHOWN = Fraction(2, 3)
SHARE_PROVISIONAL = Fraction(1, 2)
SCOPE_COMPARABLE = Fraction(2, 3)

# Critical items (method 3.6)
LETTER_WITH_OPEN_CRITICAL = "P+"

# Summary index (method 3.7)
INDEX_FLOOR = ONE
ROBUST_WIDTH = Fraction(10)
# Floats that are kept are cut here, so that exp(log(50)) stays in the band of 50.
INDEX_DECIMALS = 9

# Stakeholder groups (method 3.8)
THRESHOLD = 5  # answers from which a group's mean is used, unless an organiser asks for more: the k of the method
THRESHOLD_LOWEST = 5
THRESHOLD_HIGHEST = 20
ATTRIBUTED_MIN = 8  # answers from which a distribution or a comment may carry the group's name
RESPONDENT_SHARE_KNOWN = Fraction(1, 2)
POOLED_GROUPS_MIN = 2
GROUPS_FOR_SCORE = 2
GROUPS_FOR_SHOWN = 3
GROUP_COVERAGE = Fraction(1, 2)
DEPENDS_POINTS = Fraction(10)
PUBLIC_ITEM_UNITS = 4
PUBLIC_GROUP_UNITS = 5
NEW_SNAPSHOT_CELLS = 3
# How far figures are printed in public, and so how much a reader knows of them.
PRINTED_PARTS = 10  # of a point

# Disagreement (method 3.9): squared normal quantiles at 5 % two-sided, divided by the number of pairs, by groups.
QUANTILES: dict[int, Fraction] = {
    groups: Fraction(hundredths, 100)
    for groups, hundredths in zip(
        range(2, 21),
        (385, 574, 697, 788, 862, 923, 976, 1023, 1064, 1101, 1135, 1166, 1194, 1221, 1246, 1269, 1292, 1312, 1332),
        strict=True,
    )
}
QUANTILE_FROM_21 = Fraction(16)
# The method's table ends here; the next limit holds for up to 100 groups.
GROUPS_IN_TABLE = 40
QUANTILE_FROM_41 = Fraction(20)
DIVIDED_FROM = Fraction(1, 3)
DIFFERING_FROM = Fraction(1, 6)
SPREAD_OF_ONE_LEVEL = Fraction(1, 9)  # variance that `needs` assumes within groups
# Expected range of so many standard normal values.
NORMAL_RANGES: dict[int, float] = dict(
    zip(
        range(2, 21),
        (
            *(1.128, 1.693, 2.059, 2.326, 2.534, 2.704, 2.847, 2.970, 3.078, 3.173),
            *(3.258, 3.336, 3.407, 3.472, 3.532, 3.588, 3.640, 3.689, 3.735),
        ),
        strict=True,
    )
)
CONSENSUS_MIN_ANSWERS = 8
# Band and the consensus it starts at; an exact edge belongs to the upper band.
CONSENSUS_BANDS: tuple[tuple[str, float], ...] = (("broad", 0.70), ("mixed", 0.40))
CONSENSUS_LOW_BAND = "split"
# No more, because a finer figure could be traced back to the distributions behind it.
CONSENSUS_DECIMALS = 2
# Evidence against experience: the first gap (points) that is not close.
PERCEPTION_ITEM_POINTS = Fraction(100, 3)
PERCEPTION_ATTRIBUTE_POINTS = Fraction(50, 3)

# Versions and kinds of process (method 3.10)
MATCHED_SHARE = Fraction(2, 3)

# Sampling range, 90 % (method 3.10): quantiles of t up to so many degrees of freedom.
SAMPLING_UNITS = 3
T_QUANTILES: tuple[tuple[int, Fraction], ...] = tuple(
    (degrees, Fraction(hundredths, 100))
    for degrees, hundredths in (
        *((8, 186), (9, 183), (10, 181), (11, 180), (12, 178), (13, 177), (14, 176), (16, 175), (17, 174), (19, 173)),
        *((24, 172), (30, 171), (40, 170), (60, 169), (120, 168)),
    )
)
T_BEYOND = Fraction(165, 100)
LEAST_WIDTH = 2  # points to either side

# Rater noise (method 3.10): mean squared difference of two ratings, in levels squared.
RATER_DIFFERENCE = Fraction(1, 2)
RATER_DIFFERENCE_SAME = Fraction(1, 4)
RATER_DIFFERENCE_LEAST = Fraction(1, 5)
MEASURED_ASSESSMENTS = 5
MEASURED_PAIRS = 100
NORMAL_SQUARED = Fraction(38416, 10000)  # 1.96 squared
DIFFERENCE_LEAST = 10  # points

# Steps and strengths (method 3.13)
HEAD_STEPS = 5
HEAD_PER_ATTRIBUTE = 2
HEAD_NOT_KNOWN = 2
STRENGTHS_MOST = 5
STRENGTHS_FILLED_TO = 3

# Second rating and review (method 3.14)
AGREEMENT_MIN_ITEMS = 10
REVIEWED_SHARE = Fraction(2, 3)
