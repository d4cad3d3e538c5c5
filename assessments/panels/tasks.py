"""Mailing links to questionnaires in the background. With Django 6 one import changes."""

from django_tasks import task

from assessments.panels.mailing import mail_links


@task(priority=10)  # before reports, which take a minute each
def mail_panel(group_id: int, root: str, is_reminder: bool) -> None:
    """Mail links to questionnaires."""
    mail_links(group_id, root, is_reminder=is_reminder)


def enqueue_panel_mails(group_id: int, root: str, *, is_reminder: bool) -> None:
    """Hand the mails that wait in a group of a wave to the workers. `root`: the address of this site."""
    mail_panel.enqueue(group_id=group_id, root=root, is_reminder=is_reminder)
