"""The words of rounds over time: standard sentences, and what keys of the document are called."""

from django.utils.translation import gettext_lazy as _

from assessments.headlines.standard import STAMP_EXAMPLE, STAMP_INVENTED

MATCHED = _(
    "Rounds of one process are compared on the items that apply and were answered both times. Both rounds are computed "
    "again on these; the full scores stand in the report on each. An item that moved is named whatever the verdict: a "
    "fact is not a trend."
)
PICTURE_KEY = _(
    "A line joins two rounds on what was answered both times; it is broken where they answered other versions of the "
    "questions. No line: the two are not compared. A ring stands at a round's own score, where it is compared with "
    "none. Below: the letter and the score of each round's own result."
)
GRADES = _(
    "Evidence: E0 nothing given, E1 described or for insiders only, E2 a link or file that others can open, with a "
    "sentence on what in it shows this."
)
NO_CAUSE = _("What was done and what moved stand side by side. Whether one led to the other is not said.")
FROM_PUBLIC = _(
    "From what is public of both panels, in whole points: a change is named only where it would hold whatever these "
    "stand for, and whichever group is left out."
)
OF_ONE_GROUP = _(
    "Of one group there is no rule that tells a change from chance, so letters stand beside each other and no more is "
    "said. Who answered may have been others."
)
ONE_WAVE = _("Groups were asked in one of these rounds only, so there is nothing to lay beside what they said.")
NO_WAVE = _("No group was asked in any of these rounds.")
NO_GROUPS = _("No group's letters are public in both waves: too few groups answered confidentially.")

MOVED = {
    "better_answer": _("better answer"),
    "lower_answer": _("lower answer"),
    "better_shown": _("better shown"),
    "less_shown": _("less shown"),
    "claims_more": _("claims more"),
    "claims_less": _("claims less"),
}
VERDICTS = {
    "better": _("better"),
    "lower": _("lower"),
    "within_re_rating": _("within what re-rating gives"),
    "mostly_shown": _("change, mostly in what is shown"),
}
NOT_COMPARED = {
    "reviews": _("one round is reviewed and the other is not"),
    "missing": _("not part of both"),
    "not_rebuilt": _("a stored result does not hold what this needs"),
}
ASSURANCE = {
    "self_assessed": _("self-assessed, not reviewed"),
    "reviewed": _("reviewed"),
}
STAMPS = {"example": STAMP_EXAMPLE, "invented": STAMP_INVENTED}
LEFT_OUT = {
    "older": _("There are more rounds than can stand side by side; the newest are shown."),
    "draft": _("It is not submitted, or was opened again and is not submitted yet."),
}
SINCE = {
    "counts_more": _("The item counts more now."),
    "not_more": _("The item does not count more (yet)."),
    "not_compared": _("Cannot be compared."),
}
GROUPS_CHANGE = {
    "better": _("better"),
    "lower": _("lower"),
    "cannot_tell": _("cannot be told from chance"),
    "not_compared": _("not compared"),
}
GROUPS_WHY = {
    "groups": _("not the same groups answered every question both times"),
    "items": _("not the same questions were asked"),
    "few_asked": _("the short form asked less than two thirds of it"),
    "score": _("one of both has no public score"),
    "by_group": _("it needs figures by group that are not public"),
    "set": _("another question set or method"),
}
ASKED = {
    "both": _("in both"),
    "then": _("only then"),
    "now": _("only now"),
}
