"""The experience track of several processes side by side, never blended with the evidence."""

import json

import pytest

from assessments.comparing.build import build_comparison
from assessments.comparing.experience import panel_profiles
from assessments.documents.comparison import AttributeVerdict, ExperiencePart
from assessments.documents.panel import PanelDocument
from assessments.reports.html import render_html
from tests import builders
from tests.builders import panels, samples
from tests.builders.papers import paper
from tests.scoring.panel import TV10, wave_of

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


def panel(code: str, items: dict[str, dict[str, list[int]]] | None = None) -> PanelDocument:
    """The public document of a wave of the assessment with this code."""
    found = panels.public_of(wave_of(TV10 if items is None else items), builders.items())
    return found.model_copy(update={"assessment": code})


def verdict(found: ExperiencePart | None, attribute: str) -> AttributeVerdict:
    assert found
    (pair,) = found.pairs
    return next(entry for entry in pair.attributes if entry.attribute == attribute)


LOW = {item: {group: [sum(counts), 0, 0, 0] for group, counts in groups.items()} for item, groups in TV10.items()}
# Everybody a level lower, where there is one.
LOWER = {
    item: {group: [counts[0] + counts[1], *counts[2:], 0] for group, counts in groups.items()}
    for item, groups in TV10.items()
}


def test_profiles_of_two_processes() -> None:
    found = panel_profiles([panel("a"), panel("b", LOW)])
    assert found is not None
    cr = found.profile("a").attribute("CR")
    assert (cr.score.printed, cr.letter, cr.group_count) == ("59", "L-", 5)
    assert (cr.sampling.low, cr.sampling.high) == (53, 65)
    assert (found.profile("a").received, found.profile("a").invited) == (64, 300)
    assert (verdict(found, "CR").verdict, verdict(found, "CR").difference) == ("first_higher", "59")
    # The rest was not answered.
    assert found.pairs[0].having("not_compared") == ["IT", "ED", "CO"]
    assert verdict(found, "IT").why == "withheld"


def test_difference_that_other_answers_could_make_is_none() -> None:
    """No rater noise here, but the sampling ranges: people who answer are a part of their groups."""
    few = {item: {group: [0, 3, 2, 1] for group in groups} for item, groups in TV10.items()}
    more = {item: {group: [0, 2, 2, 2] for group in groups} for item, groups in TV10.items()}
    found = verdict(panel_profiles([panel("a", few), panel("b", more)]), "CR")
    assert found.difference == "-11"
    assert (found.verdict, found.why, found.threshold) == ("cannot_be_told_apart", "within_chance", None)


def test_the_same_answers_never_differ() -> None:
    found = verdict(panel_profiles([panel("a"), panel("b")]), "CR")
    assert (found.verdict, found.why) == ("cannot_be_told_apart", "within_chance")


def test_without_a_sampling_range_nothing_is_told_apart() -> None:
    def without(document: PanelDocument) -> PanelDocument:
        attributes = [
            attribute.model_copy(
                update={
                    "sampling": attribute.sampling.model_copy(
                        update={"low": None, "high": None, "t": None, "why": "few_confidential"}
                    )
                }
            )
            for attribute in document.attributes
        ]
        return document.model_copy(update={"attributes": attributes})

    found = verdict(panel_profiles([panel("a"), without(panel("b", LOW))]), "CR")
    assert (found.verdict, found.why) == ("cannot_be_told_apart", "no_sampling_range")


def test_score_that_is_not_public_is_not_compared() -> None:
    other = panel("b", LOW)
    attributes = [
        entry.model_copy(update={"score": None, "score_hidden": "follows"}) if entry.code == "CR" else entry
        for entry in other.attributes
    ]
    found = verdict(panel_profiles([panel("a"), other.model_copy(update={"attributes": attributes})]), "CR")
    assert (found.verdict, found.why, found.difference) == ("not_compared", "not_told", None)


def test_restricted_documents_are_refused_and_public_ones_give_no_fraction() -> None:
    with pytest.raises(ValueError, match="nothing restricted"):
        panel_profiles([panels.tv10_document()])
    found = panel_profiles([panel("a"), panel("b", LOWER)])
    assert found
    exact = [
        value
        for text in json.dumps(found.model_dump(mode="json")).split('"exact": "')[1:]
        if "/" in (value := text.split('"')[0])
    ]
    assert exact == []


def test_closing_days_of_processes_have_each_their_zone() -> None:
    first = panel("a")
    elsewhere = first.model_copy(update={"wave": first.wave.model_copy(update={"time_zone": "Africa/Nairobi"})})
    results = [samples.result("One", code="aaaa"), samples.result("Two", code="bbbb")]
    waves = {"aaaa": panel("aaaa"), "bbbb": elsewhere.model_copy(update={"assessment": "bbbb"})}
    html = " ".join(render_html(paper(build_comparison(results, waves)), "en").split())
    assert "30 March 2026 (UTC)" in html
    assert "30 March 2026 (Nairobi, UTC+3)" in html


def test_one_process_with_a_wave_has_a_profile_and_no_verdict() -> None:
    found = panel_profiles([panel("a")])
    assert found is not None
    assert ([profile.code for profile in found.profiles], found.pairs) == (["a"], [])
    assert panel_profiles([]) is None


def test_what_was_asked_in_other_words_is_not_compared() -> None:
    other = panel("b", LOW)
    items = [item.model_copy(update={"revision": 2}) if item.code == "CR1a" else item for item in other.items]
    found = panel_profiles([panel("a"), other.model_copy(update={"items": items})])
    assert (verdict(found, "CR").verdict, verdict(found, "CR").why) == ("not_compared", "asked_otherwise")


def test_another_major_version_and_another_method_are_left_out() -> None:
    other = panel("b")
    newer = other.model_copy(update={"question_set": other.question_set.model_copy(update={"version": "2.0.0"})})
    for each in (newer, other.model_copy(update={"method_version": "1.2.0"})):
        found = panel_profiles([panel("a"), each])
        assert found
        assert [profile.code for profile in found.profiles] == ["a"]


def test_comparison_has_the_part_only_with_a_wave() -> None:
    results = [samples.result("One", code="aaaa"), samples.result("Two", code="bbbb")]
    plain = build_comparison(results)
    assert plain.experience is None
    one = build_comparison(results, {"aaaa": panel("aaaa")})
    assert one.experience
    assert [profile.code for profile in one.experience.profiles] == ["aaaa"]
    both = build_comparison(results, {"aaaa": panel("aaaa"), "bbbb": panel("bbbb", LOW)})
    assert both.experience
    assert [profile.code for profile in both.experience.profiles] == ["aaaa", "bbbb"]
    assert both.model_copy(update={"experience": None}) == plain


@pytest.mark.parametrize(
    ("answers", "models"),
    [
        ({group: [0, 0, 1, 29] for group in "abcde"}, ["a"]),
        ({group: [0, 15, 15, 0] for group in "abcde"}, []),  # P: the groups see it otherwise
        ({group: [0, 9, 21, 0] for group in "abcde"}, []),  # L, but a whole level below: a possible blind spot
        ({"a": [0, 0, 30, 0], **{group: [0, 0, 0, 30] for group in "bcde"}}, []),  # divided
    ],
)
def test_nobody_is_a_model_whose_own_stakeholders_speak_against_it(
    answers: dict[str, list[int]], models: list[str]
) -> None:
    shown, weak = {"CR1b": samples.Given(level=3)}, {"CR1b": samples.Given(level=1)}
    one, other = (
        samples.result(code.upper(), given, code=code, default=lambda index: samples.Given())
        for code, given in (("a", shown), ("b", weak))
    )
    asked = panel("a", dict.fromkeys(TV10, answers))
    learnt = [entry for entry in build_comparison([one, other], {"a": asked}).learn_from if entry.item == "CR1b"]
    assert [standing.code for entry in learnt for standing in entry.teachers] == models
