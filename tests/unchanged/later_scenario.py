"""What people do once the pages were recorded: a new version of the questions, a move to it, the end of the panel."""

from datetime import timedelta

from django.utils import timezone

from assessments.models import Wave
from attributes.models import Draft
from tests.unchanged.crawler import Crawler
from tests.unchanged.forms import RecordedPage
from tests.unchanged.recording import Recording
from tests.unchanged.scenario import Scenario, questions_of
from tests.unchanged.world import command

PER_ROUTE = 3


def record_later_scenario(recording: Recording, scenario: Scenario) -> None:
    """The rest of the scenario, and how things look at its end."""
    publish_draft(scenario)
    close_wave(scenario, scenario.hub)
    move_draft(scenario, scenario.hub)
    for call in (("list_question_sets",), ("list_assessments",), ("check_results",)):
        recording.write(f"later/commands/{call[0]}.txt", command(*call))
    for name in ("organiser", "reviewer", "editor", "stranger", "respondent"):
        start = "/r/" if name == "respondent" else "/"
        Crawler(recording, scenario.people[name], PER_ROUTE, folder="later").follow(
            [start, "/compare/", "/question-sets/"]
        )


def publish_draft(scenario: Scenario) -> None:
    """The editor asks for a review, the approver approves, the editor publishes."""
    review = f"/question-sets/drafts/{Draft.objects.order_by('pk')[:1].get().code}/review/"
    for who, action in (("editor", "ask"), ("approver", "approve"), ("editor", "publish")):
        form = scenario.form_with(who, review, "action", action)
        scenario.do(who, f"{action} as {who}", review, [*form.as_shown(), ("action", action)])


def close_wave(scenario: Scenario, hub: str) -> None:
    """The wave is closed, opened again and closed; comments on the demonstration are decided on."""
    move = scenario.form("organiser", f"{hub}move/")
    scenario.do("organiser", "move while others answer", f"{hub}move/", move.as_shown())
    scenario.fill("organiser", "close the wave", f"{hub}panel/close/")
    let_the_last_day_pass()
    comments = "/assessments/demo-northvale-2/panel/comments/"
    page = RecordedPage(scenario.people["reviewer"].get(comments).html)
    for form in [each for each in page.forms if each.is_post and "logout" not in each.address][:2]:
        scenario.do("reviewer", "decide on a comment", form.address or comments, form.changed(0))
    scenario.fill("organiser", "open the wave again", f"{hub}panel/reopen/", closes_on="2026-04-20", reason="Too few.")
    scenario.fill("organiser", "close it for good", f"{hub}panel/close/")
    let_the_last_day_pass()


def let_the_last_day_pass() -> None:
    """What was promised until the closing date is over: the result of a wave that was stopped before is made."""
    Wave.objects.filter(stopped_on__isnull=False).update(closes_on=timezone.localdate() - timedelta(days=1))
    command("close_waves")


def move_draft(scenario: Scenario, hub: str) -> None:
    """The organiser moves the draft to the new version, back, and again, and submits it."""
    scenario.fill("organiser", "move to the new version", f"{hub}move/")
    scenario.fill("organiser", "move back", f"{hub}move/undo/")
    scenario.fill("organiser", "move again", f"{hub}move/")
    organiser = scenario.people["organiser"]
    for place, question in enumerate(questions_of(organiser.get(hub).html, hub)[:3]):
        form = scenario.form("organiser", question, "questions/")
        sent = [*form.changed(place + 1), ("action", "save")]
        scenario.do("organiser", "answer in the new version", question, sent)
    scenario.fill("organiser", "submit in the end", f"{hub}check/", "submit/")
