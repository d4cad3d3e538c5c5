"""The app of the pages for site administrators. It has no tables."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "msgov.site"
    label = "msgov_site"
