"""Mailing links to questionnaires in the background. With Django 6 one import changes."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from assessments.panels.mailing import mail_links, mail_test, thank_group
from assessments.vocabulary import MailKind

TRY_AGAIN = timedelta(minutes=30)


@task(priority=10)  # before reports, which take a minute each
def mail_panel(group_id: int, root: str, is_reminder: bool) -> None:
    """Mail links to questionnaires."""
    mail_links(group_id, root, is_reminder=is_reminder)


@task(priority=10)
def mail_panel_test(group_id: int, user_id: int, kind: str, root: str, language: str) -> None:
    """Mail what is sent to a group to the organiser who wants to see it."""
    mail_test(group_id, user_id, MailKind(kind), root, language)


def enqueue_test_mail(group_id: int, user_id: int, *, kind: MailKind, root: str, language: str) -> None:
    """Hand the mail that an organiser wants to see to the workers."""
    mail_panel_test.enqueue(group_id=group_id, user_id=user_id, kind=str(kind), root=root, language=language)


def enqueue_panel_mails(group_id: int, root: str, *, is_reminder: bool) -> None:
    """Hand the mails that wait in a group of a wave to the workers. `root`: the address of this site."""
    mail_panel.enqueue(group_id=group_id, root=root, is_reminder=is_reminder)


@task(priority=5)  # after invitations: nobody waits for it
def mail_thanks(group_id: int, root: str, after: int) -> None:
    """Thank the people of a group, from this link on. Goes on later where the mail server cannot be reached."""
    stopped_at = thank_group(group_id, root, after=after)
    if stopped_at is not None and mail_thanks.get_backend().supports_defer:
        later = timezone.now() + TRY_AGAIN
        mail_thanks.using(run_after=later).enqueue(group_id=group_id, root=root, after=stopped_at)


def enqueue_thanks(group_id: int, root: str) -> None:
    """Hand the thank-yous to a group to the workers."""
    mail_thanks.enqueue(group_id=group_id, root=root, after=0)
