"""A list that follows another one, drawn beside it: for each line first the one answer, then the other."""

from collections.abc import Mapping, Sequence
from typing import Any

from assessments.answers.following import NOTHING
from assessments.answers.value import NOT_APPLICABLE, AnswerContent, OptionContent
from attributes.catalogue.types import CatalogueDerived, CatalogueSet

Block = dict[str, Any]


def draw_beside(catalogue: CatalogueSet, contents: Mapping[str, AnswerContent], blocks: Sequence[Block]) -> None:
    """Put the lines of lists that follow another one beside the lines they follow.

    A list that can be left out as a whole, or whose place is taken by another, keeps its own lines.
    """
    asked = {block["code"]: block for block in blocks if not block.get("not_asked")}
    for code, lead in catalogue.following.items():
        first, second, rule = asked.get(lead.code), asked.get(code), catalogue.items[code].derived_from
        if first is None or second is None or rule is None:
            continue
        if not second["left_out_name"] and "second" not in first and "beside" not in first:
            first["second"], second["beside"] = second, first
            _pair(first, second, rule, contents[lead.code])


def _pair(first: Block, second: Block, rule: CatalogueDerived, lead: AnswerContent) -> None:
    """Each line with the one that follows it; what only the first list says is not offered by the second."""
    said_by_lead = {rule.then, NOT_APPLICABLE}
    labels = {
        radio["label"]
        for line in second["lines"]
        for radio in (*line["scale"], *line["off_scale"])
        if radio["value"] in said_by_lead
    }
    second["text_for"] = [label for label in second["text_for"] if label not in labels]
    second["meanings"] = [(label, text) for label, text in second["meanings"] if label not in labels]
    for line, own in zip(first["lines"], second["lines"], strict=True):
        line["second"] = own
        for radio in line["scale"]:
            radio["leads"] = radio["value"] == rule.when
            line["leading"] = radio["label"] if radio["leads"] else line.get("leading", "")
        _draw_second(own, rule, lead.options.get(own["key"], NOTHING))
        own["takes_text"] = bool(second["text_for"] or own["text"])


def _draw_second(own: Block, rule: CatalogueDerived, lead: OptionContent) -> None:
    chosen = next((radio["value"] for radio in (*own["scale"], *own["off_scale"]) if radio["checked"]), "")
    follows = lead.state == rule.when and chosen in ("", rule.then)
    # From an import or an old draft: there to be seen, and to be put right.
    own["contradicts"] = lead.state == rule.when and not follows
    offered = {rule.then} if own["contradicts"] else set()
    if follows:
        # Nothing is chosen here: where the first answer is changed, this one is asked.
        chosen, own["text"] = "", "" if own["text"] == lead.text else own["text"]
    for name in ("scale", "off_scale"):
        own[name] = [
            {**radio, "checked": bool(chosen) and radio["value"] == chosen}
            for radio in own[name]
            if radio["value"] not in {rule.then, NOT_APPLICABLE} - offered or radio["value"] == chosen
        ]
