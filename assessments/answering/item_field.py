"""The fields of items: what a form shows for each kind, and how it is read back.

Not Django's form fields: a question page has dozens of radio buttons, and one widget template for each would cost
more than everything else on the page. Names of inputs are made of the item's code and the option's key, and only
ever built, never taken apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext as _

from assessments.answers.value import (
    DONT_KNOW,
    NOT_APPLICABLE,
    AnswerContent,
    canonical,
    lines_without_reason,
    link_lines,
    takes_evidence,
)
from assessments.vocabulary import EvidenceClass, EvidenceSource
from assessments.web_addresses import with_scheme
from attributes.catalogue.types import CatalogueItem, CatalogueSet
from attributes.texts import Wording, clean_text

Choice = dict[str, Any]

TEXT_LIMIT = 20_000
LINE_LIMIT = 2_000
LINKS_LIMIT = 10_000
LIMITS = {
    "reason": LINE_LIMIT,
    "links": LINKS_LIMIT,
    "other": LINE_LIMIT,
    "justification": LINE_LIMIT,
    "moved": LINE_LIMIT,
}
# Before the code of a file that is chosen from the register; of anything else the line of links itself is chosen.
FILE_CHOICE = "file:"


def marked(*, claims: bool = False, asks: str = "") -> Choice:
    """What a choice brings with it: that evidence would show it (`claims`), and whose words it counts with (`asks`).

    The style sheet shows fields by these classes (static/css/answering.css).
    """
    marks = [name for name, given in (("claims", claims), (f"asks-{asks}", asks)) if given]
    return {"claims": claims, "asks": asks, "marks": "".join(f" {name}" for name in marks)}


class ForgedInput(Exception):
    """A value that the form does not offer: the request was not made with the form."""


@dataclass
class ItemReading:
    """What was read for one item, and by name of input what the person can put right there.

    With `errors` the item cannot be stored.
    """

    content: AnswerContent
    errors: dict[str, str] = field(default_factory=dict)


def values_of(data: Mapping[str, Any], name: str) -> list[str]:
    """All values that were sent under one name, as boxes that are ticked are."""
    return [str(value) for value in (data.getlist(name) if isinstance(data, QueryDict) else [data.get(name, "")])]


class ItemField:
    """The inputs of one item. Subclasses add the answer proper; evidence, reason and comment are common."""

    template: ClassVar[str]

    def __init__(self, item: CatalogueItem, catalogue: CatalogueSet) -> None:
        self.item = item
        self.scale = catalogue.scale

    def name(self, part: str) -> str:
        """The name of an input of the item."""
        return f"{self.item.code}-{part}"

    def option_name(self, key: str, part: str) -> str:
        """The name of an input of one of its options."""
        return f"{self.item.code}-{key}-{part}"

    @property
    def asks_for_source(self) -> bool:
        """Whether it has to be said who made the evidence: where stakeholders have the first word."""
        return self.item.scored and self.item.stakeholder_primary

    # --- What may be posted ---------------------------------------------------------------------------------

    @property
    def can_be_left_out(self) -> bool:
        """Whether "not applicable" is offered for the item as a whole."""
        return self.item.na_allowed

    def names(self) -> set[str]:
        """The names of all inputs that hold something to save."""
        # What of last time the page shows, and why the answer moved since.
        parts = {"version", "last", "moved", *self.own_parts()}
        if self.can_be_left_out:
            parts |= {"reason"}
        if takes_evidence(self.item):
            parts |= {"evidence", "use", "entry", "links", "comment"} | ({"class"} if self.item.scored else set())
        if self.asks_for_source:
            parts |= {"source"}
        return {self.name(part) for part in parts}

    def own_parts(self) -> set[str]:
        """The parts of the answer proper."""
        return set()

    # --- Reading --------------------------------------------------------------------------------------------

    def read(self, data: Mapping[str, Any], stored: AnswerContent) -> ItemReading:
        """Return what was posted; what was not posted stays as stored. Raises ForgedInput."""
        reading = ItemReading(stored)
        content = replace(
            self.read_answer(data, stored, reading),
            not_applicable_reason=self.words("reason", data, stored.not_applicable_reason, reading),
            evidence_text=self.words("evidence", data, stored.evidence_text, reading),
            evidence_links=self.links(data, stored.evidence_links, reading),
            comment=self.words("comment", data, stored.comment, reading),
            moved_because=self.words("moved", data, stored.moved_because, reading),
            evidence_class=self.choice("class", data, stored.evidence_class, ("", *EvidenceClass.values)),
            evidence_source=self.choice("source", data, stored.evidence_source, ("", *EvidenceSource.values)),
        )
        reading.content = canonical(self.item, content)
        return reading

    def read_answer(self, data: Mapping[str, Any], stored: AnswerContent, reading: ItemReading) -> AnswerContent:
        """Return `stored` with the answer proper as posted."""
        raise NotImplementedError

    def words(self, part: str, data: Mapping[str, Any], stored: str, reading: ItemReading) -> str:
        """Read a text input of the item."""
        return self.read_text(self.name(part), data, stored, reading, LIMITS.get(part, TEXT_LIMIT))

    def read_text(self, name: str, data: Mapping[str, Any], stored: str, reading: ItemReading, limit: int) -> str:
        """Read a text input; one that is too long is kept, and an error."""
        if name not in data:
            return stored
        typed = clean_text(str(data[name]))
        if len(typed) > limit:
            reading.errors[name] = _("Shorten this to %(limit)s characters; it has %(length)s.") % {
                "limit": limit,
                "length": len(typed),
            }
        # What only looks different because of how browsers send text was not changed.
        return stored if typed == clean_text(stored) else typed

    def choice(self, part: str, data: Mapping[str, Any], stored: str, allowed: tuple[str, ...]) -> str:
        """Read a choice of the item."""
        return self.read_choice(self.name(part), data, stored, allowed)

    def read_choice(self, name: str, data: Mapping[str, Any], stored: str, allowed: tuple[str, ...]) -> str:
        """Read one of the values the form offers."""
        if name not in data:
            return stored
        value = str(data[name])
        if value not in allowed:
            raise ForgedInput(name)
        return value

    def links(self, data: Mapping[str, Any], stored: str, reading: ItemReading) -> str:
        """Read what the answer rests on: documents that are ticked, one chosen from the register, and typed ones.

        A line that is no web address says where insiders find a document, as in the register.
        All of it is on the page: whoever ticks nothing and types nothing takes everything away.
        """
        use, entry, typed = (self.name(part) for part in ("use", "entry", "links"))
        if data.keys().isdisjoint({use, entry, typed}):
            return stored
        lines = [line for value in values_of(data, use) for line in link_lines(clean_text(value))]
        new = [with_scheme(line) for line in link_lines(clean_text(str(data.get(typed, ""))))]
        chosen = clean_text(str(data.get(entry, ""))).strip()
        lines += [chosen] if chosen and not chosen.startswith(FILE_CHOICE) else []
        every = list(dict.fromkeys([*lines, *new]))
        found = "\n".join(every)
        if len(found) > LINKS_LIMIT:
            reading.errors[typed] = _("Shorten this to %(limit)s characters; it has %(length)s.") % {
                "limit": LINKS_LIMIT,
                "length": len(found),
            }
        # Their order says nothing, and changes with what is ticked and what is typed.
        return stored if set(every) == set(link_lines(clean_text(stored))) else found

    def file_entry(self, data: Mapping[str, Any]) -> str:
        """The code of a file that was chosen from the register, or ""."""
        chosen = str(data.get(self.name("entry"), ""))
        return chosen.removeprefix(FILE_CHOICE).strip() if chosen.startswith(FILE_CHOICE) else ""

    def missing_reasons(self, content: AnswerContent) -> dict[str, str]:
        """By name of input, the words without which the answer, or a line of it, does not count."""
        if content.state == NOT_APPLICABLE:
            wanting = self.can_be_left_out and not content.not_applicable_reason.strip()
            text = _("Say why it is not applicable. Until then it is treated as open.")
            return {self.name("reason"): text} if wanting else {}
        text = _("Say why. Until then this does not count.")
        return {self.reason_name(key): text for key in lines_without_reason(self.item, content)}

    def reason_name(self, key: str) -> str:
        """The input for the words that belong to a line of the answer."""
        return self.name("justification")

    # --- Showing --------------------------------------------------------------------------------------------

    def show(self, content: AnswerContent, say: Wording) -> dict[str, Any]:
        """Return what the template of this kind needs, besides the common parts."""
        raise NotImplementedError

    def radio(self, name: str, value: str, chosen: str, label: str, text: str = "", letter: str = "") -> Choice:
        """One radio button."""
        return {
            "name": name,
            "value": value,
            "id": f"{name}-{value or 'open'}",
            # Nothing is chosen before somebody has chosen: no answer is not an answer.
            "checked": bool(value) and value == chosen,
            "label": label,
            "text": text,
            "letter": letter,
        }

    def off_scale(self, name: str, chosen: str) -> dict[str, Any]:
        """The answers that are not on the scale, and the button that takes an answer back."""
        offered = [self.radio(name, DONT_KNOW, chosen, _("Don't know"))]
        if self.can_be_left_out:
            offered.append(self.radio(name, NOT_APPLICABLE, chosen, _("Not applicable")) | marked(asks="reason"))
        return {"off_scale": offered, "clear": self.radio(name, "", chosen, _("Clear"))}
