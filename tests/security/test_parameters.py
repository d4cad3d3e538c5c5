"""Addresses with more parameters than any form of ours has fields."""

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("debug", [False, True])
def test_too_many_parameters_are_refused_without_a_page_of_errors(
    client: Client, settings: Settings, debug: bool
) -> None:
    settings.DEBUG = debug
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 20
    assert client.get("/framework/?" + "&".join(f"code=c{number}" for number in range(20))).status_code == 200
    answer = client.get("/framework/?" + "&".join(f"code=c{number}" for number in range(21)))
    assert answer.status_code == 400
    assert "Traceback" not in answer.content.decode()
    assert "TooManyFieldsSent" not in answer.content.decode()
