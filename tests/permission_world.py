"""A process with one of everything, seen by nine kinds of people, for the permission matrix."""

from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.core import signing
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from assessments.answering.services.entries import enter_file
from assessments.models import (
    Action,
    Assessment,
    CommentTheme,
    Decision,
    EvidenceFile,
    Goal,
    GroupReply,
    IssuedReport,
    Membership,
    PaperAssistant,
    Process,
    PublicRecord,
    ReplyInvitation,
    Report,
    SavedComparison,
    StakeholderGroup,
    Wave,
)
from assessments.models.panel_stores import PanelLink
from assessments.panels.services.waves import launch_wave, prepare_wave
from assessments.paper import access as paper_access
from assessments.processes.services.invitations import invite
from assessments.records.services.publishing import publish
from assessments.reports.content import readers_of, report_on
from assessments.respond import services
from assessments.respond.access import COOKIE, SALT
from assessments.rounds.services.submission import submit_assessment
from assessments.vocabulary import ReportKind, ReportState, Role, Visibility
from attributes.codes import token_hash
from attributes.editor.services.drafts import start_draft
from attributes.languages.services import add_language
from msgov.accounts.models import User
from tests import builders

# guest: no account, and the process is open to everyone. visitor: an account, and the process is open to those.
COLUMNS = ("anonymous", "guest", "stranger", "visitor", "reviewer", "contributor", "organiser", "admin", "setadmin")
VISIBILITY = {"guest": Visibility.PUBLIC, "visitor": Visibility.SIGNED_IN}


@dataclass
class PermissionWorld:
    """`state` is that of the assessment the addresses name: in "draft" there is a submitted round before it."""

    state: str
    organiser: User = field(init=False)
    process: Process = field(init=False)
    assessment: Assessment = field(init=False)
    people: dict[str, User | None] = field(init=False)

    def __post_init__(self) -> None:
        self.organiser = builders.user()
        self.process = builders.process(organiser=self.organiser)
        self.assessment = self._round(submit=True)
        if self.state == "draft":
            self.assessment = self._round(submit=False)
        self.group = StakeholderGroup.objects.create(process=self.process, name="Group")
        self.goal = Goal.objects.create(process=self.process, text="Goal")
        self.member = builders.member(self.process, builders.user(), Role.REVIEWER)
        self.invitation, self.token = invite(
            process=self.process, user=self.organiser, email="invited@example.org", role=Role.REVIEWER
        )
        self.wave = self._wave()
        self.theme = CommentTheme.objects.create(wave=self.wave, title="Late papers")
        self.link = self._link()
        self.assistant = self._assistant()
        self.file = self._evidence()
        self.action = Action.objects.create(assessment=self.assessment, text="Ask the villages")
        Decision.objects.create(
            assessment=self.assessment, body="The board", decided_on="2026-01-31", decision="Agreed"
        )
        self.report = self._report()
        self.record = self._published()
        self.issued = IssuedReport.objects.create(
            number="0123456789AB", kind="full", about=self.assessment.code, as_of=timezone.now()
        )
        self.saved = SavedComparison.objects.create(user=self.organiser, name="Ours", codes=[self.assessment.code] * 2)
        self.draft = start_draft(user=self.organiser, base=self.assessment.question_set)
        add_language(draft=self.draft, user=self.organiser, language="fr")
        self.people = {column: self._person(column) for column in COLUMNS}
        # Members were there before the wave was launched: those who came later read no comments of it.
        Membership.objects.filter(process=self.process).update(created_at=self.wave.created_at)

    def _round(self, *, submit: bool) -> Assessment:
        assessment = builders.assessment(self.process)
        builders.answer(assessment, "IT1a", 2)
        if submit:
            submit_assessment(assessment=assessment, user=self.organiser)
            assessment.refresh_from_db()
        return assessment

    def _wave(self) -> Wave:
        """A wave of the assessment with one group: being prepared in "draft", launched in "submitted"."""
        wave = prepare_wave(assessment=self.assessment, user=self.organiser)
        wave.closes_on, wave.notice = timezone.localdate() + timedelta(days=7), "Why"
        wave.save()
        if self.state == "submitted":
            launch_wave(wave=wave, user=self.organiser)
        return wave

    def _link(self) -> str:
        """The token of a stakeholder's link, with a questionnaire under way."""
        token = f"stakeholder-{self.state}"
        row = PanelLink.objects.create(group=self.wave.groups.get(), token_hash=services.token_hash(token))
        services.begin(link=row)
        return token

    def _assistant(self) -> str:
        """The token of somebody who enters sheets."""
        token = f"assistant-{self.state}"
        PaperAssistant.objects.create(
            group=self.wave.groups.get(), name="A. Reader", token_hash=token_hash(token), made_on=timezone.localdate()
        )
        return token

    def _evidence(self) -> EvidenceFile:
        answer = self.assessment.responses.get().answers.get()
        upload = EvidenceFile(
            response=answer.response, item=answer.item, name="a.txt", content_type="text/plain", size=1
        )
        upload.sha256 = sha256(b"x").hexdigest()
        upload.file.save("a.txt", ContentFile(b"x"))
        self.entry = enter_file(process_id=self.process.pk, user=self.organiser, row=upload)
        return upload

    def _report(self) -> Report:
        report = Report(
            kind=ReportKind.BOARD,
            document=report_on(self.assessment, kind=ReportKind.BOARD).model_dump(mode="json"),
            cache_key="k",
            state=ReportState.READY,
            pages=1,
            is_draft=self.assessment.is_draft,
            requested_by=self.organiser,
        )
        report.file.save("r.pdf", ContentFile(b"%PDF-1.7"))
        report.assessments.set([self.assessment])
        return report

    def _published(self) -> PublicRecord:
        """A record of a submitted round: of the one before in "draft"."""
        done = Assessment.objects.submitted().filter(process=self.process).latest("round")
        record = publish(
            assessment=done, user=self.organiser, on_behalf_of="The board", result_number=1, language="en"
        ).record
        self.reply = GroupReply.objects.create(record=record, group="Group", text="Words", filed_by="Somebody")
        self.reply_token = f"reply-{self.state}"
        ReplyInvitation.objects.create(
            record=record,
            group="Other",
            token_hash=token_hash(self.reply_token),
            expires_at=timezone.now() + timedelta(days=1),
        )
        return record

    def _person(self, column: str) -> User | None:
        if column in ("anonymous", "guest"):
            return None
        if column == "organiser":
            return self.organiser
        person = builders.user(
            is_superuser=column == "admin", is_staff=column == "admin", is_question_set_admin=column == "setadmin"
        )
        if column in Role.values:
            builders.member(self.process, person, column)
        return person

    def process_is_for(self, column: str) -> Visibility:
        """For whom the process is open when somebody looks at it: for a guest or visitor it is opened."""
        return VISIBILITY.get(column, Visibility.PRIVATE)

    def seen_by(self, column: str) -> Client:
        """Somebody's browser."""
        Process.objects.filter(pk=self.process.pk).update(visibility=self.process_is_for(column))
        shown = Assessment.objects.select_related("process").get(pk=self.assessment.pk)
        Report.objects.filter(pk=self.report.pk).update(readers=readers_of([shown]))
        client = Client()
        # Everybody here has opened the link: it leads whoever has it to the same pages.
        client.cookies[COOKIE] = signing.dumps({"token": self.link, "began": None}, salt=SALT)
        assisting = {"token": self.assistant, "entered": 0, "language": "en"}
        client.cookies[paper_access.COOKIE] = signing.dumps(assisting, salt=paper_access.SALT)
        if person := self.people[column]:
            client.force_login(person)
        return client

    def values(self, name: str) -> dict[str, Any]:
        """What each parameter of the address stands for."""
        codes = {"report-detail": self.report, "report-file": self.report, "report-retry": self.report}
        codes["report-word"] = self.report
        is_assessment = name.startswith("assessment-") and name != "assessment-start"
        on_assessment = is_assessment or name == "report-request"
        on_assessment = on_assessment or name.startswith(
            ("action", "annual", "decision", "evidence-", "question", "review", "second-rating")
        )
        if name in ("panel", "disagreement") or name.startswith("panel-"):
            values = {"code": self.assessment.code, "pk": self.wave.groups.get().pk}
            return {**values, "kind": "invitation", "language": "en"}
        if name.startswith("comment-"):
            return {"code": self.assessment.code, "pk": self.theme.pk}
        if name.startswith("wording-"):
            return {"code": "fr", "section": "base"}
        if name == "verify-number":
            return {"number": self.issued.number}
        if name.startswith("compare-saved"):
            return {"code": self.saved.code}
        if name.startswith("record"):
            return {
                "number": self.record.number,
                "version": 1,
                "name": "metadata.jsonld",
                "form": "json",
                "code": self.reply.code,
                "token": self.reply_token,
            }
        if name.startswith(("respond", "paper-sheet")):
            return {"token": self.link, "question": "IT1", "wave": self.wave.code, "language": "en"}
        if name.startswith("assist"):
            return {"token": self.assistant}
        if name.startswith(("draft", "version", "quick")):
            return self._editor_values(name)
        owner: Any = codes.get(name) or (self.assessment if on_assessment else self.process)
        pks = {"group": self.group, "goal": self.goal, "member": self.member, "invitation": self.invitation}
        return {
            "code": owner.code,
            "pk": getattr(pks.get(name.split("-")[0]), "pk", 0),
            "question": "IT1",
            "item": "IT1a",
            "file": self.file.code,
            "entry": self.entry.code,
            "action": self.action.code,
            # Nobody here has a calendar.
            "secret": "none-none",
            "token": self.token,
            "number": self.member.user_id,
            "name": "items" if name == "assessment-table" else "profile",
            "form": "csv" if name == "assessment-table" else "svg",
        }

    def _editor_values(self, name: str) -> dict[str, Any]:
        question_set = self.assessment.question_set
        return {
            "code": self.draft.code,
            "slug": question_set.slug,
            "version": question_set.version,
            "where": "attribute/IT" if name == "draft-translate" else "item/IT1a",
            "format": "json",
            "language": "fr",
            "question": "IT1",
            "number": 1,
        }
