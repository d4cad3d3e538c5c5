"""The accounts app: who people are. What they may do in a process is decided in `assessments.permissions`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "msgov.accounts"
    label = "accounts"
