"""What respondents read around the questions, in templates: `{% say "start.title" group=name %}`."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from assessments.wording import say as plain
from assessments.wording.saying import say_marked

register = template.Library()


@register.simple_tag
def say(key: str, **slots: Any) -> SafeString:
    """Words in a page."""
    return say_marked(key, **slots)


@register.simple_tag
def say_text(key: str, **slots: Any) -> str:
    """The same where nothing can be marked up: in attributes, titles and mails."""
    return plain(key, **slots)
