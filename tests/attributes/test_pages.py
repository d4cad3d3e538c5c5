"""One way to say why something cannot be taken, and one status."""

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from attributes.exceptions import Refusal
from attributes.pages import form_page, refusals_lead_to, sent, taken


class ExampleForm(forms.Form):
    name = forms.CharField()


def refuse(message: str, errors: dict[str, str] | None = None) -> HttpResponse:
    raise Refusal(message, errors)


def asked(method: str = "post") -> HttpRequest:
    request: HttpRequest = getattr(RequestFactory(), method)("/")
    request.session = {}  # type: ignore[assignment]
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    return request


def test_what_was_sent_empty_was_sent() -> None:
    assert sent(asked("get")) is None
    assert ExampleForm(sent(asked())).errors == {"name": ["This field is required."]}


def test_what_is_right_is_answered_by_the_write() -> None:
    done = HttpResponse("done")
    assert taken(ExampleForm({"name": "x"}), lambda: done) is done


@pytest.mark.parametrize("data", [None, {"name": ""}])
def test_what_was_not_sent_or_is_wrong_is_not_written(data: dict[str, str] | None) -> None:
    assert taken(ExampleForm(data), lambda: pytest.fail("written")) is None


@pytest.mark.parametrize(
    ("errors", "at", "expected"),
    [
        ({"name": "First\nSecond"}, "", {"name": ["First", "Second"]}),
        ({"name": "First"}, "name", {"name": ["First"]}),
        ({"elsewhere": "First"}, "", {NON_FIELD_ERRORS: ["First"]}),
        ({}, "name", {"name": ["No"]}),
        ({}, NON_FIELD_ERRORS, {NON_FIELD_ERRORS: ["No"]}),
    ],
)
def test_a_refusal_is_said_on_the_form(errors: dict[str, str], at: str, expected: dict[str, list[str]]) -> None:
    form = ExampleForm({"name": "x"})
    assert taken(form, lambda: refuse("No", errors), at=at) is None
    assert form.errors == expected


def test_a_refusal_that_is_not_about_the_form_is_raised_on() -> None:
    with pytest.raises(Refusal, match="No"):
        taken(ExampleForm({"name": "x"}), lambda: refuse("No"))


@pytest.mark.parametrize(("data", "status"), [(None, 200), ({"name": ""}, 422)])
def test_the_page_of_a_form_that_cannot_be_taken_is_422(
    monkeypatch: pytest.MonkeyPatch, data: dict[str, str] | None, status: int
) -> None:
    drawn: list[object] = []

    def render(request: HttpRequest, template: str, context: dict[str, object], status: int) -> HttpResponse:
        drawn.append((template, context))
        return HttpResponse(status=status)

    monkeypatch.setattr("attributes.pages.render", render)
    form = ExampleForm(data)
    assert form_page(asked(), "page.html", form, {"more": 1}).status_code == status
    assert drawn == [("page.html", {"more": 1, "form": form})]


def test_other_refusals_lead_to_a_page_that_says_them() -> None:
    @refusals_lead_to("attributes:draft-languages", "code")
    def view(request: HttpRequest, code: str, language: str) -> HttpResponse:
        """Refuse."""
        return refuse("Not now")

    request = asked()
    answer = view(request, code="abc", language="fr")
    assert (answer.status_code, answer["Location"]) == (302, "/question-sets/drafts/abc/languages/")
    assert [(message.level_tag, message.message) for message in get_messages(request)] == [("error", "Not now")]
    assert view.__doc__ == "Refuse."
