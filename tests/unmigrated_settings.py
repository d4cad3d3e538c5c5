"""Settings of processes that a test starts on tables as models say them: migrations take longer."""

from tests.serving_settings import *  # noqa: F403


class NoMigrations:
    """Says of every app that it has none; then `migrate --run-syncdb` makes the tables."""

    def __contains__(self, app: str) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


MIGRATION_MODULES = NoMigrations()
