"""Templates are laid out for those who work on them; pages are sent without the layout.

A page of 500 questions would otherwise carry more indentation than text. A browser shows any white space in HTML as one
space or not at all, so a line break alone says the same as one with indentation after it. It is left out once, when a
template is compiled. The rules for templates (tests/project/test_templates.py) keep the exceptions away: text in
<pre> and <textarea> stands on one line, and sentences over several lines are trimmed.
"""

import re

from django.template import Origin
from django.template.loaders import filesystem

INDENTED_LINE = re.compile(r"\s*\n\s*")


class Loader(filesystem.Loader):
    """Reads the templates of the project without their layout."""

    def get_contents(self, origin: Origin) -> str:
        """What is compiled. Mails are sent as they are written."""
        source = super().get_contents(origin)
        return INDENTED_LINE.sub("\n", source) if origin.name.endswith(".html") else source
