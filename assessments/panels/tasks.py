"""Mailing links to questionnaires in the background. With Django 6 one import changes."""

from django_tasks import task

from assessments.models import WaveMailing
from assessments.panels.mailing import mail_links, mail_test
from assessments.panels.mailing_days import send_to_group
from assessments.vocabulary import MailKind


@task(priority=10)  # before reports, which take a minute each
def mail_panel(group_id: int, root: str) -> None:
    """Mail invitations, with links to questionnaires."""
    mail_links(group_id, root, is_reminder=False)


@task(priority=10)
def mail_panel_test(group_id: int, user_id: int, kind: str, root: str, language: str) -> None:
    """Mail what is sent to a group to the organiser who wants to see it."""
    mail_test(group_id, user_id, MailKind(kind), root, language)


@task(priority=10)
def mail_reminders(mailing_id: int, group_id: int, root: str) -> None:
    """Remind those of a group who have not answered."""
    send_to_group(mailing_id, group_id, root)


@task(priority=5)  # after invitations: nobody waits for it
def mail_thanks(mailing_id: int, group_id: int, root: str) -> None:
    """Thank the people of a group."""
    send_to_group(mailing_id, group_id, root)


def enqueue_test_mail(group_id: int, user_id: int, *, kind: MailKind, root: str, language: str) -> None:
    """Hand the mail that an organiser wants to see to the workers."""
    mail_panel_test.enqueue(group_id=group_id, user_id=user_id, kind=str(kind), root=root, language=language)


def enqueue_panel_mails(group_id: int, root: str) -> None:
    """Hand the invitations that wait in a group of a wave to the workers. `root`: the address of this site."""
    mail_panel.enqueue(group_id=group_id, root=root)


def enqueue_mailing(mailing_id: int, group_id: int, root: str, *, kind: WaveMailing.Kind) -> None:
    """Hand the mails of a day to a group to the workers."""
    job = mail_thanks if kind == WaveMailing.Kind.THANKS else mail_reminders
    job.enqueue(mailing_id=mailing_id, group_id=group_id, root=root)
