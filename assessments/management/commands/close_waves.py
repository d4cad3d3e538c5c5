"""Close waves whose closing date has passed."""

from typing import Any

from assessments.actions.services.late import tell_of_late_actions
from assessments.panels.services.closing import close_due_waves, forget_addresses
from assessments.panels.services.mails import send_planned_mails
from assessments.panels.services.traces import erase_due_traces
from assessments.rounds.services.assignments import remind_of_questions
from attributes.management.base import DatabaseCommand


class Command(DatabaseCommand):
    help = (
        "Close the waves of stakeholder panels whose closing date has passed, send the planned mails of open ones, "
        "remind of questions, and tell of late actions. Run it every few minutes."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(str(close_due_waves()))
        remind_of_questions()
        tell_of_late_actions()
        send_planned_mails()
        forget_addresses()
        erase_due_traces()
