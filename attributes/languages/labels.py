"""What the texts of a question set are called where they are translated."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attributes.documents.documents import Address
from attributes.documents.translating import TextEntry

# By kind of part and field; %(row)s is the code, key or number of the row it stands in.
_LABELS: dict[tuple[str, str], Promise] = {
    ("set", "title"): gettext_lazy("Title"),
    ("set", "summary"): gettext_lazy("Summary"),
    ("set", "credit"): gettext_lazy("Credit"),
    ("set", "resource_default"): gettext_lazy("What the questions are about, unless a process names it"),
    ("set", "process_default"): gettext_lazy("What a process is called where none is named"),
    ("scale", "label"): gettext_lazy("Level %(row)s: name"),
    ("scale", "meaning"): gettext_lazy("Level %(row)s: meaning"),
    ("attribute", "title"): gettext_lazy("Title"),
    ("attribute", "summary"): gettext_lazy("Summary"),
    ("attribute", "quotations/text"): gettext_lazy("Quotation %(row)s"),
    ("attribute", "lead_in"): gettext_lazy("How the source leads to its questions"),
    ("question", "verbatim"): gettext_lazy("Question in the words of the source"),
    ("item", "short"): gettext_lazy("Short name"),
    ("item", "text"): gettext_lazy("Question"),
    ("item", "note"): gettext_lazy("Note"),
    ("item", "na_condition"): gettext_lazy("When it does not apply"),
    ("item", "participant_text"): gettext_lazy("Question to stakeholders"),
    ("item", "participant_note"): gettext_lazy("Note to stakeholders"),
    ("item", "why_critical"): gettext_lazy("Why it is critical"),
    ("item", "evidence_sentence"): gettext_lazy("The sentence asked for as evidence"),
    ("item", "show_it"): gettext_lazy("Advice to show it"),
    ("item", "blind_spot"): gettext_lazy("Advice on a blind spot"),
    ("item", "reading/decides"): gettext_lazy("Reading for a process that decides"),
    ("item", "reading/recommends"): gettext_lazy("Reading for a process that recommends"),
    ("item", "reading/sets_standards"): gettext_lazy("Reading for a process that sets standards"),
    ("item", "reading/dialogues"): gettext_lazy("Reading for a dialogue"),
    ("item", "anchors/text"): gettext_lazy("What level %(row)s means"),
    ("item", "examples/text"): gettext_lazy("Example %(row)s"),
    ("item", "options/label"): gettext_lazy("Option %(row)s"),
    ("item", "options/help"): gettext_lazy("Help for option %(row)s"),
    ("item", "states/label"): gettext_lazy("Answer %(row)s"),
    ("item", "states/text"): gettext_lazy("What answer %(row)s means"),
    ("item", "states/participant_label"): gettext_lazy("Answer %(row)s, for stakeholders"),
    ("item", "states/participant_text"): gettext_lazy("What answer %(row)s means, for stakeholders"),
    ("item", "evidence_prompts"): gettext_lazy("What would show it, %(row)s"),
    ("item", "recommendations/text"): gettext_lazy("Recommendation %(row)s"),
    ("item", "recommendations/basis_quote"): gettext_lazy("Passage that recommendation %(row)s rests on"),
    ("item", "recommendations/basis_case"): gettext_lazy("Case that the passage of recommendation %(row)s tells of"),
    ("criteria", "text"): gettext_lazy("Criterion %(row)s"),
    ("criteria", "help"): gettext_lazy("Help for criterion %(row)s"),
    ("goals", "text"): gettext_lazy("Goal %(row)s"),
    ("components", "text"): gettext_lazy("Component %(row)s"),
    ("components", "note"): gettext_lazy("Note on component %(row)s"),
    ("crosswalk", "framework"): gettext_lazy("Principle %(row)s: framework"),
    ("crosswalk", "text"): gettext_lazy("Principle %(row)s: text"),
    ("crosswalk", "not_covered"): gettext_lazy("Principle %(row)s: what is not covered"),
}
_PARTS: dict[str, Promise] = {
    "set": gettext_lazy("The set"),
    "scale": gettext_lazy("Rating scale"),
    "criteria": gettext_lazy("Where the approach fits"),
    "goals": gettext_lazy("Shared goals"),
    "components": gettext_lazy("Components"),
    "crosswalk": gettext_lazy("Other principles"),
    "contradictions": gettext_lazy("Contradictions"),
}
# Keys of rows that have no code count from 0, people from 1.
_COUNTED = frozenset({"crosswalk", "examples", "quotations", "evidence_prompts"})
_LEVELS = frozenset({"scale", "anchors"})


def label_of(entry: TextEntry, letters: Sequence[str] = ()) -> str:
    """What a text is called within its part. `letters` are those of the levels of the scale."""
    names = [step for step in entry.path if isinstance(step, str)]
    row = ""
    if len(names) < len(entry.path):
        # A list in a part: item/IT1a/options/language/label. A part that is a list: goals/G1/text.
        rows, below = entry.address.kind, entry.key.removeprefix(f"{entry.address}/").split("/")
        if entry.address.code:
            rows, *below = below
        row = _called(rows, below[0], letters)
    return str(_LABELS[entry.address.kind, "/".join(names)]) % {"row": row}


def _called(rows: str, name: str, letters: Sequence[str]) -> str:
    if rows in _LEVELS and name.isdecimal() and int(name) < len(letters):
        return letters[int(name)] or name
    return str(int(name) + 1) if rows in _COUNTED and name.isdecimal() else name


def part_label(where: Address) -> str:
    """What a part is called: "Item IT1a"."""
    if where.kind == "attribute":
        return _("Attribute %(code)s") % {"code": where.code}
    if where.kind == "question":
        return _("Question %(code)s") % {"code": where.code}
    if where.kind == "item":
        return _("Item %(code)s") % {"code": where.code}
    return str(_PARTS[where.kind])
