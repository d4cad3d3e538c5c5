"""What can be known of a text by its letters: whose Han characters it has, the names of its scripts."""

import re
import unicodedata
from collections.abc import Iterable

HAN = re.compile("[\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
KANA = re.compile("[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9d]")
HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7ff]")
BOPOMOFO = re.compile("[\u3105-\u312f]")
EAST_ASIAN = re.compile("|".join(part.pattern for part in (HAN, KANA, HANGUL, BOPOMOFO)))

# What the name of a character says after the name of its script: ARABIC LETTER BEH, OLD PERSIAN SIGN A.
_KIND = re.compile(
    r" (?:(?:CAPITAL|SMALL|INDEPENDENT|DEPENDENT|SUBJOINED) )?(?:LETTER|SIGN|VOWEL|SYLLABLE|DIGIT|CONSONANT|HIEROGLYPH|"
    r"IDEOGRAPH|MARK|SYMBOL|NUMBER|NUMERIC|TONE|CHARACTER|UNIFIED|PUNCTUATION|VIRAMA|DANDA|SUFFIX|RADICAL)\b.*"
)
SHOWN = 3  # characters of a script that are named one by one


def east_asian_language(text: str) -> str:
    """Return "ja", "ko", "zh-Hant" or "zh-Hans" where the characters say so, otherwise "".

    The same Han character is drawn differently in each. Kana are only written in Japan, Hangul in Korea; traditional
    Chinese has characters that are in Taiwan's standard (Big5) and not in the mainland's (GB 2312).
    """
    if not EAST_ASIAN.search(text):
        return ""
    if KANA.search(text):
        return "ja"
    if HANGUL.search(text):
        return "ko"
    characters = set(HAN.findall(text))
    traditional = sum(_in(c, "big5hkscs") and not _in(c, "gb2312") for c in characters)
    simplified = sum(_in(c, "gb2312") and not _in(c, "big5") for c in characters)
    if BOPOMOFO.search(text) or traditional > simplified:
        return "zh-Hant"
    return "zh-Hans" if simplified > traditional else ""


def _in(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def is_drawn(character: str) -> bool:
    """Whether there is anything to see of a character: marks that steer breaks, joins or directions have no shape."""
    category = unicodedata.category(character)
    if category in ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp"):
        return False
    return not ("\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef" or character == "\u034f")


def by_script(characters: Iterable[str]) -> list[str]:
    """Return the scripts of characters, each with its characters by number: "Khmer (U+1780, U+17B6)"."""
    found: dict[str, list[str]] = {}
    for character in sorted(characters):
        found.setdefault(_script(character), []).append(f"U+{ord(character):04X}")
    return [
        f"{name} ({', '.join(codes[:SHOWN])}{f' … {len(codes)}' if len(codes) > SHOWN else ''})"
        for name, codes in sorted(found.items())
    ]


def _script(character: str) -> str:
    if HAN.match(character):
        return "Han"
    if unicodedata.category(character) == "Co":
        return "Private use"
    name = unicodedata.name(character, "")
    if (found := _KIND.search(name)) and found.start():
        return name[: found.start()].title()
    return "Symbols" if unicodedata.category(character).startswith("S") or not name else name.split()[0].title()
