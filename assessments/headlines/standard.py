"""Standard sentences of the method, in one place: the PDF and the web pages say the same thing in the
same words."""

from collections.abc import Iterable
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from assessments.documents.about import FIRST_SET
from assessments.documents.result import AttributeResult, ItemResult, ResultDocument
from assessments.headlines.reviewed import stamp, whose_view
from assessments.scoring import whole
from assessments.scoring.method import FULL_SCORE, ZERO
from attributes.memory import gettext

OVERLAP = _(
    "Inclusion is asked about in three of the four attributes. A process that is weak on inclusion is weak three "
    "times; the four scores are not independent."
)
NO_MARGIN = _(
    "Nothing here was drawn at random. The ranges show what unknown answers and claims "
    "that nothing shows could still change, and nothing else."
)
NOT_AFFILIATED = _(
    "The attributes and questions are from “Internet Governance: Why the Multistakeholder Approach Works” "
    "by the Internet Society. msgov is not affiliated with or endorsed by the Internet Society."
)
INVENTED = _("Invented data: this process does not exist. It shows what a report looks like.")
EXAMPLE = _("Example, coded from one text; not a finding. Where the text is silent, the answer is “don’t know”.")
SCREENER_ADVICE = _("Advice, not a verdict: nothing on this page enters a score.")

EXPERIMENTAL = _(
    "The question set is experimental: its items are new, have not been tried out, and may still change much."
)

STAMP_EXPERIMENTAL = _("EXPERIMENTAL QUESTION SET")
STAMP_INVENTED = _("INVENTED DATA")
STAMP_EXAMPLE = _("EXAMPLE, CODED FROM ONE TEXT")

STATUS_LABELS = {
    "shown": _("Shown"),
    "provisional": _("Provisional"),
    "withheld": _("Withheld"),
    "not_applicable": _("Not applicable"),
}
SCREENER_VERDICTS = {
    "strong_fit": _("Strong fit: the issue is of the kind the approach works best on."),
    "moderate_fit": _("Moderate fit: the approach can work; look at the criteria that are only partly met."),
    "weak_fit": _("Weak fit: the issue lacks most of what the approach works best on."),
    "not_enough_answers": _("Not enough answers to say."),
}


def one_question(attribute: AttributeResult, top_level: int) -> str:
    """Say that an attribute rests on a single question, and what one answer does; empty otherwise.

    `top_level` is the highest level of the scale.
    """
    if len(attribute.questions) != 1:
        return ""
    items = [item for item in attribute.questions[0].items if item.scored]
    return gettext(
        "This attribute rests on one question, here %(n)s items; one level of one answer moves it by up to %(points)s "
        "points."
    ) % {"n": len(items), "points": whole(_one_level(items, top_level))}


def _one_level(items: Iterable[ItemResult], top_level: int) -> Fraction:
    """The points by which one level of the heaviest item moves the score."""
    heaviest = max((item.weight.value for item in items if item.weight), default=ZERO)
    return FULL_SCORE * heaviest / top_level


def who_says(document: ResultDocument) -> str:
    """Say whose view the scores are."""
    return str(EXAMPLE) if document.process.is_example else whose_view(document)


def is_first_set(slug: str, version: str) -> bool:
    """Whether what is said of the Internet Society's questions (`OVERLAP`, `NOT_AFFILIATED`) holds for a set."""
    return slug == FIRST_SET and version.partition(".")[0] == "1"


def index_range(document: ResultDocument) -> str:
    """Say what the summary index hides; empty when there is none."""
    if document.index is None:
        return ""
    return gettext(
        "One figure hides which attribute is weak. Weighting each attribute double in turn moves it between %(lo)s "
        "and %(hi)s."
    ) % {"lo": document.index.weight_low, "hi": document.index.weight_high}


def stamps(document: ResultDocument) -> list[str]:
    """Return the marks that every page of a report carries, most important first."""
    found = [gettext("DRAFT")] if document.assessment.status == "draft" else []
    found.append(str(STAMP_EXAMPLE) if document.process.is_example else stamp(document.review))
    if document.process.is_invented:
        found.append(str(STAMP_INVENTED))
    if document.question_set.experimental:
        found.append(str(STAMP_EXPERIMENTAL))
    return found
