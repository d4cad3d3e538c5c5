"""Every address of the site, taken from its own list, with something real for each part that varies."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from assessments.models import (
    Assessment,
    EvidenceFile,
    Goal,
    Invitation,
    Membership,
    Process,
    Report,
    StakeholderGroup,
    Wave,
    WaveGroup,
)
from attributes.models import Draft, QuestionSet

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
# Addresses whose pattern is a regular expression, each with one that it matches.
BY_HAND = ("/account/password/reset/key/1-no-such-key/", "/admin/attributes/", "/admin/no-such-page/")
Values = dict[str, Any]
UNKNOWN = "x" * 43  # as long as the secret of a link
# Nothing about them that is not about others as well.
LIKE_OTHERS = ("demo-iana", "demo-net", "demo-oecd")


@dataclass
class Subjects:
    """What stands for the parts of addresses: every kind of thing there is, in every state."""

    tokens: tuple[str, ...] = ()  # of links to questionnaires
    invitation: str = ""
    questions: dict[int, str] = field(default_factory=dict)  # number of a question set: code of its first question

    def of(self, route: str) -> list[Values]:
        """The sets of values for a route; none for one that holds nothing."""
        start = route.partition("<")[0]
        if start == "processes/":
            rows = Process.objects.exclude(code__in=LIKE_OTHERS)
            return [{"code": row.code, "process": row} for row in rows.order_by("pk")]
        if start == "assessments/":
            rows = Assessment.objects.exclude(process__code__in=LIKE_OTHERS).exclude(code="demo-northvale-1")
            return [self._assessment(row) for row in rows.order_by("pk")]
        if start == "reports/":
            reports = list(Report.objects.order_by("pk"))
            return [{"code": row.code} for row in reports[-3:]]
        if start.startswith("question-sets/"):
            return self._question_sets(route)
        if start.startswith("r/"):
            waves = Wave.objects.order_by("pk")
            return [
                {"token": token, "question": "IT1", "wave": wave.code}
                for token in (*self.tokens, UNKNOWN)
                for wave in waves
            ]
        if start.startswith("admin/"):
            return self._admin(route)
        row = Invitation.objects.order_by("pk").last()
        return [{"token": token, "pk": row.pk if row else 1} for token in (self.invitation, UNKNOWN)]

    def _assessment(self, assessment: Assessment) -> Values:
        file = EvidenceFile.objects.filter(response__assessment=assessment).order_by("pk").first()
        group = WaveGroup.objects.filter(wave__assessment=assessment).order_by("pk").first()
        return {
            "code": assessment.code,
            "question": self.questions.get(assessment.question_set_id, "IT1"),
            "file": file.code if file else "x" * 10,
            "pk": group.pk if group else 1,
        }

    def _question_sets(self, route: str) -> list[Values]:
        formats = ("yaml", "json", "xlsx", "doc") if "<str:format>" in route else ("yaml",)
        wheres = ("set", "item/IT1a", "question/IT1", "attribute/IT", "item/none") if "where" in route else ("set",)
        drafts = [{"code": row.code, "language": "fr", "question": "IT1"} for row in Draft.objects.order_by("pk")]
        versions = [
            {"slug": row.slug, "version": row.version}
            for row in QuestionSet.objects.exclude(status="draft").order_by("pk")
        ]
        found: list[Values] = drafts if "<str:code>" in route or "<slug:code>" in route else versions
        return [{**values, "format": kind, "where": where} for values in found for kind in formats for where in wheres]

    def _admin(self, route: str) -> list[Values]:
        """The first row of the model that the route is about."""
        _admin, label, name, *_rest = route.split("/")
        try:
            row = apps.get_model(label, name)._default_manager.order_by("pk").first()
        except LookupError:
            row = None
        number = row.pk if row else 1
        return [{"object_id": number, "id": number, "content_type_id": 1}]


# What "pk" stands for in an address below a process: the last row, which is the least remarkable.
BELOW_PROCESS: dict[str, Any] = {
    "groups": StakeholderGroup,
    "goals": Goal,
    "members": Membership,
    "invitations": Invitation,
}


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every route there is, as it is written in the list of addresses, but those that are regular expressions."""
    for entry in (resolver or get_resolver()).url_patterns:
        here = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, here)
        elif isinstance(entry, URLPattern) and "^" not in here and "$" not in here and "(" not in here:
            yield here


def addresses_of(route: str, subjects: Subjects) -> list[str]:
    """The addresses of a route, one for each thing it can be about."""
    names = PARAMETER.findall(route)
    if not names:
        return ["/" + route]
    found = []
    for values in subjects.of(route):
        if "process" in values and "pk" in names:
            below = BELOW_PROCESS.get(route.split("/")[2], Membership)
            row = below.objects.filter(process=values["process"]).order_by("pk").last()
            values = {**values, "pk": row.pk if row else 1}
        found.append("/" + PARAMETER.sub(lambda part, known=values: str(known.get(part[1], 1)), route))  # type: ignore[misc]
    return list(dict.fromkeys(found))


def all_addresses(subjects: Subjects) -> dict[str, list[str]]:
    """Every route with its addresses."""
    found = {route: addresses_of(route, subjects) for route in sorted(set(routes()))}
    return {**found, **{address: [address] for address in BY_HAND}, "(none)": ["/no-such-page/"]}


def route_of(address: str) -> str:
    """The route that answers an address, or "" for none."""
    try:
        return str(resolve(address.partition("?")[0]).route)
    except Resolver404:
        return ""
