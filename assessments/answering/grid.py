"""A list that follows another one is asked in the same grid: one choice per line answers both lists.

What does not exist need not be asked how far it is mitigated, and what is mitigated exists. The two lists stay two
items: what is chosen in the grid is read as their two answers (`split_pairs`), and stored as such.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext as _

from assessments.answering.item_field import Choice, ForgedInput, ItemField, marked
from assessments.answers.following import NOTHING
from assessments.answers.value import DONT_KNOW, NOT_APPLICABLE, AnswerContent, OptionContent
from attributes.catalogue.types import CatalogueDerived, CatalogueSet
from attributes.texts import filled

Block = dict[str, Any]
# Between the answer to the first list and that to the second; in no key of a state.
AND = "/"


def pairs_of(catalogue: CatalogueSet, fields: Mapping[str, ItemField]) -> list[tuple[ItemField, ItemField]]:
    """The lists of a page that are asked in one grid: each that leads, with the one that follows it.

    A list that can be left out as a whole, or whose place is taken by another, keeps lines of its own.
    """
    found: list[tuple[ItemField, ItemField]] = []
    taken: set[str] = set()
    for code, lead in catalogue.following.items():
        if lead.code in fields and code in fields and not {lead.code, code} & taken:
            first, second = fields[lead.code], fields[code]
            if not (first.can_be_left_out or second.can_be_left_out):
                found.append((first, second))
                taken |= {lead.code, code}
    return found


def split_pairs(
    pairs: Iterable[tuple[ItemField, ItemField]], data: Mapping[str, Any]
) -> tuple[dict[str, str], set[str]]:
    """What was chosen in grids as the inputs of the two lists, and the names that grids send. Raises ForgedInput."""
    found: dict[str, str] = {}
    names: set[str] = set()
    for first, second in pairs:
        for option in first.item.options:
            name = first.option_name(option.key, "pair")
            names.add(name)
            if name not in data:
                continue
            value = str(data[name])
            states = value.split(AND) if value else ["", ""]
            if len(states) != 2:
                raise ForgedInput(name)
            found |= {
                own.option_name(option.key, "state"): state for own, state in zip((first, second), states, strict=True)
            }
    return found, names


def draw_grids(
    catalogue: CatalogueSet,
    fields: Mapping[str, ItemField],
    contents: Mapping[str, AnswerContent],
    blocks: Sequence[Block],
) -> None:
    """Put lists that follow another one into the grid of the list they follow."""
    drawn = {block["code"]: block for block in blocks if not block.get("not_asked")}
    for lead, follower in pairs_of(catalogue, fields):
        first, second, rule = drawn[lead.item.code], drawn[follower.item.code], follower.item.derived_from
        if rule is not None:
            first["second"], second["beside"] = second, first
            _pair(lead, first, second, rule, contents)


def _pair(
    lead: ItemField, first: Block, second: Block, rule: CatalogueDerived, contents: Mapping[str, AnswerContent]
) -> None:
    said_by_lead = {choice["label"] for line in second["lines"] for choice in line["choices"] if _is(choice, rule.then)}
    second["meanings"] = [(label, text) for label, text in second["meanings"] if label not in said_by_lead]
    for line, own in zip(first["lines"], second["lines"], strict=True):
        stored = tuple(contents[block["code"]].options.get(line["key"], NOTHING) for block in (first, second))
        line["second"] = own
        line["invalid"] = line["invalid"] or own["invalid"]
        line["pair"] = _GridLine(
            lead.option_name(line["key"], "pair"), rule, line["choices"], own["choices"], *stored
        ).drawn()
        if stored[0].state == rule.when and own["text"] == stored[0].text:
            own["text"] = ""  # the words of the first answer, which the second only repeats
    parts = first["lines"][0]["pair"] if first["lines"] else {}
    first["all"] = (
        [(choice["value"], choice["spoken"]) for choice in _offered(parts)] if len(first["lines"]) > 1 else []
    )
    second["all"] = []


def _is(choice: Choice, value: str) -> bool:
    return bool(choice["value"] == value)


def _offered(parts: Mapping[str, Any]) -> list[Choice]:
    """What can be said of every line at once: not that one knows it exists and nothing more."""
    inside = [choice for group in parts["groups"] for choice in group["choices"][:-1]]
    return [*parts["absent"], *inside, *parts["rest"]]


class _GridLine:
    """The choices of one line: each a pair of answers."""

    def __init__(
        self,
        name: str,
        rule: CatalogueDerived,
        first: Sequence[Choice],
        second: Sequence[Choice],
        lead: OptionContent,
        follower: OptionContent,
    ) -> None:
        self.name, self.rule = name, rule
        self.first = {choice["value"]: choice for choice in first}
        self.second = {choice["value"]: choice for choice in second}
        self.chosen = f"{lead.state}{AND}{follower.state}"
        if lead.state == rule.when and follower.state == "":
            self.chosen = f"{rule.when}{AND}{rule.then}"

    def drawn(self) -> dict[str, Any]:
        """What does not exist, what does and how far, and what nobody knows; what is stored and is none of these."""
        rule = self.rule
        off_scale = {"", DONT_KNOW, NOT_APPLICABLE}
        leads = [value for value in self.first if value not in {*off_scale, rule.when}]
        follows = [value for value in self.second if value not in {*off_scale, rule.then}]
        absent = [self._choice(rule.when, rule.then, self.first[rule.when]["label"])]
        groups = [
            {
                "label": self.first[value]["label"],
                "id": f"{self.name}-{value}-group",
                "choices": [
                    *(self._choice(value, own, self.second[own]["label"], inside=True) for own in follows),
                    # Beside the other one, that nobody knows whether it exists.
                    self._choice(value, DONT_KNOW, escape(_("Don't know more")), inside=True),
                ],
            }
            for value in leads
        ]
        left = [value for value in (DONT_KNOW, NOT_APPLICABLE) if value in self.first and value in self.second]
        rest = [self._choice(value, value, self.first[value]["label"]) for value in left]
        known = [*absent, *(choice for group in groups for choice in group["choices"]), *rest]
        if self.chosen != AND and not any(choice["checked"] for choice in known):
            rest.insert(0, self._stored())
        clear = {**self.first[""], "name": self.name, "id": f"{self.name}-open"}
        return {"absent": absent, "groups": groups, "rest": rest, "clear": clear}

    def _choice(self, lead: str, follower: str, label: str, *, inside: bool = False) -> Choice:
        value = f"{lead}{AND}{follower}"
        names = {"first": self.first[lead]["label"] if lead in self.first else "", "second": label}
        follows = lead != self.rule.when
        asks = "first" if self.first.get(lead, {}).get("asks") else ""
        if not asks and follows and self._of_second(follower, "asks"):
            asks = "second"
        return {
            "name": self.name,
            "value": value,
            "id": f"{self.name}-{lead}-{follower}",
            "checked": value == self.chosen,
            "label": label,
            "spoken": filled(_("%(first)s: %(second)s"), names) if inside else label,
            **marked(claims=follows and self._of_second(follower, "claims"), asks=asks),
        }

    def _of_second(self, follower: str, what: str) -> bool:
        return bool(self.second.get(follower, {}).get(what))

    def _stored(self) -> Choice:
        """From an import or an old draft: there to be seen, and to be put right."""
        lead, follower = self.chosen.split(AND)
        labels = [
            choices[state]["label"] if state in choices and state else escape(_("not answered"))
            for choices, state in ((self.first, lead), (self.second, follower))
        ]
        text = filled(_("%(first)s; %(second)s"), {"first": labels[0], "second": labels[1]})
        return {**self._choice(lead, follower, text), "id": f"{self.name}-stored"}
