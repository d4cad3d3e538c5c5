"""The main menu: it says where one is, and opens without a script."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from msgov.accounts.models import User

pytestmark = pytest.mark.django_db


def current(content: str) -> list[str]:
    """The names of the places that are marked as the present one."""
    menu = content.split('id="menu"')[1].split("</nav>")[0]
    return re.findall(r'aria-current="true"\s*>([^<]*)<', menu)


@pytest.mark.alike
@pytest.mark.parametrize(
    ("name", "marked"),
    [
        ("assessments:process-list", "Processes"),
        ("assessments:process-create", "Processes"),
        ("assessments:compare", "Compare"),
        ("attributes:framework", "Framework"),
        ("attributes:method", "Framework"),
        ("help", "Help"),
        ("account", "Account"),
        ("account_email", "Account"),
    ],
)
def test_the_present_place_is_marked(client: Client, root: User, name: str, marked: str) -> None:
    client.force_login(root)
    assert current(client.get(reverse(name)).text) == [marked]


def test_nothing_is_marked_where_no_place_is(client: Client, root: User) -> None:
    client.force_login(root)
    assert current(client.get(reverse("home")).text) == []
    assert current(client.get("/no-such-page/").text) == []


def test_the_button_opens_the_menu_by_itself(client: Client) -> None:
    content = client.get(reverse("home")).text
    assert 'popovertarget="menu"' in content
    assert re.search(r'<nav[^>]* id="menu"[^>]* popover\b', content)
