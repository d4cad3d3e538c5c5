"""What in a comment may tell who wrote it: shown to the moderator beside it, and never taken out by itself."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

EMAIL = re.compile(r"[^\s@<>()\"]+@[^\s@<>()\"]+\.\w{2,}")
WEB = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
PHONE = re.compile(r"(?<![\w.])\+?\(?\d(?:[\s().\-/]?\d){6,14}(?!\w)")
WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
HANDLE = re.compile(r"(?<![\w@])@\w{3,}")
SENTENCE_END = re.compile(r"[.!?:;“\"(«]\s*$|^\s*$")
LEAST_LETTERS = 4  # of a word by which a group or an organisation is known


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Before a name.
TITLES = _words(
    "mr mrs ms miss dr prof professor sir madam chair chairman chairwoman ambassador minister m mme mlle monsieur "
    "madame sr sra srta don doña señor señora dom dona senhor senhora herr frau г-н г-жа господин госпожа"
)
# That tell which group or which person speaks, in the languages in which respondents' words come.
ROLES = (
    r"\bas the only\b", r"\b(?:we|i)(?: a|')(?:re|m) the (?:only|smallest|last|first)\b", r"\bthe only (?:one|group)\b",
    r"\bas (?:a |the )?(?:chair|head|director|representative|delegate|member) of\b", r"\bon behalf of\b",
    r"\bmy (?:organi[sz]ation|company|ministry|employer|colleague|boss)\b", r"\bwe in\b",
    r"\bsommes les seule?s\b", r"\bje suis (?:le|la) seule?\b", r"\ben tant que\b", r"\bau nom de\b",
    r"\bmon (?:organisation|entreprise|ministère|employeur)\b",
    r"\bsomos (?:los|las) únic[oa]s\b", r"\bsoy (?:el|la) únic[oa]\b", r"\ben nombre de\b", r"\bcomo representante\b",
    r"\bmi (?:organización|empresa|ministerio)\b",
    r"\bsomos (?:os|as) únic[oa]s\b", r"\bsou [oa] únic[oa]\b", r"\bem nome d[eoa]\b",
    r"\bminha (?:organização|empresa)\b",
    r"\bмы единственн\w*", r"\bя единственн\w*", r"\bот имени\b", r"\bмо[ейя]\w* (?:организаци|компани)\w*",
    r"نحن الوحيد\w*", r"أنا الوحيد\w*", r"بصفت(?:ي|نا)", r"نيابة عن", r"باسم",
    r"我们是唯一", r"我是唯一", r"唯一的", r"代表我", r"我(?:们)?(?:的)?(?:公司|单位|机构)",
)  # fmt: skip
SPEAKING = re.compile("|".join(ROLES), re.IGNORECASE)
GENERIC = _words(
    "group groups people others other users small large members member community sector society civil public the "
    "and for with from des les los las groupe grupo autres otros outros"
)

# That begin a sentence, and no name.
COMMON_FIRST = _words(
    "the a an in on at of we i they it this that our their when if but and no not as for with le la les un une "
    "des en el los las una o os as um uma в на мы они это"
)


class HintKind(StrEnum):
    """Why words are worth a look."""

    EMAIL = "email"
    WEB = "web"
    PHONE = "phone"
    KNOWN = "known"
    NAME = "name"
    GROUP = "group"
    ROLE = "role"


LABELS = {
    HintKind.EMAIL: _("an e-mail address"),
    HintKind.WEB: _("an address on the web, or the name of an account"),
    HintKind.PHONE: _("perhaps a telephone number"),
    HintKind.KNOWN: _("a name that is known here"),
    HintKind.NAME: _("perhaps a name"),
    HintKind.GROUP: _("a word of the name of a group with few answers"),
    HintKind.ROLE: _("may tell which group or person speaks"),
}


@dataclass(frozen=True)
class Hint:
    """Words of a comment, and why they are worth a look."""

    kind: HintKind
    words: str

    @property
    def label(self) -> str:
        """Why, in words."""
        return str(LABELS[self.kind])


@dataclass(frozen=True)
class KnownNames:
    """What can be looked for: names of people and organisations, of groups with few answers, and what is no name."""

    people: Sequence[str] = ()
    organisations: Sequence[str] = ()
    small_groups: Sequence[str] = ()
    harmless: Sequence[str] = field(default=())

    def small_group_words(self) -> set[str]:
        """The words by which groups with few answers could be known, in small letters and without an s at the end."""
        return {
            _stem(word)
            for name in self.small_groups
            for word in WORD.findall(name)
            if len(word) >= LEAST_LETTERS and word.lower() not in GENERIC
        }


def hints_in(text: str, known: KnownNames, *, names_group: bool = False) -> list[Hint]:
    """Return what in a comment may tell who wrote it, each once. `names_group`: it is shown with its group's name."""
    found: dict[str, Hint] = {}
    for hint in _hints(text, known, names_group=names_group):
        found.setdefault(hint.words.lower(), hint)
    return list(found.values())


def _hints(text: str, known: KnownNames, *, names_group: bool) -> Iterator[Hint]:
    for pattern, kind in (
        (EMAIL, HintKind.EMAIL),
        (WEB, HintKind.WEB),
        (HANDLE, HintKind.WEB),
        (PHONE, HintKind.PHONE),
    ):
        yield from (Hint(kind, match.group().strip()) for match in pattern.finditer(text))
    yield from _known(text, known)
    yield from _capitalised(text, known)
    if not names_group:
        words = known.small_group_words()
        yield from (Hint(HintKind.GROUP, word) for word in WORD.findall(text) if _stem(word) in words)
        # Scripts without spaces between words.
        yield from (Hint(HintKind.GROUP, name) for name in known.small_groups if not name.isascii() and name in text)
    yield from (Hint(HintKind.ROLE, match.group()) for match in SPEAKING.finditer(text))


def _known(text: str, known: KnownNames) -> Iterator[Hint]:
    """Names of members, each part of them too, and of organisations as a whole."""
    there = {word.lower(): word for word in WORD.findall(text)}
    for name in known.people:
        for part in WORD.findall(name):
            if len(part) > 2 and part.lower() in there:
                yield Hint(HintKind.KNOWN, there[part.lower()])
    for name in known.organisations:
        at = text.lower().find(name.lower()) if len(name) >= LEAST_LETTERS else -1
        if at >= 0:
            yield Hint(HintKind.KNOWN, text[at : at + len(name)])


def _capitalised(text: str, known: KnownNames) -> Iterator[Hint]:
    """Two and more words in a row that begin with a capital letter, and one after a title; not what is harmless."""
    run: list[re.Match[str]] = []
    for match in [*WORD.finditer(text), None]:
        follows = bool(run) and match is not None and text[run[-1].end() : match.start()] in {" ", ". ", "\u00a0"}
        if match is not None and match.group()[0].isupper() and (follows or not run):
            run.append(match)
            continue
        yield from _name_in(text, run, known)
        run = [match] if match is not None and match.group()[0].isupper() else []
    yield from _name_in(text, run, known)


def _name_in(text: str, run: Sequence[re.Match[str]], known: KnownNames) -> Iterator[Hint]:
    if not run:
        return
    before = WORD.findall(text[: run[0].start()])
    has_title = bool(before) and before[-1].lower() in TITLES
    words = list(run)
    if words[0].group().lower() in TITLES:
        has_title = True
    elif SENTENCE_END.search(text[: words[0].start()]) and len(words) > 1:
        words = words[1:] if len(words) > 2 or words[0].group().lower() in COMMON_FIRST else words
    said = text[words[0].start() : words[-1].end()]
    harmless = any(said.lower() in name.lower() for name in known.harmless)
    if not harmless and (has_title or len(words) > 1):
        yield Hint(HintKind.NAME, said)


def _stem(word: str) -> str:
    return word.lower().rstrip("s")
