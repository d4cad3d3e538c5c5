"""The parts that pages are made of: what they say, what they leave out, and that nothing typed gets through as HTML."""

import json
from html.parser import HTMLParser

import pytest
from django.template import Context, Template
from django.urls import set_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import override
from pytest_django.fixtures import Settings

from attributes.memory import MemoryCache
from msgov import components


def drawn(source: str, **values: object) -> str:
    """What a template makes of a part."""
    return Template("{% load components %}" + source).render(Context(values))


class Attributes(HTMLParser):
    """The attributes of every element, in their order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(dict(attrs))


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ('{% cell _("Score") %} <b>{{ x }}</b> {% endcell %}', '<td role="cell" data-label="Score"><b>&lt;</b></td>'),
        ('{% cell x classes="number" %}1{% endcell %}', '<td role="cell" data-label="&lt;" class="number">1</td>'),
        (
            "{% one_line %} a\n  b&nbsp;\u00a0 {{ x }}  – c\n{% endone_line %}",
            "a b&nbsp;\u00a0 &lt; – c",
        ),
        ("{% fact x %}\n{{ x }}\n{% endfact %}", "<div><dt>&lt;</dt><dd>&lt;</dd></div>"),
        ("{% cell 1 classes=x %}{% endcell %}", '<td role="cell" data-label="1" class="&lt;"></td>'),
        ("{% tag 1 classes=x %}", '<span class="tag &lt;">1</span>'),
        ("{% tag x %}", '<span class="tag">&lt;</span>'),
        ('{% number_cell x "1.0" %}', '<td role="cell" data-label="&lt;" class="number">1.0</td>'),
        ('{% number_cell "a" x %}', '<td role="cell" data-label="a" class="number">&lt;</td>'),
        ('{% number_cell "a" none %}', '<td role="cell" data-label="a" class="number">–</td>'),
        ('{% tag 3 classes="state-new" %}', '<span class="tag state-new">3</span>'),
        ("{% field_error none id=x %}", ""),
        (
            "{% field_error x %}",
            '<p class="field-error"><span class="visually-hidden">Error:</span> &lt;</p>',
        ),
        (
            '{% field_error x id="a-error" %}',
            '<p class="field-error" id="a-error"><span class="visually-hidden">Error:</span> &lt;</p>',
        ),
        (
            '{% numbered_task 1200 where x "completed" x %}',
            '<li class="task"> <div class="task-name"> <a href="/a/?b&amp;c" aria-describedby="status-1200">1200. &lt;'
            '</a> </div> <span class="tag status-completed" id="status-1200">&lt;</span> </li>',
        ),
        (
            "{% numbered_task 1 x safe %}",
            '<li class="task"> <div class="task-name"> <a href="&lt;">1. <i>b</i></a> </div> </li>',
        ),
        ('{% field_errors none id="a" %}', ""),
        (
            '{% field_errors xs id="a" %}',
            '<div class="field-error" id="a"><p class="mb-0"><span class="visually-hidden">Error:</span> &lt;</p>'
            '<p class="mb-0"><span class="visually-hidden">Error:</span> b</p></div>',
        ),
    ],
)
def test_a_part_is_drawn_and_escaped(source: str, html: str) -> None:
    assert drawn(source, x="<", xs=["<", "b"], none="", safe=SafeString("<i>b</i>"), where="/a/?b&c") == html


def test_words_of_a_part_are_translated() -> None:
    with override("de"):
        assert drawn('{% tag _("Monday") %}') == '<span class="tag">Montag</span>'


def test_an_error_summary_has_the_focus_and_is_named_by_its_heading() -> None:
    summary, heading, *_rest = Attributes(drawn("{% error_summary %}<p>{{ x }}</p>{% enderror_summary %}", x="<")).found
    assert summary["role"] == "alert"
    assert "autofocus" in summary
    assert summary["aria-labelledby"] == heading["id"] == "error-summary-title"


def test_an_error_summary_may_be_titled_and_leave_the_focus() -> None:
    source = '{% error_summary id="b" heading=x focus_elsewhere=1 %}{% enderror_summary %}'
    html = drawn(source, x="<")
    summary, heading = Attributes(html).found
    assert "autofocus" not in summary
    assert summary["aria-labelledby"] == heading["id"] == "b"
    assert "&lt;</h2>" in html


def test_an_error_summary_of_one_sentence_has_no_heading() -> None:
    html = drawn("{% error_summary untitled=True %}<p>a</p>{% enderror_summary %}")
    assert html == '<div class="error-summary" role="alert" tabindex="-1" autofocus><p>a</p></div>'


@pytest.mark.parametrize(
    ("options", "attributes"),
    [
        ("", {}),
        ("checked=1", {"checked": None}),
        ("checked=0", {}),
        ('chosen="v"', {"checked": None}),
        ('chosen="w"', {}),
        ("disabled=1", {"disabled": None}),
        ('describedby="d"', {"aria-describedby": "d"}),
        ('invalid="wrong"', {"class": "form-check-input is-invalid", "aria-invalid": "true"}),
    ],
)
def test_a_choice_is_an_input_before_its_label(options: str, attributes: dict[str, str | None]) -> None:
    html = drawn(f'{{% choice "radio" "n" "v" "i" {options} %}}\n<b>{{{{ x }}}}</b>\n{{% endchoice %}}', x="<")
    box, label, _b = Attributes(html).found
    assert box == {"class": "form-check-input", "type": "radio", "name": "n", "value": "v", "id": "i", **attributes}
    assert label == {"class": "form-check-label", "for": "i"}
    assert html.endswith("><b>&lt;</b></label>")


def test_nothing_that_a_choice_is_given_ends_an_attribute() -> None:
    html = drawn('{% choice "radio" x x x describedby=x chosen=x %}{% endchoice %}', x='"><i>')
    box, label = Attributes(html).found
    assert {box["name"], box["value"], box["id"], box["aria-describedby"], label["for"]} == {'"><i>'}
    assert "checked" in box


@pytest.mark.parametrize(("source", "sends"), [("{% htmx_config %}", True), ("{% htmx_config forms=False %}", False)])
def test_htmx_runs_nothing_and_asks_no_other_site(source: str, sends: bool) -> None:
    (meta,) = Attributes(drawn(source)).found
    settings = json.loads(meta["content"] or "")
    assert meta["name"] == "htmx-config"
    assert not settings["allowEval"]
    assert not settings["allowScriptTags"]
    assert settings["selfRequestsOnly"]
    assert ("responseHandling" in settings) == sends


MENU = "includes/_menu.html"


@pytest.fixture
def drawings(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """The values of each time that a kept part was drawn."""
    found: list[dict[str, object]] = []
    monkeypatch.setattr(components, "_kept", MemoryCache(64))
    draw = components.render_to_string

    def noted(name: str, values: dict[str, object]) -> str:
        found.append(values)
        return draw(name, values)

    monkeypatch.setattr(components, "render_to_string", noted)
    return found


def test_a_kept_part_is_drawn_once_for_the_same_values(drawings: list[dict[str, object]]) -> None:
    source = f'{{% kept "{MENU}" signed_in=x %}}'
    member, visitor = drawn(source, x=True), drawn(source, x=False)
    assert "/processes/" in member
    assert "/processes/" not in visitor
    assert (drawn(source, x=True, other=1), drawn(source, x=False)) == (member, visitor)
    assert drawings == [{"signed_in": True}, {"signed_in": False}]


def test_a_kept_part_is_drawn_anew_for_another_language_and_another_path(drawings: list[dict[str, object]]) -> None:
    source = f'{{% kept "{MENU}" %}}'
    here = drawn(source)
    with override("de"):
        drawn(source)
    try:
        set_script_prefix("/gov/")
        below = drawn(source)
    finally:
        set_script_prefix("/")
    assert len(drawings) == 3
    assert 'href="/gov/account/login/"' in below
    assert 'href="/account/login/"' in here


def test_with_debug_nothing_is_kept(drawings: list[dict[str, object]], settings: Settings) -> None:
    settings.DEBUG = True
    for _ in range(2):
        drawn(f'{{% kept "{MENU}" %}}')
    assert len(drawings) == 2
