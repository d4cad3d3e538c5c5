"""Pages are sent without the layout of their templates, and nothing that is shown is lost with it."""

import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import get_template

from msgov.template_loading import without_layout

ROOT = Path(__file__).parents[2]
SENTENCE = re.compile(r"\{%\s*translate\b.*?%\}|\{%\s*blocktranslate\b.*?endblocktranslate\s*%\}", re.DOTALL)

BESIDE_ELEMENTS = [
    ("<ul>\n  <li>\n    a\n  </li>\n</ul>\n", "<ul><li>a</li></ul>"),
    ("<p>\n  a\n  <b>b</b>\n</p>\n<p>c</p>", "<p>a <b>b</b></p><p>c</p>"),
    ("<button>\n  a\n</button>\n<button>b</button>", "<button>a</button> <button>b</button>"),
    # An item of a list may stand in a row with others: then the space between them can be seen.
    ("<li>\n  a\n</li>\n<li>b</li>", "<li>a</li> <li>b</li>"),
]
IN_A_LINE = [
    ("<p>a <b>b</b> .</p>", "<p>a <b>b</b> .</p>"),
    ("<p>a <b> b</b></p>", "<p>a <b>b</b></p>"),  # only the first of two is shown
    ("<p>{{ a }}\n  {{ b }}</p>", "<p>{{ a }} {{ b }}</p>"),
    ("<p>a\n  <img>\n  b</p>", "<p>a <img> b</p>"),
]
WHATEVER_IS_THE_CASE = [
    ("<p>\n  {% if a %}\n    b\n  {% endif %}\n</p>", "<p>{% if a %}b{% endif %}</p>"),
    ("<p>a\n  {% if b %}\n    c\n  {% endif %}\n</p>", "<p>a {% if b %}c{% endif %}</p>"),
    ("<p>{% if a %}\n  b\n{% else %}\n  c\n{% endif %}\n</p>", "<p>{% if a %}b{% else %}c{% endif %}</p>"),
    ("<p>{% if a %}b{% endif %}\n  c</p>", "<p>{% if a %}b{% endif %} c</p>"),
    ("<p>{% if a %}<br>{% endif %}\n  c</p>", "<p>{% if a %}<br>{% endif %}c</p>"),
    ("a{% if b %}<br>{% endif %}\n  c", "a{% if b %}<br>{% endif %} c"),
    ("a{% if b %}<br>{% else %}<hr>{% endif %}\n  c", "a{% if b %}<br>{% else %}<hr>{% endif %}c"),
    ("<p>a\n  {% if b %}<br>{% endif %}</p>", "<p>a{% if b %}<br>{% endif %}</p>"),
    ("<p>a\n  {% if b %}<br>{% endif %}c</p>", "<p>a {% if b %}<br>{% endif %}c</p>"),
    # A turn of a loop comes after another.
    ("<p>\n  {% for a in b %}\n    c\n  {% endfor %}\n</p>", "<p>{% for a in b %} c {% endfor %}</p>"),
    ("<p>{% for a in b %}c{% empty %}\n  d{% endfor %}</p>", "<p>{% for a in b %}c{% empty %}d{% endfor %}</p>"),
    # What a child puts into a block is not known.
    ("<p>{% block a %}{% endblock %}\n  b</p>", "<p>{% block a %}{% endblock %} b</p>"),
    # These put nothing into the page.
    ("{% url 'a' as b %}\n<p>\n  {# c #}\n  d</p>", "{% url 'a' as b %}<p>{# c #}d</p>"),
]
IN_TAGS = [
    ('<a\n  href="b"\n  {{ c }}\n>d</a>', '<a href="b" {{ c }}>d</a>'),
    ("<a\n  {% if b %}c{% endif %}\n  {% if d %}e{% endif %}\n>", "<a{% if b %} c{% endif %}{% if d %} e{% endif %}>"),
    ("<a {% if b %}{% if c %}d{% endif %} {% endif %}>", "<a{% if b %}{% if c %} d{% endif %}{% endif %}>"),
    ("<a\n  {% if b %}c{% else %}d{% endif %}\n>", "<a{% if b %} c{% else %} d{% endif %}>"),
    ("<a {% if b %}data-{% endif %}c>", "<a {% if b %}data-{% endif %}c>"),
    ('<a title="{% translate "b > c" %}"\n  d>', '<a title="{% translate "b > c" %}" d>'),
    ("<a title='b\n  c'>", "<a title='b c'>"),
]
AS_IT_IS_WRITTEN = [
    ("<p>\n<textarea>\n  {{ a }}\n</textarea>\n</p>", "<p><textarea>\n  {{ a }}\n</textarea></p>"),
    ("<pre>\n  a\n   b\n</pre>\nc", "<pre>\n  a\n   b\n</pre> c"),
    ("{% blocktranslate %}\n a\n{% endblocktranslate %}", "{% blocktranslate %}\n a\n{% endblocktranslate %}"),
    ("a < b {{ c", "a < b {{ c"),
]


@pytest.mark.parametrize(
    ("written", "sent"), BESIDE_ELEMENTS + IN_A_LINE + WHATEVER_IS_THE_CASE + IN_TAGS + AS_IT_IS_WRITTEN
)
def test_white_space_that_is_not_shown_is_left_out(written: str, sent: str) -> None:
    assert without_layout(written) == sent


def test_nothing_else_is_left_out() -> None:
    """Without white space a template is the same before and after, and sentences to translate keep theirs."""
    for path in (ROOT / "templates").rglob("*.html"):
        written = path.read_text(encoding="utf-8")
        sent = without_layout(written)
        assert re.sub(r"\s+", "", sent) == re.sub(r"\s+", "", written), path
        assert SENTENCE.findall(sent) == SENTENCE.findall(written), path


def test_templates_of_the_project_are_loaded_so() -> None:
    template = get_template("includes/_footer.html").template
    written = Path(template.origin.name).read_text(encoding="utf-8")
    assert "\n  " in written
    assert template.source == without_layout(written)


def test_mails_are_sent_as_they_are_written() -> None:
    for path in (ROOT / "templates").rglob("*.txt"):
        name = str(path.relative_to(ROOT / "templates"))
        assert engines["django"].get_template(name).template.source == path.read_text(encoding="utf-8"), name
