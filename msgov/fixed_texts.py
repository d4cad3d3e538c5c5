"""The library `i18n` of templates: Django's own, with a `{% translate %}` that looks every text up once.

A page has some thirty, and each takes as long as five variables. Which text it is depends on the language alone.
"""

from typing import Any

from django.conf import settings
from django.template import Library
from django.template.base import Parser, Token
from django.templatetags import i18n
from django.templatetags.i18n import TranslateNode

from attributes.memory import language_of_page

register = Library()
register.tags |= i18n.register.tags
register.filters |= i18n.register.filters


class FixedTextNode(TranslateNode):
    """A text that stands in a template as it is, with nothing in it that differs from one page to another."""

    def __init__(self, node: TranslateNode) -> None:
        super().__init__(node.filter_expression, node.noop, node.asvar, node.message_context)
        self._kept: dict[tuple[str | None, bool], str] = {}

    def render(self, context: Any) -> str:
        """Draw it as Django does, the first time in a language."""
        key = (language_of_page(), context.autoescape)
        found = self._kept.get(key)
        if found is None:
            found = str(super().render(context))
            if not settings.DEBUG:  # texts change under the hands of who works on them
                self._kept[key] = found
        return found


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> TranslateNode:
    """As Django's tag; what is put into a variable, or comes from one, is looked up each time."""
    node: TranslateNode = i18n.do_translate(parser, token)
    text = node.filter_expression
    is_written = getattr(text.var, "literal", None) is not None
    is_fixed = is_written and not (text.filters or node.asvar or node.message_context)
    return FixedTextNode(node) if is_fixed else node
