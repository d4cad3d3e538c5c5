"""The experience track of several processes side by side, never blended with the evidence."""

import pytest

from assessments.comparing.build import build_comparison
from assessments.comparing.experience import panel_profiles
from assessments.documents.panel import PanelDocument
from assessments.reports.html import render_html
from tests import builders
from tests.builders import panels, samples
from tests.scoring.panel import TV10, wave_of

pytestmark = pytest.mark.django_db


def panel(code: str, items: dict[str, dict[str, list[int]]] | None = None) -> PanelDocument:
    """The document of a wave of the assessment with this code."""
    found = panels.document_of(wave_of(TV10 if items is None else items), builders.items())
    return found.model_copy(update={"assessment": code})


LOW = {item: {group: [sum(counts), 0, 0, 0] for group, counts in groups.items()} for item, groups in TV10.items()}


def test_profiles_of_two_processes() -> None:
    found = panel_profiles([panel("a"), panel("b", LOW)])
    assert found is not None
    cr = found.profile("a").attribute("CR")
    assert (cr.score.printed, cr.letter, cr.group_count) == ("59.2", "L", 5)
    assert (found.profile("a").received, found.profile("a").invited) == (64, 300)
    (pair,) = found.pairs
    difference = next(each for each in pair.differences if each.attribute == "CR")
    assert (difference.difference.printed, difference.meaningful) == ("59.2", True)
    assert pair.first_ahead_on == ["CR"]
    # The rest was not answered, so it is not settled who is ahead.
    assert (pair.not_compared, pair.verdict) == (["IT", "ED", "CO"], "not_comparable")


def test_closing_days_of_processes_have_each_their_zone() -> None:
    first = panel("a")
    elsewhere = first.model_copy(update={"wave": first.wave.model_copy(update={"time_zone": "Africa/Nairobi"})})
    results = [samples.result("One", code="aaaa"), samples.result("Two", code="bbbb")]
    waves = {"aaaa": panel("aaaa"), "bbbb": elsewhere.model_copy(update={"assessment": "bbbb"})}
    html = " ".join(render_html(build_comparison(results, waves), "en").split())
    assert "30 March 2026 (UTC)" in html
    assert "30 March 2026 (Nairobi, UTC+3)" in html


def test_one_process_with_a_wave_has_a_profile_and_no_verdict() -> None:
    found = panel_profiles([panel("a")])
    assert found is not None
    assert ([profile.code for profile in found.profiles], found.pairs) == (["a"], [])
    assert panel_profiles([]) is None


def test_rounds_of_one_process_are_not_judged_as_two_processes() -> None:
    found = panel_profiles([panel("a"), panel("b")], {"a": "p", "b": "p"})
    assert found is not None
    assert found.pairs == []


def test_what_was_asked_in_other_words_is_not_compared() -> None:
    other = panel("b", LOW)
    items = [item.model_copy(update={"revision": 2}) if item.code == "CR1a" else item for item in other.items]
    found = panel_profiles([panel("a"), other.model_copy(update={"items": items})])
    assert found is not None
    assert "CR" in found.pairs[0].not_compared


def test_another_major_version_is_left_out() -> None:
    other = panel("b")
    newer = other.model_copy(update={"question_set": other.question_set.model_copy(update={"version": "2.0.0"})})
    found = panel_profiles([panel("a"), newer])
    assert [profile.code for profile in found.profiles] == ["a"]


def test_comparison_has_the_part_only_with_a_wave() -> None:
    results = [samples.result("One", code="aaaa"), samples.result("Two", code="bbbb")]
    plain = build_comparison(results)
    assert "experience" not in plain.model_dump(mode="json")
    one = build_comparison(results, {"aaaa": panel("aaaa")})
    assert [profile.code for profile in one.experience.profiles] == ["aaaa"]
    both = build_comparison(results, {"aaaa": panel("aaaa"), "bbbb": panel("bbbb", LOW)})
    assert [profile.code for profile in both.experience.profiles] == ["aaaa", "bbbb"]
    assert both.model_copy(update={"experience": None}) == plain
