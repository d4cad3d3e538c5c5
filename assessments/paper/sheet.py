"""What stands on the questionnaire on paper: the same questions as behind a link, and what is true of paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from assessments.models import PanelLink, PaperAssistant, Wave, WaveGroup
from assessments.permissions import comment_readers
from assessments.respond.access import Access
from assessments.respond.forms import RespondForm
from assessments.respond.questionnaire import AskedQuestion, LinkState
from assessments.respond.receipts import new_paper_receipt
from assessments.scoring.method import ATTRIBUTED_MIN
from assessments.vocabulary import GroupMode
from assessments.wording.saying import names_of
from attributes.texts import TextMap, direction, localise

MOST_SLIPS = 60


@dataclass(frozen=True)
class Addresses:
    """Where readers of a sheet may go: to type a code, and to take their answers back."""

    typing: str
    withdrawing: str

    @classmethod
    def seen_from(cls, request: HttpRequest, wave: Wave) -> "Addresses":
        """The addresses of this site as it was asked for, without what nobody has to type."""
        return cls(
            typing=_short(request, reverse("assessments:type-code")),
            withdrawing=_short(request, reverse("assessments:respond-withdraw", args=[wave.code])),
        )


def _short(request: HttpRequest, path: str) -> str:
    return request.build_absolute_uri(path).partition("://")[2].rstrip("/")


def asked_of(group: WaveGroup) -> Access:
    """The questionnaire of a group as its respondents get it, without a link of anybody."""
    return Access("", None, PanelLink(group=group), LinkState.USABLE)


def groups_on_paper(wave: Wave) -> list[WaveGroup]:
    """The groups that can give answers on paper: those that answer confidentially. One query."""
    found = list(wave.groups.filter(mode=GroupMode.INDIVIDUAL))
    for group in found:
        group.wave = wave
    return found


def sheet_of(
    group: WaveGroup, addresses: Addresses, language: str, *, named: bool, is_draft: bool = False
) -> Mapping[str, Any]:
    """What the template of the sheet is drawn from; `language` is spoken. At most four queries.

    `named`: for this group; else for whichever of the confidential groups the reader ticks.
    """
    asked = asked_of(group)
    wave = asked.wave
    on_record = named and asked.on_record
    assistants = list(PaperAssistant.objects.usable().filter(group=group)) if named and not on_record else []
    return {
        "held": asked,
        "wave": wave,
        "names": names_of(wave, language, group if named else None),
        "group": group if named else None,
        "groups": [] if named else [one.name_in(language) for one in groups_on_paper(wave)],
        "on_record": on_record,
        "is_draft": is_draft,
        "assistants": assistants,
        "where": localise(wave.paper_return) if wave.paper_return else "",
        "readers": [str(reader) for reader in comment_readers(wave)] if wave.asks_comments else [],
        "comments_from": max(ATTRIBUTED_MIN, wave.threshold),
        "addresses": addresses,
        "pages": [_page(asked, one) for one in asked.questions],
        "total": len(asked.questions),
        "credit": localise(asked.catalogue.credit),
    }


def _page(asked: Access, question: AskedQuestion) -> dict[str, Any]:
    """A question with its items, with a number at each choice: whoever enters the sheet types that number."""
    form = RespondForm(asked.catalogue, question, {}, {})
    attribute = asked.catalogue.attribute(question.question.attribute_code)
    verbatim: TextMap = question.question.verbatim
    return {
        "asked": question,
        "attribute": asked.say(attribute.title),
        "verbatim": asked.say(verbatim),
        "direction": direction(localise(verbatim).lang),
        "blocks": [numbered(block) for block in form.blocks(asked.say)],
        "comment": form.comment(asked.say(attribute.title)),
    }


def numbered(block: Mapping[str, Any]) -> dict[str, Any]:
    """An item whose choices have numbers: those on its scale from 1 on, what is off it in any item the same two."""
    if block.get("is_words"):
        return dict(block)
    if block.get("lines"):
        return {**block, "lines": [{**line, "choices": _choices(line)} for line in block["lines"]]}
    return {**block, "choices": _choices(block)}


# On every item of every sheet, however many choices it has: who enters sheets learns two numbers.
OFF_SCALE_NUMBERS = {"dont_know": 8, "not_applicable": 9}


def _choices(line: Mapping[str, Any]) -> list[dict[str, Any]]:
    on_scale: Sequence[Mapping[str, Any]] = line["scale"]
    numbers = {one["value"]: number for number, one in enumerate(on_scale, 1)} | OFF_SCALE_NUMBERS
    return [
        {**one, "number": numbers[one["value"]], "is_off_scale": one["value"] in OFF_SCALE_NUMBERS}
        for one in (*on_scale, *line["off_scale"])
        if one["value"]
    ]


def slips_of(group: WaveGroup, addresses: Addresses, language: str, number: int) -> Mapping[str, Any]:
    """Receipt codes to tear in two: one half goes with a sheet, the other stays with whoever filled it in.

    The codes exist nowhere but on this paper, until a sheet is entered with one. No link has anything to do with
    them: a slip that also had the code of a card would tie answers to it.
    """
    wave = group.wave
    return {
        "wave": wave,
        "names": names_of(wave, language, group),
        "addresses": addresses,
        "receipts": [new_paper_receipt() for _number in range(number)],
    }
