"""The rows of the page that shows a draft as a whole: lean, as there may be hundreds."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from attributes.documents import documents, operations, outline
from attributes.documents.documents import Address, Document
from attributes.documents.outline import OutlineNode
from attributes.editor.forms.part import language_of
from attributes.editor.services.drafts import base_document, problems_of
from attributes.kinds import Kind
from attributes.labels import KIND_LABELS
from attributes.models import Draft

# Up to here everything is shown at once; beyond, one attribute, and beyond that within it one question.
SHOWN_AT_ONCE = 150
LONGEST_TEXT = 110


@dataclass
class TreeRow:
    """An attribute, question or item as the page draws it."""

    where: Address
    text: str
    kind: str = ""
    flags: list[str] = field(default_factory=list)
    missing: int = 0
    # Of what is below and not shown.
    missing_below: int = 0
    items: int = 0
    change: str = ""
    first: bool = False
    last: bool = False
    is_open: bool = False
    is_folded: bool = False
    rows: list["TreeRow"] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Of the element: addresses of places in the page lead there."""
        return f"{self.where.kind}-{self.where.code}"


@dataclass
class Tree:
    """Makes the rows. `opened` is the part whose panel is open, if any."""

    draft: Draft
    opened: Address | None
    # The part one comes from: what it stands in is unfolded.
    at: Address | None = None

    def __post_init__(self) -> None:
        self.document: Document = self.draft.content
        base = base_document(self.draft)
        self.language = language_of(self.document)
        self.problems = problems_of(self.document)
        self.missing = Counter(problem.address for problem in self.problems)
        self.changes = outline.changed(self.document, base) if base is not None else {}
        self.taken_out = outline.taken_out(self.document, base) if base is not None else []
        self.items = len(documents.nodes(self.document, "item"))
        self.questions = len(documents.nodes(self.document, "question"))
        self.path: set[Address] = set()
        above = self.opened or self.at
        while above is not None:
            self.path.add(above)
            above = documents.parent(self.document, above)

    def attributes(self) -> list[TreeRow]:
        """All of it, as far as it is unfolded."""
        fold = self.items + self.questions > SHOWN_AT_ONCE
        return [
            self._attribute(node, fold=fold) for node in outline.below(self.document.get("attributes", []), "attribute")
        ]

    def _row(self, node: OutlineNode, text: Any) -> TreeRow:
        words = str((text or {}).get(self.language, "") or next(iter((text or {}).values()), ""))
        return TreeRow(
            node.address,
            words if len(words) <= LONGEST_TEXT else words[: LONGEST_TEXT - 1] + "…",
            missing=self.missing[node.address],
            change=self.changes.get(node.address, ""),
            first=node.first,
            last=node.last,
            is_open=node.address == self.opened,
        )

    def _attribute(self, node: OutlineNode, *, fold: bool) -> TreeRow:
        row = self._row(node, node.row.get("title"))
        questions = list(outline.below(node.row.get("questions", []), "question"))
        row.items = sum(len(question.row.get("items", [])) for question in questions)
        row.is_folded = fold and node.address not in self.path
        if row.is_folded:
            row.missing_below = sum(self._missing_in(question) for question in questions)
            row.rows = []
            return row
        too_many = row.items + len(questions) > SHOWN_AT_ONCE
        row.rows = [self._question(question, fold=too_many) for question in questions]
        return row

    def _missing_in(self, question: OutlineNode) -> int:
        items = outline.below(question.row.get("items", []), "item")
        return self.missing[question.address] + sum(self.missing[item.address] for item in items)

    def _question(self, node: OutlineNode, *, fold: bool) -> TreeRow:
        row = self._row(node, node.row.get("verbatim"))
        items = list(outline.below(node.row.get("items", []), "item"))
        row.items = len(items)
        row.is_folded = fold and node.address not in self.path
        if row.is_folded:
            row.missing_below = sum(self.missing[item.address] for item in items)
        else:
            row.rows = [self._item(item) for item in items]
        return row

    def _item(self, node: OutlineNode) -> TreeRow:
        row = self._row(node, node.row.get("short"))
        row.kind = str(KIND_LABELS[Kind(node.row["kind"])]) if node.row.get("kind") in set(Kind) else ""
        names = ("critical", "na_allowed", "stakeholder_primary", "quick_check", "short_form")
        row.flags = [name for name in names if node.row.get(name)]
        row.flags += ["organiser"] if node.row.get("audience") == "organiser" else []
        row.flags += [] if node.row.get("scored") else ["unscored"]
        return row


def proposals(draft: Draft, under: Address) -> dict[str, Any]:
    """The codes proposed for what can be added, and for splitting and merging at this place."""
    content, spent = draft.content, list(draft.spent_codes)
    if under.kind in {"set", "attribute"}:
        kind = "attribute" if under.kind == "set" else "question"
        return {"code": operations.proposed_code(content, kind, under.code, spent)}
    if under.kind == "question":
        return {"code": operations.proposed_code(content, "item", under.code, spent)}
    question = documents.parent(content, under)
    first = operations.proposed_code(content, "item", question.code if question else "", spent)
    second = operations.proposed_code(content, "item", question.code if question else "", [*spent, first])
    return {"code": first, "codes": f"{first} {second}"}
