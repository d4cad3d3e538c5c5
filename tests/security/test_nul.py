"""NUL characters in addresses, queries, forms and cookies: PostgreSQL refuses to look for them."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.security.world import SecurityWorld

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def world(build_once: Callable[[type[SecurityWorld]], SecurityWorld]) -> SecurityWorld:
    """One of everything."""
    return build_once(SecurityWorld)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/processes/a%00b/", 404),
        ("/assessments/a%00b/", 404),
        ("/reports/a%00b/file/", 404),
        ("/invitations/a%00b/", 404),
        ("/compare/?code=a%00b", 400),
        ("/compare/result/?code=a%00b&code=c", 400),
    ],
)
def test_nul_in_an_address_is_answered(world: SecurityWorld, address: str, status: int) -> None:
    client = Client()
    client.force_login(world.user)
    answer = client.get(address)
    assert answer.status_code == status
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_nul_in_the_code_of_a_form_is_404(world: SecurityWorld) -> None:
    client = Client()
    client.force_login(world.user)
    codes = ["a\x00b", world.assessment.code]
    assert client.post(reverse("assessments:comparison-request"), {"code": codes}).status_code == 404


def test_cookie_with_nul_is_no_session() -> None:
    answer = Client().get("/processes/", headers={"Cookie": r'sessionid="aaaaaaaaaaaa\000b"'})
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/account/login/?next=/processes/"
