"""What pages of both applications are made of, where it is more than a template can say in a line."""

import json

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

# Nothing is run that comes with an answer, and nothing is asked of another site.
HTMX = {
    "allowEval": False,
    "allowScriptTags": False,
    "includeIndicatorStyles": False,
    "selfRequestsOnly": True,
    "historyCacheSize": 0,
}
# What is typed is sent by itself: a refusal is shown in its place, a breakdown is not.
HTMX_FOR_FORMS = {
    **HTMX,
    "timeout": 20000,
    "responseHandling": [
        {"code": "204", "swap": False},
        {"code": "[23]..", "swap": True},
        {"code": "(400|401|409|413|422)", "swap": True, "error": True},
        {"code": "[45]..", "swap": False, "error": True},
    ],
}


@register.simple_tag
def htmx_config(*, forms: bool = True) -> SafeString:
    """The settings of htmx for a page; `forms`: it sends what is typed."""
    settings = json.dumps(HTMX_FOR_FORMS if forms else HTMX, separators=(",", ":"))
    return format_html('<meta name="htmx-config" content="{}">', settings)
