"""What stands out of a result as a document carries it: what contradicts what, what is open, what can be checked."""

from assessments.documents.values import DocumentPart, Figure


class LineRef(DocumentPart):
    """One line of an item, or with an empty `option` the item itself."""

    item: str
    option: str


class RulePart(DocumentPart):
    """Answers that the question set declares as contradictory (`ContradictionRule` of the scoring)."""

    code: str
    a: str
    a_states: list[str]
    b: str
    b_states: list[str]
    named_states: list[str]


class ContradictionPart(DocumentPart):
    """Two lines that contradict each other. `is_unknown`: that of `b` counts as unknown, and is not only named."""

    rule: str
    a: LineRef
    b: LineRef
    is_unknown: bool


class OpenCountsPart(DocumentPart):
    """What page 1 counts. Lines are those of lists; items not applicable by kind are in no count."""

    items_not_known: int
    lines_not_known: int
    items_not_shown: int
    items_not_applicable: int
    lines_not_applicable: int


class TransparencyPart(DocumentPart):
    """How far others can check the evidence: of `full` items at E2 `opened` were opened by a second person;
    `most_on_one` items rest on one document, `documents` names it (all where several tie); `only_described` items
    rest on words alone."""

    full: int
    opened: int
    opened_share: Figure | None
    only_described: int
    most_on_one: int
    documents: list[str]
