"""What is compared and how arranged, as the addresses of comparisons say it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict

from assessments.comparing.arranged import NO_REFERENCE, Arrangement, moved_to
from assessments.models import Assessment, SavedComparison

BY_NAME, AS_CHOSEN = "name", "chosen"
ORDERS = ("", BY_NAME, AS_CHOSEN)


@dataclass(frozen=True)
class Selection:
    """Codes of assessments in the order given, and how they are to be arranged.

    `order` "": the reader's own first, then by name. `reference` "": the reader's own process where there is one of
    it among others; NO_REFERENCE: none. `attributes` empty: all.
    """

    codes: tuple[str, ...]
    order: str = ""
    reference: str = ""
    attributes: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: QueryDict) -> "Selection":
        """What an address or a form asks for. Places that somebody gave are in the order of the codes.

        `sort` is the button that asks for an order, whatever places say.
        """
        given, order = data.getlist("code"), data.get("sort", data.get("order", ""))
        places = {
            code: int(place)
            for code, place in zip(given, data.getlist("place"), strict=False)
            if place.isascii() and place.isdecimal()
        }
        codes = list(dict.fromkeys(code for code in given if code))
        moved = codes if "sort" in data else moved_to(codes, places)
        return cls(
            tuple(moved),
            AS_CHOSEN if moved != codes else order if order in ORDERS else "",
            data.get("reference", ""),
            tuple(dict.fromkeys(code for code in data.getlist("attribute") if code)),
        )

    @classmethod
    def of_saved(cls, saved: SavedComparison) -> "Selection":
        """What was saved."""
        return cls(tuple(saved.codes), saved.order, saved.reference, tuple(saved.attributes))

    def query(self, **more: str) -> str:
        """The address part that asks for it."""
        data = QueryDict(mutable=True)
        data.setlist("code", list(self.codes))
        data.setlist("attribute", list(self.attributes))
        for name, value in {"order": self.order, "reference": self.reference, **more}.items():
            if value:
                data[name] = value
        return data.urlencode()

    def without(self, codes: Iterable[str]) -> "Selection":
        """The same without some."""
        gone = set(codes)
        return replace(self, codes=tuple(code for code in self.codes if code not in gone))

    def arrangement(self, assessments: Sequence[Assessment], own: Iterable[int]) -> Arrangement:
        """How a comparison of these is arranged for a reader; `own` are the keys of processes they are members of."""
        mine = set(own)
        of_reader = sorted(
            (assessment for assessment in assessments if assessment.process_id in mine),
            key=lambda assessment: (assessment.process.name.casefold(), assessment.process_id, -assessment.round),
        )
        is_one_of_several = bool(of_reader) and len(of_reader) < len(assessments)
        first = tuple(assessment.code for assessment in of_reader) if is_one_of_several else ()
        reference = self.reference
        if not reference and first and len({assessment.process_id for assessment in of_reader}) == 1:
            reference = first[0]
        return Arrangement(
            first=self.codes if self.order == AS_CHOSEN else first if self.order != BY_NAME else (),
            own=self.order == "",
            reference="" if reference == NO_REFERENCE else reference,
            attributes=self.attributes,
        )
