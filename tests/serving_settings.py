"""Settings of a server that a test starts: the project's own, without files to collect first."""

from msgov.settings import *  # noqa: F403
from msgov.settings import DATA_DIR, STORAGES

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_AUTOREFRESH = True
