"""A hostile member asks every address there is: nobody is told an opinion by any of them before it is sent."""

from collections.abc import Callable
from copy import deepcopy

import pytest

from assessments.models import ItemOpinion, Review
from assessments.reviewing.answers import reviewed_answers
from assessments.reviewing.services.inviting import accept_review, invite_reviewer
from assessments.reviewing.services.opinions import OpinionEntered, save_opinions, send_opinions
from assessments.reviewing.services.signing import save_review_page
from tests.every_address import differing, let_nothing_differ, shown_again, shown_everywhere
from tests.permission_world import PermissionWorld

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OPINION = "Said of the item alone"
PAGE = "Said on the page alone"
# Who may see most of a process, and anybody.
OTHERS = ("guest", "contributor", "organiser")


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """No minute passes between two looks, and nothing is drawn."""
    let_nothing_differ(monkeypatch)


@pytest.fixture(scope="module")
def built(build_once: Callable[[Callable[[], PermissionWorld]], PermissionWorld]) -> PermissionWorld:
    """One of everything, once for all tests here."""
    return build_once(build)


@pytest.fixture
def world(built: PermissionWorld) -> PermissionWorld:
    return deepcopy(built)


def build() -> PermissionWorld:
    """A reviewer proposes another answer and has begun their page; nothing was sent."""
    found = PermissionWorld("submitted")
    reviewer = found.people["reviewer"]
    assert reviewer
    review = invite_reviewer(assessment=found.assessment, user=found.organiser, reviewer=reviewer)
    accept_review(review=review, user=reviewer, interests="None.")
    review.refresh_from_db()
    made_for = reviewed_answers(review.assessment).fingerprint("IT1a")
    said = OpinionEntered(item="IT1a", made_for=made_for, says="proposes", level=1, seen=True, reason=OPINION)
    save_opinions(review=review, user=reviewer, entries=[said])
    save_review_page(review=review, user=reviewer, solid=PAGE, not_solid=PAGE, board_asks=[PAGE])
    return found


@pytest.mark.parametrize("column", OTHERS)
def test_no_address_tells_anybody_else_what_was_not_sent(world: PermissionWorld, column: str) -> None:
    client = world.seen_by(column)
    asked_for = ["/processes/?q=Said+of+the+item", f"/assessments/{world.assessment.code}/review/items/IT1a/"]
    ItemOpinion.objects.update(level=1)
    look = shown_everywhere(world, client, asked_for)
    ItemOpinion.objects.update(level=0)
    other = shown_again(look, world, client, [ItemOpinion], asked_for)
    assert [name for name, text in (*look.items(), *other.items()) if OPINION in text or PAGE in text] == []
    assert differing(look, other) == []


def test_what_is_looked_for_is_found_once_it_was_sent(world: PermissionWorld) -> None:
    reviewer = world.people["reviewer"]
    assert reviewer
    send_opinions(review=Review.objects.get(), user=reviewer)
    shown = shown_everywhere(world, world.seen_by("organiser"), methods=("get",))
    assert OPINION in shown["get assessments:review"]
    assert [name for name, text in shown.items() if PAGE in text] == []
