"""Respondents for tests: their links, their browsers, and the pages as they fill them in."""

import secrets
from typing import Any

from django.http import HttpResponse
from django.test import Client

from assessments.models.panel import Wave
from assessments.models.panel_stores import PanelLink
from assessments.respond import services
from assessments.respond.questionnaire import AskedQuestion, asked_questions
from attributes.catalogue.published import catalogue_of
from tests.forms_in_pages import PageForm, ParsedPage

LEVEL = "2"


def new_link(wave: Wave, group: str = "", **fields: Any) -> str:
    """The token of a new link of a group, by default of the first."""
    token = secrets.token_urlsafe(32)
    groups = wave.groups.all()
    PanelLink.objects.create(
        group=groups.get(name=group) if group else groups[0], token_hash=services.token_hash(token), **fields
    )
    return token


def questions(wave: Wave) -> tuple[AskedQuestion, ...]:
    """The questions of the questionnaire."""
    return asked_questions(catalogue_of(wave.assessment.question_set), form=wave.form)


def come_in(token: str, client: Client | None = None) -> Client:
    """Open a link and press the button."""
    client = client or Client()
    response = client.post(f"/r/{token}/")
    assert (response.status_code, response["Location"]) == (302, "/r/")
    return client


def form_of(response: HttpResponse) -> PageForm:
    """The one form of a page."""
    (form,) = ParsedPage(response.content.decode()).forms
    return form


def fill(client: Client, code: str, value: str = LEVEL, **changed: str) -> HttpResponse:
    """Choose `value` for everything on a page that offers it, else the second of what is offered, and save."""
    form = form_of(client.get(f"/r/q/{code}/"))
    chosen = {name: value if value in offered else offered[1] for name, offered in form.choices.items()}
    return client.post(f"/r/q/{code}/", {**form.fields, **chosen, **changed})


def hand_in(client: Client) -> HttpResponse:
    """Press the button on the check page."""
    form = form_of(client.get("/r/check/"))
    return client.post("/r/finish/", form.fields)
