"""A list of hundreds of choices is drawn as Django draws it."""

import re

import pytest
from django import forms

from assessments.fields import LongSelect

CHOICES = [("", "Not stated"), ("Europe", [("Europe/Rome", 'Rome "<&'), ("Europe/Bern", "Bern")]), ("a&b", "<b>")]


@pytest.mark.parametrize("chosen", ["", "Europe/Bern", "a&b", "unknown", None])
def test_long_list_is_drawn_as_a_short_one(chosen: str | None) -> None:
    attributes = {"id": "id_zone", "required": True, "aria-describedby": "help"}
    drawn, meant = (
        parts(widget(choices=CHOICES).render("zone", chosen, attributes)) for widget in (LongSelect, forms.Select)
    )
    assert drawn == meant
    assert len(drawn) == 16


def parts(html: str) -> list[str | frozenset[str]]:
    """The tags and texts, with the attributes of a tag in no order."""
    found = [part.strip() for part in re.split(r"(<[^>]*>)", html)]
    return [frozenset(part.strip("<>").split(" ")) if part.startswith("<") else part for part in found if part]
