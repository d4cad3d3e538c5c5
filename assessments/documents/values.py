"""What every document is made of: closed parts, figures, texts, and the one byte form that a digest is taken of.

Rounding happens here and nowhere else in the application.
"""

import hashlib
import json
from collections.abc import Iterable
from fractions import Fraction
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

from assessments.scoring import AttributeScore, fraction_text, one_decimal, parse_fraction, whole
from attributes.kinds import PLACEHOLDER
from attributes.texts import TextMap

FULL = 100

Text = dict[str, str]
# What people wrote themselves: in a language nobody recorded.
OWN_LANGUAGE = "und"


class DocumentPart(BaseModel):
    """Base of every part of a document: closed and frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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
        """The figure as a whole number, for charts and running text (half up from the exact value)."""
        return whole(self.value)

    @property
    def number(self) -> float:
        """The figure as a float, for positions in charts only."""
        return float(self.value)


# --- Figures -------------------------------------------------------------------------------------------------


def points(value: Fraction) -> Figure:
    """A number of points (0 to 100, differences from -100), with one decimal."""
    return Figure(exact=fraction_text(value), printed=one_decimal(value))


def maybe_points(value: Fraction | None) -> Figure | None:
    """The same where there may be no number."""
    return None if value is None else points(value)


def item_value(value: Fraction) -> Figure:
    """The value of an item, 0 to 1, printed as points of 100."""
    return Figure(exact=fraction_text(value), printed=one_decimal(value * FULL))


def share(value: Fraction) -> Figure:
    """A share of one, printed as per cent: "79.2 %", and "50 %" where that is exact."""
    percent = value * FULL
    printed = str(percent) if percent.denominator == 1 else one_decimal(percent)
    return Figure(exact=fraction_text(value), printed=f"{printed} %")


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
    def figures_of(cls, score: AttributeScore) -> dict[str, Any]:
        """What of a score a document of this kind carries, by field. Scores, ranges and steps are points."""
        return {name: figure for name, figure in _figures(score).items() if name in cls.model_fields}

    @classmethod
    def from_score(cls, score: AttributeScore, **more: Any) -> Self:
        """Make the part of a document that says this score; `more` is all else it says."""
        return cls(**cls.figures_of(score), **more)

    @classmethod
    def from_part(cls, part: "ScoreFigures", **more: Any) -> Self:
        """Make the part of a document that repeats what another document says; `more` is what only this one says."""
        shared = cls.model_fields.keys() & type(part).model_fields.keys()
        return cls(**{name: getattr(part, name) for name in shared}, **more)


def _figures(score: AttributeScore) -> dict[str, Any]:
    return {
        "code": score.code,
        "status": score.status.value,
        "score": maybe_points(score.score),
        "claimed": maybe_points(score.claimed),
        "unsupported": maybe_points(score.unsupported),
        "low": maybe_points(score.low),
        "high": maybe_points(score.high),
        "coverage": share(score.coverage),
        "scope": share(score.scope),
        "reduced_scope": score.reduced_scope,
        "letter": score.letter,
        "band_letter": score.band_letter,
        "limited_by": list(score.limited_by),
        "critical_open": list(score.critical_open),
        "provisional_because": list(score.provisional_because),
        "step": points(score.step),
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
