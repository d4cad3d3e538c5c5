"""Standard sentences of the method, in one place: the PDF and the web pages say the same thing in the
same words."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.documents.comparison import ComparedAttribute, ComparedProcess, ComparisonDocument, Pair
from assessments.documents.result import FIRST_SET, AttributeResult, ItemResult, ResultDocument
from assessments.scoring import whole
from assessments.scoring.rules import FULL_SCORE, ZERO

SELF_ASSESSED = _("These scores are the organiser's own view. Nobody independent has checked them.")
PROVISIONAL = _("Too little is answered or shown, or a critical item is open or not shown. Read as an early sign.")
COMPARISON = _(
    "Different people assessed different processes. Differences below 10 points, or that one answer could cause, "
    "are not differences."
)
MATCHED = _(
    "The results answered different versions of the question set. They are compared on matched items only: items with "
    "the same code and revision in both. Each result keeps its own scores; the ones on matched items serve this "
    "comparison alone. An attribute is not comparable where matched items carry less than two thirds of its weight in "
    "either version."
)
MATCHED_ROUNDS = _(
    "Two rounds of one process are compared on the matched items that apply and were answered both times."
)
OVERLAP = _(
    "Inclusion is asked about in three of the four attributes. A process that is weak on inclusion is weak three "
    "times; the four scores are not independent."
)
NO_MARGIN = _(
    "No margin of error is given: nothing here was drawn at random. The ranges show what unknown answers and claims "
    "that nothing shows could still change, and nothing else."
)
NOT_AFFILIATED = _(
    "The attributes and questions are from “Internet Governance: Why the Multistakeholder Approach Works” "
    "by the Internet Society. msgov is not affiliated with or endorsed by the Internet Society."
)
INVENTED = _("Invented data: this process does not exist. It shows what a report looks like.")
EXAMPLE = _(
    "Example drawn from a published case study, not a finding. Where the text is silent, the answer is left open."
)
SCREENER_ADVICE = _("Advice, not a verdict: nothing on this page enters a score.")

EXPERIMENTAL = _(
    "The question set is experimental: its items are new, have not been tried out, and may still change much."
)

STAMP_EXPERIMENTAL = _("EXPERIMENTAL QUESTION SET")
STAMP_SELF_ASSESSED = _("SELF-ASSESSED, NOT REVIEWED")
STAMP_INVENTED = _("INVENTED DATA")
STAMP_EXAMPLE = _("EXAMPLE, CODED FROM ONE TEXT")

LETTER_LABELS = {
    "N": _("Not achieved"),
    "P": _("Partially achieved"),
    "L": _("Largely achieved"),
    "F": _("Fully achieved"),
    # Of attributes: the halves of the two middle bands.
    "P-": _("Partially achieved, lower half"),
    "P+": _("Partially achieved, upper half"),
    "L-": _("Largely achieved, lower half"),
    "L+": _("Largely achieved, upper half"),
}
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


EXCLUDED = {
    "draft": _("Not submitted: a draft cannot be compared."),
    "track": _("Answered from another side: the tracks are never mixed."),
    "question_set": _("Answered another question set."),
    "major_version": _("Answered another major version of the question set."),
    "method_version": _("Scored by another major version of the method."),
    "assurance": _("Checked in another way: self-assessed and reviewed results are never put side by side."),
    "another_round": _("A later round of the same process is in the comparison."),
    "no_score": _("No attribute has a score that may be compared."),
}
NOT_COMPARED = {
    "not_applicable": _("not applicable"),
    "withheld": _("withheld: less than half answered or shown"),
    "reduced_scope": _("less than two thirds of it applies"),
    "missing": _("not part of this question set"),
    "matched_share": _("less than two thirds of it can be matched"),
    "not_rebuilt": _("the stored result does not hold what matching needs"),
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
    return str(EXAMPLE if document.process.is_example else SELF_ASSESSED)


def is_first_set(slug: str, version: str) -> bool:
    """Whether what is said of the Internet Society's questions (`OVERLAP`, `NOT_AFFILIATED`) holds for a set."""
    return slug == FIRST_SET and version.partition(".")[0] == "1"


def set_compared(comparison: ComparisonDocument) -> dict[str, Any]:
    """Return what the templates of a comparison are told of the question set that was answered."""
    return {
        "is_first_set": all(
            is_first_set(comparison.question_set, p.question_set_version) for p in comparison.processes
        ),
        "is_experimental": any(process.experimental for process in comparison.processes),
        "credit": comparison.credit,
    }


def index_range(document: ResultDocument) -> str:
    """Say what the summary index hides; empty when there is none."""
    if document.index is None:
        return ""
    return gettext(
        "One figure hides which attribute is weak. Weighting each attribute double in turn moves it between %(lo)s "
        "and %(hi)s."
    ) % {"lo": document.index.weight_low, "hi": document.index.weight_high}


def score_sentence(attribute: AttributeResult | ComparedAttribute, name: str) -> str:
    """Say in one sentence what the score bar of an attribute shows. Points are whole numbers."""
    low = attribute.low.whole if attribute.low else ""
    high = attribute.high.whole if attribute.high else ""
    if attribute.status == "not_applicable":
        return gettext("%(name)s: not applicable.") % {"name": name}
    if attribute.status == "withheld" or attribute.score is None:
        return gettext("%(name)s: no score shown; possible range %(low)s to %(high)s of 100.") % {
            "name": name,
            "low": low,
            "high": high,
        }
    values = {
        "name": name,
        "score": attribute.score.whole,
        "letter": attribute.letter or "",
        "low": low,
        "high": high,
        "claimed": attribute.claimed.whole if attribute.claimed else attribute.score.whole,
    }
    if attribute.status == "provisional":
        return (
            gettext(
                "%(name)s: provisionally %(score)s of 100, letter %(letter)s; possible range %(low)s to %(high)s; "
                "claimed %(claimed)s."
            )
            % values
        )
    return (
        gettext(
            "%(name)s: %(score)s of 100, letter %(letter)s; possible range %(low)s to %(high)s; claimed %(claimed)s."
        )
        % values
    )


def verdict(pair: Pair, first: str, second: str) -> str:
    """Say in words how two processes, given by their names, stand to each other; attributes by their codes."""
    names = {"first": first, "second": second, "on_first": "", "on_second": "", "missing": ""}
    names["on_first"] = ", ".join(pair.first_ahead_on)
    names["on_second"] = ", ".join(pair.second_ahead_on)
    names["missing"] = ", ".join(pair.not_compared)
    texts = {
        "first_ahead": gettext("%(first)s is ahead: on %(on_first)s, and nowhere behind."),
        "second_ahead": gettext("%(second)s is ahead: on %(on_second)s, and nowhere behind."),
        "mixed": gettext("Mixed: %(first)s is ahead on %(on_first)s, %(second)s on %(on_second)s."),
        "no_meaningful_difference": gettext("No meaningful difference."),
        "not_comparable": gettext("Cannot be said (not compared: %(missing)s)."),
    }
    return texts[pair.verdict] % names


def ahead(leader: str, others: Iterable[tuple[str, str, bool]]) -> str:
    """Say of whom a process is meaningfully ahead: name, points, and whether the ranges do not meet."""
    parts = [
        (gettext("%(name)s (%(points)s)") if robust else gettext("%(name)s (%(points)s; ranges overlap)"))
        % {"name": name, "points": points}
        for name, points, robust in others
    ]
    return gettext("%(leader)s is ahead of %(others)s.") % {"leader": leader, "others": ", ".join(parts)}


def comparison_stamps(processes: Iterable[ComparedProcess]) -> list[str]:
    """Return the marks that every page of a comparison carries."""
    found = list(processes)
    marks = [str(STAMP_SELF_ASSESSED)]
    if any(process.is_invented for process in found):
        marks.append(gettext("CONTAINS INVENTED DATA"))
    if any(process.is_example for process in found):
        marks.append(gettext("CONTAINS EXAMPLES"))
    if any(process.experimental for process in found):
        marks.append(str(STAMP_EXPERIMENTAL))
    return marks


def stamps(document: ResultDocument) -> list[str]:
    """Return the marks that every page of a report carries, most important first."""
    found = [gettext("DRAFT")] if document.assessment.status == "draft" else []
    found.append(str(STAMP_EXAMPLE if document.process.is_example else STAMP_SELF_ASSESSED))
    if document.process.is_invented:
        found.append(str(STAMP_INVENTED))
    if document.question_set.experimental:
        found.append(str(STAMP_EXPERIMENTAL))
    return found
