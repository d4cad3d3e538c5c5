"""Settings of a recording: the project's own, with passwords that cost nothing and static files where they lie."""

from msgov.settings import *  # noqa: F403
from msgov.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Serves the static files from where they are written; without it WhiteNoise warns that none were collected.
WHITENOISE_AUTOREFRESH = True
