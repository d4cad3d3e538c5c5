"""What every document is made of: closed parts, figures, texts, the version of the question set, and the one byte form
that a digest is taken of.

Rounding happens here and nowhere else in the application.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any, Self

from django.utils.formats import date_format
from pydantic import BaseModel, ConfigDict, Field

from assessments.scoring import fraction_text, one_decimal, parse_fraction, two_decimals, whole
from assessments.scoring.evidence import CountedAttribute
from assessments.zones import day_there, zone_named, zone_names
from attributes.catalogue.types import CatalogueSet
from attributes.kinds import PLACEHOLDER
from attributes.texts import TextMap, called

FULL = 100
FIGURES_KEPT = 4096

Text = dict[str, str]
# What people wrote themselves: in a language nobody recorded.
OWN_LANGUAGE = "und"


class SpokenName:
    """An attribute of a part: a name in the language of the reader, or in the first it was given in; it knows in which.

    `name` and `names` are the fields with the first one, and with all of them by language.
    """

    def __init__(self, name: str, names: str) -> None:
        self.name, self.names = name, names

    def __get__(self, part: object, owner: type) -> str:
        """Return the name that a part has."""
        return called(getattr(part, self.name), getattr(part, self.names))


class DocumentPart(BaseModel):
    """Base of every part of a document: closed and frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(SpokenName,))


def is_none(value: object) -> bool:
    """Whether a field is left out of the form of a document that can be without it (`exclude_if`)."""
    return value is None


class Figure(DocumentPart):
    """A number as computed and as printed. Points (0 to 100) have one decimal, shares are per cent."""

    exact: str
    printed: str

    @property
    def value(self) -> Fraction:
        """The number the figure was made of."""
        return parse_fraction(self.exact)

    @property
    def whole(self) -> str:
        """The figure as a whole number, for pictures and running text (half up from the exact value)."""
        return whole(self.value)

    @property
    def whole_points(self) -> str:
        """The value of an item, 0 to 1, as a whole number of points of 100."""
        return whole(self.value * FULL)

    @property
    def percent(self) -> str:
        """A share of one as a whole number of per cent."""
        return f"{whole(self.value * FULL)} %"

    @property
    def number(self) -> float:
        """The figure as a float, for places in pictures only."""
        return float(self.value)


# --- Figures -------------------------------------------------------------------------------------------------


# Figures are frozen, and the same ones come up again and again: a document has a thousand of some eighty.
@lru_cache(maxsize=FIGURES_KEPT)
def points(value: Fraction) -> Figure:
    """A number of points (0 to 100, differences from -100), with one decimal."""
    return Figure(exact=fraction_text(value), printed=one_decimal(value))


def maybe_points(value: Fraction | None) -> Figure | None:
    """The same where there may be no number."""
    return None if value is None else points(value)


@lru_cache(maxsize=FIGURES_KEPT)
def item_value(value: Fraction) -> Figure:
    """The value of an item, 0 to 1, printed as points of 100."""
    return Figure(exact=fraction_text(value), printed=one_decimal(value * FULL))


def maybe_item_value(value: Fraction | None) -> Figure | None:
    """The same where there may be none."""
    return None if value is None else item_value(value)


@lru_cache(maxsize=FIGURES_KEPT)
def share(value: Fraction) -> Figure:
    """A share of one, printed as per cent: "79.2 %", and "50 %" where that is exact."""
    percent = value * FULL
    printed = str(percent) if percent.denominator == 1 else one_decimal(percent)
    return Figure(exact=fraction_text(value), printed=f"{printed} %")


def coefficient(value: Fraction) -> Figure:
    """A measure of agreement, at most 1, with two decimals."""
    return Figure(exact=fraction_text(value), printed=two_decimals(value))


def whole_points(value: Fraction) -> Figure:
    """A number of points of which nothing is told but the whole number that is printed."""
    text = whole(value)
    return Figure(exact=text, printed=text)


def whole_share(value: Fraction) -> Figure:
    """A share of one of which nothing is told but the whole per cent that is printed."""
    text = whole(value * FULL)
    return Figure(exact=fraction_text(Fraction(int(text), FULL)), printed=f"{text} %")


def exact(figure: Figure | None) -> Fraction | None:
    """The number a figure was made of, if there is one."""
    return None if figure is None else figure.value


# --- Scores of attributes --------------------------------------------------------------------------------------


class ScoreFigures(DocumentPart):
    """Base of what is said of the score of an attribute.

    Every kind of document carries some of these figures and declares them itself, because their order is part of its
    form. They are filled in here, from the scoring or from another document.
    """

    @classmethod
    def figures_of(cls, score: CountedAttribute) -> dict[str, Any]:
        """What of a score a document of this kind carries, by field. Scores, ranges and steps are points."""
        return {name: figure(score) for name, figure in FIGURES.items() if name in cls.model_fields}

    @classmethod
    def from_score(cls, score: CountedAttribute, **more: Any) -> Self:
        """Make the part of a document that says this score; `more` is all else it says."""
        return cls(**cls.figures_of(score), **more)

    @classmethod
    def from_part(cls, part: "ScoreFigures", **more: Any) -> Self:
        """Make the part of a document that repeats what another document says; `more` is what only this one says."""
        shared = cls.model_fields.keys() & type(part).model_fields.keys()
        return cls(**{name: getattr(part, name) for name in shared}, **more)


# Of results on either track; each kind of document carries some. Asked for one by one: not every track has all.
FIGURES: dict[str, Callable[[Any], Any]] = {
    "code": lambda score: score.code,
    "status": lambda score: score.status.value,
    "score": lambda score: maybe_points(score.score),
    "claimed": lambda score: maybe_points(score.claimed),
    "unsupported": lambda score: maybe_points(score.unsupported),
    "low": lambda score: maybe_points(score.low),
    "high": lambda score: maybe_points(score.high),
    "coverage": lambda score: share(score.coverage),
    "shown_share": lambda score: share(score.shown_share),
    "scope": lambda score: share(score.scope),
    "reduced_scope": lambda score: score.reduced_scope,
    "letter": lambda score: score.letter,
    "band_letter": lambda score: score.band_letter,
    "limited_by": lambda score: list(score.limited_by),
    "critical_open": lambda score: list(score.critical_open),
    "critical_unshown": lambda score: list(score.critical_unshown),
    "provisional_because": lambda score: list(score.provisional_because),
    "applicable": lambda score: score.applicable,
    "answered": lambda score: score.answered,
    "shown": lambda score: score.shown,
    "squares": lambda score: fraction_text(score.squares),
    "step": lambda score: points(score.step),
}


# --- Texts: per-language maps, with the process's own resource put in ------------------------------------------


def plain(text: TextMap | None) -> Text:
    """A text of the question set as it stands."""
    return dict(text or {})


def with_resource(text: TextMap | None, resource: str, default: TextMap) -> Text:
    """A text of the question set with {resource} replaced, by the default in its own language if none is given."""
    return {
        language: words.replace(PLACEHOLDER, resource or default.get(language) or next(iter(default.values()), ""))
        for language, words in (text or {}).items()
    }


def own_words(text: str) -> Text:
    """A text somebody wrote here."""
    return {OWN_LANGUAGE: text} if text else {}


def first(texts: Iterable[TextMap]) -> TextMap:
    """The first text, or none."""
    return next(iter(texts), {})


# --- The version that was answered ---------------------------------------------------------------------------------


class QuestionSetRef(DocumentPart):
    """The version that was answered. `top_level` is the highest level of its scale, the lowest being 0."""

    slug: str
    version: str
    digest: str
    title: Text
    credit: Text
    experimental: bool
    top_level: int = Field(ge=1)

    @classmethod
    def of(cls, catalogue: CatalogueSet) -> Self:
        """Name a version of a question set."""
        return cls(
            slug=catalogue.slug,
            version=catalogue.version,
            digest=catalogue.digest,
            title=plain(catalogue.title),
            credit=plain(catalogue.credit),
            experimental=catalogue.experimental,
            top_level=catalogue.top_level,
        )


# --- Days ----------------------------------------------------------------------------------------------------


def day_words(iso: str | None) -> str:
    """A day in the words of the language; what is no day stays as it is, "" for none."""
    try:
        return date_format(date.fromisoformat(iso or ""), "DATE_FORMAT")
    except ValueError:
        return iso or ""


def day_words_there(iso: str | None, name: str) -> str:
    """The same with the time zone whose day it is; in documents from before dates had one, without."""
    try:
        day = date.fromisoformat(iso or "")
    except ValueError:
        return iso or ""
    if name in zone_names():
        return day_there(day, zone_named(name))
    # Written where more zones are known than here.
    return f"{day_words(iso)} ({name})" if name else day_words(iso)


# --- Bytes ---------------------------------------------------------------------------------------------------


def canonical_json(document: BaseModel) -> bytes:
    """Return the document as JSON with sorted keys, no spaces, in UTF-8: what the digest is taken over."""
    return _canonical(document.model_dump(mode="json"))


def document_digest(document: BaseModel) -> str:
    """Return the SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(document)).hexdigest()


def stored_digest(content: Any) -> str:
    """Return the digest of a document as it is stored, whatever fields the document has gained since."""
    return hashlib.sha256(_canonical(content)).hexdigest()


def _canonical(content: Any) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
