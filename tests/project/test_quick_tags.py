"""Addresses and texts of templates are looked up once, and say what Django's own tags say."""

import pytest
from django.template import Context, Template, engines
from django.template.engine import Engine
from django.test import override_settings
from django.urls import NoReverseMatch, reverse, set_script_prefix
from django.urls.base import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import override

from attributes.memory import address
from msgov import addresses, fixed_texts
from msgov.addresses import AddressNode
from msgov.fixed_texts import FixedTextNode


def drawn(source: str, **values: object) -> str:
    return Template("{% load i18n %}" + source).render(Context(values))


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("home", ()),
        ("assessments:assessment-hub", ("abc123",)),
        ("assessments:question", ("abc123", "IT-1")),
        ("assessments:question", ("a b", 'ü/"<&')),
        ("assessments:question", ("abc123", "50%")),
        ("assessments:member-role", ("abc123", 7)),
    ],
)
def test_an_address_is_that_of_reverse(name: str, codes: tuple[object, ...]) -> None:
    given = {f"code{number}": code for number, code in enumerate(codes)}
    source = f"url name {' '.join(given)}"
    for _ in range(2):
        if any("/" in str(code) for code in codes):
            with pytest.raises(NoReverseMatch):
                drawn(f"{{% {source} %}}", name=name, **given)
            with pytest.raises(NoReverseMatch):
                address(name, *map(str, codes))
            continue
        assert address(name, *map(str, codes)) == reverse(name, args=codes)
        assert drawn(f"{{% {source} %}}", name=name, **given) == reverse(name, args=codes)
        assert (
            drawn(f"{{% {source} as found %}}-{{{{ found }}}}", name=name, **given) == f"-{reverse(name, args=codes)}"
        )


def test_an_address_that_there_is_not_is_refused_or_empty() -> None:
    for _ in range(2):
        with pytest.raises(NoReverseMatch):
            drawn("{% url 'assessments:question' code %}", code="abc")
        assert drawn("{% url 'no-such-page' as found %}-{{ found }}") == "-"
        assert drawn("{% url 'assessments:question' code=code question='IT1' as found %}{{ found }}", code="a") == (
            reverse("assessments:question", args=["a", "IT1"])
        )


def test_an_address_stands_below_the_path_of_the_site() -> None:
    source, before = "{% url 'assessments:assessment-hub' 'abc' %}", get_script_prefix()
    assert drawn(source) == "/assessments/abc/"
    set_script_prefix("/gov/")
    try:
        assert drawn(source) == "/gov/assessments/abc/"
    finally:
        set_script_prefix(before)


def test_an_address_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn("{% url 'assessments:assessment-hub' 'abc' %}")
    monkeypatch.setattr("attributes.memory.reverse", lambda *arguments, **options: pytest.fail("looked up again"))
    assert drawn("{% url 'assessments:assessment-hub' 'xyz' %}") == "/assessments/xyz/"


def test_a_text_is_looked_up_once_in_each_language(monkeypatch: pytest.MonkeyPatch) -> None:
    template = Template("{% load i18n %}{% translate 'Monday' %}, {% translate \"50% & <b>\" %}")
    said = {}
    for language in ("en", "de", "en", "de"):
        with override(language):
            said[language] = template.render(Context())
    assert said == {"en": "Monday, 50% & <b>", "de": "Montag, 50% & <b>"}
    monkeypatch.setattr(fixed_texts.TranslateNode, "render", lambda *arguments: pytest.fail("looked up again"))
    with override("de"):
        assert template.render(Context()) == said["de"]


def test_what_is_not_written_in_the_template_is_looked_up_each_time() -> None:
    template = Template("{% load i18n %}{% translate day %} {% translate 'Monday' as monday %}{{ monday }}")
    assert not template.nodelist.get_nodes_by_type(FixedTextNode)
    with override("de"):
        assert [template.render(Context({"day": day})) for day in ("Monday", "<b>")] == [
            "Montag Montag",
            "&lt;b&gt; Montag",
        ]


def test_texts_may_change_while_somebody_works_on_them() -> None:
    template = Template("{% load i18n %}{% translate 'Monday' %}")
    (node,) = template.nodelist.get_nodes_by_type(FixedTextNode)
    with override_settings(DEBUG=True):
        assert template.render(Context()) == "Monday"
    assert node._kept == {}
    assert isinstance(node.render(Context()), SafeString)


def test_the_templates_have_these_tags() -> None:
    engine = Engine.get_default()
    assert engine.template_builtins[-1] is addresses.register
    assert engine.template_libraries["i18n"] is fixed_texts.register
    (node,) = Template("{% url 'home' %}").nodelist
    assert isinstance(node, AddressNode)


def test_no_other_library_replaces_one_of_the_same_name() -> None:
    (warning,) = (found for found in engines["django"].check() if found.id == "templates.W003")
    assert warning.msg.startswith("'i18n' is used for multiple template tag modules: 'django.templatetags.i18n', ")
