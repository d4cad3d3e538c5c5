"""What is measured, and what is promised of it."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count, cycle
from typing import Any

from tests.bench.measure import Case, Send, expect, unpacked
from tests.serving import HTMX, QuestionPage, Reply, Server, Visitor

FLOOR = "floor"
AUTOSAVE = "autosave"
FLAT = 1.3  # what does not grow with the number of questions or processes may still take so many times as long


@dataclass
class Site:
    """A running server and what is in its database."""

    server: Server
    made: dict[str, Any]

    def session(self, person: str) -> str:
        """The session of somebody."""
        return str(self.made["sessions"][person])

    def address(self, name: str) -> str:
        """The address of a page; LookupError if there is no such page (yet)."""
        try:
            return str(self.made["addresses"][name])
        except KeyError:
            raise LookupError(f"no page {name} yet") from None


def visit(site: Site, name: str) -> Callable[[Visitor], Send]:
    """Prepare to ask for a page."""

    def prepare(visitor: Visitor) -> Send:
        address = site.address(name)
        return lambda client: expect(client.get(address), 200)

    return prepare


def visit_new(site: Site, name: str) -> Callable[[Visitor], Send]:
    """Prepare to ask for the results of another assessment each time, or for a comparison with another one in it."""

    def prepare(visitor: Visitor) -> Send:
        known, parameters = site.made["submitted"], site.address(name)
        others = cycle(site.made["copies"])
        last = known[-1] if name == "comparison" else known[0]
        return lambda client: expect(client.get(parameters.replace(last, next(others))), 200)

    return prepare


def autosave(site: Site, draft: str) -> Callable[[Visitor], Send]:
    """Prepare to change one answer again and again, on an open page."""

    def prepare(visitor: Visitor) -> Send:
        page = QuestionPage(visitor, site.address(f"question {draft}"))
        field = next(name for name in page.form.texts if name.endswith(("-comment", "-evidence")))
        numbers = count()

        def send(client: Visitor) -> Reply:
            reply = expect(page.save(**{field: f"Changed {next(numbers)} times, as somebody typed on."}), 200)
            page.take_versions(unpacked(reply).decode())
            return reply

        return send

    return prepare


def least_save(site: Site) -> Callable[[Visitor], Send]:
    """Prepare to write one text into one answer through the bare view."""

    def prepare(visitor: Visitor) -> Send:
        page = QuestionPage(visitor, site.address("question shipped"))
        fields = {
            "csrfmiddlewaretoken": page.form.fields["csrfmiddlewaretoken"],
            "pk": str(site.made["drafts"]["set24"]["answer"]),
        }
        numbers = count()
        return lambda client: expect(
            client.post("/bench/save/", {**fields, "comment": f"Changed {next(numbers)} times"}, **HTMX), 200
        )

    return prepare


def all_cases(small: Site, large: Site) -> list[Case]:
    """Everything that is measured over HTTP; `small` has 10 processes, `large` 2,000, most of them one person's."""

    def case(name: str, site: Site, person: str, prepare: Callable[[Visitor], Send], **targets: Any) -> Case:
        return Case(name, site.server, site.session(person) if person else "", prepare, **targets)

    def page(name: str, address: str, site: Site = large, person: str = "all", **targets: Any) -> Case:
        return case(name, site, person, visit(site, address), **targets)

    def first_look(name: str, address: str, **targets: Any) -> Case:
        return case(name, large, "all", visit_new(large, address), **targets)

    def saving(name: str, draft: str, site: Site, person: str = "one", **targets: Any) -> Case:
        return case(name, site, person, autosave(site, draft), queries=8, commits=1, **targets)

    return [
        page(FLOOR, "floor", person="one", note="empty view, signed in"),
        page("nobody signed in", "nobody", person="", note="empty view, no session looked at"),
        case("least save", large, "one", least_save(large), note="one UPDATE and its commit"),
        page("least question page", "least question", person="one", note="bare page, 2 queries"),
        page("least list", "least list", note="bare page of 20, 3 queries"),
        page("least results", "least results", note="one document, bare page"),
        page("least comparison", "least comparison", note="12 documents, bare page"),
        page("hub", "hub shipped", person="one", note="no target set"),
        page("hub, 500 questions", "hub set500", person="one", ratio=12),
        page("question page", "question shipped", person="one", ratio=3.5, queries=6, least="least question page"),
        page("question page, 24 questions", "question set24", person="one", ratio=3.5, queries=6),
        page(
            "question page, 500 questions", "question set500", person="one", ratio=3.5, queries=6,
            compared=("question page, 24 questions", FLAT),
        ),
        page("question page, owner of all", "question owns_all", queries=6, compared=("question page", FLAT)),
        saving(AUTOSAVE, "shipped", large, ratio=3, least="least save"),
        saving("autosave, 10 processes", "shipped", small),
        saving("autosave, owner of all 2,000", "owns_all", large, "all", compared=(AUTOSAVE, FLAT)),
        saving("autosave, 24 questions", "set24", large, ratio=3, least="least save"),
        saving("autosave, 500 questions", "set500", large, compared=("autosave, 24 questions", FLAT)),
        first_look("results, first look", "results", queries=8, least="least results", times=5),
        page("results, again", "results", queries=8, note="the page is kept in memory"),
        page("results, draft", "results draft", person="one", note="computed; no target set"),
        page("list, owner of 10", "list", small, queries=6),
        page(
            "list, owner of all 2,000", "list", queries=6, least="least list", times=2,
            compared=("list, owner of 10", FLAT),
        ),
        page("home, owner of all 2,000", "home", note="no target set"),
        page("choice of what to compare, 2,000", "choice", note="again; no target set"),
        first_look("comparison of 12, first look", "comparison", queries=6, least="least comparison", times=3),
        page("comparison of 12, again", "comparison", queries=6, note="the page is kept in memory"),
        page("stored report", "report", ratio=1.5, note="180 kB"),
    ]  # fmt: skip
