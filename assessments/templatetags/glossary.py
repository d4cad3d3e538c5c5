"""Help on tap for the terms of the glossary: `{% term "range" %}`, without a script.

A button shows a popover that the browser opens, closes with Esc and tells screen readers of. In a browser without
popovers the meaning stands behind the term in brackets (static/css/glossary.css). Both may stand in a sentence.

- `{% term "range" %}` is the term as it is called; `{% term "range" _("Ranges") %}` in other words;
- `{% term "range" as_words %}` prints the words alone, as everything does on paper (`on_paper` in the context);
- `{% term "range" as range %}` keeps it for a `blocktranslate`.
"""

from typing import Any
from zlib import crc32

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from assessments.glossary import TERM_OF, Term

register = template.Library()

COUNT = "terms_so_far"
AS_WORDS = "as_words"


@register.tag
def term(parser: Parser, token: Token) -> "TermNode":
    """Compile the tag; a term that is not in the glossary is an error at once."""
    name, *bits = token.split_contents()
    if not bits:
        raise template.TemplateSyntaxError(f"{name} takes the key of a term")
    target = ""
    if len(bits) > 2 and bits[-2] == "as":
        *bits, _as, target = bits
    as_words = bits[-1] == AS_WORDS
    key, *words = bits[:-1] if as_words else bits
    found = TERM_OF[key.strip("\"'")]
    return TermNode(found, parser.compile_filter(words[0]) if words else None, target, as_words=as_words)


class TermNode(Node):
    """One place at which a term stands."""

    child_nodelists = ()
    nodelist: NodeList

    def __init__(self, found: Term, words: FilterExpression | None, target: str, *, as_words: bool) -> None:
        self.found = found
        self.words = words
        self.target = target
        self.as_words = as_words

    def render(self, context: template.Context) -> str:
        """The button with its popover, or the words alone."""
        words = self.words.resolve(context) if self.words else self.found.name
        if self.as_words or context.get("on_paper"):
            drawn: SafeString = conditional_escape(str(words))
        else:
            drawn = with_help(self.found, str(words), _place(context))
        if self.target:
            context[self.target] = drawn
            return ""
        return drawn


def with_help(found: Term, words: str, place: str) -> SafeString:
    """A term with its meaning; `place` tells its places on one page apart."""
    return format_html(
        '<span class="term"><button type="button" class="term-name" popovertarget="term-{0}-{1}">{2}</button>'
        '<span class="term-meaning" id="term-{0}-{1}" popover="auto">{3}</span></span>',
        found.key,
        place,
        words,
        found.meaning,
    )


def _place(context: Any) -> str:
    # What an included template counts is not forgotten; what is drawn by itself, and kept, counts by itself.
    shared = context.render_context.dicts[0]
    shared[COUNT] = shared.get(COUNT, 0) + 1
    return f"{crc32((context.template.name or '').encode()):x}-{shared[COUNT]}"
