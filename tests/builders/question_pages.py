"""Helpers: the form of a question page as a browser would send it."""

from typing import Any

from django.test import Client
from django.urls import reverse

from assessments.models import Assessment
from tests.forms_in_pages import PageForm, ParsedPage


def address(assessment: Assessment, question: str) -> str:
    return reverse("assessments:question", args=[assessment.code, question])


def form_of(client: Client, assessment: Assessment, question: str) -> PageForm:
    """Open a question page and return its form."""
    response = client.get(address(assessment, question))
    assert response.status_code == 200
    return answers_form(response.content.decode())


def answers_form(html: str) -> PageForm:
    """The form with the answers on a page."""
    return next(form for form in ParsedPage(html).forms if form.attributes.get("id") == "answers")


def send(client: Client, form: PageForm, action: str = "save", **extra: Any) -> Any:
    """Press a button of the form."""
    return client.post(form.attributes["action"], {**form.fields, "action": action, **extra})


def autosave(client: Client, form: PageForm) -> Any:
    """Do what htmx does, and take the new versions over."""
    response = client.post(form.attributes["hx-post"], form.fields, headers={"HX-Request": "true"})
    fresh = ParsedPage(response.content.decode()).inputs
    form.fields.update({name: value for name, value in fresh.items() if name in form.fields})
    return response
