"""What an annual page says in each of its states. Nothing in it may be untrue."""

import datetime

import pytest

from assessments.actions.services.decisions import save_decision
from assessments.annual.build import _groups
from assessments.annual.content import AnnualContent, annual_content
from assessments.annual.plain import LINE, annual_text
from assessments.annual.promises import state_in_words
from assessments.documents.actions import ActionPart
from assessments.models import Action, Assessment
from tests import builders
from tests.annual.given import chosen, page_of, promise, round_of, three_promises, two_rounds
from tests.builders import panels

pytestmark = pytest.mark.django_db


def content(assessment: Assessment, *, public_only: bool = False) -> AnnualContent:
    return annual_content(page_of(assessment, public_only=public_only))


def test_it_says_what_became_of_each_promise_and_what_moved_on_its_item() -> None:
    before, after = two_rounds()
    three_promises(before)
    found = content(after)

    assert found.headline.promises == "Of 3 promises, 1 is kept, 1 late and 1 dropped."
    assert found.headline.moved == "Collective responsibility is better than last time."
    kept, late, dropped = found.promised
    assert (kept.text, kept.state, kept.happened) == ("Pay travel", "Done, June 2026", "41 journeys paid")
    assert kept.moved == "Respective roles: largely to fully"
    assert (late.state, late.moved) == ("Open, 4 months late", "Not yet")
    assert (dropped.state, dropped.happened) == ("Dropped, March 2026", "Reason: Summaries were asked for")
    assert dropped.moved == "It is on no single item"
    assert found.promised_caption.endswith("as it stands on 30 November 2026")


def test_what_moved_stands_on_matched_items_with_the_word_of_the_rule() -> None:
    _before, after = two_rounds()
    found = content(after)
    by_name = {line.name: line for line in found.moved}

    responsibility = by_name["Collective responsibility"]
    assert responsibility.words == "Better"
    assert responsibility.is_change
    assert responsibility.row is not None
    assert responsibility.row.last is not None
    assert (int(responsibility.then), int(responsibility.now)) == (
        round(responsibility.row.last),
        round(responsibility.row.score or 0),
    )
    assert by_name["Taking part"].words == "The same"
    assert not by_name["Taking part"].is_change
    assert found.noise is not None
    assert "rating again without any change would move about" in found.noise


def test_what_moved_without_a_promise_is_named_and_what_was_promised_is_not() -> None:
    before, after = two_rounds()
    promise(before, item="CR1b")
    found = content(after)
    assert "Respective roles: largely to fully" not in found.unpromised
    assert len(found.unpromised) == 3
    assert found.unpromised_lead == "Moved without a promise:"


def test_it_does_not_say_unpromised_of_what_only_the_public_does_not_know() -> None:
    before, after = two_rounds()
    promise(before, "In private", item="CR1a", is_public=False)
    assert content(after).unpromised_lead == "Moved without a promise:"
    public = content(after, public_only=True)
    assert public.unpromised_lead == "Moved without a promise that is public:"
    assert public.promised == []
    assert public.no_promised == "What was promised last time is not public."
    assert public.headline.promises == "What was promised last time is not public."


def test_the_public_reads_of_public_promises_only() -> None:
    before, after = two_rounds()
    promise(before, "For everybody")
    promise(before, "For members", is_public=False, owner="Secret name")
    promise(after, "Next for members", is_public=False)
    words = annual_text(page_of(after, public_only=True))
    assert "For everybody" in words
    assert "For members" not in words
    assert "Secret name" not in words
    assert "Next for members" not in words
    assert "What is promised now is not public." in words
    assert "For members" in annual_text(page_of(after))


def test_a_promise_that_was_left_out_is_counted_and_said_to_be_there() -> None:
    before, after = two_rounds()
    shown, hidden = promise(before, "Shown"), promise(before, "Hidden")
    chosen(after, left_out=[hidden.code])
    found = content(after)
    assert [row.text for row in found.promised] == [shown.text]
    assert found.promised_more == 1
    assert found.headline.promises == "All 2 promises of last time are open, and none is late."
    chosen(before, left_out=[])
    assert "1 more promise is not shown here." in annual_text(page_of(after))


def test_a_first_round_says_where_it_stands_and_has_no_empty_table() -> None:
    process = builders.process(organiser=builders.user(), name="Forum")
    found = content(round_of(process, {}, 1))
    assert found.is_first
    assert found.profile is not None
    assert (found.promised, found.moved, found.not_moved, found.no_promised) == ([], [], "", "")
    assert found.no_promises == "Nothing is promised yet."
    words = annual_text(page_of(process.assessments.get()))
    assert "WHAT WE PROMISED LAST TIME" not in words
    assert "WHERE IT STANDS" in words


def test_where_nothing_is_compared_it_says_why() -> None:
    before, after = two_rounds()
    promise(before, item="CR1a")
    document = page_of(after)
    assert document.before is not None
    earlier = document.before.model_copy(update={"why": "question_set", "attributes": []})
    found = annual_content(document.model_copy(update={"before": earlier}))
    assert found.moved == []
    assert found.not_moved == "Nothing is compared with last time: Answered another question set."
    assert found.promised[0].moved == "Not compared"
    assert found.headline.moved == "What moved since last time cannot be told."


def test_without_promises_panel_or_decision_it_says_so() -> None:
    _before, after = two_rounds()
    found = content(after)
    assert found.headline.promises == "Nothing was promised last time."
    assert found.no_promised == "Nothing was promised on the result of last time."
    assert found.groups is None
    assert found.groups_said == "Stakeholders were not asked."
    assert found.no_decision == "Nothing has been decided on this result yet."
    assert "That a promise was kept does not prove that it caused what moved." not in found.sure
    assert page_of(after).as_of == ""


def test_title_year_and_foreword_are_those_of_the_organiser() -> None:
    _before, after = two_rounds()
    assert content(after).heading.startswith("Forum: the year 20")
    page = chosen(after, year="2025/26", foreword="We ask for patience.")
    assert content(after).heading == "Forum: the year 2025/26"
    page.title = "The Forum reports"
    page.save()
    found = content(after)
    assert (found.heading, found.foreword) == ("The Forum reports", "We ask for patience.")


def test_what_is_carried_over_is_marked_on_both_sides() -> None:
    before, after = two_rounds()
    first = promise(before, due=datetime.date(2026, 7, 31))
    Action.objects.create(assessment=after, text=first.text, carried_from=first, is_public=True, due=None)
    found = content(after)
    assert found.promised[0].state == "Open, 4 months late; carried over"
    assert found.promises[0].carried
    assert "Ask the villages. Carried over." in annual_text(page_of(after))


def test_the_answer_of_the_board_is_dated() -> None:
    _before, after = two_rounds()
    organiser = after.process.created_by
    assert organiser is not None
    fields = {
        "body": "the Steering Group",
        "decided_on": datetime.date(2026, 11, 20),
        "decision": "We accept.",
        "comment": "",
    }
    save_decision(assessment=after, user=organiser, version=0, fields=fields)
    found = content(after)
    assert found.decided_heading == "Answer of the Steering Group, 20 November 2026"
    assert found.decided is not None


@pytest.mark.alike
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"state": "done"}, "Done"),
        ({"state": "dropped"}, "Dropped"),
        ({}, "Open, without a date"),
        ({"due": "2026-11-30"}, "Open, by 30 November 2026"),
        ({"due": "2026-11-29"}, "Open, 1 day late"),
        ({"due": "2026-10-02"}, "Open, 59 days late"),
        ({"due": "2026-10-01"}, "Open, 2 months late"),
    ],
)
def test_how_late_a_promise_is(fields: dict[str, str], said: str) -> None:
    action = ActionPart(item="", text="Ask", owner="", **{"due": "", **fields})  # type: ignore[arg-type]
    assert state_in_words(action, "2026-11-30") == said


def test_the_text_is_wrapped_and_has_no_markup() -> None:
    before, after = two_rounds()
    three_promises(before)
    promise(after, "Ask <b>builders</b>", known_by="each has answered")
    words = annual_text(page_of(after), "Public")
    assert max(map(len, words.splitlines())) <= LINE
    assert not any(line.startswith(("#", "*", "-", "|")) for line in words.splitlines())
    for heading in ("WHAT WE PROMISED LAST TIME", "WHAT MOVED", "WHAT WE PROMISE NEXT", "HOW SURE WE ARE"):
        assert f"\n\n{heading}\n\n" in words
    flat = " ".join(words.split())
    assert "Pay travel. Done, June 2026. 41 journeys paid. What moved: Respective roles: largely to fully." in flat
    assert "Ask <b>builders</b>. Owner: A. Berg. By: 31 December 2026. We will know when: each has answered." in flat


def test_a_dash_is_explained_where_figures_by_group_are_not_public() -> None:
    _before, after = two_rounds()
    panel = panels.tv10_document()
    document = page_of(after).model_copy(update={"panel": panel, "groups": _groups(None, panel)})
    told = annual_content(document).groups
    attributes = [
        entry.model_copy(update={"hidden": "few_units", "groups": []}) if entry.code == "ED" else entry
        for entry in panel.attributes
    ]
    public = panel.model_copy(update={"attributes": attributes})
    found = annual_content(document.model_copy(update={"panel": public, "groups": _groups(None, public)})).groups
    assert told is not None
    assert told.sentence == ""
    assert found is not None
    assert {cell.state for row in found.rows[1:] for cell in row.cells} >= {"not_told"}
    assert found.sentence.startswith("–: not public")
