"""WSGI entry point. With EMBEDDED_WORKER, each web process also draws reports, in a thread."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "msgov.settings")
application = get_wsgi_application()

from assessments.worker import start_embedded_worker  # noqa: E402 - models exist only now

start_embedded_worker()
