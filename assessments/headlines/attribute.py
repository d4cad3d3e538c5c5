"""Where one attribute stands and what matters most about it: the head of its page."""

from django.utils.translation import ngettext

from assessments.documents.both_tracks import JointDocument
from assessments.documents.result import AttributeResult, ResultDocument
from assessments.headlines.names import first_in_sentence
from assessments.headlines.second import blind_spots_in_order, step_sentence
from assessments.headlines.sentence import Name, Sentence
from attributes.memory import gettext


def attribute_headline(
    attribute: AttributeResult, document: ResultDocument, joint: JointDocument | None = None
) -> Sentence:
    """Return two whole sentences: how far an attribute is achieved as far as it is known, and what stands out in it."""
    if attribute.status == "not_applicable":
        return _stands(attribute)
    return Sentence.together(_stands(attribute), _stands_out(attribute, document, joint))


def _stands(attribute: AttributeResult) -> Sentence:
    name = first_in_sentence(attribute)
    if attribute.status == "not_applicable":
        return Sentence(gettext("%(name)s: nothing of it applies to this process."), name=name)
    if attribute.score is None or attribute.letter is None:
        return Sentence(gettext("%(name)s: too little is known and shown to give a figure."), name=name)
    if attribute.status == "provisional":
        return Sentence(_early(attribute.letter), name=name)
    return Sentence(_achieved(attribute.letter), name=name)


def _achieved(letter: str) -> str:
    return {
        "N": gettext("%(name)s is not achieved."),
        "P": gettext("%(name)s is partly achieved."),
        "L": gettext("%(name)s is largely achieved."),
        "F": gettext("%(name)s is fully achieved."),
    }[letter[0]]


def _early(letter: str) -> str:
    return {
        "N": gettext("%(name)s is not achieved, as an early sign."),
        "P": gettext("%(name)s is partly achieved, as an early sign."),
        "L": gettext("%(name)s is largely achieved, as an early sign."),
        "F": gettext("%(name)s is fully achieved, as an early sign."),
    }[letter[0]]


def _stands_out(attribute: AttributeResult, document: ResultDocument, joint: JointDocument | None) -> Sentence:
    if joint is not None:
        spots = [step for step in blind_spots_in_order(joint) if step.attribute == attribute.code]
        if spots:
            words = gettext("Stakeholders see less of this than is shown: %(item)s.")
            return Sentence(words, item=Name.of_text(spots[0].short))
        divided = [line for line in joint.divided if line.attribute == attribute.code]
        if divided:
            words = ngettext(
                "Groups are divided on %(item)s.",
                "Groups are divided on %(n)s of its questions, for example %(item)s.",
                len(divided),
            )
            return Sentence(words, n=len(divided), item=Name.of_text(divided[0].short))
    steps = joint.steps if joint else document.steps
    own = [step for step in steps.steps if step.attribute == attribute.code]
    if own:
        return step_sentence(own[0], is_first=False)
    unknown = attribute.applicable - attribute.answered
    if unknown:
        words = gettext("Not known: %(unknown)s of %(total)s answers.")
        return Sentence(words, unknown=unknown, total=attribute.applicable)
    return Sentence(gettext("Nothing of it has to be done first."))
