"""Pages as people find them: from the first one along the links, and every address whether they may or not."""

from collections import Counter, deque
from dataclasses import dataclass, field
from urllib.parse import urlencode, urljoin, urlsplit

from tests.unchanged.addresses import route_of
from tests.unchanged.answers import record_answer
from tests.unchanged.forms import CHOICES, Form, RecordedPage
from tests.unchanged.people import ReceivedAnswer, RecordedVisitor, rolled_back
from tests.unchanged.recording import Recording

# Somebody else's pages, and what leads back here: the page to sign in has the page before in its address.
NOT_FOLLOWED = ("/static/", "/admin/", "/account/login/", "/account/signup/", "/account/reauthenticate/")
# Pages with something asked in the address: so many of each kind.
ASKED = 8


@dataclass
class Crawler:
    """Opens pages as one person, each once, and writes down what comes. Nothing that is done stays done."""

    recording: Recording
    person: RecordedVisitor
    per_route: int | None = None  # how many pages of each kind are opened, None for all
    folder: str = "pages"
    pages: dict[str, str] = field(default_factory=dict)  # address: HTML, of what was found
    _seen: set[str] = field(default_factory=set)
    _opened: Counter[str] = field(default_factory=Counter)

    def open(self, address: str) -> ReceivedAnswer | None:
        """Open a page and write it down; None for one that was opened before."""
        if address in self._seen:
            return None
        self._seen.add(address)
        with rolled_back(self.person):
            answer = self.person.get(address)
        record_answer(self.recording, self.folder, self.person, f"GET {address}", answer)
        if answer.status == 200 and answer.html:
            self.pages[address] = answer.html
        return answer

    def follow(self, starts: list[str]) -> None:
        """Open these pages and all that they lead to."""
        waiting = deque(starts)
        while waiting:
            address = waiting.popleft()
            if address in self._seen or not self._wanted(address):
                continue
            self.open(address)
            if address in self.pages:
                waiting += [link for link in leads_to(self.pages[address], address) if link not in self._seen]

    def _wanted(self, address: str) -> bool:
        if address.startswith(NOT_FOLLOWED):
            return False
        route = route_of(address) + ("?" if "?" in address else "")
        most = min(self.per_route or ASKED, ASKED) if "?" in address else self.per_route
        self._opened[route] += 1
        return most is None or self._opened[route] <= most


def leads_to(html: str, address: str) -> list[str]:
    """The addresses on this site that a page leads to, also by forms that only ask."""
    page = RecordedPage(html)
    asked = [each for form in page.forms if not form.is_post for each in questions_asked(form, address)]
    found = []
    for link in [*page.links, *asked]:
        parts = urlsplit(urljoin(f"http://testserver{address}", link))
        if parts.scheme == "http" and parts.netloc == "testserver":
            found.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return list(dict.fromkeys(found))


def questions_asked(form: Form, address: str) -> list[str]:
    """The addresses that a form leads to: as it is shown, with everything chosen, and with each choice by itself."""
    targets = {form.attributes.get("action") or address.partition("?")[0]}
    targets |= {button["formaction"] for button in form.buttons if "formaction" in button}
    sent = [form.as_shown(), form.changed()]
    for each in form.fields:
        if each.kind == "checkbox":
            sent.append([*form.as_shown(), *((each.name, value) for value in each.offered)])
        elif each.kind in CHOICES:
            others = [pair for pair in form.as_shown() if pair[0] != each.name]
            sent += [[*others, (each.name, value)] for value in each.offered]
    return [f"{target}?{urlencode(values)}" for target in sorted(targets) for values in sent]
