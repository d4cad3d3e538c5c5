"""What documents say, in whole sentences by rule: the words on results, comparisons, reports and the quick check.

Pure: documents in, sentences in the active language out (`Sentence`). Pages and files write no sentences of their own
about figures. What they say one by one: of every result `standard`, of the evidence track `evidence_sentences`, of a
stakeholder panel `panel_sentences`, and of how far its groups are apart `panel_apart`.
"""

from assessments.headlines.attribute import attribute_headline
from assessments.headlines.certainty import how_sure
from assessments.headlines.claims import claims_headline
from assessments.headlines.comparison import comparison_headline
from assessments.headlines.groups import divided_sentence, divided_sentences, groups_headline
from assessments.headlines.headline import Headline, headline
from assessments.headlines.known import KnownCounts, known, known_of
from assessments.headlines.names import SHORT_NAMES, first_in_sentence, in_sentence, short_title
from assessments.headlines.over_time import over_time_headline
from assessments.headlines.pieces import Concern, Strength, concerns, concerns_of, strengths
from assessments.headlines.reviewed import disputed, reviewed_by, stamp, whose_view
from assessments.headlines.second_rating import second_rating_words
from assessments.headlines.sentence import Name, Sentence

__all__ = [
    "SHORT_NAMES",
    "Concern",
    "Headline",
    "KnownCounts",
    "Name",
    "Sentence",
    "Strength",
    "attribute_headline",
    "claims_headline",
    "comparison_headline",
    "concerns",
    "concerns_of",
    "disputed",
    "divided_sentence",
    "divided_sentences",
    "first_in_sentence",
    "groups_headline",
    "headline",
    "how_sure",
    "in_sentence",
    "known",
    "known_of",
    "over_time_headline",
    "reviewed_by",
    "second_rating_words",
    "short_title",
    "stamp",
    "strengths",
    "whose_view",
]
