"""What keeps a draft from being published, in words, with the way to where each is mended."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from attributes.documents import translating
from attributes.documents.documents import Address, Problem
from attributes.documents.translating import SET_GROUP, TextEntry
from attributes.editor.forms.part import explained
from attributes.editor.forms.reasons import reason_of
from attributes.models import Draft
from attributes.texts import language_name
from attributes.versions.words import path_words, place_words


def problems_shown(draft: Draft, problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """What is wrong, in the words of the forms, with a link to the field or to the translation."""
    source = translating.source_language(draft.content)
    translated = [problem for problem in problems if _language_of(problem, draft, source)]
    others = [problem for problem in problems if not _language_of(problem, draft, source)]
    texts = translating.texts_of(draft.content) if translated else []
    entries = {(entry.address, tuple(map(str, entry.path))): entry for entry in texts}
    return [
        *(_translated_problem(draft, problem, entries) for problem in translated),
        *_problems_of_parts(draft, others),
    ]


def _language_of(problem: Problem, draft: Draft, source: str) -> str:
    """The language of a translation that a problem is about; empty for all others."""
    last = str(problem.path[-1]) if problem.path and problem.kind == "rule" else ""
    return last if last in draft.content.get("languages", []) and last != source else ""


def _translated_problem(
    draft: Draft, problem: Problem, entries: Mapping[tuple[Address, tuple[str, ...]], TextEntry]
) -> dict[str, Any]:
    """A translation is mended where it is translated: the form of the part shows the source language alone."""
    *path, language = map(str, problem.path)
    entry = entries.get((problem.address, tuple(path)))
    href = ""
    if entry is not None:
        group = entry.group if entry.group == SET_GROUP else str(Address("attribute", entry.group))
        href = reverse("attributes:draft-translate", args=[draft.code, language, group])
        href += "?" + urlencode({"from": entry.key})
    return {
        "place": place_words(problem.address),
        "field": f"{path_words(path)}, {language_name(language)}",
        "reason": reason_of(problem),
        "href": href,
    }


def _problems_of_parts(draft: Draft, problems: list[Problem]) -> list[dict[str, Any]]:
    return [
        {
            "place": place_words(where),
            "field": label,
            "reason": reason,
            "href": f"{address}#{name}" if (address := _part_link(draft, where)) and name else address,
        }
        for where, found in explained(draft.content, problems).items()
        for name, label, reason in found
    ]


def _part_link(draft: Draft, where: Address) -> str:
    try:
        return reverse("attributes:draft-part", args=[draft.code, str(where)])
    except NoReverseMatch:
        return ""
