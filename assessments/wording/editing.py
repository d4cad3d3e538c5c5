"""The words of a language as administrators see and change them: what comes along, what is their own, what is wrong."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from assessments.models import WordingLanguage
from assessments.wording.saying import digest_of
from assessments.wording.shipped import SOURCE, Texts, shipped, shipped_languages, slots_of

CODE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
LONGEST = 3000


@dataclass(frozen=True)
class LanguageState:
    """A language of respondents: how many texts it has, how many were written here, and who confirmed it."""

    code: str
    missing: int
    own: int
    checked_by: str
    checked_on: date | None

    @property
    def is_source(self) -> bool:
        """Whether the others are translated from it; nobody needs to confirm it."""
        return self.code == SOURCE


def languages_here() -> list[LanguageState]:
    """All languages that there are words in, the source first. One query."""
    rows = {row.code: row for row in WordingLanguage.objects.select_related("checked_by")}
    codes = [*shipped_languages(), *sorted(set(rows) - set(shipped_languages()))]
    return [_state(code, rows.get(code)) for code in codes]


def language_here(code: str) -> LanguageState | None:
    """One of these. One query."""
    row = WordingLanguage.objects.select_related("checked_by").filter(code=code).first()
    return _state(code, row) if row or code in shipped_languages() else None


def _state(code: str, row: WordingLanguage | None) -> LanguageState:
    own: Texts = row.texts if row else {}
    known = {**shipped(code), **own}
    is_checked = row is not None and row.checked_on is not None and row.checked_digest == digest_of(code, own)
    return LanguageState(
        code,
        missing=sum(key not in known for key in shipped(SOURCE)),
        own=len(own),
        checked_by=str(row.checked_by or "") if row and is_checked else "",
        checked_on=row.checked_on if row and is_checked else None,
    )


def words_here(code: str) -> dict[str, str]:
    """All words of a language by key, with those that were written here. One query."""
    own = WordingLanguage.objects.filter(code=code).values_list("texts", flat=True).first()
    return {**shipped(code), **(own or {})}


def sections() -> list[str]:
    """The parts that the words are in, in the order of their file."""
    return list(dict.fromkeys(key.partition(".")[0] for key in shipped(SOURCE)))


def problem_of(key: str, text: str) -> str:
    """Why words cannot be taken, in words; empty where they can. Empty ones are taken back."""
    if not text:
        return ""
    if len(text) > LONGEST:
        return _("Shorten this to %(limit)s characters.") % {"limit": LONGEST}
    wanted, found = slots_of(shipped(SOURCE)[key]), slots_of(text)
    if missing := wanted - found:
        return _("%(slots)s is missing: something is put there.") % {"slots": _braced(missing)}
    if unknown := found - wanted:
        return _("%(slots)s is not in the English text: nothing can be put there.") % {"slots": _braced(unknown)}
    return ""


def _braced(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def as_file(code: str) -> str:
    """All words of a language as a file like those that come along; what is missing in English, as a remark."""
    return "\n".join(_lines(words_here(code))) + "\n"


def _lines(known: Mapping[str, str]) -> Iterator[str]:
    for section in sections():
        texts = {key: text for key, text in shipped(SOURCE).items() if key.partition(".")[0] == section}
        found = [key for key in texts if key in known]
        yield f"{section}:" if found else f"{section}: {{}}"
        for key, english in texts.items():
            name = key.partition(".")[2]
            if key in known:
                yield f"  {name}: {json.dumps(known[key], ensure_ascii=False)}"
            else:
                yield f"  # {name}: {json.dumps(english, ensure_ascii=False)}"
