"""Public pages: the framework, its questions, and how scores are computed. Everybody may read them."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueSet
from attributes.contradiction_words import RuleWords, item_words, level_words, rule_words
from attributes.models import QuestionSet
from attributes.public import method_numbers
from attributes.public.method_numbers import DIFFERENT_RATERS, SAME_RATER, threshold
from attributes.public.set_rules import contradictions_in_words, not_asked
from attributes.weights import default_weights


@login_not_required
@require_safe
def framework(request: HttpRequest) -> HttpResponse:
    """What the attributes are, why they matter, and what stands around them."""
    return render(request, "attributes/public/framework.html", _chosen_set(request))


@login_not_required
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Every question with its items, as they are asked, and which answers contradict each other."""
    context = _chosen_set(request)
    question_set = context["question_set"]
    if question_set is not None:
        context |= {
            "has_advice": any(item.recommendations for item in question_set.items.values()),
            "contradictions": _contradictions(question_set),
        }
    return render(request, "attributes/public/questions.html", context)


@login_not_required
@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """How scores are computed, for readers who want to check one."""
    context = _chosen_set(request)
    question_set = context["question_set"]
    if question_set is not None:
        steps = _steps(question_set)
        context |= {
            "levels": _levels(question_set),
            "contradictions": contradictions_in_words(question_set),
            "not_asked": not_asked(question_set),
            "critical_items": [item for item in question_set.items.values() if item.critical],
            "steps": steps,
            "scored_items": sum(row["items"] for row in steps),
            "lowest_threshold": min(row["between"] for row in steps),
            "highest_threshold": max(row["between"] for row in steps),
            "group_limits": method_numbers.GROUP_LIMITS,
            "t_quantiles": method_numbers.T_QUANTILES,
            "t_beyond": method_numbers.T_BEYOND,
        }
    return render(request, "attributes/public/method.html", context)


def _contradictions(question_set: CatalogueSet) -> list[RuleWords]:
    levels = level_words([{"letter": level.letter, "label": level.label} for level in question_set.scale])
    rules = [rule.as_row() for rule in question_set.contradictions]
    named = {code for rule in rules for code in (rule["a"], rule["b"])}
    items = {
        code: item_words(item.short, [(state.key, state.label) for state in item.states] or levels)
        for code, item in question_set.items.items()
        if code in named
    }
    return rule_words(rules, items)


def _chosen_set(request: HttpRequest) -> dict[str, Any]:
    """The highest published version: of the slug asked for, or of the default set. None before any is loaded."""
    available = QuestionSet.objects.latest_versions()
    slug = request.GET.get("set")
    chosen = [row for row in available if slug in (None, row.slug)]
    if slug is not None and not chosen:
        raise Http404(_("There is no such question set."))
    return {
        "question_set": catalogue_of(chosen[0]) if chosen else None,
        "other_sets": [row for row in available if row is not chosen[0]],
        "chosen_slug": slug,
    }


def _levels(question_set: CatalogueSet) -> list[dict[str, Any]]:
    highest = question_set.scale[-1].value
    return [{"level": level, "share": str(Fraction(level.value, highest))} for level in question_set.scale]


def _steps(question_set: CatalogueSet) -> list[dict[str, Any]]:
    """How far one item, one level up, moves each attribute at most, and from how many points two scores differ."""
    highest = question_set.scale[-1].value
    rows = []
    for attribute in question_set.attributes:
        weights = default_weights(attribute)
        step = 100 * max(weights.values(), default=Fraction(0)) / highest
        points = Decimal(step.numerator) / Decimal(step.denominator)
        rows.append(
            {
                "attribute": attribute,
                "items": len(weights),
                "points": points.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP),
                "between": threshold(weights.values(), DIFFERENT_RATERS, highest),
                "over_time": threshold(weights.values(), SAME_RATER, highest),
            }
        )
    return rows
