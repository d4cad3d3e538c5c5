"""The accounts app: who people are. What they may do in a process is decided in `assessments.permissions`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "msgov.accounts"
    label = "accounts"

    def ready(self) -> None:
        # Both need the models, which are there only now; importing them is what registers them.
        from msgov import checks  # noqa: F401, PLC0415
        from msgov.accounts import receivers  # noqa: PLC0415

        receivers.connect()
