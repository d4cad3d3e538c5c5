"""Settings of the measured server: the project's own, plus an empty view and a count of queries."""

from msgov.settings import *  # noqa: F403
from msgov.settings import DATA_DIR, MIDDLEWARE

MIDDLEWARE = ["tests.bench.counting.CountingMiddleware", *MIDDLEWARE]
ROOT_URLCONF = "tests.bench.urls"
STATIC_ROOT = DATA_DIR / "staticfiles"
