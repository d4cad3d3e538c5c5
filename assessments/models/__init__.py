"""What was answered: processes, their members, assessments, answers, frozen results and reports;
and which comparisons people keep."""

from assessments.models.action import Action, ActionEvent, ActionMailing, Decision, LateNotice
from assessments.models.annual_page import AnnualPage
from assessments.models.assessment import Answer, AnswerVersion, Assessment, EvidenceFile, Response
from assessments.models.assignment import QuestionAssignment, QuestionAssignmentQuerySet
from assessments.models.background import Goal, KindChange, ScreenerAnswer, StakeholderGroup
from assessments.models.board import BoardPaper, Brand
from assessments.models.issued import IssuedReport
from assessments.models.mail import MailsQueued
from assessments.models.move import Move
from assessments.models.opening import EvidenceOpening
from assessments.models.panel import Wave
from assessments.models.panel_changes import WaveAmendment
from assessments.models.panel_comments import CommentTheme, PanelComment, ThemeReply
from assessments.models.panel_results import WaveSnapshot
from assessments.models.panel_statements import EarlierStatement, GroupStatement
from assessments.models.panel_stores import BallotBox, BallotBoxContent, PanelLink, UnfinishedQuestionnaire, WaveGroup
from assessments.models.paper import PaperAssistant, PaperAssistantQuerySet
from assessments.models.process import Invitation, Membership, PastRole, Process
from assessments.models.rating import MeasuredNoise, RatedAnswer, SecondRating
from assessments.models.record import GroupReply, PublicRecord, RecordVersion, ReplyInvitation
from assessments.models.register import EntryCheck, EvidenceEntry, document_key
from assessments.models.report import AssessmentEvent, FrozenResult, Report
from assessments.models.review import ItemOpinion, OpinionReply, Review, ReviewEvent, ReviewQuestion
from assessments.models.saved_comparison import SavedComparison
from assessments.models.wave_mail import BounceReading, WaveMailing, WaveMailPlan, WaveMailText
from assessments.models.wording import WordingLanguage

__all__ = [
    "Action",
    "ActionEvent",
    "ActionMailing",
    "AnnualPage",
    "Answer",
    "AnswerVersion",
    "Assessment",
    "AssessmentEvent",
    "BallotBox",
    "BallotBoxContent",
    "BoardPaper",
    "BounceReading",
    "Brand",
    "CommentTheme",
    "Decision",
    "EarlierStatement",
    "EntryCheck",
    "EvidenceEntry",
    "EvidenceFile",
    "EvidenceOpening",
    "FrozenResult",
    "Goal",
    "GroupReply",
    "GroupStatement",
    "Invitation",
    "IssuedReport",
    "ItemOpinion",
    "KindChange",
    "LateNotice",
    "MailsQueued",
    "MeasuredNoise",
    "Membership",
    "Move",
    "OpinionReply",
    "PanelComment",
    "PanelLink",
    "PaperAssistant",
    "PaperAssistantQuerySet",
    "PastRole",
    "Process",
    "PublicRecord",
    "QuestionAssignment",
    "QuestionAssignmentQuerySet",
    "RatedAnswer",
    "RecordVersion",
    "ReplyInvitation",
    "Report",
    "Response",
    "Review",
    "ReviewEvent",
    "ReviewQuestion",
    "SavedComparison",
    "ScreenerAnswer",
    "SecondRating",
    "StakeholderGroup",
    "ThemeReply",
    "UnfinishedQuestionnaire",
    "Wave",
    "WaveAmendment",
    "WaveGroup",
    "WaveMailPlan",
    "WaveMailText",
    "WaveMailing",
    "WaveSnapshot",
    "WordingLanguage",
    "document_key",
]
