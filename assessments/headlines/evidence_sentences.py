"""What pages and PDF say of the evidence track: how far it is answered and shown, what claims count as, what to do."""

from collections.abc import Iterable
from fractions import Fraction

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from assessments.answers.counting import counts_as
from assessments.answers.explaining import BY_KIND, NOT_SCORED, CountingStanding, rule_of
from assessments.documents.result import AttributeResult, ItemResult, OptionLine, ResultDocument
from assessments.documents.steps import AdviceText, StepsPart
from assessments.documents.values import exact
from assessments.headlines.sentence import Name, Sentence
from assessments.scoring import whole
from assessments.scoring.evidence import CapReason, CountedAttribute, OpenReason
from assessments.scoring.method import OPTION_NOT_APPLICABLE, SHARE_PROVISIONAL
from attributes.memory import gettext

DOCUMENTS_NAMED = 3
CAP_WORDS = {
    CapReason.NOTHING_GIVEN: _("nothing is given"),
    CapReason.ONLY_DESCRIBED: _("it is only described, or others cannot open it"),
    CapReason.NOT_OPENED: _("nobody else has opened it"),
    CapReason.DISPUTED: _("the reviewer disputes it"),
}
NO_RECORD = _("no record made by the stakeholder groups, and no survey of them, shows it")
# What kind of step it is.
STEP_KINDS = {"find_out": _("find out"), "show_it": _("show it"), "improve_it": _("improve it")}
OPEN_WORDS = {
    OpenReason.NOT_ANSWERED: _("not answered"),
    OpenReason.DONT_KNOW: _("not known"),
    OpenReason.REASON_MISSING: _("no reason given, treated as open"),
    OpenReason.CONTRADICTORY: _("contradicts another answer, treated as open"),
    OpenReason.NOTHING_LEFT: _("the item has to be answered, so this is treated as open"),
}


def standing_of(item: ItemResult) -> CountingStanding:
    """Return where an item of a document stands, for the sentence that explains it on the page and in the report."""
    if not item.scored or item.by_kind:
        return CountingStanding(BY_KIND if item.by_kind else NOT_SCORED)
    lines = [line for line in item.options if line.key]
    applicable = [line for line in lines if line.counts_as != OPTION_NOT_APPLICABLE]
    against = [item.against, *(line.against for line in lines)]
    found = {ref.item: None for ref in against if ref}
    return CountingStanding(
        rule=rule_of(item.state, exact(item.counted), item.open_because, [line.open_because for line in lines]),
        counted=exact(item.counted),
        claimed=exact(item.claimed),
        letter=item.letter,
        claimed_letter=item.claimed_letter,
        capped_because=item.capped_because,
        takes_record=item.stakeholder_primary,
        known=sum(line.known for line in applicable),
        applicable=len(applicable),
        wordless=sum(line.open_because == OpenReason.REASON_MISSING for line in lines),
        contradictory=sum(line.open_because == OpenReason.CONTRADICTORY for line in lines),
        against=tuple(found),
    )


def said_of_line(line: OptionLine) -> str:
    """Say why a line that was answered is open; empty where it counts, or where the answer says so itself."""
    if not line.state or line.open_because in ("", OpenReason.DONT_KNOW):
        return ""
    if line.open_because == OpenReason.CONTRADICTORY and line.against:
        return gettext("contradicts %(item)s, treated as open") % {"item": line.against.item}
    return str(OPEN_WORDS[OpenReason(line.open_because)])


def in_words(attribute: AttributeResult | CountedAttribute) -> str:
    """Say how many items are answered, and how many are shown."""
    counts = {"answered": attribute.answered, "shown": attribute.shown, "all": attribute.applicable}
    return gettext("%(answered)d of %(all)d answered, %(shown)d of %(all)d shown") % counts


def status_sentence(attribute: AttributeResult) -> str:
    """Say why the score of a document is shown, provisional, withheld or missing."""
    return _status(attribute, attribute.coverage.value, exact(attribute.low), exact(attribute.high))


def status_of(attribute: CountedAttribute) -> str:
    """Say the same of a result as it stands now."""
    return _status(attribute, attribute.coverage, attribute.low, attribute.high)


def _status(
    attribute: AttributeResult | CountedAttribute, coverage: Fraction, low: Fraction | None, high: Fraction | None
) -> str:
    if attribute.status == "not_applicable" or low is None or high is None:
        return gettext("No item of this attribute applies, so there is no score.")
    if attribute.status == "withheld":
        return _withheld(coverage, low, high)
    if attribute.status == "shown":
        return gettext("Shown: at least two thirds are answered and shown, and so is every critical item.")
    texts = {
        "coverage": gettext("less than two thirds are answered."),
        "shown_share": gettext("less than two thirds are shown by any evidence."),
        "critical_open": gettext("not known although much rests on it: %(items)s.")
        % {"items": ", ".join(attribute.critical_open)},
        "critical_unshown": gettext("claimed and not shown by anything although much rests on it: %(items)s.")
        % {"items": ", ".join(attribute.critical_unshown)},
    }
    return " ".join([gettext("Provisional:"), *(texts[reason] for reason in attribute.provisional_because)])


def _withheld(coverage: Fraction, low: Fraction, high: Fraction) -> str:
    """Why there is no score, and between which points it could lie."""
    if coverage < SHARE_PROVISIONAL:
        why = gettext("Withheld: less than half of this attribute was answered.")
    else:
        why = gettext("Withheld: less than half of this attribute is shown by any evidence.")
    lies = gettext(
        "No score is shown; with the answers given it could lie anywhere between %(low)s and %(high)s of 100."
    )
    return f"{why} {lies}" % {"low": whole(low), "high": whole(high)}


def letter_note(attribute: AttributeResult) -> str:
    """Say what keeps the letter of an attribute at P+: "P+ (limited by ED3a)", "P+ (ED3a open)"; else empty."""
    if not attribute.limited_by:
        return ""
    missing = [*attribute.critical_open, *attribute.critical_unshown]
    at_zero = [code for code in attribute.limited_by if code not in missing]
    parts = [
        text % {"items": ", ".join(codes)}
        for text, codes in (
            (gettext("limited by %(items)s"), at_zero),
            (gettext("%(items)s open"), attribute.critical_open),
            (gettext("%(items)s not shown"), attribute.critical_unshown),
        )
        if codes
    ]
    return gettext("%(letter)s (%(why)s)") % {"letter": attribute.letter, "why": "; ".join(parts)}


def claims_above(items: Iterable[ItemResult]) -> str:
    """Say how many answers count for less than they claim; empty when none does."""
    found = [item for item in items if item.capped]
    if not found:
        return ""
    return ngettext(
        "%(n)s answer claims more than it counts as:",
        "%(n)s answers claim more than they count as:",
        len(found),
    ) % {"n": len(found)}


def claimed_and_counted(item: ItemResult) -> str:
    """Say of one item what it claims, what it counts as, and why; empty where the claim counts in full."""
    if not item.capped_because:
        return ""
    return gettext("claims %(claimed)s, counts as %(now)s (%(why)s)") % {
        "claimed": counts_as(item.claimed_letter, exact(item.claimed)),
        "now": counts_as(item.letter, exact(item.counted)),
        "why": cap_words(item),
    }


def cap_words(item: ItemResult) -> str:
    """Say why an item counts for less than it claims."""
    reason = CapReason(item.capped_because)
    return str(NO_RECORD if reason is CapReason.ONLY_DESCRIBED and item.stakeholder_primary else CAP_WORDS[reason])


def open_sentence(document: ResultDocument) -> str:
    """Say how much is not known, not shown and not applicable: items and lines of lists."""
    counts = document.open_counts
    lines = {
        "unknown": _lines(counts.lines_not_known),
        "left_out": _lines(counts.lines_not_applicable),
    }
    return gettext(
        "Items not known: %(items_not_known)d%(unknown)s. Items answered and shown by nothing: %(items_not_shown)d. "
        "Items not applicable: %(items_not_applicable)d%(left_out)s."
    ) % {**counts.model_dump(), **lines}


def _lines(count: int) -> str:
    if not count:
        return ""
    return ngettext(" (and %(n)d line of a list)", " (and %(n)d lines of lists)", count) % {"n": count}


def transparency_sentences(document: ResultDocument) -> list[str]:
    """Say how far others can check the evidence."""
    figures = document.transparency
    found = []
    if figures.full:
        found.append(
            gettext("Opened by a second person: %(opened)d of %(full)d items whose evidence others can open.")
            % {"opened": figures.opened, "full": figures.full}
        )
    if figures.most_on_one > 1:
        more = "…" if len(figures.documents) > DOCUMENTS_NAMED else ""
        names = {"n": figures.most_on_one, "name": ", ".join(figures.documents[:DOCUMENTS_NAMED]) + more}
        found.append(gettext("Up to %(n)d items rest on one and the same document (%(name)s).") % names)
    if figures.only_described:
        found.append(gettext("Items that rest on a description alone: %(n)d.") % {"n": figures.only_described})
    return found


def basis_label(advice: AdviceText) -> Sentence:
    """Say whose words follow: a case is named, so that nobody takes what was seen there for their own process."""
    if advice.basis_case:
        return Sentence(gettext("Seen elsewhere: %(case)s"), case=Name.of_text(advice.basis_case))
    return Sentence(gettext("What it rests on in the source"))


def nothing_to_do(steps: StepsPart, *, is_example: bool = False) -> str:
    """Say that nothing is to be done, where the counted letters say so; empty otherwise."""
    if is_example:
        return gettext("An example has no recommendations: nobody who runs the process was asked.")
    if steps.all_full:
        return gettext("Every item that applies is fully achieved.")
    return "" if steps.steps else gettext("Nothing to recommend: no item that counts applies.")


def no_strength(*, is_example: bool = False) -> str:
    """Say that nothing stands at F, nor well enough beside it."""
    if is_example:
        return gettext("An example names no strengths: it holds what one text says.")
    return gettext("Nothing is shown as fully achieved yet.")
