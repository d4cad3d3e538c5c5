"""What an organiser decides about how results are shown."""

from django.utils.translation import gettext as _

from assessments.exceptions import NotEditable
from assessments.models import Assessment
from assessments.vocabulary import AssessmentState


def set_show_index(*, assessment: Assessment, show: bool) -> None:
    """Say whether the summary index is printed. Raises NotEditable once the assessment is submitted."""
    drafts = Assessment.objects.filter(pk=assessment.pk, state=AssessmentState.DRAFT)
    if not drafts.update(show_index=show):
        raise NotEditable(_("The assessment has been submitted; reopen it to change what is printed."))
    assessment.show_index = show
