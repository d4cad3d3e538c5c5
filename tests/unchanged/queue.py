"""A queue that does everything at once, except what takes seconds: drawing reports waits, and is done elsewhere."""

from typing import Any

from django_tasks.backends.dummy import DummyBackend
from django_tasks.backends.immediate import ImmediateBackend


class Waiting(ImmediateBackend):
    """Does all tasks, those that draw only while `draws` is set."""

    draws = False

    def __init__(self, alias: str, params: dict[str, Any]) -> None:
        super().__init__(alias, params)
        self._later = DummyBackend(alias, params)

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        """Do a task, or put a report that is to be drawn aside."""
        waits = not self.draws and "report" in f"{task.module_path}.{task.name}"
        return self._later.enqueue(task, args, kwargs) if waits else super().enqueue(task, args, kwargs)
