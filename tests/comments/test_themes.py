"""Comments by theme: who names them, who replies, who reads what; and what is told of them to everybody."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.comments.reading import themes_with_replies
from assessments.comments.services.moderation import CommentDecision, moderate
from assessments.comments.services.replies import save_reply
from assessments.comments.services.themes import ThemeChange, save_themes
from assessments.exceptions import Conflict, InvalidAnswer
from assessments.models import CommentTheme, PanelComment, Wave
from assessments.records.content import VersionWanted, record_document
from assessments.reports.content import shown_of
from assessments.results.themes import themed_comments
from assessments.rounds.services.submission import submit_assessment
from assessments.vocabulary import CommentState, Visibility
from msgov.accounts.models import User
from tests import builders
from tests.builders import panels
from tests.results.test_disagreement_pages import plain

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


def told_wave() -> int:
    """A closed wave of an open process, whose respondents were told that themes and replies are public: its key."""
    found = panels.closed_wave(tells_of_themes=True, tells_of_quotes=True)
    builders.answer(found.assessment, "CR1b", 2)
    submit_assessment(assessment=found.assessment, user=found.created_by)
    found.assessment.process.visibility = Visibility.PUBLIC
    found.assessment.process.save()
    return found.pk


@pytest.fixture(scope="module")
def wave_key(build_once: Callable[[Callable[[], int]], int]) -> int:
    return build_once(told_wave)


@pytest.fixture
def wave(db: None, wave_key: int) -> Wave:
    return Wave.objects.get(pk=wave_key)


@pytest.fixture
def reviewer(wave: Wave) -> User:
    return panels.reader_of(wave)


def comment(wave: Wave, text: str, **fields: Any) -> PanelComment:
    found: PanelComment = PanelComment.objects.create(wave=wave, attribute="CR", text=text, **fields)
    return found


def shown(wave: Wave, reviewer: User, text: str, theme: str = "", **fields: Any) -> PanelComment:
    """A comment that was cleared as it is."""
    found = comment(wave, text, group=fields.pop("group", None))
    decision = CommentDecision(comment=found, state=CommentState.SHOWN, edited=text, theme=theme, **fields)
    return moderate(decision=decision, user=reviewer)


def address(name: str, wave: Wave, *rest: Any) -> str:
    return reverse(f"assessments:{name}", args=[wave.assessment.code, *rest])


def page(client: Client, name: str, wave: Wave, *rest: Any) -> str:
    response = client.get(address(name, wave, *rest))
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def sent(found: PanelComment, **fields: str) -> dict[str, Any]:
    return {"comment": [found.pk], **{f"c{found.pk}-{name}": value for name, value in fields.items()}}


# --- The moderator ---------------------------------------------------------------------------------------------


def test_one_save_gives_a_page_of_comments_themes_languages_and_translations(
    client_for: ClientFor, wave: Wave, reviewer: User
) -> None:
    late, arabic, rude = comment(wave, "Papers come late"), comment(wave, "الأوراق تصل متأخرة"), comment(wave, "Fools")
    client = client_for(reviewer)
    data = {
        **sent(late, state="written", new_theme="Late papers"),
        **sent(arabic, state="written", new_theme="late  papers", language="ar", translation="Papers come late"),
        **sent(rude, state="withheld"),
        "comment": [late.pk, arabic.pk, rude.pk],
    }
    assert client.post(address("panel-comments", wave), data).status_code == 302
    (theme,) = CommentTheme.objects.all()
    assert (theme.title, theme.comments.count()) == ("Late papers", 2)
    text = page(client_for(wave.created_by), "disagreement", wave)
    assert re.search(r"lang=\"ar\" dir=\"rtl\" ?> ?الأوراق", text)
    assert "Translation:" in text
    assert "Fools" not in text


def test_the_rest_is_shown_as_written_but_for_what_has_a_hint(
    client_for: ClientFor, wave: Wave, reviewer: User
) -> None:
    plain_one, named = comment(wave, "Papers come late"), comment(wave, "Mr Smith never listens")
    client = client_for(reviewer)
    assert "<mark><bdi>Mr Smith</bdi></mark> – perhaps a name" in page(client, "panel-comments", wave)
    data = {"comment": [plain_one.pk, named.pk], "rest": "written"}
    assert client.post(address("panel-comments", wave), data).status_code == 302
    assert [PanelComment.objects.get(pk=one.pk).state for one in (plain_one, named)] == ["shown", "waiting"]


def test_two_moderators_do_not_overwrite_each_other(client_for: ClientFor, wave: Wave, reviewer: User) -> None:
    found = comment(wave, "Papers come late")
    client = client_for(reviewer)
    seen = re.search(rf'name="c{found.pk}-seen" value="([0-9a-f]+)"', page(client, "panel-comments", wave))
    assert seen
    decision = CommentDecision(comment=found, state=CommentState.WITHHELD)
    moderate(decision=decision, user=panels.reader_of(wave))
    data = sent(found, state="shown", edited="My words", seen=seen[1])
    refused = client.post(address("panel-comments", wave), data)
    text = refused.content.decode()
    assert (refused.status_code, "Somebody else decided" in text, "My words" in text) == (422, True, True)
    again = re.search(rf'name="c{found.pk}-seen" value="([0-9a-f]+)"', re.sub(r"\s+", " ", text))
    assert again
    assert client.post(address("panel-comments", wave), {**data, f"c{found.pk}-seen": again[1]}).status_code == 302
    found.refresh_from_db()
    assert found.edited == "My words"


def test_themes_are_renamed_ordered_and_put_together_until_the_organiser_has_replied(
    client_for: ClientFor, wave: Wave, reviewer: User
) -> None:
    for title in ("Money", "Late papers", "Papers too late"):
        shown(wave, reviewer, f"On {title}", title)
    money, late, too_late = CommentTheme.objects.order_by("pk")
    changes = [
        ThemeChange(money, "Late papers", "It costs.", 2, 1),
        ThemeChange(late, "Money", "", 1, 1),
        ThemeChange(too_late, too_late.title, "", 3, 1, into=late),
    ]
    save_themes(wave=wave, changes=changes, user=reviewer)
    assert [(row.title, row.comments.count()) for row in CommentTheme.objects.all()] == [
        ("Money", 2),
        ("Late papers", 1),
    ]
    with pytest.raises(Conflict):
        save_themes(wave=wave, changes=[ThemeChange(money, "X", "", 1, 1)], user=reviewer)
    money.refresh_from_db()
    save_reply(theme=money, user=wave.created_by, text="We send them earlier.", version=0, publish=True)
    with pytest.raises(InvalidAnswer, match="stays as it is"):
        save_themes(wave=wave, changes=[ThemeChange(money, "X", "", 1, money.version)], user=reviewer)
    assert "The organiser has replied" in plain(page(client_for(reviewer), "comment-themes", wave))
    data = {f"t{row.pk}-{name}": value for row in CommentTheme.objects.all() for name, value in _fields(row).items()}
    assert client_for(reviewer).post(address("comment-themes", wave), data).status_code == 302


def _fields(row: CommentTheme) -> dict[str, Any]:
    return {"title": row.title, "summary": "", "position": 1, "into": "", "version": row.version}


# --- The organiser ---------------------------------------------------------------------------------------------


def test_organiser_replies_to_themes_and_never_reads_what_was_not_cleared(
    client_for: ClientFor, wave: Wave, reviewer: User
) -> None:
    found = comment(wave, "Mr Smith sends papers late")
    comment(wave, "Mr Brown shouts", theme=shown(wave, reviewer, "Papers are late", "Late papers").theme)
    decision = CommentDecision(found, CommentState.SHOWN, "They send papers late", "Late papers")
    moderate(decision=decision, user=reviewer)
    organiser = client_for(wave.created_by)
    theme = CommentTheme.objects.get()
    for text in (page(organiser, "comment-replies", wave), page(organiser, "comment-reply", wave, theme.pk)):
        assert "They send papers late" in text
        assert ("Mr Smith" in text, "Mr Brown" in text) == (False, False)
    assert organiser.get(address("panel-comments", wave)).status_code == 403
    assert organiser.get(address("comment-themes", wave)).status_code == 403
    assert client_for(reviewer).get(address("comment-replies", wave)).status_code == 403


def test_a_reply_is_kept_published_once_and_then_corrected_with_its_day(
    client_for: ClientFor, client: Client, wave: Wave, reviewer: User
) -> None:
    shown(wave, reviewer, "Papers are late", "Late papers")
    theme = CommentTheme.objects.get()
    organiser, there = client_for(wave.created_by), address("comment-reply", wave, theme.pk)
    assert organiser.post(there, {"version": 0, "text": "We will", "do": "save"}).status_code == 302
    assert "We will" not in page(client, "disagreement", wave)
    clash = organiser.post(there, {"version": 0, "text": "Other words", "do": "publish"})
    assert (clash.status_code, "Other words" in clash.content.decode()) == (422, True)
    assert organiser.post(there, {"version": 1, "text": "Two weeks before", "do": "publish"}).status_code == 302
    assert "Two weeks before" in page(client, "disagreement", wave)
    assert organiser.post(there, {"version": 0, "text": "Three weeks before", "do": "publish"}).status_code == 302
    text = plain(page(client, "disagreement", wave))
    assert ("Three weeks before" in text, "Two weeks before" in text, "(corrected on" in text) == (True, False, True)
    assert [reply.text for reply in theme.replies.order_by("number")] == ["Two weeks before", "Three weeks before"]
    assert organiser.post(there, {"version": 0, "text": " ", "do": "publish"}).status_code == 422


def test_whoever_may_read_comments_or_reply_is_told_on_the_first_page(
    client_for: ClientFor, wave: Wave, reviewer: User
) -> None:
    shown(wave, reviewer, "Papers are late", "Late papers")
    waiting = comment(wave, "Not read yet")
    assert "Look at 1 comment of stakeholders" in plain(client_for(reviewer).get("/").content.decode())
    organiser = client_for(wave.created_by)
    task = "Reply to 1 theme of what stakeholders wrote"
    assert task not in plain(organiser.get("/").content.decode())
    moderate(decision=CommentDecision(waiting, CommentState.WITHHELD), user=reviewer)
    assert task in plain(organiser.get("/").content.decode())
    save_reply(theme=CommentTheme.objects.get(), user=wave.created_by, text="Yes", version=0, publish=True)
    assert task not in plain(organiser.get("/").content.decode())


def test_pages_cost_the_same_for_many_themes(client_for: ClientFor, wave: Wave, reviewer: User) -> None:
    organiser, moderator = client_for(wave.created_by), client_for(reviewer)

    def queries() -> Iterator[int]:
        for client, name in (
            (organiser, "comment-replies"),
            (organiser, "disagreement"),
            (Client(), "disagreement"),
            (moderator, "comment-themes"),
        ):
            page(client, name, wave)
            with CaptureQueriesContext(connection) as found:
                page(client, name, wave)
            yield len(found)

    shown(wave, reviewer, "Papers are late", "Late papers")
    few = list(queries())
    for number in range(5):
        shown(wave, reviewer, f"Said {number}", f"Theme {number}")
        save_reply(theme=CommentTheme.objects.latest("pk"), user=wave.created_by, text="Yes", version=0, publish=True)
    assert list(queries()) == few


# --- Everybody -------------------------------------------------------------------------------------------------


def test_everybody_reads_themes_replies_and_what_the_moderator_chose(
    client: Client, wave: Wave, reviewer: User
) -> None:
    group = wave.groups.order_by("position")[0]
    shown(wave, reviewer, "Quoted words", "Late papers", group=group, chosen_for_public=True)
    shown(wave, reviewer, "Not chosen", "Late papers")
    text = plain(page(client, "disagreement", wave))
    assert ("Late papers" in text, "Quoted words" in text, "Not chosen" in text) == (True, True, False)
    assert group.name in text
    waiting = comment(wave, "Not read yet")
    assert "Late papers" not in page(client, "disagreement", wave)
    moderate(decision=CommentDecision(waiting, CommentState.WITHHELD), user=reviewer)
    Wave.objects.update(tells_of_themes=False)
    assert "Late papers" not in page(client, "disagreement", wave)


def test_nobody_is_quoted_who_was_not_told_or_whose_group_is_too_small(
    client_for: ClientFor, wave: Wave, reviewer: User
) -> None:
    group = wave.groups.first()
    named, nameless = comment(wave, "Named", group=group), comment(wave, "Nameless")

    def may(found: PanelComment) -> bool:
        decision = CommentDecision(found, CommentState.SHOWN, found.text, chosen_for_public=True)
        found.wave.refresh_from_db()
        try:
            moderate(decision=decision, user=reviewer)
        except InvalidAnswer:
            return False
        return True

    assert (may(named), may(nameless)) == (True, True)
    wave.groups.update(received=1)  # six people in all
    assert (may(named), may(nameless)) == (True, False)
    Wave.objects.update(tells_of_themes=False)  # for the yearly page only
    assert (may(named), may(nameless)) == (True, False)
    Wave.objects.update(tells_of_quotes=False)
    assert (may(named), may(nameless)) == (False, False)
    text = page(client_for(reviewer), "panel-comments", wave) + page(client_for(reviewer), "panel-comments", wave)
    assert "chosen_for_public" not in text


def test_a_record_for_good_has_nothing_that_people_wrote(wave: Wave, reviewer: User) -> None:
    shown(wave, reviewer, "Quoted words", "Late papers", chosen_for_public=True)
    wanted = VersionWanted("N", 1, wave.today, wave.today, "Ana", "The board")
    document = record_document(wave.assessment, wanted)
    assert document.joint is not None
    assert "Quoted words" in str(shown_of(wave.assessment))
    assert ("Quoted words" in str(document), "Late papers" in str(document)) == (False, False)


@pytest.mark.parametrize(
    ("sizes", "told"),
    [
        ({"A": 9, "B": 8}, {"A": 9, "B": 8}),
        # Whoever knows how many comments there are would subtract: the next smallest is not told either.
        ({"A": 9, "B": 8, "C": 1}, {"A": 9}),
        ({"A": 9, "B": 1}, {}),
        ({"A": 9, "B": 5, "C": 4}, {"A": 9}),
        ({"A": 7}, {}),
    ],
)
def test_how_many_comments_a_theme_has_is_told_only_where_nothing_follows_for_few(
    wave: Wave, reviewer: User, sizes: dict[str, int], told: dict[str, int]
) -> None:
    themes = {title: CommentTheme.objects.create(wave=wave, title=title) for title in sizes}
    PanelComment.objects.bulk_create(
        PanelComment(wave=wave, attribute="IT", text="x", state=CommentState.SHOWN, theme=themes[title])
        for title, size in sizes.items()
        for _number in range(size)
    )
    found = {part.title: part.comments for part in themes_with_replies(wave) if part.comments is not None}
    assert found == told
    assert {part.title: part.comments for part in themed_comments(wave, public_only=False).themes} == sizes
