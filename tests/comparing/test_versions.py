"""Results of different versions of a question set, or of different kinds of process, side by side (method 3.10)."""

import json
import re
from html import unescape

import pytest

from assessments.comparing.build import build_comparison
from assessments.documents.comparison import AttributeVerdict, ComparisonDocument, MatchedAttribute, Pair
from assessments.documents.result import ResultDocument
from assessments.reports.html import render_html
from tests.builders import worked
from tests.builders.papers import paper
from tests.builders.versions import next_version
from tests.comparing.given import assessed

# Worked out of documents that are in memory; that both databases give those of two versions back is in `test_pages`.
pytestmark = [pytest.mark.django_db, pytest.mark.alike]

CO = worked.COLLABORATION


def on(pair: Pair, attribute: str) -> MatchedAttribute:
    found = pair.on_matched(attribute)
    assert found
    return found


def said(pair: Pair, attribute: str) -> AttributeVerdict:
    return next(entry for entry in pair.attributes if entry.attribute == attribute)


def shares(found: MatchedAttribute) -> tuple[str, str]:
    return found.first.share.exact, found.second.share.exact


def scores(found: MatchedAttribute) -> tuple[str | None, str | None]:
    return found.first.score and found.first.score.exact, found.second.score and found.second.score.exact


def compared(*results: ResultDocument) -> ComparisonDocument:
    """The comparison, through its stored form and back."""
    document = build_comparison(results)
    stored = json.loads(json.dumps(document.model_dump(mode="json")))
    assert ComparisonDocument.model_validate(stored) == document
    return document


def test_two_versions_are_compared_on_matched_items() -> None:
    newer = next_version()
    document = compared(assessed("A"), assessed("B", {"IT1a": 0, "CO4b": 3, "ED2b": 0}, newer))
    pair = document.pairs[0]
    assert shares(on(pair, "IT")) == ("4/5", "4/5")
    assert shares(on(pair, "CR")) == ("1", "1")
    assert shares(on(pair, "ED")) == ("1", "7/8")
    assert shares(on(pair, "CO")) == ("7/8", "1")
    # IT1a is N in one and L in the other, but it is not the same item; the rest is answered alike.
    assert [entry.difference for entry in pair.attributes] == ["0", "0", "0", "0"]
    assert pair.having("cannot_be_told_apart") == ["IT", "CR", "ED", "CO"]
    first, second = (process.attribute("IT") for process in document.processes)
    assert first
    assert second
    assert (first.score, second.score) != (on(pair, "IT").first.score, on(pair, "IT").second.score)
    assert first.score != second.score


def test_versions_say_which_items_do_not_count_and_why() -> None:
    document = compared(assessed("A"), assessed("B", version=next_version()))
    (asked,) = document.asked
    assert (asked.older.version, asked.newer.version, asked.same) == ("1.0.0", "1.1.0", False)
    assert [
        (part.attribute, part.older_share.printed, part.newer_share.printed, [(i.code, i.why) for i in part.unmatched])
        for part in asked.attributes
    ] == [
        ("IT", "80 %", "80 %", [("IT1a", "reworded")]),
        ("CR", "100 %", "100 %", []),
        ("ED", "100 %", "87.5 %", [("ED2b", "new")]),
        ("CO", "87.5 %", "100 %", [("CO4b", "gone")]),
    ]


def test_below_two_thirds_is_not_compared() -> None:
    newer = next_version(reworded=("CR1a", "CR1b"), gone=(), copied={})
    pair = compared(assessed("A", {"CR1c": 3}), assessed("B", {"CR1c": 0}, newer)).pairs[0]
    assert (said(pair, "CR").why, shares(on(pair, "CR"))) == ("little_in_common", ("1/3", "1/3"))
    assert scores(on(pair, "CR")) == (None, None)
    assert pair.having("not_compared") == ["CR"]


def test_exactly_two_thirds_are_compared_with_the_threshold_of_what_is_matched() -> None:
    newer = next_version(reworded=("CR1a",), gone=(), copied={})
    pair = compared(assessed("A", {"CR1b": 3, "CR1c": 3}), assessed("B", {"CR1b": 1, "CR1c": 1}, newer)).pairs[0]
    assert shares(on(pair, "CR")) == ("2/3", "2/3")
    assert scores(on(pair, "CR")) == ("100", "100/3")
    # Squares are 1/2 on two items, 1/3 on all three: 33 points are needed where 27 are on full scores.
    assert (said(pair, "CR").verdict, said(pair, "CR").threshold) == ("first_higher", 33)
    assert pair.having("first_higher") == ["CR"]


def test_sides_do_not_depend_on_which_version_is_newer() -> None:
    newer = next_version()
    a = assessed("A", {"CR1a": 3, "CR1b": 3, "IT4a": 3})
    b = assessed("B", {"CR1a": 0, "CR1b": 0, "IT4a": 0}, newer)
    renamed = b.model_copy(update={"process": b.process.model_copy(update={"name": "0"})})
    one, other = compared(a, b).pairs[0], compared(a, renamed).pairs[0]
    assert (one.first, one.second) == (other.second, other.first)
    for code in ("IT", "CR", "ED", "CO"):
        assert scores(on(one, code)) == scores(on(other, code))[::-1]
        assert shares(on(one, code)) == shares(on(other, code))[::-1]
    assert one.having("first_higher") == other.having("second_higher") == ["CR"]


def test_unknown_answers_between_processes_widen_the_range_as_ever() -> None:
    newer = next_version(reworded=("IT1a",), gone=(), copied={})
    strong = dict.fromkeys(CO, 3)
    weak = dict.fromkeys(CO, 0) | {"CO1a": -1, "CO1b": -1}
    pair = compared(assessed("A", strong), assessed("B", weak, newer)).pairs[0]
    assert shares(on(pair, "CO")) == ("1", "1")
    assert scores(on(pair, "CO")) == ("1175/12", "0")  # an item much rests on counts in full only once it is opened
    found = on(pair, "CO").second
    assert (found.low and found.low.exact, found.high and found.high.exact) == ("0", "25/2")


def test_score_that_is_withheld_is_not_compared_on_fewer_items_either() -> None:
    newer = next_version(reworded=("CR1b",), gone=(), copied={})
    pair = compared(assessed("A", {"CR1a": -1, "CR1b": -1}), assessed("B", version=newer)).pairs[0]
    assert said(pair, "CR").why == "withheld"


def test_score_that_is_provisional_is_not_told_apart_on_fewer_items_either() -> None:
    newer = next_version(reworded=("CR1a",), gone=(), copied={})
    known = {"CR1a": -1, "CR1b": 3, "CR1c": 3}
    pair = compared(assessed("A", known), assessed("B", {"CR1b": 0, "CR1c": 0}, newer)).pairs[0]
    assert scores(on(pair, "CR")) == ("100", "0")
    assert (said(pair, "CR").verdict, said(pair, "CR").why) == ("cannot_be_told_apart", "provisional")


def test_too_much_unknown_of_what_is_matched_is_not_compared() -> None:
    # Half of CO is known, and two thirds of that is reworded: on the rest a third is known.
    newer = next_version(reworded=("CO2a", "CO2b"), gone=(), copied={})
    unknown = dict.fromkeys(("CO1a", "CO1b", "CO1c", "CO1d", "CO3a", "CO3b"), -1)
    document = compared(assessed("A", unknown), assessed("B", version=newer))
    own = document.processes[0].attribute("CO")
    assert own
    assert (own.coverage.exact, own.not_compared) == ("1/2", None)
    assert (said(document.pairs[0], "CO").why, shares(on(document.pairs[0], "CO"))) == ("withheld", ("3/4", "3/4"))


def test_same_version_is_compared_on_full_scores() -> None:
    document = compared(assessed("A", {"CR1a": 3}), assessed("B"))
    assert (document.asked, document.pairs[0].matched) == ([], [])


def test_patch_version_is_compared_on_everything() -> None:
    patch = next_version("1.0.1", reworded=(), gone=(), copied={})
    levels = {"CR1a": 3, "IT4a": -1, "CO1b": -1}
    mixed = compared(assessed("A", levels), assessed("B", version=patch))
    plain = compared(assessed("A", levels), assessed("B"))
    assert [(entry.same, entry.attributes) for entry in mixed.asked] == [(True, [])]
    assert mixed.pairs[0].matched == []
    assert mixed.pairs[0].attributes == plain.pairs[0].attributes


def test_pairs_of_one_version_stay_what_they_are_beside_another_version() -> None:
    a, b, c = assessed("A", {"CR1a": 3}), assessed("B"), assessed("C", version=next_version())
    alone, beside = compared(a, b).pairs[0], compared(a, b, c).pairs
    assert beside[0].attributes == alone.attributes
    assert [bool(pair.matched) for pair in beside] == [False, True, True]


def test_result_that_cannot_be_rebuilt_is_not_compared_across_versions() -> None:
    first, second = assessed("A"), assessed("B", version=next_version())
    content = first.model_dump(mode="json")
    for item in (i for a in content["attributes"] for q in a["questions"] for i in q["items"]):
        item["states"] = []
    pair = compared(ResultDocument.model_validate(content), second).pairs[0]
    assert {(entry.verdict, entry.why) for entry in pair.attributes} == {("not_compared", "not_rebuilt")}
    assert pair.matched == []


def test_versions_are_sorted_by_number() -> None:
    versions = [next_version(version, reworded=(), gone=(), copied={}) for version in ("1.10.0", "1.9.0")]
    document = compared(*(assessed(name, version=version) for name, version in zip("AB", versions, strict=True)))
    assert [(entry.older.version, entry.newer.version) for entry in document.asked] == [("1.9.0", "1.10.0")]


# --- Kinds of process ------------------------------------------------------------------------------------------


def test_kinds_of_process_are_compared_on_what_applies_to_both() -> None:
    """Four items of ED ask of a decision that a dialogue does not take."""
    decides = assessed("A", {"ED2a": 0, "ED4a": 0, "ED1a": 3}, kind="decides")
    dialogue = assessed("B", {"ED2a": 3, "ED4a": 3, "ED1a": 3}, kind="dialogues")
    document = compared(decides, dialogue)
    (asked,) = document.asked
    assert [(entry.version, entry.kind) for entry in (asked.older, asked.newer)] == [
        ("1.0.0", ""),
        ("1.0.0", "dialogues"),
    ]
    left_out = [(part.attribute, [(i.code, i.why) for i in part.unmatched]) for part in asked.attributes]
    assert dict(left_out)["ED"] == [(code, "other_kind") for code in ("ED2a", "ED4a", "ED4c", "ED4d")]
    assert [codes for code, codes in left_out if code != "ED"] == [[], [], []]
    pair = document.pairs[0]
    assert shares(on(pair, "ED")) == ("9/16", "1")
    # Less than two thirds of what a deciding process was asked.
    assert (said(pair, "ED").verdict, said(pair, "ED").why) == ("not_compared", "little_in_common")
    assert said(pair, "CR").why == "within_rater_noise"


def test_report_names_the_kind_that_was_asked_less() -> None:
    decides, dialogue = assessed("A", kind="decides"), assessed("B", kind="dialogues")
    text = printed(compared(decides, dialogue))
    assert "What 1.0.0, every item and 1.0.0, kind “Holds a dialogue” have in common" in text
    assert "A (1.0.0, every item) – B (1.0.0, kind “Holds a dialogue”)" in text
    assert "does not apply to one kind of process: Feasible from the outset" in text


def test_kinds_that_are_asked_the_same_are_compared_on_full_scores() -> None:
    document = compared(assessed("A", kind="decides"), assessed("B", kind="recommends"))
    assert (document.asked, document.pairs[0].matched) == ([], [])


# --- On paper --------------------------------------------------------------------------------------------------


def printed(document: ComparisonDocument) -> str:
    html = render_html(paper(document), "en")
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def test_report_shows_shares_reasons_and_matched_scores_beside_full_ones() -> None:
    newer = next_version(reworded=("IT1a", "CR1a", "CR1b"))
    first, second = assessed("A", {"IT4a": 3}), assessed("B", {"IT4a": 0}, newer)
    document = compared(first, second)
    text = printed(document)
    assert "What 1.0.0 and 1.1.0 have in common, as shares of the weight in each" in text
    assert "Inclusiveness and transparency 80 % 80 % reworded: Affected people can take part" in text
    assert "gone: Best practices adopted" in text
    assert "not compared less than two thirds of it was asked of both (33.3 % and 33.3 %)" in text
    found = on(document.pairs[0], "IT")
    assert found.first.score
    assert found.second.score
    full = [process.attribute("IT").score.whole for process in document.processes]  # type: ignore[union-attr]
    matched = [found.first.score.whole, found.second.score.whole]
    assert full != matched
    assert f"80 % 80 % {full[0]} {full[1]} {matched[0]} {matched[1]}" in text
