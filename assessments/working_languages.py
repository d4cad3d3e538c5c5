"""The languages that processes work in, as people choose and read them."""

from collections.abc import Mapping

from django.conf.locale import LANG_INFO
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from attributes.texts import language_name, own_name

# Codes of ISO 639 for what is no language: more than one, and one that has no code of its own in this list.
NO_LANGUAGE: Mapping[str, LazyText | str] = {"mul": _("Several"), "mis": _("Another")}


def working_languages() -> list[tuple[str, LazyText | str]]:
    """The languages to choose from, each in its own words, and the two answers that are none."""
    # Not every place where they are spoken; but the scripts of Chinese.
    known = {code: own_name(code) for code, info in LANG_INFO.items() if "name" in info and "-" not in code}
    known |= {code: own_name(code) for code in ("zh-hans", "zh-hant")}
    return [*sorted(known.items(), key=lambda entry: entry[1].casefold()), *NO_LANGUAGE.items()]


def called(code: str) -> str:
    """What a working language is called in the language of the page, or its code; empty where there is none."""
    return str(NO_LANGUAGE[code]) if code in NO_LANGUAGE else language_name(code)
