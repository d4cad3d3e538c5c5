"""For whom a page was drawn, in its form."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from attributes.pages import DRAWN_FOR, mark_of

register = template.Library()


@register.simple_tag(takes_context=True)
def drawn_for(context: Any) -> SafeString:
    """The hidden field with the mark of who is signed in."""
    return format_html('<input type="hidden" name="{}" value="{}">', DRAWN_FOR, mark_of(context["request"]))
