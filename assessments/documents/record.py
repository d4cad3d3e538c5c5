"""What was published of a result, frozen: everything that a page of the public record and its files show.

It holds what visitors may have of a public process and nothing else: the result, the public numbers of the panel, the
public actions, the decision and the process statement.
"""

from typing import Literal, Self

from pydantic import model_validator

from assessments.documents.both_tracks import JointDocument
from assessments.documents.last_time import LastTimePart
from assessments.documents.report import BoardPart, BrandPart, ReportDocument, StatementPart
from assessments.documents.result import ResultDocument
from assessments.documents.values import DocumentPart, Figure, Text

FORMAT: Literal["msgov-record/1"] = "msgov-record/1"


class LicencePart(DocumentPart):
    """Under which licence the data are given: its SPDX identifier, its name, and where it stands."""

    spdx: str
    name: str
    url: str


class RecordAbout(DocumentPart):
    """What a version of a record is called and what it is about: what is cited, found and kept after a withdrawal.

    Days are ISO days, `published_on` in UTC. `published_for` is on whose behalf it was published, `result_digest` the
    fingerprint of the frozen result.
    """

    number: str
    version: int
    name: str
    organisation: str
    published_for: str
    published_on: str
    round: int
    submitted_on: str
    kind: str
    country: str
    language: str
    question_set: Text
    question_set_version: str
    method_version: str
    is_reviewed: bool
    is_invented: bool
    is_example: bool
    has_groups: bool
    result_digest: str
    licence: LicencePart


class RecordFigures(DocumentPart):
    """One attribute in a list of all records: as it is printed, in whole points. "" and None where there is none."""

    code: str
    title: Text
    status: str
    letter: str
    score: int | None
    low: int | None
    high: int | None
    groups_letter: str
    groups_score: int | None


class RecordDocument(DocumentPart):
    """One version of a record. One of `result` and `joint` is there.

    `last` only where the round before is in the public record too: nothing else of other rounds is published.
    """

    format: Literal["msgov-record/1"] = FORMAT
    about: RecordAbout
    result: ResultDocument | None = None
    joint: JointDocument | None = None
    last: LastTimePart | None = None
    board: BoardPart
    brand: BrandPart = BrandPart()
    statement: StatementPart

    @model_validator(mode="after")
    def _is_public(self) -> Self:
        if (self.result is None) == (self.joint is None):
            raise ValueError("a record shows either a result or both tracks")
        if self.joint and self.joint.is_restricted:
            raise ValueError("what groups said of each item is never published")
        if self.evidence.assessment.status != "final":
            raise ValueError("only what was submitted is published")
        if not all(action.is_public for action in self.board.actions):
            raise ValueError("only public actions are published")
        return self

    @property
    def evidence(self) -> ResultDocument:
        """The result it shows, alone or beside what stakeholders say."""
        found = self.joint.result if self.joint else self.result
        if found is None:
            raise AssertionError("checked when it was made")
        return found

    @property
    def groups(self) -> list[str]:
        """The stakeholder groups that are named in it, once each."""
        asked = [group.name for group in self.joint.panel.groups] if self.joint else []
        return list(dict.fromkeys([*self.evidence.process.groups, *asked]))

    def figures(self) -> list[RecordFigures]:
        """Its attributes in a line each."""
        panel = self.joint.panel if self.joint else None
        found = []
        for entry in self.evidence.attributes:
            said = panel.attribute(entry.code) if panel else None
            found.append(
                RecordFigures(
                    code=entry.code,
                    title=entry.title,
                    status=entry.status,
                    letter=entry.letter or "",
                    score=_whole(entry.score),
                    low=_whole(entry.low),
                    high=_whole(entry.high),
                    groups_letter=(said.letter or "") if said else "",
                    groups_score=_whole(said.score) if said else None,
                )
            )
        return found

    def report(self, paper: Literal["A4", "Letter"] = "A4") -> ReportDocument:
        """The same as a full report for the public."""
        return ReportDocument(
            kind="full",
            paper=paper,
            readers="public",
            annexes=["answers", "figures", "method"],
            result=self.result,
            joint=self.joint,
            last=self.last,
            board=self.board,
            brand=self.brand,
            statement=self.statement,
        )

    def same_content(self, other: "RecordDocument") -> bool:
        """Whether two versions say the same, whenever they were published."""
        return self._content() == other._content()

    def _content(self) -> dict[str, object]:
        facts = [fact for fact in self.statement.facts if fact.key != "published"]
        shown = {"result", "joint", "last", "board"}
        return {**self.model_dump(mode="json", include=shown), "facts": [fact.model_dump() for fact in facts]}


def _whole(figure: Figure | None) -> int | None:
    return None if figure is None else int(figure.whole)
