"""WSGI entry point. With EMBEDDED_WORKER, each web process also draws reports, in a thread."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "msgov.settings")
# What is loaded stays: looking again and again for what of it can be thrown away is a tenth of the time a start takes.
gc.disable()
application = get_wsgi_application()

from django.urls import get_resolver  # noqa: E402 - the settings are known only now

from assessments.worker import start_embedded_worker  # noqa: E402 - models exist only now

# Otherwise the first visitor waits until the addresses, and with them all pages, are loaded.
get_resolver().url_patterns  # noqa: B018 - looking at them loads them
# What is loaded by now stays. The garbage collector would go through all of it every now and then, and whoever is
# being answered would wait 70 ms for that. Nor does it look through it once: that takes a tenth of a start, and finds
# a few thousand objects in all, which need no memory to speak of.
gc.freeze()
# A page reads documents of some thousand parts, which are all in use until it is drawn: looking at them again and again
# took a seventh of the time of a comparison. What only the collector can free waits a little longer for it.
gc.set_threshold(20_000)
gc.enable()

start_embedded_worker()
