"""Whether there is a public record: pages lead to it only then."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def has_public_record() -> bool:
    """Whether the operator has the public record switched on."""
    return bool(settings.PUBLIC_RECORD)
