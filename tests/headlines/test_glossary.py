"""Terms with help on tap."""

import pytest
from django.template import Context, Template, TemplateSyntaxError

from assessments.glossary import TERM_OF, TERMS


def drawn(source: str, **context: object) -> str:
    return Template("{% load glossary %}" + source).render(Context(context))


def test_a_term_is_a_button_that_opens_its_meaning_without_a_script() -> None:
    html = drawn('{% term "range" %}')

    assert '<button type="button" class="term-name" popovertarget="term-range-0-1">range</button>' in html
    assert f'id="term-range-0-1" popover="auto">{TERM_OF["range"].meaning}</span>' in html


def test_each_place_of_a_term_has_a_name_of_its_own() -> None:
    html = drawn('{% term "range" %} {% term "range" "Ranges" %}')

    assert html.count('id="term-range-0-1"') == html.count('id="term-range-0-2"') == 1
    assert ">Ranges</button>" in html


def test_parts_of_a_page_that_are_drawn_by_themselves_do_not_share_names() -> None:
    names = [with_name("a.html"), with_name("b.html"), with_name("a.html")]
    assert names[0] == names[2] != names[1]


def with_name(name: str) -> str:
    made = Template('{% load glossary %}{% term "range" %}', name=name)
    return made.render(Context())


def test_on_paper_and_as_words_only_the_word_is_printed() -> None:
    assert drawn('{% term "range" as_words %}') == "range"
    assert drawn('{% term "range" words as_words %}', words="<b>") == "&lt;b&gt;"
    assert drawn('{% term "range" %}', on_paper=True) == "range"


def test_a_term_can_be_kept_for_a_sentence() -> None:
    assert drawn('{% term "range" as_words as found %}The {{ found }}.') == "The range."


def test_a_term_that_is_not_in_the_glossary_is_an_error_at_once() -> None:
    with pytest.raises(KeyError):
        drawn('{% term "fairness" %}')
    with pytest.raises(TemplateSyntaxError):
        drawn("{% term %}")


def test_terms_have_keys_of_their_own_and_a_meaning_of_one_sentence() -> None:
    assert len({term.key for term in TERMS}) == len(TERMS)
    for term in TERMS:
        assert str(term.meaning).endswith(".")
        assert len(str(term.meaning).split()) <= 25
