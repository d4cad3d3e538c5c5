"""Every address of the site with real things behind it, so that tests can walk through all of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from assessments.models import Assessment, Process, Report
from assessments.models.panel import Wave
from assessments.models.panel_stores import PanelLink
from assessments.reports.content import report_on
from assessments.respond.services import token_hash
from assessments.vocabulary import ReportKind
from msgov.accounts.models import User
from tests import builders
from tests.builders.accounts import confirmed
from tests.builders.panels import open_wave

# Not pages of ours: one answers any address below /admin/, the others are allauth's way of passing keys.
SKIPPED = {"(?P<url>.*)$"}

# The token of a stakeholder's link; to other addresses it is one of the right form.
LINK = "x" * 43


@dataclass
class SecurityWorld:
    """One of everything, owned by one administrator who organises the process."""

    user: User = field(default_factory=lambda: confirmed("ana@example.org", is_staff=True, is_superuser=True))
    process: Process = field(init=False)
    assessment: Assessment = field(init=False)
    report: Report = field(init=False)
    wave: Wave = field(init=False)

    def __post_init__(self) -> None:
        self.process = builders.process(organiser=self.user)
        self.assessment = builders.assessment(self.process)
        builders.answer(self.assessment, "IT1a", 2)
        self.report = Report.objects.create(
            kind=ReportKind.FULL,
            document=report_on(self.assessment, kind=ReportKind.FULL).model_dump(mode="json"),
            cache_key="x" * 64,
            requested_by=self.user,
        )
        self.report.assessments.add(self.assessment)
        self.wave = open_wave(["Group"], assessment=self.assessment)
        PanelLink.objects.create(group=self.wave.groups.get(), token_hash=token_hash(LINK))

    def value(self, name: str, route: str) -> Any:
        """Something real for a part of an address where there is something, else something of the right form."""
        if name == "code":
            kinds = {"processes/": self.process, "assessments/": self.assessment, "reports/": self.report}
            return next((thing.code for start, thing in kinds.items() if route.startswith(start)), "x" * 10)
        known = {"question": "IT1", "object_id": str(self.user.pk), "id": str(self.user.pk), "app_label": "accounts"}
        known["number"] = self.user.pk
        known |= {"wave": self.wave.code, "pk": self.wave.groups.get().pk if "panel" in route else 1}
        known |= {"version": 1, "content_type_id": 1, "token": LINK, "uidb36": "1", "key": "x-y", "form_url": ""}
        return known.get(name, "x")

    def addresses(self) -> list[str]:
        """Return one address for each pattern, and one that does not exist."""
        found = {"/no-such-page/"}
        for name, parameters, route in patterns(get_resolver()):
            found.add(reverse(name, kwargs={key: self.value(key, route) for key in parameters}))
        return sorted(found)


def patterns(
    resolver: URLResolver, namespace: str = "", route: str = "", outer: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield name, parameters and route of every named address."""
    for entry in resolver.url_patterns:
        here = route + str(entry.pattern)
        parameters = (*outer, *entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, inner, here, parameters)
        elif isinstance(entry, URLPattern) and entry.name and str(entry.pattern) not in SKIPPED:
            yield namespace + entry.name, parameters, here
