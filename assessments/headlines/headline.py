"""Two sentences by rule: how the process stands, and what is most urgent or how much is known."""

from dataclasses import dataclass

from assessments.documents.both_tracks import JointDocument
from assessments.documents.last_time import LastTimePart
from assessments.documents.result import ResultDocument
from assessments.headlines.basis import HeadlineBasis
from assessments.headlines.first import FirstKind, first_sentence
from assessments.headlines.second import SecondKind, contradicted_by_groups, second_sentence
from assessments.headlines.sentence import Sentence


@dataclass(frozen=True)
class Headline:
    """Both sentences, and the rule that each comes from."""

    first: Sentence
    second: Sentence
    kind: FirstKind
    second_kind: SecondKind


def headline(
    document: ResultDocument, joint: JointDocument | None = None, last: LastTimePart | None = None
) -> Headline:
    """Return the message of a result, with its panel and the round before where there are any.

    Never a grade for the whole, no decimals, no codes. The second sentence names nothing that the first praises: where
    stakeholders contradict what it would praise, it praises on paper only.
    """
    basis = HeadlineBasis(document, last)
    first = first_sentence(basis, joint.panel if joint else None)
    second = second_sentence(basis, joint, first)
    contradicted = {second.attribute, *contradicted_by_groups(joint)} if joint else {second.attribute}
    sentence = first.on_paper if first.on_paper is not None and contradicted & first.praised else first.sentence
    return Headline(sentence, second.sentence, first.kind, second.kind)
