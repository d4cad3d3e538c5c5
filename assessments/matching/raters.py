"""Who set the level of each answer: rounds of one process that the same people rated differ less by chance."""

from collections import Counter
from collections.abc import Sequence

from django.db.models import Exists, OuterRef

from assessments.models import Answer, AnswerVersion, Assessment
from assessments.vocabulary import Track

TAKEN_OVER = (AnswerVersion.Reason.IMPORTED, AnswerVersion.Reason.MOVED)


def raters_of(assessments: Sequence[Assessment]) -> dict[str, dict[str, int]]:
    """Return who last saved each answer, by codes of assessment and item, where a process has several of these rounds.

    Answers that came in from elsewhere, and those of accounts that are gone, are left out: nobody knows who set them.
    One query for any number, none without two rounds of one process.
    """
    rounds = Counter(assessment.process_id for assessment in assessments)
    several = [assessment.pk for assessment in assessments if rounds[assessment.process_id] > 1]
    if not several:
        return {}
    taken_over = AnswerVersion.objects.filter(answer=OuterRef("pk"), version=OuterRef("version"), reason__in=TAKEN_OVER)
    rows = (
        Answer.objects.filter(response__assessment__in=several, response__track=Track.EVIDENCE)
        .exclude(updated_by=None)
        .exclude(Exists(taken_over))
        .values_list("response__assessment__code", "item__code", "updated_by_id")
    )
    found: dict[str, dict[str, int]] = {}
    for assessment, item, person in rows:
        found.setdefault(assessment, {})[item] = person
    return found
