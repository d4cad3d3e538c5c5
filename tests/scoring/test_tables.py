"""What a reader may reconstruct of an attribute: the figures and words of its result, reckoned from other things."""

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring.experience import score_panel
from assessments.scoring.experience.tables import PrintedAs, figures, item_score, item_words, table_of
from assessments.scoring.method import FULL_SCORE
from tests.examples import examples
from tests.scoring.given import items_of
from tests.scoring.panel import wave_of

CR = items_of("CR")
# How many of a group chose each level; five at least, so that every cell is used.
COUNTS = st.lists(st.integers(0, 6), min_size=4, max_size=4).filter(lambda own: sum(own) >= 5)
PANELS = st.integers(2, 5).flatmap(
    lambda groups: st.fixed_dictionaries(
        {spec.code: st.fixed_dictionaries({f"g{place}": COUNTS for place in range(groups)}) for spec in CR}
    )
)


@settings(database=None, max_examples=examples(20))
@given(PANELS)
def test_a_table_says_what_the_result_says(counts: dict[str, dict[str, list[int]]]) -> None:
    result = score_panel(CR, wave_of(counts))
    (found,) = result.attributes
    table = table_of(found, result.items, {CR[0].code}, by_group=True, as_printed=PrintedAs())
    for item in result.items:
        assert item.disagreement is not None
        assert item_words(table.items[item.code]) == (item.letter, item.disagreement.verdict)
        assert item_score(table.items[item.code]) * FULL_SCORE == item.score
    said = [found.result.score, *(profile.score for profile in found.profiles), found.gap, found.per_head]
    said += [found.composition_low, found.composition_high]
    assert [figure * FULL_SCORE for figure in figures(table)] == said
