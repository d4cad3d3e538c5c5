"""Which links of a group are listed, and in what order: never by who used theirs, nor by anything that would tell."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.models import PanelLink

if TYPE_CHECKING:
    from django.db.models import QuerySet

SHOWN: dict[str, str | Promise] = {
    "": _("All"),
    "waiting": _("Waits to be sent"),
    "failed": _("Not delivered"),
    "revoked": _("Revoked"),
}
ORDERS: dict[str, str | Promise] = {
    "": _("As they were made"),
    "address": _("By address"),
    "sent": _("Sent last first"),
}


@dataclass(frozen=True)
class LinksAsked:
    """What an address asks for: a part of the e-mail address, a state, an order."""

    q: str
    show: str
    order: str

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """What a request asks for; what is not known is as if nothing had been said."""
        show, order = request.GET.get("show", ""), request.GET.get("order", "")
        q = " ".join(request.GET.get("q", "").split())[:100]
        return cls(q, show if show in SHOWN else "", order if order in ORDERS else "")

    @property
    def kept(self) -> dict[str, str]:
        """The parameters of addresses that ask for the same."""
        return {name: value for name, value in (("q", self.q), ("show", self.show), ("order", self.order)) if value}

    @property
    def shown(self) -> list[tuple[str, str | Promise, bool]]:
        """The states that can be chosen: value, label, whether it is."""
        return [(value, label, value == self.show) for value, label in SHOWN.items()]

    @property
    def orders(self) -> list[tuple[str, str | Promise, bool]]:
        """The orders that can be chosen."""
        return [(value, label, value == self.order) for value, label in ORDERS.items()]

    def among(self, links: "QuerySet[PanelLink]") -> "QuerySet[PanelLink]":
        """Those of links that are asked for, in the order that is."""
        if self.q:
            links = links.filter(email__icontains=self.q)
        if self.show == "waiting":
            links = links.filter(is_revoked=False, sent_on=None, failure="").exclude(email="")
        elif self.show == "failed":
            links = links.filter(is_revoked=False).exclude(failure="")
        elif self.show == "revoked":
            links = links.filter(is_revoked=True)
        if self.order == "address":
            return links.order_by("email", "pk")
        return links.order_by("-sent_on", "pk") if self.order == "sent" else links
