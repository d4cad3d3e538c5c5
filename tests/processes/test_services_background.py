"""Stakeholder groups, screener and goals register."""

import pytest

from assessments.exceptions import Conflict, NotAllowed
from assessments.models import Process, StakeholderGroup
from assessments.processes.services import background as services
from msgov.accounts.models import User
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> User:
    return builders.user()


@pytest.fixture
def process(ada: User) -> Process:
    found = builders.process(organiser=ada)
    for position, name in enumerate(["A", "B", "C"]):
        StakeholderGroup.objects.create(process=found, name=name, position=position)
    return found


def names(process: Process) -> list[str]:
    return [group.name for group in process.groups.all()]


def pk_of(process: Process, name: str) -> int:
    return process.groups.get(name=name).pk


def test_save_groups_renames_and_adds(process: Process, ada: User) -> None:
    problems = services.save_groups(process=process, user=ada, names={pk_of(process, "B"): ("B", " B  two ")}, new="D")

    assert (problems, names(process)) == ([], ["A", "B two", "C", "D"])


def test_save_groups_says_what_cannot_be_and_does_the_rest(process: Process, ada: User) -> None:
    a, b, c = (pk_of(process, name) for name in "ABC")

    problems = services.save_groups(
        process=process, user=ada, names={a: ("A", ""), b: ("B", "c"), c: ("C", "C" * 101)}, new="New"
    )

    assert problems == [
        "A group needs a name; “A” keeps the one it had.",
        "There is a group called “c” already.",
        "Use at most 100 characters; “C” keeps the name it had.",
    ]
    assert names(process) == ["A", "B", "C", "New"]


def test_save_groups_keeps_the_name_somebody_else_gave(process: Process, ada: User) -> None:
    a = pk_of(process, "A")
    services.save_groups(process=process, user=ada, names={a: ("A", "Theirs")})

    problems = services.save_groups(process=process, user=ada, names={a: ("A", "Mine")})

    assert problems == ["“A” was renamed to “Theirs” by somebody else; your “Mine” was not saved."]
    assert names(process) == ["Theirs", "B", "C"]


def test_save_groups_leaves_other_processes_alone(process: Process, ada: User) -> None:
    foreign = StakeholderGroup.objects.create(process=builders.process(), name="Foreign")

    problems = services.save_groups(process=process, user=ada, names={foreign.pk: ("Foreign", "Taken over")})

    foreign.refresh_from_db()
    assert problems == ["“Foreign” was removed by somebody else in the meantime."]
    assert foreign.name == "Foreign"


def test_save_groups_stops_at_the_limit(process: Process, ada: User) -> None:
    for number in range(services.MAX_GROUPS - 3):
        StakeholderGroup.objects.create(process=process, name=f"G{number}", position=10 + number)

    assert services.save_groups(process=process, user=ada, names={}, new="One too many") == [
        "A process can have at most 30 groups."
    ]


@pytest.mark.parametrize(
    ("name", "by", "order"),
    [("B", -1, ["B", "A", "C"]), ("B", 1, ["A", "C", "B"]), ("A", -1, ["A", "B", "C"]), ("C", 1, ["A", "B", "C"])],
)
def test_move_group(process: Process, name: str, by: int, order: list[str]) -> None:
    services.move_group(process=process, pk=pk_of(process, name), by=by)

    assert names(process) == order


def test_save_screener_stores_choice_and_note(process: Process, ada: User) -> None:
    services.save_screener(process=process, user=ada, before={}, after={"SU1": ("yes", "Many"), "SU2": ("", "")})

    assert services.screener_state(process, ["SU1", "SU2"]) == {"SU1": ("yes", "Many"), "SU2": ("", "")}


def test_save_screener_joins_changes_to_different_criteria(process: Process, ada: User) -> None:
    empty = {"SU1": ("", ""), "SU2": ("", "")}
    services.save_screener(process=process, user=ada, before=empty, after={**empty, "SU1": ("yes", "")})

    services.save_screener(process=process, user=ada, before=empty, after={**empty, "SU2": ("no", "")})

    assert services.screener_state(process, ["SU1", "SU2"]) == {"SU1": ("yes", ""), "SU2": ("no", "")}


def test_save_screener_does_not_overwrite_what_it_has_not_seen(process: Process, ada: User) -> None:
    services.save_screener(process=process, user=ada, before={}, after={"SU1": ("yes", "Theirs")})

    with pytest.raises(Conflict) as caught:
        services.save_screener(process=process, user=ada, before={"SU1": ("", "")}, after={"SU1": ("no", "Mine")})

    assert caught.value.current == {"SU1": ("yes", "Theirs")}
    assert services.screener_state(process, ["SU1"]) == {"SU1": ("yes", "Theirs")}


def test_add_goal_takes_a_shared_goal_once(process: Process, ada: User) -> None:
    services.add_goal(process=process, user=ada, fields={"text": "Stable"}, shared_goal="G1")

    with pytest.raises(NotAllowed, match="already"):
        services.add_goal(process=process, user=ada, fields={"text": "Stable"}, shared_goal="G1")

    assert list(process.goals.values_list("shared_goal", "text", "position")) == [("G1", "Stable", 0)]


def test_edit_goal_changes_only_what_was_changed(process: Process, ada: User) -> None:
    goal = services.add_goal(process=process, user=ada, fields={"text": "Old", "agreed_by": "A"})
    shown = {"text": "Old", "agreed_by": "A"}
    services.edit_goal(goal=goal, user=ada, before=shown, after={**shown, "agreed_by": "A and B"})

    edited = services.edit_goal(goal=goal, user=ada, before=shown, after={**shown, "text": "New"})

    assert (edited.text, edited.agreed_by) == ("New", "A and B")


def test_edit_goal_does_not_overwrite_what_it_has_not_seen(process: Process, ada: User) -> None:
    goal = services.add_goal(process=process, user=ada, fields={"text": "Old"})
    services.edit_goal(goal=goal, user=ada, before={"text": "Old"}, after={"text": "Theirs"})

    with pytest.raises(Conflict) as caught:
        services.edit_goal(goal=goal, user=ada, before={"text": "Old"}, after={"text": "Mine"})

    assert caught.value.current.text == "Theirs"
