"""Reading the mailbox in the background, when somebody asks for it. With Django 6 one import changes."""

from django_tasks import task

from assessments.bounces.mailbox import read_mailbox


@task(priority=5)
def read_bounces_now() -> None:
    """Read the mailbox of mails that come back."""
    read_mailbox()


def enqueue_reading() -> None:
    """Have the mailbox read soon."""
    read_bounces_now.enqueue()
