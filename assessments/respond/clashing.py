"""What two people of a group on the record chose differently on one page, when both saved it."""

from dataclasses import dataclass

from assessments.models import UnfinishedQuestionnaire
from assessments.respond.access import Access
from assessments.respond.questionnaire import AskedQuestion
from assessments.respond.shown import ShownItem, ShownQuestion, plain, shown_answers


@dataclass(frozen=True)
class AnswerClash:
    """An item, or words, as they are stored now and as they stand on the page."""

    label: str
    theirs: str
    ours: str
    is_words: bool = False


def clashing(
    held: Access, asked: AskedQuestion, stored: UnfinishedQuestionnaire, ours: UnfinishedQuestionnaire
) -> list[AnswerClash]:
    """Return what of a page would replace what somebody else gave, in the order of the page."""
    there, here = _page(held, asked, stored), _page(held, asked, ours)
    found = [
        AnswerClash(item.label, _said(item), _said(own))
        for item, own in zip(there.items, here.items, strict=True)
        if item.is_given and _said(item) != _said(own)
    ]
    labels = {words.name: words.label for words in (*there.words, *here.words)}
    texts = [{words.name: words.text for words in side.words} for side in (there, here)]
    return found + [
        AnswerClash(label, texts[0].get(name, ""), texts[1].get(name, ""), is_words=True)
        for name, label in labels.items()
        if texts[0].get(name) and texts[0][name] != texts[1].get(name, "")
    ]


def _page(held: Access, asked: AskedQuestion, questionnaire: UnfinishedQuestionnaire) -> ShownQuestion:
    return next(row for row in shown_answers(held, questionnaire) if row.asked.code == asked.code)


def _said(item: ShownItem) -> str:
    """What was chosen, line by line."""
    return "\n".join(
        f"{plain(line.label)}: {plain(line.said)}" if line.label else plain(line.said) for line in item.lines
    )
