"""The attributes app: what can be asked."""

from django.apps import AppConfig


class AttributesConfig(AppConfig):
    name = "attributes"
