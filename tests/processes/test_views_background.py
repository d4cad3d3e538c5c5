"""Groups, screener and goals register in the browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Goal, Process, ScreenerAnswer, StakeholderGroup
from assessments.processes.services import background as services
from msgov.accounts.models import User
from tests import builders
from tests.forms_in_pages import ParsedPage

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


@pytest.fixture
def process() -> Process:
    builders.question_set()
    return builders.process(organiser=builders.user())


@pytest.fixture
def own(process: Process, client_for: ClientFor) -> Client:
    return client_for(process.created_by)


def url(name: str, process: Process, *more: int) -> str:
    return reverse(f"assessments:{name}", args=[process.code, *more])


def groups(process: Process) -> list[str]:
    return [group.name for group in process.groups.all()]


def test_moving_a_group_saves_the_names_typed(own: Client, process: Process) -> None:
    first, second = (StakeholderGroup.objects.create(process=process, name=n, position=i) for i, n in enumerate("AB"))

    own.post(
        url("process-groups", process),
        {
            f"name-{first.pk}": "A typed",
            f"shown-{first.pk}": "A",
            f"name-{second.pk}": "B",
            f"shown-{second.pk}": "B",
            "new": "C",
            "action": f"up:{second.pk}",
        },
    )

    assert groups(process) == ["B", "A typed", "C"]


def test_a_group_that_cannot_be_added_stays_in_the_field(own: Client, process: Process) -> None:
    StakeholderGroup.objects.create(process=process, name="A")

    response = own.post(url("process-groups", process), {"new": "a", "action": "save"})

    assert response.status_code == 422
    assert response.context["problems"] == ["There is a group called “a” already."]
    assert ParsedPage(response.content.decode()).forms[-1].fields["new"] == "a"


def test_several_groups_are_added_with_one_save(own: Client, process: Process) -> None:
    StakeholderGroup.objects.create(process=process, name="A")
    sent = {"new": "B\r\n\r\n  C  two \r\na\r\nb\r\nD", "action": "save"}

    response = own.post(url("process-groups", process), sent)

    assert groups(process) == ["A", "B", "C two", "D"]
    assert response.context["problems"] == [
        "There is a group called “a” already.",
        "There is a group called “b” already.",
    ]
    # What was added is not offered again; what was not stays.
    assert response.context["new"].split() == ["a"]


def test_a_group_is_removed_after_asking(own: Client, process: Process) -> None:
    group = StakeholderGroup.objects.create(process=process, name="A")
    page = url("group-remove", process, group.pk)

    assert own.post(url("process-groups", process), {"action": f"remove:{group.pk}"}).headers["Location"] == page
    assert "Remove “<bdi>A</bdi>”?" in own.get(page).content.decode()
    assert groups(process) == ["A"]
    own.post(page)
    assert groups(process) == []


@pytest.mark.parametrize("action", ["up:999999999999999999999", "down:x", "explode", "up:", ""])
def test_tampered_group_buttons_do_nothing(action: str, own: Client, process: Process) -> None:
    StakeholderGroup.objects.create(process=process, name="A")

    assert own.post(url("process-groups", process), {"action": action, "name-x": "B"}).status_code == 302
    assert groups(process) == ["A"]


def test_a_group_of_another_process_is_not_found(own: Client, process: Process) -> None:
    foreign = StakeholderGroup.objects.create(process=builders.process(), name="Foreign")

    assert own.post(url("group-remove", process, foreign.pk)).status_code == 404
    assert own.get(url("group-remove", process, 10**30)).status_code == 404


def test_nothing_is_chosen_of_a_criterion_before_somebody_has_chosen(own: Client, process: Process) -> None:
    page = url("process-screener", process)
    assert " checked" not in own.get(page).content.decode()

    own.post(page, screener(SU1="yes"))
    assert own.get(page).content.decode().count(" checked") == 1
    own.post(page, {"SU1-choice": "", "SU1-choice-shown": "yes"})
    assert " checked" not in own.get(page).content.decode()


def screener(**choices: str) -> dict[str, str]:
    return {f"{code}-choice": choice for code, choice in choices.items()}


@pytest.mark.parametrize(
    ("choices", "verdict"),
    [
        ({"SU1": "yes", "SU2": "yes", "SU3": "partly"}, "Strong fit."),
        ({"SU1": "yes", "SU2": "no", "SU3": "partly"}, "Moderate fit."),
        ({"SU1": "no", "SU2": "no", "SU3": "partly", "SU4": "no"}, "Weak fit."),
        ({"SU1": "yes", "SU2": "yes", "SU3": "unsure"}, "Too few criteria are answered to say."),
    ],
)
def test_screener_gives_advice(choices: dict[str, str], verdict: str, own: Client, process: Process) -> None:
    response = own.post(url("process-screener", process), screener(**choices), follow=True)

    html = response.content.decode()
    assert verdict in html
    assert "This is advice. It changes no score and stops nothing." in html


def test_screener_asks_whether_the_criterion_holds_and_not_what_its_hint_asks(own: Client, process: Process) -> None:
    """A hint of the shipped set asks the other way round: a quick reader would answer that."""
    page = own.get(url("process-screener", process)).content.decode()
    assert "To think about: If some groups do not accept the decision, can it still be carried out?" in page
    for words in ("Yes, this holds", "This holds in part", "No, this does not hold"):
        assert words in page


def test_screener_keeps_notes(own: Client, process: Process) -> None:
    own.post(url("process-screener", process), {"SU1-choice": "yes", "SU1-note": "one\r\ntwo"})

    stored = ScreenerAnswer.objects.get(process=process)
    assert (stored.criterion, stored.choice, stored.note) == ("SU1", "yes", "one\ntwo")


def test_screener_refuses_other_choices(own: Client, process: Process) -> None:
    response = own.post(url("process-screener", process), {"SU1-choice": "maybe", "SU2-note": "typed"})

    assert (response.status_code, ScreenerAnswer.objects.count()) == (422, 0)
    assert "typed" in response.content.decode()


def test_screener_conflict_shows_both_and_goes_on_from_what_is_stored(own: Client, process: Process) -> None:
    page = url("process-screener", process)
    own.post(page, {"SU1-choice": "yes", "SU1-note": "Theirs"})

    response = own.post(page, {"SU1-choice": "no", "SU1-note": "Mine"})

    assert response.status_code == 409
    (clash,) = response.context["clashes"]
    assert (clash["theirs"], clash["ours"]) == ("Yes. Theirs", "No. Mine")
    form = response.context["form"]
    again = {field.html_name: field.value() or "" for field in form}
    assert (again["SU1-note"], again["SU1-note-shown"], again["SU1-choice-shown"]) == ("Mine", "Theirs", "yes")
    assert own.post(page, again).status_code == 302
    assert ScreenerAnswer.objects.get(process=process).note == "Mine"


def test_a_shared_goal_is_taken_and_then_described(own: Client, process: Process) -> None:
    response = own.post(url("process-goals", process), {"shared_goal": "G2"})

    goal = process.goals.get()
    assert response.headers["Location"] == url("goal-edit", process, goal.pk)
    assert goal.text == "Support global interoperability and an open and collaborative architecture"
    sent = {"agreed_by": "All", "text": "Support exchange in the valley", "text-shown": goal.text}
    own.post(url("goal-edit", process, goal.pk), sent)
    goal.refresh_from_db()
    assert (goal.agreed_by, goal.shared_goal, goal.text) == ("All", "G2", "Support exchange in the valley")
    assert 'value="G2"' not in own.get(url("process-goals", process)).content.decode()


def test_groups_that_agreed_are_ticked_and_others_written(own: Client, process: Process) -> None:
    for position, name in enumerate(("Villages", "Operators", "Schools")):
        StakeholderGroup.objects.create(process=process, name=name, position=position)
    goal = Goal.objects.create(process=process, text="Ours", position=0, agreed_by="villages; the regulator\nSchools")
    page = url("goal-edit", process, goal.pk)

    form = own.get(page).context["form"]
    assert (form["agreed_groups"].value(), form["agreed_by"].value()) == (["Villages", "Schools"], "the regulator")
    sent = {field.html_name: field.value() or "" for field in form}
    own.post(page, {**sent, "agreed_when": "2025"})
    goal.refresh_from_db()
    assert (goal.agreed_by, goal.agreed_when) == ("villages; the regulator\nSchools", "2025")  # nobody changed who

    own.post(page, {**sent, "agreed_when-shown": "2025", "agreed_groups": ["Villages", "Operators"]})
    goal.refresh_from_db()
    assert goal.agreed_by == "Villages; Operators; the regulator"
    refused = own.post(page, {**sent, "agreed_when-shown": "", "agreed_groups": ["Strangers"]})
    assert refused.status_code == 422


def test_an_unknown_shared_goal_is_refused(own: Client, process: Process) -> None:
    response = own.post(url("process-goals", process), {"shared_goal": "G99"}, follow=True)

    assert "Choose one of the goals in the list." in response.content.decode()
    assert process.goals.count() == 0


def test_a_goal_of_ones_own_is_added_and_deleted_after_asking(own: Client, process: Process) -> None:
    own.post(url("goal-create", process), {"text": "Ours", "agreed_when": "2025"})
    goal = process.goals.get()
    page = url("goal-delete", process, goal.pk)

    assert (goal.text, goal.agreed_when, goal.shared_goal) == ("Ours", "2025", "")
    assert "Delete this goal?" in own.get(page).content.decode()
    assert process.goals.count() == 1
    own.post(page)
    assert process.goals.count() == 0


def test_a_goal_needs_words(own: Client, process: Process) -> None:
    response = own.post(url("goal-create", process), {"text": " ", "agreed_by": "typed"})

    assert (response.status_code, process.goals.count()) == (422, 0)
    assert response.context["form"].errors == {"text": ["Write down the goal"]}
    assert "typed" in response.content.decode()


def test_a_goal_changed_by_two_shows_both_versions(own: Client, process: Process) -> None:
    own.post(url("goal-create", process), {"text": "Old"})
    page = url("goal-edit", process, process.goals.get().pk)
    own.post(page, {"text": "Theirs", "text-shown": "Old"})

    response = own.post(page, {"text": "Mine", "text-shown": "Old"})

    assert response.status_code == 409
    assert response.context["clashes"] == [{"label": "Goal", "theirs": "Theirs", "ours": "Mine"}]
    assert response.context["form"]["text-shown"].value() == "Theirs"


def test_a_goal_deleted_in_the_same_moment_keeps_what_was_typed(
    own: Client, process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    goal = Goal.objects.create(process=process, text="Old", position=0)
    edit = services.edit_goal

    def deleted_first(**kwargs: Any) -> Goal:
        Goal.objects.filter(pk=goal.pk).delete()
        return edit(**kwargs)

    monkeypatch.setattr(services, "edit_goal", deleted_first)
    typed = {"text": "A better goal", "text-shown": "Old"}
    page = own.post(reverse("assessments:goal-edit", args=[process.code, goal.pk]), typed)
    assert page.status_code == 409
    assert "Somebody else deleted this goal" in page.content.decode()
    assert "A better goal" in page.content.decode()


def test_a_new_group_loses_what_no_database_stores(own: Client, process: Process) -> None:
    own.post(reverse("assessments:process-groups", args=[process.code]), {"new": "Youth\x00 council"})
    assert [group.name for group in process.groups.all()] == ["Youth council"]
