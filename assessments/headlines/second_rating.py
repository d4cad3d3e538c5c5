"""What a second rating says: how far two people agree, and where they do not (method 3.14)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.documents.result import ItemResult, OptionLine, ResultDocument, StateLine
from assessments.documents.second_rating import RatedItem, RatedValue, SecondRatingPart
from assessments.documents.values import Text
from assessments.headlines.levels import LETTER_LABELS
from assessments.headlines.sentence import Name, Sentence
from assessments.vocabulary import RESERVED_LABELS, STATE_LABELS

# Levels of items by number, as the letters of the method.
LETTERS = "NPLF"


def agreement_sentence(part: SecondRatingPart) -> Sentence:
    """One line for "how sure": that somebody rated a second time, and how far both agree."""
    if not part.n:
        return Sentence(_("A second person rated the process; there is no item on which both gave a level."))
    if part.is_blind:
        words = ngettext(
            "A second person rated the same evidence without seeing the levels: %(exact)s of %(n)s the same.",
            "A second person rated the same evidence without seeing the levels: %(exact)s of %(n)s the same.",
            part.n,
        )
    else:
        words = ngettext(
            "A second person, who had seen answers before, rated the same evidence: %(exact)s of %(n)s the same.",
            "A second person, who had seen answers before, rated the same evidence: %(exact)s of %(n)s the same.",
            part.n,
        )
    return Sentence(words, exact=part.exact, n=part.n)


def agreement_message(part: SecondRatingPart) -> list[Sentence]:
    """What stands first: the same level, within one, further apart; what is still open."""
    if not part.n:
        return [Sentence(_("There is no item on which both gave a level, so nothing can be compared."))]
    same = ngettext(
        "Both give the same level on %(exact)s of %(n)s item; %(near)s within one level.",
        "Both give the same level on %(exact)s of %(n)s items; %(near)s are within one level.",
        part.n,
    )
    return [Sentence(same, exact=part.exact, n=part.n, near=part.within_one), _far(part)]


def _far(part: SecondRatingPart) -> Sentence:
    if not part.far_apart:
        return Sentence(_("Nowhere are they two levels or more apart."))
    words = ngettext(
        "They are two levels or more apart on %(far)s.", "They are two levels or more apart on %(far)s.", part.far_apart
    )
    return Sentence(words, far=part.far_apart)


def left_sentence(part: SecondRatingPart) -> Sentence:
    """How many differences are still to be talked over, or that none is."""
    left, agreed = len(part.to_agree), len(part.agreed)
    if left:
        words = ngettext(
            "%(left)s difference has not been agreed on yet; there the first rating counts.",
            "%(left)s differences have not been agreed on yet; there the first rating counts.",
            left,
        )
        return Sentence(words, left=left)
    if agreed:
        words = ngettext(
            "Both agreed afterwards on %(agreed)s item, which counts as agreed.",
            "Both agreed afterwards on %(agreed)s items, which count as agreed.",
            agreed,
        )
        return Sentence(words, agreed=agreed)
    return Sentence(_("There is nothing to agree on."))


@dataclass(frozen=True)
class BandLine:
    """An attribute with what it would score under either rater."""

    title: Text
    sentence: str


def band_lines(part: SecondRatingPart, document: ResultDocument) -> list[BandLine]:
    """Return the band of each attribute, in whole points."""
    titles = {attribute.code: attribute.title for attribute in document.attributes}
    return [BandLine(titles.get(band.attribute, {}), _band(band)) for band in part.bands]


def _band(band: object) -> str:
    low, high = getattr(band, "low", None), getattr(band, "high", None)
    if low is None or high is None:
        return _("no item that both answered")
    if low.whole == high.whole:
        return _("%(score)s under either rater") % {"score": low.whole}
    return _("%(low)s to %(high)s depending on who rates") % {"low": low.whole, "high": high.whole}


@dataclass(frozen=True)
class RatedLineInWords:
    """One item under either rater, in words. `consensus` is empty where nothing was agreed."""

    part: RatedItem
    item: ItemResult
    apart: str
    first: list[str]
    second: list[str]
    consensus: list[str]


def rated_lines(part: SecondRatingPart, document: ResultDocument) -> list[RatedLineInWords]:
    """Return every item that both rated, those furthest apart first."""
    items = document.items()
    found = [_line(rated, items[rated.code]) for rated in part.items if rated.code in items]
    return sorted(found, key=lambda line: (-_distance(line.part),))


def _distance(rated: RatedItem) -> int:
    """How far apart, for the order: levels, then lists that differ, then what only one rated, then the same."""
    if rated.apart:
        return 10 * rated.apart
    if rated.differs:
        return 5
    return 0 if rated.first.same_as(rated.second) else 1


def _line(rated: RatedItem, item: ItemResult) -> RatedLineInWords:
    return RatedLineInWords(
        part=rated,
        item=item,
        apart=_apart(rated),
        first=value_in_words(rated.first, item),
        second=value_in_words(rated.second, item),
        consensus=value_in_words(rated.consensus, item) if rated.consensus else [],
    )


def _apart(rated: RatedItem) -> str:
    if rated.apart:
        return ngettext("%(n)s level apart", "%(n)s levels apart", rated.apart) % {"n": rated.apart}
    if rated.first.same_as(rated.second):
        return _("the same")
    return _("differ") if rated.differs else _("only one knew")


def value_in_words(value: RatedValue, item: ItemResult) -> list[str]:
    """Say what one of the two answered: a level, or each line of a list."""
    if value.said != "answered":
        return [str(STATE_LABELS[value.said])]
    if value.level is not None:
        return [level_in_words(value.level, item)]
    options = {option.key: option for option in item.options}
    states = {state.key: state for state in item.states}
    return [
        _line_in_words(options.get(line.key), line.state, states.get(line.state), line.text)
        for line in value.lines
        if line.state
    ]


def level_in_words(level: int, item: ItemResult) -> str:
    """The level with its letter, as the answer that counts calls it where it is that one."""
    letter = LETTERS[level] if level < len(LETTERS) else str(level)
    own = Name.of_text(item.level_label).plain if level == item.level and item.level_label else ""
    return f"{letter}: {own or LETTER_LABELS.get(letter, letter)}"


def _line_in_words(option: OptionLine | None, key: str, state: StateLine | None, words: str) -> str:
    said = Name.of_text(state.label).plain if state else str(RESERVED_LABELS.get(key, key))
    name = Name.of_text(option.label).plain if option else ""
    found = f"{name}: {said}" if name else said
    return f"{found} ({words})" if words else found


@dataclass(frozen=True)
class SecondRatingWords:
    """A second rating in words: the message, what is still open, the band of each attribute, and every item."""

    part: SecondRatingPart
    message: list[Sentence]
    left: Sentence
    bands: list[BandLine]
    lines: list[RatedLineInWords]

    @property
    def apart(self) -> list[RatedLineInWords]:
        """The items of which the two do not say the same."""
        return [line for line in self.lines if not line.part.first.same_as(line.part.second)]

    @property
    def alike(self) -> list[RatedLineInWords]:
        """The items of which both say the same."""
        return [line for line in self.lines if line.part.first.same_as(line.part.second)]


def second_rating_words(document: ResultDocument) -> SecondRatingWords | None:
    """Return what a result says of its second rating; None where it has none."""
    part = document.second_rating
    if part is None:
        return None
    return SecondRatingWords(
        part, agreement_message(part), left_sentence(part), band_lines(part, document), rated_lines(part, document)
    )
