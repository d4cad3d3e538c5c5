"""An item in the words for participants, about one process."""

from dataclasses import replace

from attributes.catalogue.types import CatalogueItem, CatalogueSet, CatalogueState
from attributes.texts import TextMap, with_process


def for_participants(item: CatalogueItem, question_set: CatalogueSet, process: str | TextMap = "") -> CatalogueItem:
    """The item as participants read it: their own words in every language that has any, with the process in place of
    {process}.

    `process` is what it is called; without it: "this process", as the set says it. {resource} stays, as in all texts.
    """
    name = process or question_set.process_default
    return replace(
        item,
        text=with_process({**item.text, **item.participant_text}, name),
        note=with_process({**item.note, **item.participant_note}, name),
        states=tuple(_state(state, name) for state in item.states),
    )


def _state(state: CatalogueState, name: str | TextMap) -> CatalogueState:
    return replace(
        state,
        label=with_process(state.participant_label or state.label, name),
        text=with_process(state.participant_text or state.text, name),
    )
