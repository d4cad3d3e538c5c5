"""Forms as a browser would send them."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client

from attributes.models import Draft


class _Controls(HTMLParser):
    """Reads the controls of the form with an id."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.form = form
        self.inside = False
        self.sent: dict[str, str] = {}
        self.area = ""
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values: dict[str, Any] = dict(attrs)
        if tag == "form":
            self.inside = values.get("id") == self.form
        elif not self.inside:
            return
        elif tag == "input" and values.get("name"):
            if values["type"] != "checkbox" or "checked" in values:
                self.sent[values["name"]] = values.get("value") or ""
        elif tag == "textarea":
            self.area = values["name"]
            self.sent[self.area] = ""
        elif tag == "select":
            self.select = values["name"]
        elif tag == "option" and self.select and ("selected" in values or self.select not in self.sent):
            self.sent[self.select] = values.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "textarea" and self.area:
            # The first line end belongs to the tag; browsers send the others as CR LF.
            self.sent[self.area] = self.sent[self.area].removeprefix("\n").replace("\n", "\r\n")
            self.area = ""
        elif tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.sent[self.area] += data


def address(draft: Draft, where: str) -> str:
    return f"/question-sets/drafts/{draft.code}/parts/{where}/"


def controls(html: str, form: str = "part") -> dict[str, str]:
    """What pressing a button of this form would send, without the button."""
    parser = _Controls(form)
    parser.feed(html)
    parser.close()
    return parser.sent


def opened(client: Client, draft: Draft, where: str) -> dict[str, str]:
    """The form of a part, as its page has it."""
    response = client.get(address(draft, where))
    assert response.status_code == 200, where
    return controls(response.content.decode())


def autosaved(client: Client, draft: Draft, where: str, data: dict[str, str]) -> Any:
    return client.post(address(draft, where), data, headers={"HX-Request": "true"})
