"""What a question page shows: each item as a block for its template."""

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.answering.file_types import CONTENT_TYPES, SHOWN_TYPES
from assessments.answering.form import AnswersForm
from assessments.answering.grid import draw_grids
from assessments.answering.item_field import ItemField
from assessments.answering.last_time import LastTime, last_times
from assessments.answering.standing import (
    PageStanding,
    Register,
    contradiction_id,
    counts_id,
    evidence_block,
    items_read_with,
)
from assessments.answers.evidence import NO_EVIDENCE, GivenEvidence, evidence_of
from assessments.answers.value import AnswerContent, content_of, is_empty, takes_evidence
from assessments.answers.wording import answer_lines
from assessments.models import Answer, Assessment, Goal
from assessments.vocabulary import Track
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueItem, CatalogueQuestion, CatalogueSet
from attributes.kinds import Beside, Kind
from attributes.memory import Statement
from attributes.texts import Wording

# Of the words of two texts: one word in twenty may be another.
NEARLY_SAME = 0.9
ACCEPTED = ",".join(f".{extension}" for extension in CONTENT_TYPES)


class Uploads(NamedTuple):
    """What files are taken: how large, of which types in words, and as browsers offer them."""

    limit: str
    types: str
    accepted: str


_rows = Statement(
    lambda assessment, items: Answer.objects.filter(
        response__assessment=assessment, response__track=Track.EVIDENCE, item__in=items
    ).order_by()
)


@dataclass(frozen=True)
class QuestionPlace:
    """A question of an assessment, with what is needed to show it."""

    assessment: Assessment
    catalogue: CatalogueSet
    question: CatalogueQuestion
    says_scores: bool = field(default=True, kw_only=True)

    @property
    def say(self) -> Wording:
        """Texts about the process's resource."""
        return Wording(self.assessment.process.resource or self.catalogue.resource_default)

    @cached_property
    def address(self) -> str:
        """Where the page is."""
        return reverse("assessments:question", args=[self.assessment.code, self.question.code])

    @property
    def title(self) -> str:
        """The question by its number: the paper gives its questions no short names, and we do not invent any."""
        return _("Question %(number)d") % {"number": self.position}

    @property
    def position(self) -> int:
        """1 for the first question."""
        return self.catalogue.position(self.question.code)

    @property
    def neighbours(self) -> tuple[CatalogueQuestion | None, CatalogueQuestion | None]:
        """The questions before and after it."""
        return self.catalogue.neighbours(self.question.code)

    @property
    def kind(self) -> str:
        """What the process does, by which items apply; "" where nobody has said."""
        return self.assessment.process.kind

    def form(self, rows: Mapping[int, Answer] | None = None) -> AnswersForm:
        """The form of the items that apply; without rows, as if nothing were stored."""
        return AnswersForm(self.catalogue, self.question, rows, kind=self.kind)

    @cached_property
    def read_with(self) -> list[CatalogueItem]:
        """The items of the question, and those elsewhere whose answers may contradict theirs."""
        return items_read_with(self.catalogue, self.question)

    def rows(self) -> dict[int, Answer]:
        """The stored answers to the items and to what they may contradict, by the id of the item. One query."""
        rows = _rows(self.assessment.pk, [item.pk for item in self.read_with])
        return {row.item_id: row for row in rows}

    def evidence(self, items: Iterable[CatalogueItem] | None = None) -> dict[int, GivenEvidence]:
        """What belongs to the evidence of the items, or of some, beside their answers. A query for files where there
        are any, and one or two where something was opened; without items none."""
        asked = [item.pk for item in (self.question.items if items is None else items)]
        return evidence_of(self.assessment, asked) if asked else {}

    def files_came(self) -> None:
        """Say that files may have been stored since the assessment was read."""
        self.assessment.has_files = True  # type: ignore[attr-defined]

    def register(self) -> Register:
        """The evidence register of the process. One query."""
        return Register.read(self.assessment)

    def standing(
        self, contents: Mapping[str, AnswerContent], rows: Mapping[int, Answer], evidence: Mapping[int, GivenEvidence]
    ) -> PageStanding:
        """What the answers on the page count as, with the stored ones elsewhere that they may contradict."""
        known = {item.code: content_of(item, rows.get(item.pk)) for item in self.read_with}
        return PageStanding.of(
            self.assessment,
            self.catalogue,
            {**known, **contents},
            evidence,
            self.say,
            says_scores=self.says_scores,
        )

    def last_times(self, codes: Iterable[str]) -> dict[str, LastTime]:
        """What was said last time of those items of the question whose new answer is saved. Three queries at most, none
        in a first round."""
        if self.assessment.is_first:
            return {}
        items = [item for item in self.question.items if item.code in set(codes) and item.applies_to(self.kind)]
        return last_times(self.assessment, self.catalogue, items, self.say) if items else {}

    def groups(self) -> list[str]:
        """The stakeholder groups of the process. One query."""
        return list(self.assessment.process.groups.values_list("name", flat=True))

    def goals(self) -> list[Goal]:
        """The goals of the process. One query."""
        return list(self.assessment.process.goals.all())


def place_of(assessment: Assessment, question_code: str, *, says_scores: bool = True) -> QuestionPlace | None:
    """The question with this code in the assessment's question set, or None."""
    catalogue = catalogue_of(assessment.question_set)
    try:
        return QuestionPlace(assessment, catalogue, catalogue.question(question_code), says_scores=says_scores)
    except KeyError:
        return None


def question_context(
    place: QuestionPlace, form: AnswersForm, *, may_edit: bool, problems: Iterable[str] = ()
) -> dict[str, Any]:
    """Everything the template of a question page needs. A query for the register; one for files, and one or two for
    what was opened, where there are any; and those of `last_times`."""
    evidence = place.evidence()
    standing = place.standing(form.contents, form.rows, evidence)
    messages = form.messages()
    register = place.register()
    blocks = [_block(place, form, item, standing, register) for item in place.question.items]
    last = place.last_times(form.fields)
    for block in blocks:
        block["last"] = last.get(block["code"])
    return {
        **asked_context(place, form, blocks),
        "kind_matters": not place.kind and any(item.not_for for item in place.question.items),
        "messages_by_field": [(name, _label_of(place, form, name), text) for name, text in messages],
        "problems": list(problems),
        "has_problems": bool(messages or list(problems)),
        "may_edit": may_edit,
        "uploads": Uploads(filesizeformat(settings.EVIDENCE_MAX_BYTES), SHOWN_TYPES, ACCEPTED),
    }


def asked_context(place: QuestionPlace, form: AnswersForm, blocks: list[dict[str, Any]]) -> dict[str, Any]:
    """What the page of a question needs whoever answers it. A query each for groups and goals, where they are shown."""
    if place.question.has_followers:
        draw_grids(place.catalogue, form.fields, form.contents, blocks)
    before, after = place.neighbours
    shown = {what for item in form.asked for what in item.shows}
    return {
        "place": place,
        "assessment": place.assessment,
        "attribute": place.say(place.catalogue.attribute(place.question.attribute_code).title),
        "total": len(place.catalogue.questions),
        "verbatim": place.say(place.question.verbatim),
        "before": before,
        "after": after,
        "blocks": blocks,
        "groups": place.groups() if Beside.GROUPS in shown else [],
        "goals": place.goals() if Beside.GOALS in shown else [],
        "page": form.page or secrets.token_hex(8),
    }


def _block(
    place: QuestionPlace, form: AnswersForm, item: CatalogueItem, standing: PageStanding, register: Register
) -> dict[str, Any]:
    """One item as it is asked, or what is kept of it."""
    if item.code in form.fields:
        return item_block(place, form, form.fields[item.code], standing, register)
    content, evidence = form.contents[item.code], standing.evidence.get(item.pk, NO_EVIDENCE)
    kept = not is_empty(content) or bool(evidence.files)
    return {
        "not_asked": place.assessment.process.get_kind_display(),
        "code": item.code,
        "short": place.say(item.short),
        "lines": answer_lines(place.catalogue, item, content, place.say) if kept else [],
        "files": evidence.files,
    }


def _label_of(place: QuestionPlace, form: AnswersForm, name: str) -> str:
    """The item that an input belongs to, in a few words."""
    for item_field in (*form.fields.values(), *form.not_asked.values()):
        own = {item_field.item.code, item_field.name("file"), item_field.name("keep"), *item_field.names()}
        if name in own:
            return place.say(item_field.item.short)
    return ""


def item_block(
    place: QuestionPlace, form: AnswersForm, item_field: ItemField, standing: PageStanding, register: Register
) -> dict[str, Any]:
    """One item for its template."""
    item, say = item_field.item, place.say
    content, evidence = form.contents[item.code], standing.evidence.get(item.pk, NO_EVIDENCE)
    contradictions = standing.contradictions(item)
    may_contradict = any(rule.b == item.code for rule in place.catalogue.contradictions)
    messages = {**form.remarks, **form.errors}
    shown = item_field.show(content, say)
    repeated = nearly_same(str(say(item.text)), str(say(place.question.verbatim)))
    for line in shown.get("lines", ()):
        line["contradiction"] = contradictions.get(line["key"], "")
        line["contradiction_id"] = contradiction_id(item.code, line["key"]) if may_contradict else ""
        line["error"] = messages.get(line["text_name"], "")
        line["invalid"] = "field-invalid" if line["error"] else ""
        line["takes_text"] = shown["has_text"]
    return {
        **shown,
        "code": item.code,
        "template": item_field.template,
        "text_of_item": say(item.text),
        # What stands over it already needs no heading; words are asked for in one sentence, which is heading enough.
        "is_headed": item.kind is Kind.OPEN_TEXT or repeated,
        "is_repeated": repeated,
        "short": say(item.short),
        "note": say(item.note),
        "critical": item.critical,
        "why_critical": say(item.why_critical),
        "scored": item.scored,
        "version_name": item_field.name("version"),
        "version": form.versions[item.code],
        "reason_name": item_field.name("reason") if item_field.can_be_left_out else "",
        "reason": content.not_applicable_reason,
        "na_condition": say(item.na_condition),
        "reading": (reading := say(item.reading.get(place.kind, {}))),
        "kind": place.assessment.process.get_kind_display() if reading else "",
        "shows": item.shows,
        "contradiction": contradictions.get("", ""),
        "contradiction_id": contradiction_id(item.code, "") if may_contradict and not item.options else "",
        "counts_id": counts_id(item.code),
        "sentence": standing.sentence(item),
        "class_sentence": standing.class_sentence(item),
        "answer_error": messages.get(item_field.name("answer"), ""),
        "justification_error": messages.get(item_field.name("justification"), ""),
        "reason_error": (wrong := messages.get(item_field.name("reason"), "")),
        "reason_shown": "field-invalid" if wrong else "is-kept" if content.not_applicable_reason else "",
        "other_error": messages.get(item_field.name("other"), ""),
        "evidence": evidence_block(item_field, content, evidence, register, messages, say, form.file_entry(item.code))
        if takes_evidence(item)
        else None,
    }


@lru_cache(maxsize=1024)
def nearly_same(text: str, other: str) -> bool:
    """Whether two texts have all but a word or two in common: nobody wants to read both."""
    words, others = (re.findall(r"\w+", one.casefold()) for one in (text, other))
    return SequenceMatcher(None, words, others, autojunk=False).ratio() > NEARLY_SAME
