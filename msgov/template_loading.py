"""Templates are laid out for those who work on them; pages are sent without the layout.

A page of 500 questions would otherwise carry more indentation than text. A browser shows any white space in HTML as one
space or not at all, so a line break with indentation after it says the same as one space. It is put in its place once,
when a template is compiled. The rules for templates keep the exceptions away: sentences over several lines are trimmed,
and what stands in <pre> and <textarea> begins a line of its own (tests/project/test_template_loading.py).
"""

import re

from django.template import Origin
from django.template.loaders import filesystem

# The end of a tag that was written over several lines; the first line break in a text area, which browsers drop.
TAG_END = re.compile(r"\s*\n\s*(?=/?>)")
LINE_BREAK = re.compile(r"\s*\n\s*(?!\{\{[^{}]*\}\}</textarea>)")


class Loader(filesystem.Loader):
    """Reads the templates of the project without their layout."""

    def get_contents(self, origin: Origin) -> str:
        """What is compiled. Mails are sent as they are written."""
        source = super().get_contents(origin)
        if not origin.name.endswith(".html"):
            return source
        # What says nothing is empty: allauth asks whether there is a text of help.
        return LINE_BREAK.sub(" ", TAG_END.sub("", source)) if source.strip() else ""
