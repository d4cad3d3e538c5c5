"""The assessments app: what was answered, how it scores, and what is reported."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"
