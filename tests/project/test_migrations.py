"""The models and their migrations."""

import pytest
from django.core.management import call_command
from pytest_django.fixtures import Settings


@pytest.mark.django_db
def test_no_migration_is_missing(settings: Settings) -> None:
    settings.MIGRATION_MODULES = {}  # a quick run has none
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
