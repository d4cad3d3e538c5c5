"""What the answers on a question page count as, what they contradict, there or on another page, and what they rest on
and could rest on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from assessments.answering.item_field import FILE_CHOICE, ItemField
from assessments.answers.counting import evidence_given, kind_of, related_items, score_answers
from assessments.answers.evidence import NO_EVIDENCE, GivenEvidence, file_reference
from assessments.answers.explaining import class_sentence, explain, standing_from
from assessments.answers.value import UNANSWERED, AnswerContent, link_lines
from assessments.models import Assessment, EvidenceEntry, document_key
from assessments.models.register import EvidenceEntryQuerySet
from assessments.scoring.evidence import EvidenceResult
from assessments.vocabulary import EvidenceClass, EvidenceSource
from assessments.web_addresses import is_web_address
from attributes.catalogue.types import CatalogueItem, CatalogueQuestion, CatalogueSet
from attributes.memory import Statement
from attributes.texts import Wording

SHOWN_LENGTH = 90  # of a title in a list to choose from


def items_read_with(catalogue: CatalogueSet, question: CatalogueQuestion) -> list[CatalogueItem]:
    """The items of a question, and those elsewhere whose answers may contradict theirs."""
    return catalogue.in_order(related_items(catalogue, [item.code for item in question.items]))


def counts_id(code: str) -> str:
    """Where on the page it stands what the answer to an item counts as."""
    return f"{code}-counts"


def contradiction_id(code: str, option: str) -> str:
    """Where on the page it stands that a line contradicts another answer; `option` is "" for the item itself."""
    return f"{code}-{option}-contradicts" if option else f"{code}-contradicts"


@dataclass(frozen=True)
class PageStanding:
    """The answers on a page with what they count as. `say` puts texts of the question set into words."""

    catalogue: CatalogueSet
    contents: Mapping[str, AnswerContent]
    evidence: Mapping[int, GivenEvidence]
    result: EvidenceResult
    say: Wording
    # Whether the page says what answers count as: some would rather not see it while they answer.
    says_scores: bool = True

    @classmethod
    def of(
        cls,
        assessment: Assessment,
        catalogue: CatalogueSet,
        contents: Mapping[str, AnswerContent],
        evidence: Mapping[int, GivenEvidence],
        say: Wording,
        *,
        says_scores: bool = True,
    ) -> "PageStanding":
        """Count these answers. No query."""
        result = score_answers(catalogue, contents, evidence, kind_of(assessment.process))
        return cls(catalogue, contents, evidence, result, say, says_scores)

    def sentence(self, item: CatalogueItem) -> str:
        """What the answer to an item that is asked counts as; "" where there is nothing to count, or to be said."""
        if not self._is_told(item):
            return ""
        counted = self.result.items[item.code]
        against = dict.fromkeys(found.a for found in self.result.contradictions if found.b == item.code)
        return explain(standing_from(counted, tuple(against), takes_record=item.stakeholder_primary))

    def class_sentence(self, item: CatalogueItem) -> str:
        """Which class the evidence for an item has."""
        if not self._is_told(item):
            return ""
        return class_sentence(item, self.contents[item.code], self.evidence.get(item.pk, NO_EVIDENCE))

    def _is_told(self, item: CatalogueItem) -> bool:
        return self.says_scores and item.scored and self.contents[item.code].state != UNANSWERED

    def contradictions(self, item: CatalogueItem) -> dict[str, str]:
        """What to say beside each line of an item that contradicts another answer, by option ("" the item itself)."""
        found = {}
        for entry in reversed(self.result.contradictions):
            if entry.b == item.code:
                other = self.catalogue.items[entry.a]
                names = {"other": f"{other.code} {self.say(other.short)}", "line": self._label(other, entry.a_option)}
                text = _("Contradicts %(other)s (%(line)s).") if names["line"] else _("Contradicts %(other)s.")
                treated = (
                    _("Counts as unknown until one of the two is changed.")
                    if entry.is_unknown
                    else _("It counts as answered.")
                )
                found[entry.b_option] = f"{text % names} {treated}"
        return found

    def said_of_lines(self, item: CatalogueItem) -> list[tuple[str, str]]:
        """What to say beside each line, or the item itself, that may contradict another answer: its id, and "" where
        it does not."""
        if all(rule.b != item.code for rule in self.catalogue.contradictions):
            return []
        found = self.contradictions(item)
        keys = [option.key for option in item.options] or [""]
        return [(contradiction_id(item.code, key), found.get(key, "")) for key in keys]

    def _label(self, item: CatalogueItem, key: str) -> str:
        return next((self.say(option.label) for option in item.options if option.key == key), "")


def _read(process: int) -> EvidenceEntryQuerySet:
    described = ("code", "kind", "title", "day", "name", "address", "key")
    entries = EvidenceEntry.objects.filter(process=process)
    return entries.only(*described, "archived_at", "added_at", "link_found", "link_checked_at")


_entries = Statement(_read)
_entries_and_standing = Statement(lambda process, assessment: _read(process).standing_in(assessment))


@dataclass(frozen=True)
class Register:
    """The register of a process as a question page needs it: by the names of documents, in the order it was made.

    `since` is when a later round was started: of what was there before it is asked whether it still holds.
    """

    entries: Mapping[str, EvidenceEntry]
    since: datetime | None = None

    @classmethod
    def read(cls, assessment: Assessment) -> "Register":
        """The register of the process of an assessment. One query."""
        process, is_first = assessment.process_id, assessment.is_first
        entries = _entries(process) if is_first else _entries_and_standing(process, assessment.pk)
        return cls({entry.key: entry for entry in entries}, None if is_first else assessment.created_at)

    def choices(self, used: Iterable[str]) -> list[tuple[str, list[tuple[str, str]]]]:
        """What can be added to an answer that rests on `used` (keys): value and label, by their labels; what nobody has
        confirmed for this round apart, under its own heading."""
        left = [entry for key, entry in self.entries.items() if key not in set(used) and not entry.archived_at]
        left.sort(key=lambda entry: entry.label.casefold())
        confirmed = [entry for entry in left if self._is_confirmed(entry)]
        others = [entry for entry in left if entry not in confirmed]
        groups = [("", confirmed), (_("Of earlier rounds, not confirmed for this one"), others)]
        return [(heading, [(_value(entry), _choice(entry)) for entry in own]) for heading, own in groups if own]

    def _is_confirmed(self, entry: EvidenceEntry) -> bool:
        return self.since is None or entry.added_at >= self.since or bool(getattr(entry, "standing", None))


def _value(entry: EvidenceEntry) -> str:
    return f"{FILE_CHOICE}{entry.code}" if entry.is_file else entry.address


def _choice(entry: EvidenceEntry) -> str:
    label = entry.label if len(entry.label) <= SHOWN_LENGTH else f"{entry.label[: SHOWN_LENGTH - 1]}…"
    return f"{label} ({entry.day.isoformat()})" if entry.day else label


def evidence_block(
    item_field: ItemField,
    content: AnswerContent,
    evidence: GivenEvidence,
    register: Register,
    messages: Mapping[str, str],
    say: Wording,
    chosen: str = "",
) -> dict[str, Any]:
    """The evidence part of an item. `chosen` is the code of the file that was chosen from the register and could not be
    taken."""
    item, name = item_field.item, item_field.name
    names = [name(part) for part in ("evidence", "links", "file", "class", "comment", "entry", "use")]
    given = evidence_given(content, has_files=bool(evidence.files))
    lines = list(dict.fromkeys(link_lines(content.evidence_links)))
    keys = [document_key(line) for line in lines]
    keys += [document_key(file_reference(file.sha256)) for file in evidence.files]
    return {
        "is_open": given or any(part in messages for part in names),
        "has_errors": any(part in messages for part in names),
        "prompts": [say(prompt) for prompt in item.evidence_prompts],
        "text_name": names[0],
        "text": content.evidence_text,
        "sentence_prompt": say(item.evidence_sentence),
        "text_error": messages.get(names[0], ""),
        "links_name": names[1],
        "links_error": messages.get(names[1], ""),
        "use_name": names[6],
        "used": [_used(line, register) for line in lines],
        "entry_name": names[5],
        "entry_error": messages.get(names[5], ""),
        "entries": [
            (heading, [(value, label, value == f"{FILE_CHOICE}{chosen}") for value, label in choices])
            for heading, choices in register.choices(keys)
        ],
        "file_name": names[2],
        "file_error": messages.get(names[2], ""),
        "files": [_file(file, register) for file in evidence.files],
        # Asked for where there is something that it could be of.
        "class_name": names[3] if item.scored and (given or content.evidence_class) else "",
        "classes": [("", _("As given"), not content.evidence_class)]
        + [(value, label, value == content.evidence_class) for value, label in EvidenceClass.choices],
        "source_name": name("source") if item_field.asks_for_source else "",
        "sources": [("", _("Not said: the organiser"), not content.evidence_source)]
        + [(value, label, value == content.evidence_source) for value, label in EvidenceSource.choices],
        "scored": item.scored,
        "comment_name": names[4],
        "comment": content.comment,
        "comment_error": messages.get(names[4], ""),
    }


def _used(line: str, register: Register) -> dict[str, Any]:
    """One document that the links of an answer name, by its title where it has one."""
    entry = register.entries.get(document_key(line))
    return {
        "line": line,
        "title": entry.title if entry else "",
        "address": line if is_web_address(line) else "",
        "entry": entry,
    }


def _file(file: Any, register: Register) -> dict[str, Any]:
    entry = register.entries.get(document_key(file_reference(file.sha256)))
    return {"code": file.code, "name": file.name, "size": file.size, "title": entry.title if entry else ""}
