"""Standard sentences of the method, in one place: the PDF and the web pages say the same thing in the
same words."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from assessments.answers.counting import NOT_SCORED, REASON_MISSING, CountingStanding
from assessments.documents.comparison import ComparedAttribute, ComparedProcess, ComparisonDocument, Pair
from assessments.documents.result import FIRST_SET, AttributeResult, ItemResult, RecommendationPart, ResultDocument
from assessments.documents.values import exact

SELF_ASSESSED = _("These scores are the organiser's own view. Nobody independent has checked them.")
PROVISIONAL = _("Too few answers, or a critical item open. Read as an early sign.")
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
    "No margin of error is given: nothing here was drawn at random. The ranges show what the unknown answers could "
    "still change, and nothing else."
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
STAMP_EXAMPLE = _("EXAMPLE, NOT REVIEWED")

LETTER_LABELS = {
    "N": _("Not achieved"),
    "P": _("Partially achieved"),
    "L": _("Largely achieved"),
    "F": _("Fully achieved"),
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
    "withheld": _("withheld: less than half answered"),
    "reduced_scope": _("less than two thirds of it applies"),
    "missing": _("not part of this question set"),
    "matched_share": _("less than two thirds of it can be matched"),
    "not_rebuilt": _("the stored result does not hold what matching needs"),
}
# The rule of a list in which something was answered and nothing counts.
NO_OPTION_KNOWN = "no_option_known"
ACTIONS = {
    "add_evidence": _("give evidence for what is claimed"),
    "next_level": _("reach the next level"),
    "answer": _("find out and answer"),
}


def withheld(attribute: AttributeResult) -> str:
    """Say why an attribute has no score and between which points it could lie."""
    if attribute.low is None or attribute.high is None:
        return gettext("Less than half of this attribute was answered. No score is shown.")
    return gettext(
        "Less than half of this attribute was answered. No score is shown; with the answers given it could lie "
        "anywhere between %(low)s and %(high)s."
    ) % {"low": attribute.low.whole, "high": attribute.high.whole}


def standing_of(item: ItemResult) -> CountingStanding:
    """Return where an item of a document stands, for the sentence that explains it on the page and in the report."""
    applicable = [line for line in item.options if line.state != "not_applicable"]
    wordy = {state.key for state in item.states if state.needs_text}
    answered = item.state == "answered" or item.rule == NO_OPTION_KNOWN
    return CountingStanding(
        rule=REASON_MISSING if item.without_reason else item.rule or NOT_SCORED,
        supported=exact(item.supported),
        claimed=exact(item.claimed),
        letter=item.letter,
        claimed_letter=item.claimed_letter,
        evidence_class=item.evidence_class,
        known=sum(line.known for line in applicable),
        applicable=len(applicable),
        wordless=sum(line.state in wordy and not line.text.strip() for line in applicable) if answered else 0,
    )


def unsupported(items: Iterable[ItemResult]) -> str:
    """Say how many answers claim more than their evidence supports; empty when none does."""
    found = list(items)
    if not found:
        return ""
    letters = gettext(" or ").join(sorted({i.letter for i in found if i.letter}, key="NPLF".index))
    return ngettext(
        "%(n)s answer claims more than its evidence supports; it counts as %(letters)s until evidence is added.",
        "%(n)s answers claim more than their evidence supports; they count as %(letters)s until evidence is added.",
        len(found),
    ) % {"n": len(found), "letters": letters}


def nothing_to_do(recommendations: Sequence[RecommendationPart]) -> str:
    """Say that nothing is to be done, where the letters say so; empty otherwise, also where no advice was written."""
    if not recommendations:
        return gettext("Nothing to recommend: no item that counts applies.")
    if all(entry.letter == "F" for entry in recommendations):
        return gettext("Nothing to recommend: every item that applies is fully achieved.")
    return ""


def without_advice(recommendations: Iterable[RecommendationPart]) -> list[RecommendationPart]:
    """The items that could be better, and for which the question set has no recommendation."""
    return [entry for entry in recommendations if entry.kind == "improve" and not entry.texts]


def no_concern(document: ResultDocument) -> str:
    """Say why the evidence gives no concern: nothing stands low, or nothing is known."""
    if any(item.letter for item in document.items().values()):
        return gettext("No answer stands at N or P.")
    return gettext("Cannot be said: nothing that counts has been answered.")


def one_question(attribute: AttributeResult) -> str:
    """Say that an attribute rests on a single question, and what one answer does; empty otherwise."""
    if len(attribute.questions) != 1:
        return ""
    items = [item for item in attribute.questions[0].items if item.scored]
    return gettext(
        "This attribute rests on one question, here %(n)s items; one answer moves it by %(points)s points."
    ) % {"n": len(items), "points": attribute.step.whole}


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
