"""Template tags of comparisons."""

from django import template
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def place_options(count: int, chosen: int) -> SafeString:
    """The places from 1 to `count` to choose from. Of twelve results there are twelve times twelve."""
    return SafeString(
        "".join(
            f'<option value="{number}" {"selected" if number == chosen else ""}> {number} </option>'
            for number in range(1, count + 1)
        )
    )


@register.simple_tag
def compared_links(name: str, query: str, **kinds: str) -> SafeString:
    """Links to a picture of what is compared, by the kind of file (`svg`) what it is called."""
    links = ((f"{reverse('assessments:compare-picture', args=[name, kind])}?{query}", kinds[kind]) for kind in kinds)
    return format_html_join(" ", '<a href="{}">{}</a>', links)
