"""The background worker inside the web process, for sites that run a single process.

`start_embedded_worker` is called once per process by whoever serves (`manage.py serve`, `msgov.wsgi`). Sites with more
load run `manage.py db_worker` instead and leave EMBEDDED_WORKER off; then `manage.py sweep_reports` and
`manage.py close_waves` belong in cron.
"""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.db import close_old_connections, connections
from django.urls import set_script_prefix

from assessments.actions.services.late import tell_of_late_actions
from assessments.bounces.mailbox import read_mailbox
from assessments.panels.services.closing import close_due_waves, forget_addresses
from assessments.panels.services.mails import send_planned_mails
from assessments.panels.services.traces import erase_due_traces
from assessments.register.link_checks import check_links
from assessments.reports.render import warm_up
from assessments.reports.tasks import sweep
from assessments.rounds.services.assignments import remind_of_questions

logger = logging.getLogger(__name__)

POLL = 1  # seconds between two looks into the queue
SWEEP_EVERY = 60  # seconds
LINKS_EVERY = 300  # seconds
BOUNCES_EVERY = 300  # seconds
WAIT_AFTER_ERROR = 5  # seconds

_lock = threading.Lock()
_started = False


def start_embedded_worker() -> bool:
    """Start worker and sweeper as daemon threads. Returns whether they were started now: only once per process."""
    global _started
    with _lock:
        if _started or not settings.EMBEDDED_WORKER or not _is_database_queue():
            return False
        _started = True
    # By themselves: a slow link or mail server would keep waves from being closed.
    links = (("link checker", keep_checking_links),) if settings.CHECK_LINKS else ()
    bounces = (("reader of returned mails", keep_reading_bounces),) if settings.BOUNCE_MAILBOX else ()
    for name, target in (("worker", work), ("sweeper", keep_sweeping), *links, *bounces):
        threading.Thread(target=_for_ever, args=(name, target), name=f"msgov-{name}", daemon=True).start()
    return True


def work() -> None:
    """Take jobs from the queue, for ever."""
    from django_tasks_db.management.commands.db_worker import Worker  # noqa: PLC0415 (needs the apps to be loaded)

    try:
        warm_up()
    except OSError:
        logger.warning("The process that draws reports could not be started yet", exc_info=True)
    Worker(
        queue_names=["*"],
        interval=POLL,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"{socket.gethostname()[:30]}-{os.getpid()}",
        excluded_queue_names=[],
    ).run()


def keep_sweeping() -> None:
    """Take up lost reports, close waves, send planned mails, remind of questions, tell of late actions: every
    minute, for ever."""
    while True:
        close_old_connections()
        count = sweep()
        if count:
            logger.info("Took up %s reports again", count)
        closed = close_due_waves()
        if closed:
            logger.info("Closed %s waves", closed)
        reminded = remind_of_questions()
        if reminded:
            logger.info("Reminded of %s questions", reminded)
        told = tell_of_late_actions()
        if told:
            logger.info("Told %s people of late actions", told)
        mailed = send_planned_mails()
        if mailed:
            logger.info("Sent planned mails of stakeholder panels: %s", mailed)
        forget_addresses()
        erase_due_traces()
        # An idle connection would be held for a minute for nothing.
        connections.close_all()
        time.sleep(SWEEP_EVERY)


def keep_checking_links() -> None:
    """Ask a few links every few minutes whether they still answer, for ever."""
    while True:
        close_old_connections()
        check_links()
        connections.close_all()
        time.sleep(LINKS_EVERY)


def keep_reading_bounces() -> None:
    """Read the mailbox of returned mails every few minutes, for ever. What fails is tried again the next time."""
    while True:
        close_old_connections()
        read_mailbox()
        connections.close_all()
        time.sleep(BOUNCES_EVERY)


def _for_ever(name: str, target: Callable[[], None]) -> None:
    """Run something that should never end; if it does, say so and start it again."""
    # Each thread has its own idea of the path below which the site is shown, and links in mails need it.
    set_script_prefix(f"{settings.BASE_PATH}/")
    while True:
        try:
            target()
        except Exception:
            logger.exception("The %s stopped and is started again", name)
        connections.close_all()
        time.sleep(WAIT_AFTER_ERROR)


def _is_database_queue() -> bool:
    backend: str = settings.TASKS["default"]["BACKEND"]
    return backend.endswith("DatabaseBackend")
