"""What a comparison says, in one place: page and PDF say the same thing in the same words."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext, ngettext

from assessments.comparing import words
from assessments.documents.comparison import AttributeVerdict, ComparisonDocument, NoisePart, Pair
from assessments.headlines.standard import STAMP_EXPERIMENTAL, is_first_set
from assessments.scoring import parse_fraction
from attributes.texts import localise

Fill = Callable[[str, Mapping[str, Any]], Any]


def title(document: ComparisonDocument) -> str:
    """What a comparison is called."""
    count = len(document.processes)
    if not count:
        return gettext("Nothing to compare")
    return ngettext("Comparison of %(n)d process", "Comparison of %(n)d processes", count) % {"n": count}


def about_order(document: ComparisonDocument, names: Mapping[str, str]) -> list[str]:
    """In which order the processes stand, from which one sentences are told, and what was left aside."""
    if not document.processes:
        return []
    said = [str(words.ORDERS[document.order])] if len(document.processes) > 1 else []
    if document.reference:
        said.append(gettext("Told from %(name)s, the reference.") % {"name": names[document.reference]})
    if document.left_aside:
        titles = ", ".join(localise(head.title) for head in document.left_aside)
        said.append(gettext("Left aside by whoever made it: %(titles)s.") % {"titles": titles})
    return said


def picture_key(document: ComparisonDocument) -> str:
    """What the shapes of the small pictures mean."""
    asked = document.experience is not None and len(document.experience.profiles) > 1
    return f"{words.PICTURE_KEY} {words.PICTURE_KEY_GROUPS}" if asked else str(words.PICTURE_KEY)


def noise_sentence(noise: NoisePart) -> str:
    """Say how far two ratings of the same thing are taken to differ, and whether that was measured."""
    values = {"different": noise.different, "same": noise.same}
    if noise.measured:
        text = gettext(
            "How far two people who rate the same item differ was measured here, by second ratings: the mean squared "
            "difference is %(different)s, in levels; for one person who rates it again later half of that is taken."
        )
    else:
        text = gettext(
            "How far ratings of the same item differ is an assumption, not a measurement: two people by one level on "
            "about 40 %% of the items (mean squared difference %(different)s), one person who rates it again later on "
            "about a quarter (%(same)s)."
        )
    return text % values


def about_apart(document: ComparisonDocument) -> list[str]:
    """What it takes to tell two processes apart, and how often noise alone does it."""
    by_chance = [str(words.BY_CHANCE)] if len(document.attributes) == words.FOUR_ATTRIBUTES else []
    return [str(words.TOLD_APART), noise_sentence(document.noise), *by_chance]


def about_asked(document: ComparisonDocument) -> list[str]:
    """What holds where not all were asked the same."""
    return [str(words.MATCHED)] if any(pair.matched for pair in document.pairs) else []


def higher_sentence(
    pair: Pair, first: str, second: str, titles: Mapping[str, Any], listed: Callable[[Iterable[Any]], Any], fill: Fill
) -> list[Any]:
    """Say on which attributes one of two stands higher, on how many they cannot be told apart, and what is open.

    `titles` by code; `listed` joins several, `fill` puts all into a sentence: with mark-up or without.
    """
    on = [[titles[code] for code in pair.having(verdict)] for verdict in ("first_higher", "second_higher")]
    rest, left_out = len(pair.having("cannot_be_told_apart")), pair.having("not_compared")
    values = {
        "first": first,
        "second": second,
        "first_on": listed(on[0]),
        "second_on": listed(on[1]),
        # Where only one of them stands higher somewhere.
        "name": first if on[0] else second,
        "on": listed(on[0] or on[1]),
        "rest": str(words.NUMBERS.get(rest, rest)),
        "left_out": listed(titles[code] for code in left_out),
    }
    if on[0] and on[1]:
        text = _each_higher(rest)
    else:
        text = _one_higher(rest, bool(left_out)) if on[0] or on[1] else _none_higher(rest, bool(left_out))
    sentences = [fill(text, values)]
    if left_out and len(left_out) < len(pair.attributes):
        sentences.append(fill(gettext("Not compared: %(left_out)s."), values))
    return sentences


def _each_higher(rest: int) -> str:
    if not rest:
        return gettext("%(first)s stands higher on %(first_on)s, %(second)s on %(second_on)s.")
    return ngettext(
        "%(first)s stands higher on %(first_on)s, %(second)s on %(second_on)s; on one other attribute the two cannot "
        "be told apart.",
        "%(first)s stands higher on %(first_on)s, %(second)s on %(second_on)s; on %(rest)s others the two cannot be "
        "told apart.",
        rest,
    )


def _one_higher(rest: int, left_out: bool) -> str:
    if not rest:
        return gettext("%(name)s stands higher on %(on)s.")
    if left_out:
        return ngettext(
            "%(name)s stands higher on %(on)s; on one other attribute the two cannot be told apart.",
            "%(name)s stands higher on %(on)s; on %(rest)s others the two cannot be told apart.",
            rest,
        )
    return ngettext(
        "%(name)s stands higher on %(on)s; on the other one the two cannot be told apart.",
        "%(name)s stands higher on %(on)s; on the other %(rest)s the two cannot be told apart.",
        rest,
    )


def _none_higher(rest: int, left_out: bool) -> str:
    if not rest:
        return gettext("No attribute of the two can be compared.")
    if left_out:
        return gettext("On what can be compared, the two cannot be told apart.")
    return gettext("The two cannot be told apart on any attribute.")


def points_apart(entry: AttributeVerdict) -> int:
    """How many points two scores are apart, never rounded up to a limit that they do not reach."""
    return int(abs(parse_fraction(entry.difference))) if entry.difference else 0


def why(entry: AttributeVerdict, shares: tuple[str, str] | None = None) -> str:
    """Say why two cannot be told apart or are not compared on an attribute; empty where one stands higher.

    `shares`: of the weight that matched items carry on either side.
    """
    if entry.why is None:
        return ""
    apart = points_apart(entry)
    values = {"points": apart, "needed": entry.threshold}
    if entry.why == "within_rater_noise":
        text = ngettext(
            "%(points)d point apart: below %(needed)d it may be due to who rated",
            "%(points)d points apart: below %(needed)d it may be due to who rated",
            apart,
        )
        return text % values
    if entry.why == "within_chance":
        text = ngettext(
            "%(points)d point apart: other people of the same groups could have answered so",
            "%(points)d points apart: other people of the same groups could have answered so",
            apart,
        )
        return text % values
    if entry.why == "ranges_overlap":
        return gettext("%(points)d points apart, but the ranges overlap") % values
    if entry.why == "little_in_common" and shares:
        text = gettext("less than two thirds of it was asked of both (%(first)s and %(second)s)")
        return text % {"first": shares[0], "second": shares[1]}
    return str(words.WHY[entry.why])


def stamps(document: ComparisonDocument) -> list[str]:
    """Return the marks that every page of a comparison carries."""
    marks = [words.stamp_of(document)]
    if any(process.experimental for process in document.processes):
        marks.append(str(STAMP_EXPERIMENTAL))
    return marks


def set_compared(comparison: ComparisonDocument) -> dict[str, Any]:
    """Return what the templates of a comparison are told of the question set that was answered."""
    return {
        "is_first_set": all(
            is_first_set(comparison.question_set, p.question_set_version) for p in comparison.processes
        ),
        "is_experimental": any(process.experimental for process in comparison.processes),
        "credit": comparison.credit,
    }
