"""The page after the closing as a reader sees it."""

import html
import re

from django.test import Client

from assessments.models import Wave


def text_of(page: str) -> str:
    """The words of the main part."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main)).split())


def address(wave: Wave) -> str:
    """The address that is printed on mail, card and receipt."""
    return f"/r/results/{wave.code}/"


def shown(wave: Wave, **query: str) -> str:
    """What stands there for whoever opens it."""
    return text_of(Client().get(address(wave), query).content.decode())
