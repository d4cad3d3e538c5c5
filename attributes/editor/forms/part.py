"""The form of one part of a draft: reads what was sent into a value, and shows a value with what is wrong in it."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from attributes.documents.contradictions import answers_by_item
from attributes.documents.documents import LISTS, MODELS, Address, Document, Part, Problem, nodes, part, tidy
from attributes.editor.forms.definitions import FIELDS, contradiction_fields
from attributes.editor.forms.fields import Data, PartField, PartReading, read_all, show_all
from attributes.editor.forms.item_definitions import item_fields
from attributes.editor.forms.reasons import SPENT, reason_of
from attributes.kinds import Kind
from attributes.pages import whole_number
from attributes.schema import QuestionSetSpec

ACTIONS = frozenset({"up", "down", "remove", "add"})
# Lists are a part of their own, and in the form a field of this name.
LIST_FIELD = "rows"
_PREFIXES = {"contradictions": "X"}


class PartForm:
    """`document` is the draft's, `base` that of the version it started from, if any; `spent` are codes once given."""

    def __init__(self, document: Document, where: Address, *, base: Document | None, spent: Iterable[str] = ()) -> None:
        self.where = where
        self.is_list = where.kind in LISTS
        self.stored = part(document, where)
        # What the page shows: what is stored, or what was sent and refused.
        self.shown = self.stored
        self.fields = self._fields(document)
        self.reading = PartReading(
            language=language_of(document),
            locked=_locked(base, where),
            code=where.code or self._prefix(),
            spent=frozenset(spent),
        )

    def _prefix(self) -> str:
        """What codes in a list start with."""
        codes = [row.get("code", "") for row in self.stored] if self.is_list else []
        kind = self.where.kind
        otherwise = _PREFIXES.get(kind, kind[0].upper())
        return next((code.rstrip("0123456789") for code in reversed(codes) if code), otherwise)

    def _fields(self, document: Document) -> tuple[PartField, ...]:
        language = language_of(document)
        if self.where.kind == "contradictions":
            names = tuple(
                (item["code"], f"{item['code']} – {(item.get('short') or {}).get(language, '')}")
                for item in nodes(document, "item")
            )
            return contradiction_fields(names, answers_by_item(document))
        if self.where.kind != "item":
            return FIELDS[self.where.kind]
        levels = tuple(
            (level["value"], f"{level.get('letter', '')} – {(level.get('label') or {}).get(language, '')}")
            for level in document.get("scale", [])
        )
        return item_fields(Kind(self.stored["kind"]), levels)

    def _inside(self, value: Part) -> Mapping[str, Any]:
        return {LIST_FIELD: value} if self.is_list else value

    def value(self, data: Data, *, is_final: bool, stored: Part = None) -> Part:
        """The part with what was sent in the place of what the form shows. `stored`: another version of the part."""
        self.reading.is_final = is_final
        self.reading.action = _action(data.get("action", "")) if is_final else None
        before = self._inside(self.stored if stored is None else stored)
        read = read_all(self.fields, "", data, before, self.reading)
        if self.is_list:
            return [tidy(LISTS[self.where.kind], row) for row in read.get(LIST_FIELD, [])]
        return tidy(MODELS.get(self.where.kind, QuestionSetSpec), read)

    def show(self, value: Part) -> list[dict[str, Any]]:
        """What the templates draw."""
        return show_all(self.fields, "", self._inside(value), self.reading)

    def _name_of(self, problem: Problem, known: Collection[str]) -> str:
        """The input, or else the group, that a problem is about; empty where it is about the part as a whole."""
        steps = [LIST_FIELD, *map(str, problem.path)] if self.is_list else [str(step) for step in problem.path]
        for length in range(len(steps), 0, -1):
            if "-".join(steps[:length]) in known:
                return "-".join(steps[:length])
        return ""

    def _names(self, shown: list[dict[str, Any]]) -> dict[str, str]:
        """Inputs and groups, with their labels."""
        names: dict[str, str] = {}
        for entry in shown:
            names[entry["name"]] = str(entry["label"])
            names |= self._names(entry.get("fields", []))
            for row in entry.get("rows", []) if isinstance(entry.get("rows"), list) else []:
                names[row["id"]] = row["title"]
                names |= {name: f"{row['title']}: {label}" for name, label in self._names(row["fields"]).items()}
        return names

    def named(self, problems: Iterable[Problem]) -> list[tuple[str, str, str]]:
        """(input, its label, what is wrong) for each problem, once."""
        names = self._names(self.show(self.shown))
        found = []
        for problem in problems:
            name = self._name_of(problem, names)
            label = names.get(name, "") or ".".join(map(str, problem.path))
            found.append((name, label, reason_of(problem)))
        return list(dict.fromkeys(found))

    def spent_codes(self, value: Part) -> list[Problem]:
        """Codes of recommendations that are new here and were borne before: codes are never given again."""
        if self.where.kind != "item":
            return []
        kept = {str(row.get("code")).casefold() for row in self.stored.get("recommendations", [])}
        spent = {code.casefold() for code in self.reading.spent} - kept
        return [
            Problem(self.where, ("recommendations", number, "code"), str(row["code"]), SPENT)
            for number, row in enumerate(value.get("recommendations", []))
            if str(row.get("code", "")).casefold() in spent
        ]

    def refuse(self, value: Part, problems: Iterable[Problem]) -> list[tuple[str, str, str]]:
        """Show the sent value again, with what is wrong at its fields. Returns what `named` does."""
        self.shown = value
        named = self.named(problems)
        errors: dict[str, list[str]] = {}
        for name, _label, reason in named:
            errors.setdefault(name, []).append(reason)
        self.reading.errors = errors
        return named


def explained(document: Document, problems: Iterable[Problem]) -> dict[Address, list[tuple[str, str, str]]]:
    """By part: (input, its label, what is wrong), as the form of the part says it."""
    by_part: dict[Address, list[Problem]] = {}
    for problem in problems:
        by_part.setdefault(problem.address, []).append(problem)
    return {where: PartForm(document, where, base=None).named(found) for where, found in by_part.items()}


def language_of(document: Document) -> str:
    """The language the set is written in."""
    return str((document.get("languages") or ["en"])[0])


def _action(text: str) -> tuple[str, str, int] | None:
    verb, _space, rest = text.partition(" ")
    name, _space, number = rest.rpartition(" ")
    found = whole_number(number, len("9999"))
    return (verb, name, found) if verb in ACTIONS and found is not None else None


def _locked(base: Document | None, where: Address) -> dict[str, frozenset[str]]:
    """Keys and codes that stand in the base."""
    if base is None:
        return {}
    try:
        before = part(base, where)
    except KeyError:
        return {}
    if where.kind == "item":
        lists = {"options": "key", "states": "key", "recommendations": "code"}
        return {name: frozenset(row[key] for row in before.get(name, [])) for name, key in lists.items()}
    if where.kind in {"criteria", "goals", "components", "contradictions"}:
        return {LIST_FIELD: frozenset(row["code"] for row in before)}
    return {}
