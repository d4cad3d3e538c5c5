"""Result documents for the tests of reports: real texts of the shipped question set, invented answers.

They are built from rows that are never stored, so that reports are tested without a database.
"""

import copy
import datetime
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from assessments.answers.evidence import GivenEvidence, piece_digest
from assessments.answers.value import AnswerContent, OptionContent, fields_of
from assessments.documents.result import ResultDocument
from assessments.documents.values import document_digest
from assessments.models import Answer, Assessment, EvidenceOpening, FrozenResult, Goal, Process, ScreenerAnswer
from assessments.results.build import StoredRows, document_of_rows
from attributes.catalogue.published import build
from attributes.catalogue.types import CatalogueItem, CatalogueSet
from attributes.kinds import Kind

SET = Path(__file__).parents[2] / "attributes/question_sets/isoc-multistakeholder-attributes-1.0.0.yaml"
STARTED = datetime.datetime(2025, 9, 1, 12, tzinfo=datetime.UTC)
OPENED = datetime.date(2025, 10, 20)
GROUPS = ["Government", "Business", "Civil society", "Technical community", "Academia"]


@dataclass
class Given:
    """An answer as given in a test; `level` stands for the same share of a checklist's options."""

    level: int = 2
    state: str = "answered"
    evidence: str = "E2"
    text: str = "Minutes of the steering group, published after each meeting."
    links: list[str] = field(default_factory=lambda: ["https://example.org/minutes/2025-03"])
    comment: str = ""
    reason: str = ""
    # Whether a second person opened the links and found that they show it.
    opened: bool = False


@cache
def question_set() -> dict[str, Any]:
    return yaml.safe_load(SET.read_text(encoding="utf-8"))


@cache
def catalogue(missing: tuple[str, ...] = ()) -> CatalogueSet:
    """The shipped set; every item of the attributes `missing` may be not applicable."""
    source = copy.deepcopy(question_set())
    items = [(a["code"], i) for a in source["attributes"] for q in a["questions"] for i in q["items"]]
    for attribute, item in items:
        if attribute in missing and item["scored"]:
            item["na_allowed"] = True
    ids = {item["code"]: number for number, (_attribute, item) in enumerate(items, start=1)}
    return build(source, ids, id=1, status="published", digest="ab12" * 16)


def pattern(index: int) -> Given:
    """Answers of every kind: all letters, caps, don't knows, comments."""
    if index % 11 == 7:
        return Given(state="dont_know", evidence="", text="", links=[])
    level = (2, 3, 1, 2, 3, 0, 2)[index % 7]
    if index % 5 == 3:
        return Given(level=level, evidence="E0", text="", links=[])
    if index % 5 == 4:
        return Given(level=level, evidence="E1", text="Described in the secretariat's handover note.", links=[])
    return Given(level=level, comment="Agreed after two rounds of comments." if index % 6 == 0 else "")


def result(
    name: str = "Forum on Rural Connectivity",
    given: dict[str, Given] | None = None,
    code: str = "k7m2pq9xra",
    *,
    default: Any = pattern,
    status: str = "final",
    missing: tuple[str, ...] = (),
    groups: list[str] | None = None,
    **process: Any,
) -> ResultDocument:
    """A document with answers by item code; `missing` are attributes that become not applicable."""
    questions = catalogue(missing)
    answers, evidence = {}, {}
    for index, item in enumerate(questions.items.values()):
        own = (given or {}).get(item.code) or default(index)
        if item.attribute_code in missing and item.scored:
            own = Given(state="not_applicable", reason="Nothing of it takes place here.", text="", links=[])
        answers[item.pk] = Answer(item_id=item.pk, **fields_of(item, _content(item, own)))
        evidence[item.pk] = GivenEvidence(openings=_openings(item, own))
    final = status == "final"
    rows = StoredRows(
        assessment=Assessment(code=code, round=1, created_at=STARTED, process=_process(code, name, process)),
        process=_process(code, name, process),
        catalogue=questions,
        groups=GROUPS if groups is None else groups,
        screener={
            criterion.code: ScreenerAnswer(
                criterion=criterion.code, choice="yes" if number else "partly", note="" if number else "In part."
            )
            for number, criterion in enumerate(questions.criteria)
        },
        kind_changes=[],
        goals=[
            Goal(
                text="Reach every village with an affordable connection by 2028.",
                agreed_by="Government, business, civil society",
                agreed_when="March 2025",
                recorded_in="Charter, section 2",
                reservations="Operators asked for a review after two years.",
            )
        ],
        answers=answers,
        files={},
        evidence=evidence,
    )
    return document_of_rows(
        rows,
        number=1 if final else None,
        submitted_on="2025-11-14" if final else None,
        submitted_by="Ada Okafor" if final else "",
    )


def frozen(assessment: Assessment, name: str = "Forum", *, number: int = 1, **fields: Any) -> FrozenResult:
    """The document of an assessment, stored as a result of it."""
    document = result(name, code=assessment.code, **fields)
    return FrozenResult.objects.create(
        assessment=assessment,
        number=number,
        method_version=document.method_version,
        document=document.model_dump(mode="json"),
        digest=document_digest(document),
    )


def _content(item: CatalogueItem, given: Given) -> AnswerContent:
    answered = given.state == "answered"
    keys = [state.key for state in item.states]
    named = [option.key for option in item.options] or [""]
    return AnswerContent(
        state=given.state,
        level=given.level if answered and item.kind is Kind.RATING else None,
        options={
            option: OptionContent(keys[(given.level + position) % len(keys)], "As set out in the charter.")
            for position, option in enumerate(named)
        }
        if answered and keys
        else {},
        text="Remote participation by telephone works." if item.kind is Kind.OPEN_TEXT else "",
        not_applicable_reason=given.reason,
        evidence_class=given.evidence,
        evidence_text=given.text,
        evidence_links="\n".join(given.links),
        evidence_source="groups" if given.evidence == "E2" else "",
        comment=given.comment,
    )


def _openings(item: CatalogueItem, given: Given) -> list[EvidenceOpening]:
    return [
        EvidenceOpening(
            pk=number,
            item_id=item.pk,
            reference=link,
            made_for=piece_digest(given.text, link),
            outcome="shows",
            day=OPENED,
        )
        for number, link in enumerate(given.links if given.opened else [], start=1)
    ]


def _process(code: str, name: str, fields: dict[str, Any]) -> Process:
    described = {
        "issue": "How to share the cost of the last mile between operators, municipalities and cooperatives.",
        "organisation": "Rural Connectivity Secretariat",
        "period": "January to October 2025",
        "outcome_expected": "A cost-sharing framework that the regulator can adopt.",
        "resource": "rural access networks",
        "promise": "collaborate",
        "country": "East Africa",
        "language": "en",
        "website": "https://example.org/forum",
    }
    return Process(code=code[::-1], name=name, **{**described, **fields})
