"""Settings of a server that a test starts: the project's own, without files to collect first."""

from msgov.settings import *  # noqa: F403
from msgov.settings import STORAGES

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
