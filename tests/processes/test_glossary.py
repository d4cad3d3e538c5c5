"""The page that explains words, and the terms that stand on the way to a first result."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from assessments.glossary import FIRST_MOST, TERMS

ROOT = Path(__file__).parents[2]


@pytest.mark.django_db
def test_every_term_is_explained_on_one_page_with_a_link_to_its_rule(client: Client) -> None:
    page = unescape(client.get(reverse("glossary")).content.decode())
    method = client.get(reverse("attributes:method")).content.decode()
    for term in TERMS:
        assert f'<dt id="{term.key}">{term.name}</dt>' in page
        assert str(term.meaning) in page
        if term.section:
            assert f'#{term.section}"' in page
            assert f'id="{term.section}"' in method
    names = re.findall(r'<dt id="\w+">([^<]+)</dt>', page)
    assert names == sorted(names, key=str.casefold)


@pytest.mark.django_db
def test_help_and_the_foot_of_every_page_lead_to_it(client: Client) -> None:
    assert client.get(reverse("help")).content.decode().count(f'href="{reverse("glossary")}"') == 2


def test_few_terms_stand_on_the_way_to_a_first_result() -> None:
    assert sum(term.first for term in TERMS) <= FIRST_MOST


def test_the_list_in_the_documentation_is_the_same() -> None:
    text = (ROOT / "docs" / "terms.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", text, re.MULTILINE)
    assert [row for row in rows if row[0] not in ("Term", "---")] == [
        (str(term.name), str(term.meaning)) for term in TERMS
    ]
