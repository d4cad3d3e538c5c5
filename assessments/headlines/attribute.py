"""One sentence for the page of an attribute."""

from django.utils.translation import gettext

from assessments.documents.both_tracks import JointDocument
from assessments.documents.result import AttributeResult, ResultDocument
from assessments.headlines.names import first_in_sentence
from assessments.headlines.sentence import Sentence


def attribute_headline(
    attribute: AttributeResult, document: ResultDocument, joint: JointDocument | None = None
) -> Sentence:
    """Say where an attribute stands, in words."""
    name = first_in_sentence(attribute)
    if attribute.status == "not_applicable":
        return Sentence(gettext("%(name)s: nothing of it applies to this process."), name=name)
    if attribute.score is None:
        return Sentence(gettext("%(name)s: too little is known and shown to give a figure."), name=name)
    return Sentence(gettext("%(name)s stands at %(score)s of 100."), name=name, score=int(attribute.score.whole))
