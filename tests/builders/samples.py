"""Result documents for the tests of reports: real texts of the shipped question set, invented answers.

They are built from the pure scoring package alone, so that reports are tested without a database.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from assessments import scoring
from assessments.documents import result as d
from assessments.documents.values import item_value, points, share
from assessments.scoring.model import ItemAnswer, ItemKind, ItemState, OptionAnswer, ScoringItem, StateCredit
from assessments.scoring.scorecard import score_attribute

SET = Path(__file__).parents[2] / "attributes/question_sets/isoc-multistakeholder-attributes-1.0.0.yaml"
LEVELS = ("Not achieved", "Partially achieved", "Largely achieved", "Fully achieved")
UNSCORED = {"diagnosis_checklist", "open_text"}


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


@cache
def question_set() -> dict[str, Any]:
    return yaml.safe_load(SET.read_text(encoding="utf-8"))


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
    **process: Any,
) -> d.ResultDocument:
    """A document with answers by item code; `missing` are attributes that become not applicable."""
    source = question_set()
    index = 0
    attributes = []
    for attribute in source["attributes"]:
        answers = {}
        for item in (item for question in attribute["questions"] for item in question["items"]):
            answers[item["code"]] = (given or {}).get(item["code"]) or default(index)
            index += 1
        attributes.append(_attribute(attribute, answers, gone=attribute["code"] in missing))
    return _document(source, attributes, name, code, status, process)


def _attribute(source: dict[str, Any], given: dict[str, Given], *, gone: bool) -> d.AttributeResult:
    specs = [_spec(source, q, i) for q in source["questions"] for i in q["items"] if i["kind"] not in UNSCORED]
    answers = {spec.code: _answer(spec, given[spec.code]) for spec in specs}
    if gone:
        answers = {
            s.code: ItemAnswer(s.code, ItemState.NOT_APPLICABLE, has_na_reason=True) for s in specs if s.na_allowed
        }
    values = scoring.score_items(specs, answers.values())
    scored = score_attribute(source["code"], specs, values)
    weighted = {entry.code: entry for entry in scored.items}
    optional = {name: getattr(scored, name) for name in ("score", "claimed", "unsupported", "low", "high")}
    return d.AttributeResult(
        code=source["code"],
        slug=source["slug"],
        title=source["title"],
        summary=source["summary"],
        status="not_applicable" if gone else scored.status.value,
        coverage=share(scored.coverage),
        scope=share(scored.scope),
        reduced_scope=scored.reduced_scope,
        letter=None if gone else scored.letter,
        band_letter=None if gone else scored.band_letter,
        limited_by=list(scored.limited_by),
        critical_open=list(scored.critical_open),
        provisional_because=list(scored.provisional_because),
        step=points(scored.step),
        questions=[
            d.QuestionResult(
                code=q["code"],
                verbatim=q["verbatim"],
                items=[_item(i, given[i["code"]], values.get(i["code"]), weighted.get(i["code"])) for i in q["items"]],
            )
            for q in source["questions"]
        ],
        improvements=[] if gone else _improvements(source, specs[:3]),
        **{name: None if gone or value is None else points(value) for name, value in optional.items()},
    )


def _improvements(source: dict[str, Any], specs: list[ScoringItem]) -> list[d.ImprovementPart]:
    shorts = {i["code"]: i["short"] for q in source["questions"] for i in q["items"]}
    return [
        d.ImprovementPart(
            item=spec.code,
            short=shorts[spec.code],
            action=action,
            gain=points(Fraction(20, 3)),
            new_score=points(Fraction(200, 3)),
            range_gain=None,
        )
        for spec, action in zip(specs, ("add_evidence", "next_level", "answer"), strict=False)
    ]


def _spec(attribute: dict[str, Any], question: dict[str, Any], item: dict[str, Any]) -> ScoringItem:
    rating = item["kind"] == "rating"
    return ScoringItem(
        code=item["code"],
        revision=item["revision"],
        question=question["code"],
        attribute=attribute["code"],
        kind=ItemKind.RATING if rating else ItemKind.CHOICE,
        critical=item.get("critical", False),
        na_allowed=item.get("na_allowed", False),
        options=() if rating else tuple(option["key"] for option in item.get("options", [])) or ("",),
        states=()
        if rating
        else tuple(StateCredit(s["key"], Fraction(s["credit"]), s.get("needs_text", False)) for s in item["states"]),
    )


def _answer(spec: ScoringItem, given: Given) -> ItemAnswer:
    chosen = [_state(spec, given.level + position) for position in range(len(spec.options))]
    return ItemAnswer(
        spec.code,
        ItemState(given.state),
        level=given.level if spec.kind is ItemKind.RATING else None,
        options=tuple(OptionAnswer(o, s, has_text=True) for o, s in zip(spec.options, chosen, strict=True))
        if spec.kind is ItemKind.CHOICE
        else (),
        evidence_class=given.evidence or "E0",
        has_na_reason=bool(given.reason),
    )


def _state(spec: ScoringItem, number: int) -> str:
    return spec.states[number % len(spec.states)].key if spec.states else ""


def _item(source: dict[str, Any], given: Given, value: Any, weighted: Any) -> d.ItemResult:
    answered = given.state == "answered"
    rating = source["kind"] == "rating"
    states = {s["key"]: s for s in source.get("states", [])}
    keys = list(states)
    options = [
        d.OptionLine(
            key=option["key"],
            label=option["label"],
            state=keys[(given.level + position) % len(keys)] if answered and keys else "",
            state_label=states[keys[(given.level + position) % len(keys)]]["label"] if answered and keys else {},
            credit=states[keys[(given.level + position) % len(keys)]].get("credit") if answered and keys else None,
            text="As set out in the charter." if answered else "",
            known=answered,
        )
        for position, option in enumerate(source.get("options", []))
    ]
    return d.ItemResult(
        code=source["code"],
        revision=source["revision"],
        kind=source["kind"],
        short=source["short"],
        text=source["text"],
        scored=value is not None,
        critical=source.get("critical", False),
        state=given.state if value is None else value.state.value,
        level=given.level if rating and answered else None,
        level_label={"en": LEVELS[given.level]} if rating and answered else {},
        anchor=source["anchors"][given.level]["text"] if rating and answered else {},
        options=options,
        other="",
        answer_text="Remote participation by telephone works." if source["kind"] == "open_text" else "",
        not_applicable_reason=given.reason,
        comment=given.comment,
        evidence_class=given.evidence,
        evidence_text=given.text,
        evidence_links=given.links,
        evidence_files=[],
        claimed=item_value(value.claimed) if value and value.claimed is not None else None,
        supported=item_value(value.supported) if value and value.supported is not None else None,
        share_known=share(value.share_known) if value else None,
        weight=share(weighted.weight) if weighted else None,
        contribution=points(weighted.contribution) if weighted else None,
        cap=item_value(value.cap) if value and value.cap is not None else None,
        capped=bool(value and value.capped),
        letter=value.letter if value else None,
        claimed_letter=value.claimed_letter if value else None,
        rule=value.rule if value else "not_scored",
    )


def _document(
    source: dict[str, Any], attributes: list[d.AttributeResult], name: str, code: str, status: str, process: Any
) -> d.ResultDocument:
    items = [i for a in attributes for q in a.questions for i in q.items]
    lettered = sorted((i for i in items if i.letter), key=lambda i: Fraction(i.supported.exact))  # type: ignore[union-attr]
    scores = {a.code: Fraction(a.score.exact) for a in attributes if a.score}
    return d.ResultDocument(
        format="msgov-result/1",
        method_version=scoring.METHOD_VERSION,
        question_set=d.QuestionSetRef(
            slug=source["slug"],
            version=source["version"],
            digest="ab12" * 16,
            title=source["title"],
            credit=source["credit"],
        ),
        process=d.ProcessPart(**{**_process(code, name), **process}),
        assessment=d.AssessmentPart(
            code=code,
            round=1,
            title="",
            number=1 if status == "final" else None,
            status=status,  # type: ignore[arg-type]
            started_on="2025-09-01",
            submitted_on="2025-11-14" if status == "final" else None,
            submitted_by="Ada Okafor" if status == "final" else "",
            assurance="self_assessed",
            track="evidence",
            show_index=False,
        ),
        screener=_screener(source),
        goals=[
            d.GoalLine(
                shared_goal="G1",
                text={"en": "Reach every village with an affordable connection by 2028."},
                agreed_by="Government, business, civil society",
                agreed_when="March 2025",
                recorded_in="Charter, section 2",
                reservations="Operators asked for a review after two years.",
            )
        ],
        attributes=attributes,
        weakest=[c for c, s in scores.items() if s == min(scores.values())],
        index=None,
        strengths=[i.code for i in reversed(lettered[-3:])],
        concerns=[i.code for i in lettered[:3]],
        recommendations=_recommendations(source, items),
        unknown=[i.code for i in items if i.scored and i.state in ("dont_know", "unanswered")],
        not_applicable=[i.code for i in items if i.state == "not_applicable"],
        unsupported_items=[i.code for i in items if i.capped],
        crosswalk=_crosswalk(source, items),
    )


def _process(code: str, name: str) -> dict[str, Any]:
    return {
        "code": code[::-1],
        "name": name,
        "kind": "recommends",
        "kind_changes": [{"kind": "recommends", "since": "2025-01-07"}],
        "issue": "How to share the cost of the last mile between operators, municipalities and cooperatives.",
        "organisation": "Rural Connectivity Secretariat",
        "period": "January to October 2025",
        "outcome_expected": "A cost-sharing framework that the regulator can adopt.",
        "resource": "rural access networks",
        "promise": "collaborate",
        "country": "East Africa",
        "language": "en",
        "website": "https://example.org/forum",
        "groups": ["Government", "Business", "Civil society", "Technical community", "Academia"],
        "is_invented": False,
        "is_example": False,
    }


def _screener(source: dict[str, Any]) -> d.ScreenerPart:
    criteria = source["criteria"]
    return d.ScreenerPart(
        verdict="strong_fit",
        share=share(Fraction(7, 8)),
        lines=[
            d.ScreenerLine(
                code=c["code"], text=c["text"], choice="yes" if n else "partly", note="" if n else "In part."
            )
            for n, c in enumerate(criteria)
        ],
    )


def _recommendations(source: dict[str, Any], items: list[d.ItemResult]) -> list[d.RecommendationPart]:
    sources = {i["code"]: (a["code"], i) for a in source["attributes"] for q in a["questions"] for i in q["items"]}
    found = []
    for item in items:
        attribute, origin = sources[item.code]
        if not item.scored or item.letter == "F" or item.state == "not_applicable":
            continue
        unknown = item.letter is None
        trigger = "L" if item.letter == "L" else "NP"
        texts = [r for r in origin.get("recommendations", []) if not unknown and r["trigger"] == trigger]
        prompts = origin.get("evidence_prompts") or [{}]
        found.append(
            d.RecommendationPart(
                item=item.code,
                attribute=attribute,
                short=item.short,
                letter=item.letter,
                critical=item.critical,
                kind="find_out" if unknown else "improve",
                priority=(2 if item.critical else 0) + {"N": 3, "P": 2, "L": 1, None: 0}[item.letter],
                in_summary=False,
                texts=[
                    d.RecommendationText(code=r["code"], text=r["text"], basis_quote=r["basis_quote"]) for r in texts
                ],
                settle_by=(prompts[0].get("text") or prompts[0]) if unknown else {},
            )
        )
    found.sort(key=lambda r: -r.priority)
    return [r.model_copy(update={"in_summary": n < 5}) for n, r in enumerate(found)]


def _crosswalk(source: dict[str, Any], items: list[d.ItemResult]) -> list[d.CrosswalkLine]:
    by_code = {i.code: i for i in items}
    return [
        d.CrosswalkLine(
            principle=line["text"],
            items=[
                d.CrosswalkItem(code=c, short=by_code[c].short, letter=by_code[c].letter, state=by_code[c].state)
                for c in line["item_codes"]
            ],
            not_covered=line.get("not_covered", {}),
        )
        for line in source["crosswalk"]
    ]
