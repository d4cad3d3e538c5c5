"""What was answered: processes, their members, assessments, answers, frozen results and reports."""

from assessments.models.answer import Answer, AnswerState, EvidenceClass, EvidenceFile
from assessments.models.assessment import (
    Assessment,
    AssessmentEvent,
    AssessmentState,
    Response,
    Track,
)
from assessments.models.move import Move
from assessments.models.process import (
    Goal,
    Invitation,
    InvitationState,
    Membership,
    Process,
    Promise,
    Role,
    ScreenerAnswer,
    StakeholderGroup,
    Visibility,
)
from assessments.models.report import FrozenResult, Report, ReportKind, ReportState

__all__ = [
    "Answer",
    "AnswerState",
    "Assessment",
    "AssessmentEvent",
    "AssessmentState",
    "EvidenceClass",
    "EvidenceFile",
    "FrozenResult",
    "Goal",
    "Invitation",
    "InvitationState",
    "Membership",
    "Move",
    "Process",
    "Promise",
    "Report",
    "ReportKind",
    "ReportState",
    "Response",
    "Role",
    "ScreenerAnswer",
    "StakeholderGroup",
    "Track",
    "Visibility",
]
