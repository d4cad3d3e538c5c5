"""The words of a comparison: standard sentences, and what keys of its document are called."""

from django.utils.translation import gettext_lazy as _

from assessments.documents.comparison import ComparisonDocument
from assessments.headlines.standard import STAMP_EXAMPLE, STAMP_INVENTED

NO_RANKING = _("There is no ranking, no total and no verdict over all attributes.")
TOLD_APART = _(
    "Two are told apart on an attribute only if both scores are shown, the difference is more than two people who rate "
    "the same thing would make, and the ranges do not overlap. Otherwise they cannot be told apart, with the reason."
)
FOUR_ATTRIBUTES = 4
BY_CHANCE = _(
    "With four attributes, noise alone makes one of two equal processes stand higher on some attribute in about 1 of 7 "
    "pairs."
)
MATCHED = _(
    "Where two were asked different things, because of another version of the question set or another kind of process, "
    "they are compared on matched items only: items with the same code and revision that apply to both. Each result "
    "keeps its own scores; the ones on matched items serve this comparison alone. An attribute is not compared where "
    "matched items carry less than two thirds of its weight on either side."
)
NOT_NAMED = _(
    "What is not named cannot be told apart: the ranges touch, or the difference is no more than two people make who "
    "rate the same thing."
)
PICTURE_KEY = _(
    "Shaded bands: not, partly, largely, fully. Dot: shown. Ring: claimed, where that is more. Bar: where it could "
    "lie. Dashed: withheld."
)
PICTURE_KEY_GROUPS = _("Diamond, below: what groups say, with the range of other answers.")
ITEM_KEY = _(
    "What each claims: N not, P partly, L largely, F fully. “Claimed”: not shown; ? not known; – does not apply; "
    "empty: not asked."
)
SHOWS_LITTLE = _("A process that shows little openly scores lower than one that shows more, whatever it does.")
LEARN = _(
    "Where one process claims an item fully and shows it openly, and another puts itself at N or P. Levels are those "
    "claimed; whether they are shown stands beside them."
)
LEARN_BRIEFLY = _("Shown fully and openly by one, put at “not” or “partly” by others themselves")
SHOWN = {True: _("shown"), False: _("not shown")}
NOTHING_TO_LEARN = _("No item is claimed fully and shown openly by one process and put at N or P by another itself.")
SHARED = _(
    "Items that at least half of the processes that answered them, and at least two, put at N or P themselves: work "
    "that could be done together."
)
FEW = _("Fewer than two of the chosen assessments can be compared with each other, so there is nothing to show.")

RECORDS = {
    "own": _("Processes"),
    "example": _("Examples, coded from texts: compared only among themselves"),
    "invented": _("Invented data: compared only among themselves"),
}
ORDERS = {
    "name": _("In order of name. Not a ranking."),
    "own": _("Own first, the others in order of name. Not a ranking."),
    "chosen": _("In an order set by hand. Not a ranking."),
}

# What is compared, by sort of record.
WHO_ASSESSED = {
    "own": _("Different people assessed different processes."),
    "example": _("Each example was coded from one published text: they differ by what the texts say."),
    "invented": _("Nothing here happened: the processes are invented to show what a comparison looks like."),
}
# By how far the results are reviewed: those that are in full are put side by side among themselves only.
OWN_ASSESSED = {
    "none": _("Self-assessed, by different people, and not reviewed."),
    "partly": _("Self-assessed, by different people, and not reviewed in full."),
    "all": _("Self-assessed, by different people, and each reviewed by somebody else."),
}
CHECKED_OWN = {
    "none": _("self-assessed, not reviewed"),
    "partly": _("self-assessed, not reviewed in full"),
    "all": _("self-assessed, and reviewed"),
}
CHECKED_EXAMPLE = _("coded from a text, not reviewed")
CHECKED_INVENTED = {"none": _("not reviewed"), "partly": _("not reviewed in full"), "all": _("reviewed")}
STAMP_OWN = {
    "none": _("SELF-ASSESSED, NOT REVIEWED"),
    "partly": _("SELF-ASSESSED, NOT REVIEWED IN FULL"),
    "all": _("REVIEWED"),
}


def reviewed_how_far(document: ComparisonDocument) -> str:
    """Whether the results that are compared are reviewed: "all" of them, "partly" some, or "none"."""
    if document.processes and all(process.assurance == "reviewed" for process in document.processes):
        return "all"
    return "partly" if any(process.is_partly_reviewed for process in document.processes) else "none"


def who_assessed(document: ComparisonDocument) -> str:
    """Say who assessed what is compared."""
    if document.record != "own":
        return str(WHO_ASSESSED[document.record])
    return str(OWN_ASSESSED[reviewed_how_far(document)])


def checked(document: ComparisonDocument) -> str:
    """In which way the results were checked."""
    found = {"own": CHECKED_OWN, "invented": CHECKED_INVENTED}.get(document.record)
    return str(CHECKED_EXAMPLE if found is None else found[reviewed_how_far(document)])


def stamp_of(document: ComparisonDocument) -> str:
    """The mark of what is compared."""
    marks = {"own": STAMP_OWN[reviewed_how_far(document)], "example": STAMP_EXAMPLE, "invented": STAMP_INVENTED}
    return str(marks[document.record])


EXCLUDED = {
    "draft": _("Not submitted: a draft cannot be compared."),
    "unknown_method": _("Scored by a version of the method that is not known here, so nothing of it was checked."),
    "records": _(
        "Another sort of record: processes of one's own, examples coded from texts, and invented data are compared "
        "only among themselves."
    ),
    "track": _("Answered from another side: the tracks are never mixed."),
    "assurance": _("Checked in another way: self-assessed and reviewed results are never put side by side."),
    "question_set": _("Answered another question set."),
    "major_version": _("Answered another major version of the question set."),
    "method_version": _("Scored by another version of the method."),
    "no_score": _("No attribute has a score that may be compared."),
    "older_round": _("A later round of the same process stands here. Rounds of one process are compared over time."),
}
NOT_COMPARED = {
    "not_applicable": _("not applicable"),
    "withheld": _("less than half of it is answered or shown, so there is no score"),
    "reduced_scope": _("less than two thirds of what is asked, by weight, applies to it"),
}
WHY = {
    "no_sampling_range": _("no sampling range"),
    "provisional": _("a score is provisional"),
    "withheld": _("a score is withheld"),
    "not_applicable": _("it does not apply to one of them"),
    "reduced_scope": _("less than two thirds of it applies"),
    "missing": _("not part of both"),
    "not_rebuilt": _("a stored result does not hold what matching needs"),
    "asked_otherwise": _("stakeholders were not asked the same items"),
    "not_told": _("a score is not told in public"),
    "little_in_common": _("less than two thirds of it was asked of both"),
}
UNMATCHED = {
    "reworded": _("reworded"),
    "new": _("new"),
    "gone": _("gone"),
    "not_answered": _("not answered both times"),
    "other_kind": _("does not apply to one kind of process"),
}
NUMBERS = {2: _("two"), 3: _("three"), 4: _("four"), 5: _("five"), 6: _("six")}
