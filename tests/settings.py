"""Settings of the tests: the project's own, with a cheap password hasher and throw-away folders."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tests.database import database_url

os.environ.setdefault("DEBUG", "0")
os.environ.setdefault("HTTPS", "0")
os.environ.setdefault("REQUIRE_ADMIN_MFA", "0")
os.environ.setdefault("LOG_ACCESS", "0")
os.environ.setdefault("SYSTEM_FONTS", "0")  # reports look the same on every machine
os.environ.setdefault("SECRET_KEY", "tests-only-" + "x" * 50)
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
# The one process that makes the folder removes it; those it starts use it as well.
if "MSGOV_DATA_DIR" not in os.environ:
    os.environ["MSGOV_DATA_DIR"] = tempfile.mkdtemp(prefix="msgov-tests-")
    atexit.register(shutil.rmtree, os.environ["MSGOV_DATA_DIR"], ignore_errors=True)
# Not a default: the tests must never reach the database that a developer's .env names.
os.environ["DATABASE_URL"] = database_url()

from msgov.settings import *  # noqa: F403
from msgov.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="media-", dir=os.environ["MSGOV_DATA_DIR"]))
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
EMBEDDED_WORKER = False
# Serves the static files from where they are written; without it WhiteNoise warns that none were collected.
WHITENOISE_AUTOREFRESH = True
