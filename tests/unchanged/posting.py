"""Forms as people send them: as they are, empty, changed, and invalid; what comes is written down and rolled_back."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from tests.unchanged.addresses import route_of
from tests.unchanged.answers import answer_text, record_answer
from tests.unchanged.forms import Form, RecordedPage, Sent
from tests.unchanged.people import ReceivedAnswer, RecordedVisitor, rolled_back, upload
from tests.unchanged.recording import Recording

# In the values of buttons: numbers of rows, and codes of items.
NUMBER = re.compile(r"\b[A-Z]+\d+[a-z]*\b|\d+")
NO_FILE = "Neither a question set nor evidence.\n"


@dataclass
class FormPoster:
    """Sends the forms of pages as one person. Forms that differ in numbers and codes only count as one."""

    recording: Recording
    person: RecordedVisitor
    of_each: int = 1
    folder: str = "forms"
    _sent: Counter[tuple[str, str, frozenset[str]]] = field(default_factory=Counter)
    _names: Counter[str] = field(default_factory=Counter)

    def send_all(self, pages: dict[str, str]) -> None:
        """Send the forms of these pages, given as HTML by address."""
        for address, html in pages.items():
            for form in RecordedPage(html).forms:
                if form.is_post:
                    self._send_form(address, form)

    def send_nothing(self, address: str) -> None:
        """Send an address nothing at all."""
        asked = f"POST {address} nothing"
        with rolled_back(self.person):
            answer = self.person.post(address, [], label=asked)
        record_answer(self.recording, "nothing", self.person, asked, answer)

    def _send_form(self, page: str, form: Form) -> None:
        target = urlsplit(urljoin(f"http://testserver{page}", form.address or page)).path
        for way, sent in self._ways(route_of(target), form):
            self._send(page, target, form, way, sent)
            if "hx-post" in form.attributes and "as shown" not in way:
                self._send(page, target, form, f"{way}, by script", sent)

    def _ways(self, route: str, form: Form) -> Iterator[tuple[str, Sent]]:
        """The ways to send a form: with each of its buttons as it is shown, with the main one in all others too."""
        main = main_button(form)
        done: list[Sent] = []
        for button in dict.fromkeys([main, *map(named, form.buttons)]):
            label = f"{button[0]}={button[1]}" if button[0] else ""
            key = route, NUMBER.sub("#", label), frozenset(NUMBER.sub("#", name) for name in form.names)
            self._sent[key] += 1
            if self._sent[key] > self.of_each:
                continue
            ways = {"as shown": form.as_shown(), "emptied": form.emptied()}
            if not route.startswith("admin/"):  # those forms are Django's
                ways |= {
                    "changed": form.changed(),
                    "changed to the first": form.changed(0),
                    "invalid": form.invalid(),
                }
            for name, sent in ways.items():
                sent += [button] if button[0] else []
                if (button == main or name == "as shown") and sent not in done:
                    done.append(sent)
                    yield f"{name}{f', {label}' if label else ''}", sent

    def _send(self, page: str, target: str, form: Form, way: str, sent: Sent) -> None:
        if form.has_files and way.startswith(("changed", "invalid")):
            sent = [*sent, *((each.name, upload("file.txt", NO_FILE)) for each in form.fields if each.kind == "file")]
        asked = f"POST {target} {way}" + (f" from {page}" if page != target else "")
        self._names[asked] += 1
        if self._names[asked] > 1:  # several forms of a page may differ in nothing but hidden fields
            asked += f" ({self._names[asked]})"
        with rolled_back(self.person):
            answer = self.person.post(target, sent, label=asked, in_parts=form.has_files, htmx="by script" in way)
            text = answer_text(f"{asked} as {self.person.name}", answer) + self._next(answer)
        self.recording.write(f"{self.folder}/{self.person.name}/{self.recording.file_name(asked)}.txt", text)

    def _next(self, answer: ReceivedAnswer) -> str:
        """The page that an answer leads on to: it says what was done."""
        if not answer.location.startswith("/"):
            return ""
        return "\n" + answer_text(f"=> GET {answer.location}", self.person.get(answer.location))


def named(button: dict[str, str]) -> tuple[str, str]:
    """What a button adds to what is sent."""
    return button.get("name", ""), button.get("value", "")


def main_button(form: Form) -> tuple[str, str]:
    """The button that most people press: the one that stands out, or the first."""
    main = [button for button in form.buttons if "btn-primary" in button.get("class", "")] or form.buttons
    return named(main[0]) if main else ("", "")
