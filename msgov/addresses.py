"""The tag `{% url %}`, which looks every kind of address up once (attributes/memory.py)."""

from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url

from attributes.memory import are_codes, pattern_of

register = template.Library()


class AddressNode(URLNode):
    """An address in a template."""

    def render(self, context: Any) -> str:
        """Draw it, or put it into a variable. What has no codes alone is looked up as Django does."""
        codes = tuple(argument.resolve(context) for argument in self.args)
        if self.kwargs or not are_codes(codes):
            return str(super().render(context))
        pattern, in_page = pattern_of(self.view_name.resolve(context), _current_app(context), len(codes))
        if not pattern:
            return str(super().render(context))
        if self.asvar:
            context[self.asvar] = pattern % codes
            return ""
        return (in_page if context.autoescape else pattern) % codes


def _current_app(context: Any) -> str | None:
    request = getattr(context, "request", None)
    match = getattr(request, "resolver_match", None)
    found: str | None = getattr(request, "current_app", getattr(match, "namespace", None))
    return found


@register.tag
def url(parser: Parser, token: Token) -> AddressNode:
    """As Django's tag."""
    node = django_url(parser, token)
    return AddressNode(node.view_name, node.args, node.kwargs, node.asvar)
