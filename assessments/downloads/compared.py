"""What somebody is shown of a comparison, for files: the same document as on its page."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from assessments.comparing import heat, sentences
from assessments.comparing.build import MAXIMUM, MINIMUM
from assessments.comparing.chosen import chosen_by
from assessments.comparing.matched import names_of
from assessments.comparing.selection import Selection
from assessments.comparing.stored import comparison_of_stored
from assessments.documents.comparison import AttributeHead, ComparisonDocument
from assessments.documents.comparison_parts import ComparedAnswer
from assessments.headlines.names import short_title
from assessments.permissions import may_export_all, signed_in
from assessments.pictures import Drawing, HeatCell, HeatRow, HeatTable, Profile, ProfileLine
from assessments.pictures.words import letter_key
from assessments.results.frozen import documents_of, latest_of, latest_panels
from assessments.tables import PlainTable, compared_attributes, compared_pairs, heat_rows
from attributes.texts import localise

ATTRIBUTE = "attribute-"
STATES = {"open": "unknown", "claimed": "claimed", "not_applicable": "not_applicable", "not_asked": "not_asked"}


@dataclass(frozen=True)
class ShownComparison:
    """The document of a comparison as somebody arranged it. `may_export`: they may, of every process in it."""

    document: ComparisonDocument
    may_export: bool

    @cached_property
    def names(self) -> dict[str, str]:
        """Names by the codes of assessments."""
        return names_of(self.document.processes)

    @property
    def source(self) -> str:
        """What every page says of it."""
        return ". ".join([sentences.title(self.document), *sentences.stamps(self.document), _("Not a ranking.")])

    @property
    def about(self) -> list[tuple[str, str]]:
        """The first sheet of a workbook."""
        lines = [(_("Comparison"), sentences.title(self.document)), (_("Method"), self.document.method_version)]
        lines += [(_("Process"), self.names[process.code]) for process in self.document.processes]
        return [*lines, (_("Marks"), ", ".join(map(str, sentences.stamps(self.document))))]

    def drawing(self, name: str) -> Drawing | None:
        """A picture by its name, or None where there is no such picture of this comparison."""
        if name.startswith(ATTRIBUTE):
            code = name.removeprefix(ATTRIBUTE)
            head = next((head for head in self.document.attributes if head.code == code), None)
            return self._attribute(head) if head else None
        table = {
            "attributes": lambda: heat.attribute_heat(self.document, self.names),
            "experience": lambda: heat.experience_heat(self.document, self.names),
            "items": self._items,
        }.get(name, lambda: None)()
        if table is None:
            return None
        return Drawing(name, table.caption, table.sentence, table, self.source, (letter_key(),))

    def tables(self) -> list[PlainTable]:
        """All tables."""
        return [
            compared_attributes(self.document, self.names),
            heat_rows("items", self._items()),
            compared_pairs(self.document, self.names),
        ]

    def _items(self) -> HeatTable:
        critical = _("critical")
        return HeatTable(
            caption=_("Item by item"),
            sentence=_("The letter that each claims; “claimed” where it is not shown."),
            columns=tuple(self.names[process.code] for process in self.document.processes),
            rows=tuple(
                HeatRow(localise(item.short), tuple(map(_cell, item.answers)), note=critical if item.critical else "")
                for item in self.document.items
            ),
            corner=_("Item"),
        )

    def _attribute(self, head: AttributeHead) -> Drawing:
        asked = heat.profiles_asked(self.document)
        lines = []
        for process in self.document.processes:
            name, own = self.names[process.code], process.attribute(head.code)
            found = asked.get((process.code, head.code))
            is_told = own is not None and own.status != "withheld"
            lines.append(
                ProfileLine(
                    name=name,
                    row=heat.compared_row(name, head, process, found),
                    letter=(own.letter or "") if own and is_told else "",
                    whole=own.score.whole if own and own.score else "",
                    words="" if own and own.letter and is_told else _("no score"),
                    groups_letter=(found.letter or "") if found else "",
                    groups_whole=found.score.whole if found and found.score else "",
                )
            )
        sentence = _(
            "%(attribute)s of each process; points from 0 to 100. The order says nothing of who is better."
        ) % {"attribute": short_title(head)}
        profile = Profile(sentence, tuple(lines), _("Process"))
        return Drawing(f"{ATTRIBUTE}{head.code}", localise(head.title), sentence, profile, self.source, (letter_key(),))


def compared_for(request: HttpRequest) -> ShownComparison:
    """Return the comparison that an address asks for, or answer 404: like its page, in a fixed number of queries."""
    user, selection = signed_in(request), Selection.of(request.GET)
    if not MINIMUM <= len(selection.codes) <= MAXIMUM:
        raise Http404
    assessments = chosen_by(user, selection.codes)
    gone = set(selection.codes) - {assessment.code for assessment in assessments}
    if gone or len(assessments) < MINIMUM:
        raise Http404
    own = {assessment.process_id for assessment in assessments if assessment.role_of_reader}
    results = latest_of(assessment for assessment in assessments if not assessment.is_draft)
    submitted = [assessment for assessment in assessments if assessment.pk in results]
    document = comparison_of_stored(
        submitted,
        documents_of(results.values()),
        latest_panels(submitted),
        selection.arrangement(assessments, own),
    )
    if len(document.processes) < MINIMUM:
        raise Http404
    return ShownComparison(document, may_export_all(submitted, user))


def _cell(answer: ComparedAnswer) -> HeatCell:
    return HeatCell(answer.letter, state=STATES.get(answer.state, ""))
