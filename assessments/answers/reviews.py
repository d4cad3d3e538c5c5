"""What a signed review says of an assessment, as plain values, and as the scoring takes it (method 3.14)."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.answers.value import ANSWERED, DONT_KNOW, NOT_APPLICABLE, AnswerContent, link_lines
from assessments.documents.review import ReviewQuestionPart
from assessments.scoring import ScoringItem
from assessments.scoring.evidence import CountedItem, ReviewOpinion, ReviewReply
from assessments.scoring.method import ZERO
from assessments.scoring.model import ItemKind, ItemState
from assessments.vocabulary import OpinionKind


@dataclass(frozen=True, slots=True)
class GivenOpinion:
    """What a reviewer said of one item, and the last reply: "" where none was needed, "none" where none came."""

    item: str
    says: str
    level: int | None = None
    states: Mapping[str, str] | None = None
    seen: bool = False
    reason: str = ""
    reply: str = ""
    reply_reason: str = ""
    replied_on: str | None = None
    # The fingerprint of the answer it was said of; "" where it is known to be of the answer as it stands.
    made_for: str = ""


@dataclass(frozen=True, slots=True)
class GivenReview:
    """A signed review. Days are those of the time zone of the process."""

    reviewer: str
    affiliation: str
    interests: str
    invited_on: str
    accepted_on: str
    reply_by: str | None
    signed_on: str
    signed_as: str
    solid: str
    not_solid: str
    board_asks: tuple[str, ...]
    opinions: tuple[GivenOpinion, ...]
    questions: tuple[ReviewQuestionPart, ...]


# --- What an opinion is of ---------------------------------------------------------------------------------------


def answer_fingerprint(content: AnswerContent, files: Iterable[str]) -> str:
    """Return the fingerprint of an answer with its evidence, without the comment; `files` are digests of contents."""
    has_lines = content.state in (ANSWERED, DONT_KNOW)
    said = {
        "state": content.state,
        "level": content.level if content.state == ANSWERED else None,
        "options": {key: [line.state, line.text] for key, line in content.options.items()} if has_lines else {},
        "other": content.other,
        "text": content.text,
        "reason": content.not_applicable_reason if content.state == NOT_APPLICABLE else "",
        "class": content.evidence_class,
        "words": content.evidence_text,
        "links": link_lines(content.evidence_links),
        "source": content.evidence_source,
        "files": sorted(set(files)),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


# --- For the scoring ---------------------------------------------------------------------------------------------


def proposed_value(spec: ScoringItem, item: CountedItem, opinion: GivenOpinion) -> Fraction | None:
    """Return the value (0 to 1) that an opinion proposes; None where it proposes none.

    A list is proposed anew on the lines that are known, the others staying unknown; of a list of which nothing is
    known, on all lines that the reviewer gives a state.
    """
    if opinion.says != OpinionKind.PROPOSES:
        return None
    if spec.kind is ItemKind.RATING:
        return None if opinion.level is None else Fraction(min(opinion.level, spec.top_level), spec.top_level)
    worth = {state.key: state.credit for state in spec.states}
    proposed = {option: worth[state] for option, state in (opinion.states or {}).items() if state in worth}
    known = {line.option: line.credit for line in item.lines if line.credit is not None}
    credits = [proposed.get(option, credit) for option, credit in known.items()] or list(proposed.values())
    return sum(credits, ZERO) / len(credits) if credits else None


def holding(
    opinions: Iterable[GivenOpinion], contents: Mapping[str, AnswerContent], files: Mapping[str, Sequence[str]]
) -> tuple[GivenOpinion, ...]:
    """Return the opinions that are of the answers as they stand; contents and digests of files by the item's code."""
    return tuple(
        opinion
        for opinion in opinions
        if opinion.item in contents
        and opinion.made_for in ("", answer_fingerprint(contents[opinion.item], files.get(opinion.item, ())))
    )


def scored_opinions(
    specs: Sequence[ScoringItem], items: Mapping[str, CountedItem], opinions: Iterable[GivenOpinion]
) -> dict[str, ReviewOpinion]:
    """Return the opinions that settle what an item counts as, by its code; `items` count as without a review.

    Those who cannot tell settle nothing, nor do opinions on what does not apply, nor agreement with an answer that was
    not given.
    """
    by_code = {spec.code: spec for spec in specs}
    found = {}
    for opinion in opinions:
        item = items.get(opinion.item)
        if item is None or item.state is ItemState.NOT_APPLICABLE or opinion.says == OpinionKind.CANNOT_TELL:
            continue
        proposed = proposed_value(by_code[opinion.item], item, opinion)
        if proposed is None and (opinion.says != OpinionKind.AGREES or item.claimed is None):
            continue
        reply = ReviewReply(opinion.reply) if opinion.reply else ReviewReply.NONE
        found[opinion.item] = ReviewOpinion(proposed, opinion.seen, reply)
    return found
