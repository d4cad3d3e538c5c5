"""What the organiser of the invented process chose for the annual page of a round."""

from typing import TYPE_CHECKING

from assessments.annual.services import save_annual_page
from assessments.demo.spec import AnnualSpec
from assessments.models import Assessment, PanelComment
from assessments.vocabulary import CommentState

if TYPE_CHECKING:
    from msgov.accounts.models import User


def seed_annual(*, spec: AnnualSpec, assessment: Assessment, organiser: "User") -> None:
    """Write the foreword, and quote the comment with these words, which has been cleared."""
    cleared = PanelComment.objects.filter(wave__assessment=assessment, state=CommentState.SHOWN).exclude(group=None)
    save_annual_page(
        assessment=assessment,
        user=organiser,
        version=0,
        title="",
        year="",
        foreword=spec.foreword,
        left_out=[],
        quoted=cleared.get(edited=spec.quoted) if spec.quoted else None,
    )
