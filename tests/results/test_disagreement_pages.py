"""What pages show of a closed wave, and to whom."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Assessment, PanelComment
from assessments.models.panel import Wave as PanelWave
from assessments.panels.services import closing
from assessments.rounds.services.submission import submit_assessment
from assessments.vocabulary import CommentState, Role, Visibility
from msgov.accounts.models import AuditEvent, User
from tests import builders
from tests.builders import panels
from tests.builders.processes import opening
from tests.scoring.panel import TV10

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], Client]


def submitted(wave: PanelWave) -> Assessment:
    """The wave's assessment, submitted: the organiser claims F with open evidence on one item and N on another."""
    assessment = wave.assessment
    link = {
        "evidence_text": "The minutes say who agreed.",
        "evidence_links": "https://example.org/minutes",
        "evidence_source": "groups",
    }
    opening(builders.answer(assessment, "CR1a", 3, **link))
    builders.answer(assessment, "CR1b", 2, **link)
    builders.answer(assessment, "CR1c", 0)
    submit_assessment(assessment=assessment, user=wave.created_by)
    assessment.refresh_from_db()
    return assessment


@pytest.fixture(scope="module", autouse=True)
def example(build_once: Callable[[Callable[[], PanelWave]], PanelWave]) -> int:
    """The key of the published example, closed, its assessment submitted and open to everyone."""

    def build() -> PanelWave:
        found = panels.closed_wave()
        submitted(found)
        found.assessment.process.visibility = Visibility.PUBLIC
        found.assessment.process.save()
        return found

    return build_once(build).pk


@pytest.fixture
def wave(db: None, example: int) -> PanelWave:
    """The published example, as it was built."""
    return PanelWave.objects.select_related("assessment__process", "created_by").get(pk=example)


@pytest.fixture
def reviewer(wave: PanelWave) -> User:
    return panels.reader_of(wave)


def page(client: Client, name: str, wave: PanelWave) -> str:
    response = client.get(reverse(f"assessments:{name}", args=[wave.assessment.code]))
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def plain(html: str) -> str:
    """The words alone."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_results_show_both_tracks_side_by_side(client: Client, wave: PanelWave) -> None:
    text = plain(page(client, "assessment-results", wave))
    assert "What stakeholders experience" in text
    # The published example: 59 on the experience track, 53 to 65 if others had answered, and never a mean of both.
    assert "Collective responsibility L- 59 53–65 – 56–64 5 divided on 2 of 3 items" in text
    assert "The two stand side by side and are never added up." in text


def test_results_put_letters_badges_and_readings_beside_each_item(client: Client, wave: PanelWave) -> None:
    text = plain(page(client, "assessment-results", wave))
    assert "F L 53 divided possible blind spot 100.0 100.0" in text
    assert "Shared stewardship goals: N shown L groups" in text


def test_results_without_a_wave_say_nothing_of_stakeholders(client_for: ClientFor) -> None:
    organiser = builders.user()
    assessment = builders.assessment(builders.process(organiser=organiser))
    builders.answer(assessment, "CR1a", 2)
    submit_assessment(assessment=assessment, user=organiser)
    response = client_for(organiser).get(reverse("assessments:assessment-results", args=[assessment.code]))
    assert "xperience" not in response.content.decode()
    assert "restricted" not in response.content.decode()


def test_disagreement_sorts_items_by_verdict_and_names_the_pair(client_for: ClientFor, wave: PanelWave) -> None:
    html = page(client_for(wave.created_by), "disagreement", wave)
    text = plain(html)
    assert (
        re.findall(r'href="#item-(CR1\w)"', html) == re.findall(r'id="item-(CR1\w)"', html) == ["CR1a", "CR1b", "CR1c"]
    )
    assert "L 53 · divided Business 80, Civil society 25." in text
    assert "L 66 · differing Technical community 73, Other groups (pooled) 53; chance alone could do that." in text
    # With groups of five and six the figure of the consensus would tell how their members answered.
    assert "Without one group: 47 to 60. One answer decides up to 4 %. Consensus: mixed." in text
    assert "Depends on who answered: per head 67." in text
    assert "Groups are 41 points apart on average; dealt at random the same answers would be 23 apart." in text
    assert "61.1 80.0 25.0 66.7 33.3 53.2 55.0" in text
    assert "Restricted: for the steering group" in text


def test_heat_table_has_a_column_for_each_group_by_name(client_for: ClientFor, wave: PanelWave) -> None:
    html = page(client_for(wave.created_by), "disagreement", wave)
    text = plain(html)
    assert "All groups Government Business Civil society Technical community Other groups (pooled)" in text
    assert "Shared responsibility divided, critical F L 53 L 61 L 80 P 25 L 67 P 33" in text
    assert "style=" not in html


def test_chart_names_every_group_with_its_points(client_for: ClientFor, wave: PanelWave) -> None:
    html = page(client_for(wave.created_by), "disagreement", wave)
    part = plain(html[html.index('id="item-CR1a"') : html.index('id="item-CR1b"')])
    assert "Business: 80 of 100. L 80" in part
    assert part.index("Business") < part.index("Technical community") < part.index("Civil society: 25 of 100. P 25")


def rows_of(html: str) -> list[str]:
    """The items in the heat table."""
    return re.findall(r'href="#item-(CR1\w)"', html)


def code_of(html: str, group: str) -> str:
    """What a group is called in addresses."""
    found = re.search(rf'<option value="(\w+)"[^>]*>\s*{group}', html)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("query", "group", "shown"),
    [
        ("", "", ["CR1a", "CR1b", "CR1c"]),
        ("show=divided", "", ["CR1a", "CR1b"]),
        ("show=critical", "", ["CR1a"]),
        # Of a group: where it stands highest or lowest.
        ("", "Business", ["CR1a"]),
        ("", "Technical community", ["CR1b", "CR1c"]),
        ("show=critical", "Technical community", []),
        ("group=nobody", "", ["CR1a", "CR1b", "CR1c"]),
        ("group=%3Cscript%3E&show=everything", "", ["CR1a", "CR1b", "CR1c"]),
    ],
)
def test_items_are_filtered_by_what_divides_what_matters_and_ones_own_group(
    client_for: ClientFor, wave: PanelWave, query: str, group: str, shown: list[str]
) -> None:
    client = client_for(wave.created_by)
    if group:
        query += f"&group={code_of(page(client, 'disagreement', wave), group)}"
    address = reverse("assessments:disagreement", args=[wave.assessment.code])
    html = client.get(f"{address}?{query}").content.decode()
    assert rows_of(html) == shown
    assert (f"{len(shown)} of 3 items" in plain(html)) == (len(shown) < 3)
    if group and shown:
        assert f"All groups {group} " in plain(html)


def test_public_page_cannot_be_asked_for_a_group(client: Client, wave: PanelWave) -> None:
    address = reverse("assessments:disagreement", args=[wave.assessment.code])
    assert plain(client.get(f"{address}?group=u2").content.decode()) == plain(client.get(address).content.decode())


RESTRICTED = (
    "61.1",
    "47 to 60",
    "Business 80",
    "Consensus: mixed",
    "Restricted: for the steering group",
    "CR1a-secret",
)


def test_strangers_see_the_public_part_and_nothing_else(client: Client, client_for: ClientFor, wave: PanelWave) -> None:
    PanelComment.objects.create(wave=wave, attribute="CR", text="CR1a-secret", state=CommentState.SHOWN)
    contributor = builders.user()
    builders.member(wave.assessment.process, contributor, Role.CONTRIBUTOR)
    # The restricted page first, so that it would be found in memory if it were kept for everybody.
    full = page(client_for(wave.created_by), "disagreement", wave)
    assert all(figure in plain(full) for figure in RESTRICTED)
    for reader in (client, client_for(contributor), client_for(builders.user())):
        text = plain(page(reader, "disagreement", wave))
        assert "This is the public part" in text
        assert [figure for figure in RESTRICTED if figure in text] == []
        assert "Shared responsibility divided, critical F L 53 " in text
        assert re.search(r"Business .{1,60}L\+ 73", text)
        results = plain(page(reader, "assessment-results", wave))
        assert "Business above" not in results
        assert "restricted PDF" not in results


def test_disagreement_before_any_wave_says_what_will_be_there(client_for: ClientFor) -> None:
    wave = panels.open_wave()
    text = plain(page(client_for(wave.created_by), "disagreement", wave))
    assert "No stakeholder panel of this assessment has been closed yet." in text


def test_wave_that_nobody_answered_says_no_more_than_that_too_few_did(client_for: ClientFor) -> None:
    wave = panels.open_wave()
    closing.close_and_freeze(wave=wave, user=wave.created_by)
    for name in ("disagreement", "assessment-results"):
        assert "Every group is too small to show without exposing people" in plain(
            page(client_for(wave.created_by), name, wave)
        )


def test_barriers_stand_by_group_with_letters_beside_the_organiser(client_for: ClientFor) -> None:
    wave = panels.open_wave(["Government", "Business"])
    others = dict.fromkeys(("technical_and_process_knowledge", "cultural_norms"), "absent")
    lists = {"IT2b": {"language": "unmitigated", "cost_of_participation": "mitigated", **others}}
    for name in ("Government", "Business"):
        panels.put(wave, name, [lists] * 5)
    builders.answer(wave.assessment, "IT2b", {"language": "partly"})
    closing.close_and_freeze(wave=wave, user=wave.created_by)
    text = plain(page(client_for(wave.created_by), "disagreement", wave))
    assert "Organiser P 50" in text
    assert "Government N 0 F 100" in text


@pytest.mark.parametrize(("name", "most"), [("disagreement", 8), ("assessment-results", 10)])
def test_query_count_does_not_grow_with_answers(client_for: ClientFor, name: str, most: int) -> None:
    def queries(times: int) -> int:
        wave = panels.open_wave(organiser=builders.user())
        many = {item: {g: [n * times for n in counts] for g, counts in groups.items()} for item, groups in TV10.items()}
        panels.put_example(wave, many)
        closing.close_and_freeze(wave=wave, user=wave.created_by)
        submitted(wave)
        client = client_for(wave.created_by)
        page(client, name, wave)
        with CaptureQueriesContext(connection) as found:
            page(client, name, wave)
        return len(found)

    assert queries(1) == queries(6) <= most


# --- Moderation -----------------------------------------------------------------------------------------------


def comments(wave: PanelWave, *texts: str) -> list[PanelComment]:
    return [PanelComment.objects.create(wave=wave, attribute="CR", text=text) for text in texts]


def decide(client: Client, comment: PanelComment, state: str, edited: str) -> Any:
    address = reverse("assessments:panel-comments", args=[comment.wave.assessment.code])
    prefix = f"c{comment.pk}"
    return client.post(address, {"comment": comment.pk, f"{prefix}-state": state, f"{prefix}-edited": edited})


def test_comment_is_seen_by_nobody_else_before_it_is_decided(
    client_for: ClientFor, wave: PanelWave, reviewer: User
) -> None:
    (comment,) = comments(wave, "Mr Smith never listens")
    organiser = client_for(wave.created_by)
    text = plain(page(organiser, "disagreement", wave))
    assert "Mr Smith" not in text
    assert "1 comment waits to be read and is not shown." in text
    assert "Mr Smith" in page(client_for(reviewer), "panel-comments", wave)
    assert decide(client_for(reviewer), comment, "shown", "They never listen").status_code == 302
    text = plain(page(organiser, "disagreement", wave))
    assert ("They never listen" in text, "Mr Smith" in text) == (True, False)
    comment.refresh_from_db()
    assert (comment.text, comment.edited, comment.decided_by) == (
        "Mr Smith never listens",
        "They never listen",
        reviewer,
    )


def test_withheld_comment_is_counted_and_not_shown(client_for: ClientFor, wave: PanelWave, reviewer: User) -> None:
    (comment,) = comments(wave, "Rude words")
    decide(client_for(reviewer), comment, "withheld", "Rude words")
    text = plain(page(client_for(wave.created_by), "disagreement", wave))
    assert ("Rude words" in text, "1 comment is not shown." in text) == (False, True)
    assert AuditEvent.objects.filter(action="comment.withheld").count() == 1


def test_showing_nothing_is_refused_and_keeps_the_page(client_for: ClientFor, wave: PanelWave, reviewer: User) -> None:
    (comment,) = comments(wave, "Words")
    response = decide(client_for(reviewer), comment, "shown", "   ")
    assert response.status_code == 422
    assert "<title>Error:" in re.sub(r"\s+", " ", response.content.decode()).replace("<title> ", "<title>")
    assert "Leave some words, or choose not to show the comment." in response.content.decode()
    comment.refresh_from_db()
    assert comment.state == CommentState.WAITING


def test_no_decision_is_refused(client_for: ClientFor, wave: PanelWave, reviewer: User) -> None:
    (comment,) = comments(wave, "Words")
    response = decide(client_for(reviewer), comment, "", "Words")
    assert (response.status_code, "Choose whether to show the comment." in response.content.decode()) == (422, True)


def test_a_page_of_comments_is_decided_at_once_and_all_or_none(
    client_for: ClientFor, wave: PanelWave, reviewer: User
) -> None:
    found = comments(wave, "First", "Second", "Third")
    address = reverse("assessments:panel-comments", args=[wave.assessment.code])
    sent = {f"c{comment.pk}-edited": comment.text for comment in found} | {"comment": [one.pk for one in found]}
    first, second, third = (f"c{comment.pk}" for comment in found)
    sent |= {f"{first}-state": "shown", f"{second}-state": "withheld", f"{third}-edited": "Third, edited"}
    client = client_for(reviewer)
    refused = client.post(address, {**sent, f"{first}-edited": " "})
    assert refused.status_code == 422
    assert "Third, edited" in refused.content.decode()
    assert set(PanelComment.objects.values_list("state", flat=True)) == {CommentState.WAITING}
    assert client.post(address, sent).status_code == 302
    assert [PanelComment.objects.get(pk=one.pk).state for one in found] == ["shown", "withheld", "waiting"]


def test_organiser_may_not_moderate(client_for: ClientFor, wave: PanelWave) -> None:
    (comment,) = comments(wave, "Words")
    assert decide(client_for(wave.created_by), comment, "withheld", "").status_code == 403
    comment.refresh_from_db()
    assert comment.state == CommentState.WAITING


def test_comment_of_another_process_is_not_found(client_for: ClientFor, wave: PanelWave, reviewer: User) -> None:
    (comment,) = comments(panels.closed_wave(), "Words")
    address = reverse("assessments:panel-comments", args=[wave.assessment.code])
    assert client_for(reviewer).post(address, {"comment": comment.pk}).status_code == 404


def test_moderation_page_costs_the_same_for_many(client_for: ClientFor, wave: PanelWave, reviewer: User) -> None:
    client = client_for(reviewer)
    comments(wave, "One")
    page(client, "panel-comments", wave)
    with CaptureQueriesContext(connection) as few:
        page(client, "panel-comments", wave)
    comments(wave, *map(str, range(30)))
    with CaptureQueriesContext(connection) as many:
        assert "31 waiting" in page(client, "panel-comments", wave)
    # Beside comments it reads waves, themes, and the names that may stand in comments.
    assert len(few) == len(many) <= 9
