"""The parts of a recording. Each has a copy of the site for itself, and writes files that no other writes."""

from collections.abc import Callable
from pathlib import Path

from django.core.files.base import ContentFile

from assessments.models import Report
from tests.unchanged.addresses import all_addresses
from tests.unchanged.crawler import Crawler
from tests.unchanged.deterministic import clock
from tests.unchanged.documents import record_documents
from tests.unchanged.later_scenario import record_later_scenario
from tests.unchanged.posting import FormPoster
from tests.unchanged.scenario import Scenario

# How many pages of each kind somebody opens on their way, and how many forms of each kind they send.
WAYS: dict[str, tuple[int | None, int]] = {
    "organiser": (None, 2),
    "editor": (40, 2),
    "approver": (3, 1),
    "contributor": (3, 1),
    "reviewer": (3, 1),
    "siteadmin": (3, 1),
    "stranger": (3, 1),
    "anonymous": (3, 1),
    "respondent": (None, 1),
    "finished": (None, 1),
    "speaker": (None, 1),
}
RESPONDENTS = frozenset({"respondent", "finished", "speaker"})
# Who asks for every page of the administration; others for its first.
ADMINISTRATORS = frozenset({"siteadmin"})


def record_pages(scenario: Scenario, names: tuple[str, ...]) -> None:
    """All pages and forms as these people get them."""
    draw()
    every = all_addresses(scenario.subjects)
    for name in names:
        per_route, of_each = WAYS[name]
        person = scenario.people[name]
        crawler = Crawler(scenario.recording, person, per_route)
        plain = [addresses[0] for route, addresses in every.items() if "<" not in route]
        crawler.follow(["/r/"] if name in RESPONDENTS else ["/", *plain])
        poster = FormPoster(scenario.recording, person, of_each)
        for route, addresses in every.items():
            if concerns(route, name):
                for address in addresses:
                    crawler.open(address)
                    if not route.startswith("admin/"):
                        poster.send_nothing(address)
        poster.send_all(crawler.pages)


def concerns(route: str, name: str) -> bool:
    """Whether somebody asks for a page whether or not there is a way to it."""
    if name in RESPONDENTS:
        return route.startswith("r/")
    return name in ADMINISTRATORS or not route.startswith("admin/") or route.count("/") <= 2


def draw() -> None:
    """Give every report a file, as if it had been drawn, except the last two: one failed, one waits."""
    reports = list(Report.objects.order_by("pk"))
    for report in reports[:-2]:
        report.file.save("report.pdf", ContentFile(b"%PDF-1.7\n"), save=False)
        report.state, report.pages, report.finished_at = "ready", 9, clock.now
        report.save()
    Report.objects.filter(pk=reports[-2].pk).update(state="failed", error="It could not be drawn.\nA detail.")


def _pages(*names: str) -> Callable[[Scenario, Path], None]:
    return lambda scenario, _folder: record_pages(scenario, names)


# Those that take longest come first; people are spread so that the parts take about as long.
PARTS: dict[str, Callable[[Scenario, Path], None]] = {
    "documents": lambda scenario, folder: record_documents(scenario.recording, folder),
    "organiser": _pages("organiser", "anonymous"),
    "editor": _pages("editor", "approver"),
    "members": _pages("contributor", "reviewer", "stranger", "siteadmin", "respondent", "finished", "speaker"),
    "later": lambda scenario, _folder: record_later_scenario(scenario.recording, scenario),
}
