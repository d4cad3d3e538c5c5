"""Small helps for the forms of the account pages."""

from django import template
from django.forms import BoundField

register = template.Library()


@register.filter
def plain(field: BoundField) -> BoundField:
    """Take away what allauth's fields bring and ours never have: placeholders, which vanish as one types."""
    field.field.widget.attrs.pop("placeholder", None)
    field.form.use_required_attribute = False
    return field
