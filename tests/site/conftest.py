"""Somebody who looks after the site."""

import pytest
from django.test import Client

from msgov.accounts.models import User
from tests.builders.accounts import confirm_identity, confirmed, sign_in


@pytest.fixture
def root(db: None) -> User:
    """A site administrator."""
    return confirmed("root@example.org", name="Rut", is_staff=True, is_superuser=True)


@pytest.fixture
def admin(client: Client, root: User) -> Client:
    """Their browser, with the password just typed again."""
    sign_in(client, root.email)
    confirm_identity(client)
    return client
