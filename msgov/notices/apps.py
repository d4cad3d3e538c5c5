"""The app of mails about what happened. It has no tables."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "msgov.notices"
    label = "msgov_notices"

    def ready(self) -> None:
        """Start listening."""
        from msgov.notices import receivers  # noqa: PLC0415 (needs the models, which are there only now)

        receivers.connect()
