"""The first sentence of a headline: how the process stands. Never a grade for the whole."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import ngettext

from assessments.documents.panel import PanelDocument
from assessments.documents.result import AttributeResult
from assessments.headlines.basis import HIGH, LOW, HeadlineBasis
from assessments.headlines.names import first_in_sentence, in_sentence
from assessments.headlines.sentence import Sentence
from assessments.headlines.since import since_last_time
from attributes.memory import gettext

FirstKind = Literal[
    "only_panel",
    "nothing_answered",
    "only_claims",
    "withheld",
    "all_at_n",
    "much_unknown",
    "claims_above",
    "all_high",
    "one_weak",
    "one_strong",
    "lower",
    "better",
    "one_attribute",
    "tie",
]
ONE_THIRD = 3


@dataclass(frozen=True)
class FirstSentence:
    """The sentence, the rule it is of, and the codes of the attributes that it praises.

    `on_paper` says the same with less certainty, for where stakeholders contradict the praise; None where there is
    none.
    """

    kind: FirstKind
    sentence: Sentence
    praised: frozenset[str] = frozenset()
    on_paper: Sentence | None = None


def first_sentence(basis: HeadlineBasis, panel: PanelDocument | None) -> FirstSentence:
    """Return the sentence of the first rule that fits."""
    return next(_found(basis, panel))


def _found(basis: HeadlineBasis, panel: PanelDocument | None) -> Iterator[FirstSentence]:
    rules: list[Callable[[HeadlineBasis], FirstSentence | None]] = [
        _without_figures,
        _all_at_n,
        _much_unknown,
        _claims_above,
        _all_high,
        _one_weak,
        _one_strong,
        _since_last_time,
    ]
    if not basis.answered and panel is not None and panel.received:
        yield FirstSentence("only_panel", _only_panel(panel))
    for rule in rules:
        found = rule(basis)
        if found is not None:
            yield found
    yield _tie(basis)


def _only_panel(panel: PanelDocument) -> Sentence:
    words = ngettext(
        "This is what stakeholders say, in %(n)s response; the organiser has not answered.",
        "This is what stakeholders say, in %(n)s responses; the organiser has not answered.",
        panel.received,
    )
    return Sentence(words, n=panel.received)


def _without_figures(basis: HeadlineBasis) -> FirstSentence | None:
    if not basis.answered:
        if basis.document.process.is_example:
            words = gettext("The text that was read says too little for any of the answers that are scored.")
        else:
            words = gettext("Nothing is known of this process yet.")
        return FirstSentence("nothing_answered", Sentence(words))
    if basis.with_figure:
        return None
    if basis.shows_nothing:
        words = gettext("This is what is claimed; nothing of it has been shown yet.")
        return FirstSentence("only_claims", Sentence(words))
    words = gettext("Too little is known and shown to give any figure yet.")
    return FirstSentence("withheld", Sentence(words))


def _all_at_n(basis: HeadlineBasis) -> FirstSentence | None:
    if not basis.claims_nothing:
        return None
    if basis.known.unknown:
        words = gettext("Nothing of what is known is in place yet, and the answers say so openly.")
    else:
        words = gettext("Nothing of this is in place yet, and the answers say so openly.")
    return FirstSentence("all_at_n", Sentence(words))


def _much_unknown(basis: HeadlineBasis) -> FirstSentence | None:
    total = len(basis.applicable)
    without = total - len(basis.with_figure)
    if 2 * without < total:
        return None
    words = ngettext(
        "Too little is known and shown to describe %(n)s of %(total)s attributes.",
        "Too little is known and shown to describe %(n)s of the %(total)s attributes.",
        without,
    )
    return FirstSentence("much_unknown", Sentence(words, n=without, total=total))


def _claims_above(basis: HeadlineBasis) -> FirstSentence | None:
    above, total = len(basis.capped), len(basis.answered)
    if ONE_THIRD * above < total:
        return None
    words = ngettext(
        "Much is claimed and not fully shown: %(n)s of %(total)s answers counts for less than it claims.",
        "Much is claimed and not fully shown: %(n)s of %(total)s answers count for less than they claim.",
        above,
    )
    return FirstSentence("claims_above", Sentence(words, n=above, total=total))


def _all_high(basis: HeadlineBasis) -> FirstSentence | None:
    total = len(basis.applicable)
    # Of early signs nothing so certain is said.
    if total < 2 or any(entry.letter not in HIGH or entry.status != "shown" for entry in basis.applicable):
        return None
    return FirstSentence(
        "all_high",
        Sentence(gettext("All %(n)s attributes are largely or fully achieved."), n=total),
        frozenset(entry.code for entry in basis.applicable),
        Sentence(gettext("On paper, all %(n)s attributes are largely or fully achieved."), n=total),
    )


def _one_weak(basis: HeadlineBasis) -> FirstSentence | None:
    weak, strong = basis.lowest, basis.highest
    if weak is None or len(basis.with_figure) < 2 or not basis.below_all(weak):
        return None
    if strong is not None and strong.letter in HIGH and weak.letter in LOW:
        return _strong_and_weak("one_weak", basis, strong, weak)
    if len(basis.with_figure) == 2 and strong is not None:
        return _clearly_above("one_weak", strong, weak)
    words = gettext("%(weak)s is the weakest side: every other attribute with a figure stands clearly higher.")
    return FirstSentence("one_weak", Sentence(words, weak=first_in_sentence(weak)))


def _one_strong(basis: HeadlineBasis) -> FirstSentence | None:
    strong, weak = basis.highest, basis.lowest
    if strong is None or weak is None or (strong.code, weak.code) not in basis.apart:
        return None
    others = [entry.code for entry in basis.with_figure if entry is not strong]
    if basis.above_all(strong) and basis.alike(others):
        return _above_the_others(basis, strong, len(others))
    if strong.letter in HIGH and weak.letter in LOW:
        return _strong_and_weak("one_strong", basis, strong, weak)
    return _clearly_above("one_strong", strong, weak)


def _strong_and_weak(
    kind: FirstKind, basis: HeadlineBasis, strong: AttributeResult, weak: AttributeResult
) -> FirstSentence:
    names = {"strong": first_in_sentence(strong), "weak": in_sentence(weak)}
    within = {"strong": in_sentence(strong), "weak": in_sentence(weak)}
    paper = Sentence(gettext("On paper, %(strong)s is strong; %(weak)s is weak."), **within)
    if basis.document.process.kind == "dialogues":
        words = gettext("As a dialogue, the process is strong on %(strong)s and weak on %(weak)s.")
        return FirstSentence(kind, Sentence(words, **within), frozenset({strong.code}), paper)
    words = gettext("%(strong)s is strong; %(weak)s is weak.")
    return FirstSentence(kind, Sentence(words, **names), frozenset({strong.code}), paper)


def _clearly_above(kind: FirstKind, strong: AttributeResult, weak: AttributeResult) -> FirstSentence:
    names = {"strong": first_in_sentence(strong), "weak": in_sentence(weak)}
    return FirstSentence(
        kind,
        Sentence(gettext("%(strong)s stands clearly higher than %(weak)s."), **names),
        frozenset({strong.code}),
        Sentence(
            gettext("On paper, %(strong)s stands clearly higher than %(weak)s."),
            strong=in_sentence(strong),
            weak=in_sentence(weak),
        ),
    )


def _above_the_others(basis: HeadlineBasis, strong: AttributeResult, others: int) -> FirstSentence:
    name = first_in_sentence(strong)
    words = ngettext(
        "%(strong)s is the strongest side; %(n)s other attribute stands clearly lower.",
        "%(strong)s is the strongest side; the %(n)s other attributes cannot be told apart.",
        others,
    )
    paper = ngettext(
        "On paper, %(strong)s is the strongest side; %(n)s other attribute stands clearly lower.",
        "On paper, %(strong)s is the strongest side; the %(n)s other attributes cannot be told apart.",
        others,
    )
    return FirstSentence(
        "one_strong",
        Sentence(words, strong=name, n=others),
        frozenset({strong.code}),
        Sentence(paper, strong=in_sentence(strong), n=others),
    )


def _since_last_time(basis: HeadlineBasis) -> FirstSentence | None:
    if basis.last is None:
        return None
    by_code = {entry.code: entry for entry in basis.document.attributes}
    better = [by_code[code] for code in basis.last.with_verdict("better") if code in by_code]
    lower = [by_code[code] for code in basis.last.with_verdict("lower") if code in by_code]
    praised = frozenset(entry.code for entry in better)
    sentence = since_last_time(lower, better)
    if sentence is None:
        return None
    return FirstSentence("lower", sentence, praised) if lower else FirstSentence("better", sentence, praised)


def _tie(basis: HeadlineBasis) -> FirstSentence:
    total = len(basis.with_figure)
    if total == 1:
        words = gettext("%(name)s is the only attribute with a figure.")
        return FirstSentence("one_attribute", Sentence(words, name=first_in_sentence(basis.with_figure[0])))
    if any(entry.status == "provisional" for entry in basis.with_figure):
        words = gettext("Not enough is shown yet to tell the %(n)s attributes apart.")
    else:
        words = gettext("The %(n)s attributes cannot be told apart.")
    return FirstSentence("tie", Sentence(words, n=total))
