"""Each way by which a process could look better than it is gains nothing that the first page does not show.

The tricks are those that worked on an earlier method: the document, the page and the report are the real ones.
"""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from assessments.documents.result import ResultDocument
from assessments.models import Assessment, Process
from assessments.reports.html import render_html
from assessments.results.build import build_document
from assessments.results.page import drawn
from attributes.kinds import Kind
from tests import builders
from tests.builders.papers import paper
from tests.builders.processes import opening

pytestmark = pytest.mark.django_db

JUNK = {"evidence_text": "See the web site.", "evidence_links": "https://x.invalid"}
SHOWN = {
    "evidence_text": "The minutes say who agreed.",
    "evidence_links": "https://example.org/minutes",
    "evidence_source": "groups",
}


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def results_page(document: ResultDocument) -> str:
    page = drawn(document)
    return words(page.message + page.sections + page.workings)


@pytest.fixture
def assessment() -> Assessment:
    return builders.assessment(builders.process())


def claim_everything(assessment: Assessment, **evidence: Any) -> None:
    """The best answer to every scored item."""
    given: dict[str, Any] = {}
    for item in builders.items().items.values():
        if not item.scored:
            continue
        if item.kind is Kind.RATING:
            given[item.code] = 3
        else:
            best = max(item.states, key=lambda state: state.credit or 0).key
            lines = {option.key: {"state": best, "text": "As it says."} for option in item.options}
            given[item.code] = {"options": lines or {"": {"state": best, "text": "As it says."}}}
    builders.answers(assessment, {code: {"value": value, **evidence} for code, value in given.items()})


def test_claiming_everything_and_showing_nothing_gives_no_score(assessment: Assessment) -> None:
    claim_everything(assessment)
    document = build_document(assessment)
    for attribute in document.attributes:
        assert (attribute.status, attribute.score, attribute.letter) == ("withheld", None, None)
        assert attribute.low is not None
        assert attribute.high is not None
        assert (attribute.low.whole, attribute.high.whole) == ("0", "100")
    assert (document.weakest, document.index, document.steps.strengths) == ([], None, [])
    page = results_page(document)
    assert "Items answered and shown by nothing: 30." in page
    assert "30 answers claim more than they count as" in page
    assert "Nothing is shown as fully achieved yet." in page


def test_honesty_without_evidence_is_shown_and_no_worse_off_than_silence(assessment: Assessment) -> None:
    for code in ("CR1a", "CR1b", "CR1c"):
        builders.answer(assessment, code, 0)
    honest = build_document(assessment).attribute("CR")
    assert (honest.status, honest.score and honest.score.whole, honest.letter) == ("shown", "0", "N")


def test_x_as_evidence_and_e2_chosen_counts_as_nothing(assessment: Assessment) -> None:
    claim_everything(assessment, evidence_text="x", evidence_class="E2")
    document = build_document(assessment)
    assert {item.grade for item in document.items().values() if item.scored} == {"E0"}
    assert {attribute.status for attribute in document.attributes} == {"withheld"}


def test_one_invented_link_lifts_no_critical_item_and_is_counted_on_the_results_page(assessment: Assessment) -> None:
    claim_everything(assessment, **JUNK)
    document = build_document(assessment)
    items = document.items()
    capped = {code for code, item in items.items() if item.capped}
    assert capped == {code for code, item in items.items() if item.critical or item.stakeholder_primary}
    assert all(items[code].letter == "L" for code in capped)
    text = results_page(document)
    assert "Opened by a second person: 0 of 23 items whose evidence others can open." in text
    assert "Up to 30 items rest on one and the same document (x.invalid)." in text


def test_a_link_without_a_sentence_counts_as_described(assessment: Assessment) -> None:
    claim_everything(assessment, evidence_links="https://x.invalid", evidence_class="E2")
    document = build_document(assessment)
    assert {item.grade for item in document.items().values() if item.scored} == {"E1"}
    assert all(item.letter == "L" for item in document.items().values() if item.scored)


@pytest.mark.parametrize("reason", ["", "Nobody was kept out by it."])
def test_lines_called_not_applicable_are_counted_on_the_results_page(assessment: Assessment, reason: str) -> None:
    """G1: bad lines of a list as not applicable."""
    keys = ["inclusion", "legitimacy", "participation", "quality_of_output"]
    lines = {key: {"state": "not_applicable", "text": reason} for key in keys[1:]}
    builders.answer(assessment, "IT4b", {"options": {"inclusion": {"state": "yes"}, **lines}}, **SHOWN)
    document = build_document(assessment)
    item = document.items()["IT4b"]
    if reason:
        assert item.share_applicable is not None
        assert item.share_applicable.exact == "1/4"
        # A tenth of the attribute, of which three quarters do not apply; nothing else was answered.
        assert document.attribute("IT").scope.exact == "37/40"
        assert "Items not applicable: 0 (and 3 lines of lists)." in results_page(document)
        assert reason in results_page(document)
    else:
        assert (item.share_known and item.share_known.exact, item.letter) == ("1/4", None)
        assert "(and 3 lines of lists). Items answered" in results_page(document)


def test_a_list_that_has_to_be_answered_cannot_vanish(assessment: Assessment) -> None:
    """G2: all lines of the barriers as not applicable."""
    barriers = [option.key for option in builders.items().items["IT2b"].options]
    lines = {key: {"state": "not_applicable", "text": "There is no such barrier."} for key in barriers}
    builders.answer(assessment, "IT2b", {"options": lines}, **SHOWN)
    document = build_document(assessment)
    assert document.items()["IT2b"].state == "dont_know"
    assert "IT2b" in document.unknown
    assert document.not_applicable == []
    assert document.attribute("IT").scope.exact == "1"


def test_silence_on_a_critical_item_is_no_better_than_admitting_it(assessment: Assessment) -> None:
    """G4."""
    for code in ("ED1a", "ED1b", "ED2a", "ED4a", "ED4b", "ED4c", "ED4d"):
        opening(builders.answer(assessment, code, 3, **SHOWN))
    builders.answer(assessment, "ED3a", state="dont_know")
    document = build_document(assessment)
    silent = document.attribute("ED")
    assert (silent.status, silent.letter, silent.critical_open) == ("provisional", "P+", ["ED3a"])
    assert "P+ (ED3a open)" in results_page(document)


def test_claiming_a_critical_item_unshown_is_no_better(assessment: Assessment) -> None:
    for code in ("ED1a", "ED1b", "ED2a", "ED4a", "ED4b", "ED4c", "ED4d"):
        opening(builders.answer(assessment, code, 3, **SHOWN))
    builders.answer(assessment, "ED3a", 3)
    document = build_document(assessment)
    claimed = document.attribute("ED")
    assert (claimed.status, claimed.letter, claimed.critical_unshown) == ("provisional", "P+", ["ED3a"])
    assert "P+ (ED3a not shown)" in results_page(document)


def test_dont_know_on_the_worst_items_is_counted_on_the_results_page(assessment: Assessment) -> None:
    """G7 and G8, with a list of which a part is not known."""
    for code in ("CO1a", "CO1b", "CO2a"):
        builders.answer(assessment, code, 3, **SHOWN)
    builders.answer(assessment, "CO1c", state="dont_know")
    options = {"inclusion": {"state": "yes"}, "legitimacy": {"state": "dont_know"}}
    builders.answer(assessment, "IT4b", {"options": options}, **SHOWN)
    document = build_document(assessment)
    assert document.open_counts.lines_not_known == 3
    assert "Items not known: 26 (and 3 lines of lists)." in results_page(document)
    steps = {step.item: step for step in document.steps.steps}
    assert (steps["IT4b"].kind, steps["CO1c"].kind) == ("find_out", "find_out")


X: dict[str, tuple[str, Callable[[Assessment], None], bool]] = {
    "a barrier that does not exist is mitigated": (
        "IT2b",
        lambda a: barrier(a, "does_not_exist", "mitigated"),
        True,
    ),
    "a barrier that does not exist, nobody says why, is mitigated": (
        "IT2b",
        lambda a: barrier(a, "does_not_exist", "mitigated", why=""),
        True,
    ),
    "a barrier that exists is absent": ("IT2b", lambda a: barrier(a, "exists", "absent"), True),
    "a barrier that does not exist is unmitigated": (
        "IT2b",
        lambda a: barrier(a, "does_not_exist", "unmitigated"),
        False,
    ),
    "closed working is the norm, and nothing was closed": ("IT5c", lambda a: closed(a), True),
}


def barrier(assessment: Assessment, exists: str, mitigated: str, why: str = "As we heard.") -> None:
    builders.answer(assessment, "IT2a", {"options": {"language": {"state": exists, "text": why}}})
    builders.answer(
        assessment, "IT2b", {"options": {"language": {"state": mitigated, "text": "As we heard."}}}, **SHOWN
    )


def closed(assessment: Assessment) -> None:
    builders.answer(assessment, "IT5a", 0)
    builders.answer(assessment, "IT5c", state="not_applicable", not_applicable_reason="Nothing was closed.")


@pytest.mark.parametrize("trick", X)
def test_answers_that_contradict_each_other_earn_nothing_and_are_named(assessment: Assessment, trick: str) -> None:
    code, give, is_unknown = X[trick]
    give(assessment)
    document = build_document(assessment)
    [found] = document.contradictions
    assert (found.b.item, found.is_unknown) == (code, is_unknown)
    item = document.items()[code]
    assert (code in document.unknown) == is_unknown
    if not is_unknown:
        assert (item.counted and item.counted.exact, item.options[0].counts_as) == ("0", "unmitigated")
    page = results_page(document)
    assert re.search(rf"Answers that contradict each other {found.a.item} .{{1,200}} and {code} ", page)
    assert "until one of the two is changed" in page or not is_unknown


def test_what_does_not_apply_by_kind_is_listed_and_its_answer_kept_and_not_counted() -> None:
    process = builders.process(kind="dialogues")
    assessment = builders.assessment(process)
    builders.answer(assessment, "ED2a", 3, **SHOWN)
    for code, level in (("ED1a", 2), ("ED1b", 1), ("ED3a", 1), ("ED4b", 2)):
        builders.answer(assessment, code, level, **SHOWN)
    document = build_document(assessment)
    found = document.attribute("ED")
    assert (document.by_kind, document.kept) == (["ED2a", "ED4a", "ED4c", "ED4d"], ["ED2a"])
    assert document.not_applicable == []
    # TV34: full scope, ED1a and ED1b a sixth each, ED3a and ED4b a third.
    assert (found.score and found.score.whole, found.letter, found.scope.exact) == ("50", "P+", "1")
    assert "Does not apply to this kind of process; the answer is kept and not counted" in words(
        render_html(paper(document), "en")
    )
    assert Process.objects.get().kind == "dialogues"
