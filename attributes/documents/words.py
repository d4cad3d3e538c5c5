"""Two wordings of a text: what differs word by word, and whether only the spelling does. Pure."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby, takewhile
from typing import NamedTuple

# Steps of `SequenceMatcher`, at worst. A second has about ten million; two texts of 1500 words take five million
# unless they were written to be slow.
_MOST_STEPS = 60_000_000
_WORD = re.compile(r"^\s+|\S+\s*")
SHORTEST_TO_SPELL = 5
# One letter makes or breaks these, and with them the sentence.
# fmt: off
NEGATIONS = frozenset({
    "no", "not", "nor", "none", "never", "nothing", "nobody", "nowhere", "neither", "cannot", "without", "unless",
    "except", "hardly", "barely", "rarely", "seldom", "aucun", "aucune", "jamais", "personne", "rien", "sauf",
    "sans", "nunca", "ninguno", "ninguna", "nadie", "excepto", "nicht", "keine", "keiner", "keinen", "niemals",
    "niemand", "ausser", "außer", "nenhum", "nenhuma", "ninguém", "exceto",
})
# fmt: on


class RunKind(StrEnum):
    """What became of a run of words."""

    EQUAL = "equal"
    REMOVED = "removed"
    ADDED = "added"


class Segment(NamedTuple):
    """A run of words with the spaces after them."""

    kind: RunKind
    text: str


@dataclass
class Effort:
    """How much work is left for finding what texts share: in one page or file there may be thousands of them."""

    left: int = _MOST_STEPS

    def suffices(self, before: list[str], after: list[str]) -> bool:
        """Whether two texts can still be compared word by word; then it is less afterwards."""
        there = Counter(after)
        pairs = sum(count * there[word] for word, count in Counter(before).items())
        # Each word that is found again may mean another look through all pairs.
        steps = (pairs + len(before)) * min(pairs, len(before), len(after))
        if steps > self.left:
            return False
        self.left -= steps
        return True


def segments(old: str, new: str, effort: Effort | None = None) -> list[Segment]:
    """The two texts as one. Equal and removed segments joined are the old text, equal and added the new one.

    Where the effort (by default that for one page) does not suffice, only what both start and end with is equal.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    # Words are compared without the space after them, which the last word of a text does not have.
    keys = [word.rstrip() for word in before], [word.rstrip() for word in after]
    if not (effort or Effort()).suffices(*keys):
        return _ends_only(before, after)
    found: list[Segment] = []
    removed, added = "", ""
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if tag != "equal":
            removed += "".join(before[i1:i2])
            added += "".join(after[j1:j2])
            continue
        for old_word, new_word in zip(before[i1:i2], after[j1:j2], strict=True):
            same = old_word if old_word == new_word else old_word.rstrip()
            if same:
                found += [*_replaced(removed, added), Segment(RunKind.EQUAL, same)]
                removed, added = "", ""
            if old_word != new_word:
                removed += old_word[len(same) :]
                added += new_word[len(same) :]
    return _joined([*found, *_replaced(removed, added)])


def _replaced(removed: str, added: str) -> list[Segment]:
    return [Segment(kind, text) for kind, text in ((RunKind.REMOVED, removed), (RunKind.ADDED, added)) if text]


def _joined(parts: list[Segment]) -> list[Segment]:
    """Neighbours of one kind as one."""
    return [
        Segment(kind, "".join(part.text for part in run)) for kind, run in groupby(parts, key=lambda part: part.kind)
    ]


def _ends_only(before: list[str], after: list[str]) -> list[Segment]:
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    last = len(before) - end
    head = [Segment(RunKind.EQUAL, "".join(before[:start]))] if start else []
    tail = [Segment(RunKind.EQUAL, "".join(before[last:]))] if end else []
    return [*head, *_replaced("".join(before[start:last]), "".join(after[start : len(after) - end])), *tail]


def _shared(before: list[str], after: list[str]) -> int:
    return sum(1 for _same in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))


def is_spelling(old: str, new: str) -> bool:
    """Whether the difference is too small to turn the meaning. When in doubt it is not.

    The same number of words; each changed one differs in capitals, in punctuation around it or in one letter that
    is neither the first nor an ending; words of fewer than five letters, numbers and negations do not change.
    """
    before, after = _normal(old).split(), _normal(new).split()
    return len(before) == len(after) and all(a == b or _same_word(a, b) for a, b in zip(before, after, strict=True))


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("\u2019", "'")


def _same_word(old: str, new: str) -> bool:
    a, b = _bare(old), _bare(new)
    if any(_is_delicate(word) for word in (old, new)):
        return False
    if a == b:
        return bool(a)
    if min(_letters(a), _letters(b)) < SHORTEST_TO_SPELL:
        return False
    a, b = a.casefold(), b.casefold()
    if a == b:
        return True
    # "members" is not a slip of "member", nor is "amoral" one of "moral" or "unable" one of "enable".
    return a[0] == b[0] and a[-1] == b[-1] and _one_letter_apart(a, b)


def _is_delicate(word: str) -> bool:
    bare = _bare(word).casefold()
    if bare in NEGATIONS or bare.endswith("n't"):
        return True
    # Numbers and symbols; placeholders; and scripts without capitals, where a "word" may be a whole sentence.
    return any(unicodedata.category(char)[0] in "NS" or char in "{}%" for char in word) or any(
        unicodedata.category(char) == "Lo" for char in word
    )


def _bare(word: str) -> str:
    start, end = 0, len(word)
    while start < end and unicodedata.category(word[start])[0] == "P":
        start += 1
    while end > start and unicodedata.category(word[end - 1])[0] == "P":
        end -= 1
    return word[start:end]


def _letters(word: str) -> int:
    return sum(char.isalpha() for char in word)


def _one_letter_apart(a: str, b: str) -> bool:
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 1:
        return False
    start = _shared(list(a), list(b))
    return a[start + (len(a) == len(b)) :] == b[start + 1 :]
