"""In which language words are written, as far as they show it: by their script, or by short words of the language.

Never the language in which somebody answered: see `assessments.models.panel_comments`.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

# By the first word of the name that Unicode gives a letter.
SCRIPTS = {
    "ARABIC": ("ar", "fa", "ur"),
    "CYRILLIC": ("ru", "uk", "bg", "sr", "kk"),
    "CJK": ("zh-hans", "zh-hant", "zh"),
    "HIRAGANA": ("ja",),
    "KATAKANA": ("ja",),
    "HANGUL": ("ko",),
    "HEBREW": ("he",),
    "DEVANAGARI": ("hi", "mr", "ne"),
    "GREEK": ("el",),
    "THAI": ("th",),
}
SHORT_WORDS = {
    "en": "the and of to is are was were we they that not with for on this have been it our their from",
    "fr": "le la les des et est sont une nous ils que pas avec pour dans sur ont été notre leur du au",
    "es": "el la los las y es son una nosotros que no con para en por fue han su nuestra del al pero",
    "pt": "o os as e é são uma nós que não com para em por foi têm seu nossa do da ao mas dos",
    "de": "der die das und ist sind wir sie nicht mit für auf wurde haben ein eine zu den dem von",
    "it": "il lo gli le e è sono una noi che non con per nel è stato hanno nostra del della ma di",
}
LEAST = 2  # short words that have to be found


def language_of(text: str, among: Sequence[str] = ()) -> str:
    """Return the language of words, "" where they do not show it.

    `among` are the languages one expects: they decide between languages of one script, and which short words count.
    """
    letters = Counter(_script(letter) for letter in text if letter.isalpha())
    if not letters:
        return ""
    script = letters.most_common(1)[0][0]
    if letters["HIRAGANA"] + letters["KATAKANA"]:
        return "ja"
    if script == "LATIN":
        return _by_short_words(text, among)
    written = SCRIPTS.get(script, ())
    expected = [language for language in among if language.lower() in written]
    return expected[0] if len(expected) == 1 else written[0] if len(written) == 1 else ""


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0]


def _by_short_words(text: str, among: Sequence[str]) -> str:
    words = re.findall(r"[^\W\d_]+", text.lower())
    candidates = {language: language.split("-")[0].lower() for language in among} or {
        code: code for code in SHORT_WORDS
    }
    found = sorted(
        (
            (sum(word in set(SHORT_WORDS[short].split()) for word in words), language)
            for language, short in candidates.items()
            if short in SHORT_WORDS
        ),
        reverse=True,
    )
    if not found or found[0][0] < LEAST:
        return ""
    is_clear = len(found) == 1 or found[0][0] > found[1][0]
    return found[0][1] if is_clear else ""
