"""The fields of each kind of item: what it shows, and how it is read back. What is common to all: `item_field`."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext as _

from assessments.answering.item_field import LINE_LIMIT, Choice, ItemField, ItemReading, marked
from assessments.answers.value import (
    ANSWERED,
    DONT_KNOW,
    NOT_APPLICABLE,
    UNANSWERED,
    AnswerContent,
    OptionContent,
)
from attributes.catalogue.types import CatalogueItem, CatalogueSet, CatalogueState
from attributes.kinds import UNNAMED_OPTION, Kind
from attributes.texts import Wording


def says(item: CatalogueItem, state: CatalogueState) -> Choice:
    """What a state of an item brings with it."""
    return marked(claims=item.scored and bool(state.credit), asks="first" if state.needs_text else "")


class RatingField(ItemField):
    """One level of the scale, each with what it means for this item."""

    template = "assessments/answering/_item_rating.html"

    def own_parts(self) -> set[str]:
        return {"answer"}

    def _chosen(self, content: AnswerContent) -> str:
        if content.state in {DONT_KNOW, NOT_APPLICABLE}:
            return content.state
        return "" if content.level is None else str(content.level)

    def read_answer(self, data: Mapping[str, Any], stored: AnswerContent, reading: ItemReading) -> AnswerContent:
        levels = tuple(str(level) for level in range(len(self.item.anchors)))
        off_scale = ("", DONT_KNOW, *([NOT_APPLICABLE] if self.can_be_left_out else []))
        chosen = self.choice("answer", data, self._chosen(stored), (*levels, *off_scale))
        if chosen in levels:
            return replace(stored, state=ANSWERED, level=int(chosen))
        return replace(stored, state=chosen or UNANSWERED, level=None)

    def show(self, content: AnswerContent, say: Wording) -> dict[str, Any]:
        name, chosen = self.name("answer"), self._chosen(content)
        levels = [
            self.radio(name, str(level.value), chosen, say(level.label), say(anchor), level.letter)
            | marked(claims=self.item.scored and level.value > 0)
            for level, anchor in zip(self.scale, self.item.anchors, strict=True)
        ]
        return {"levels": levels, "examples": self._examples(say), **self.off_scale(name, chosen)}

    def _examples(self, say: Wording) -> list[dict[str, Any]]:
        """What published cases did, at its level."""
        levels = {level.letter: say(level.label) for level in self.scale}
        return [
            {"level": levels[example.letter], "text": say(example.text), "source": example.source}
            for example in self.item.examples
        ]


class ChecklistField(ItemField):
    """One state for each option; words beside it where a state needs them."""

    template = "assessments/answering/_item_checklist.html"

    @property
    def has_text(self) -> bool:
        """Whether the lines have a place for words: a state, or that a line does not apply, may need them."""
        return self.item.scored or any(state.needs_text for state in self.item.states)

    def own_parts(self) -> set[str]:
        parts = {f"{option.key}-state" for option in self.item.options}
        if self.has_text:
            parts |= {f"{option.key}-text" for option in self.item.options}
        return (
            parts | ({"other"} if self.item.other_allowed else set()) | ({"answer"} if self.can_be_left_out else set())
        )

    def reason_name(self, key: str) -> str:
        return self.option_name(key, "text")

    def _states(self) -> tuple[str, ...]:
        left_out = [NOT_APPLICABLE] if self.item.scored else []
        return (*(state.key for state in self.item.states), DONT_KNOW, *left_out, "")

    def read_answer(self, data: Mapping[str, Any], stored: AnswerContent, reading: ItemReading) -> AnswerContent:
        options = {}
        for option in self.item.options:
            line = stored.options.get(option.key, OptionContent())
            state = self.read_choice(self.option_name(option.key, "state"), data, line.state, self._states())
            name = self.option_name(option.key, "text")
            options[option.key] = OptionContent(state, self.read_text(name, data, line.text, reading, LINE_LIMIT))
        other = self.words("other", data, stored.other, reading)
        return replace(stored, state=self._state(data, stored), options=options, other=other)

    def _state(self, data: Mapping[str, Any], stored: AnswerContent) -> str:
        """Not applicable as a whole, or what the lines say. An unticked box is not sent, so the version tells."""
        if not self.can_be_left_out:
            return UNANSWERED
        if self.name("answer") in data:
            return self.choice("answer", data, "", ("", NOT_APPLICABLE)) or UNANSWERED
        kept = stored.state == NOT_APPLICABLE and self.name("version") not in data
        return NOT_APPLICABLE if kept else UNANSWERED

    def show(self, content: AnswerContent, say: Wording) -> dict[str, Any]:
        # Said once for all lines: they do not change from line to line.
        states = [(state.key, say(state.label), says(self.item, state)) for state in self.item.states]
        off_scale = [(DONT_KNOW, escape(_("Don't know")), marked())]
        if self.item.scored:
            off_scale.append((NOT_APPLICABLE, escape(_("Not applicable")), marked(asks="first")))
        off_scale.append(("", escape(_("Clear")), {"marks": " clears"}))
        lines = []
        for option in self.item.options:
            line = content.options.get(option.key, OptionContent())
            name = self.option_name(option.key, "state")
            choices = [self.radio(name, key, line.state, label) | says for key, label, says in (*states, *off_scale)]
            lines.append(
                {
                    "key": option.key,
                    "label": say(option.label),
                    "help": say(option.help),
                    "choices": choices,
                    "text_name": self.option_name(option.key, "text"),
                    "text": line.text,
                }
            )
        return {
            "lines": lines,
            "has_text": self.has_text,
            # One press for all that are open: what can be said of every line.
            "all": [(key, label) for key, label, _says in (*states, off_scale[0])] if len(lines) > 1 else [],
            "meanings": [(say(state.label), say(state.text)) for state in self.item.states if state.text],
            "other_name": self.name("other") if self.item.other_allowed else "",
            "other": content.other,
            "left_out_name": self.name("answer") if self.can_be_left_out else "",
            "left_out": content.state == NOT_APPLICABLE,
        }


class YesNoField(ItemField):
    """One state for the item itself, with its justification."""

    template = "assessments/answering/_item_yes_no.html"

    def own_parts(self) -> set[str]:
        return {"answer", "justification"}

    def _line(self, content: AnswerContent) -> OptionContent:
        return content.options.get(UNNAMED_OPTION, OptionContent())

    def _chosen(self, content: AnswerContent) -> str:
        return content.state if content.state in {DONT_KNOW, NOT_APPLICABLE} else self._line(content).state

    def read_answer(self, data: Mapping[str, Any], stored: AnswerContent, reading: ItemReading) -> AnswerContent:
        states = tuple(state.key for state in self.item.states)
        off_scale = ("", DONT_KNOW, *([NOT_APPLICABLE] if self.can_be_left_out else []))
        chosen = self.choice("answer", data, self._chosen(stored), (*states, *off_scale))
        text = self.words("justification", data, self._line(stored).text, reading)
        if chosen in states:
            return replace(stored, state=ANSWERED, options={UNNAMED_OPTION: OptionContent(chosen, text)})
        return replace(stored, state=chosen or UNANSWERED, options={UNNAMED_OPTION: OptionContent("", text)})

    def show(self, content: AnswerContent, say: Wording) -> dict[str, Any]:
        name, chosen = self.name("answer"), self._chosen(content)
        return {
            "states": [
                self.radio(name, state.key, chosen, say(state.label), say(state.text)) | says(self.item, state)
                for state in self.item.states
            ],
            **self.off_scale(name, chosen),
            "text_name": self.name("justification"),
            "text": self._line(content).text,
        }


class OpenTextField(ItemField):
    """Words."""

    template = "assessments/answering/_item_open_text.html"

    def own_parts(self) -> set[str]:
        return {"answer"}

    def read_answer(self, data: Mapping[str, Any], stored: AnswerContent, reading: ItemReading) -> AnswerContent:
        return replace(stored, text=self.words("answer", data, stored.text, reading))

    def show(self, content: AnswerContent, say: Wording) -> dict[str, Any]:
        return {"text_name": self.name("answer"), "text": content.text}


def _justified(item: CatalogueItem, catalogue: CatalogueSet) -> ItemField:
    """Asked for each option, or once where there are none."""
    return ChecklistField(item, catalogue) if item.options else YesNoField(item, catalogue)


# The only place that knows which field belongs to which kind of item.
BUILDERS: dict[Kind, Callable[[CatalogueItem, CatalogueSet], ItemField]] = {
    Kind.RATING: RatingField,
    Kind.COVERAGE_CHECKLIST: ChecklistField,
    Kind.BARRIER_CHECKLIST: ChecklistField,
    Kind.JUSTIFIED_YES_NO: _justified,
    Kind.DIAGNOSIS_CHECKLIST: ChecklistField,
    Kind.OPEN_TEXT: OpenTextField,
}


def build_field(item: CatalogueItem, catalogue: CatalogueSet) -> ItemField:
    """Return the field of an item."""
    return BUILDERS[item.kind](item, catalogue)
