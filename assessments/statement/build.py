"""The ten facts of the process statement, read from what is stored. Only what may be told to every reader enters."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from assessments.actions.reading import actions_of
from assessments.documents.panel import PanelDocument
from assessments.documents.panel_asked import PanelGroup
from assessments.documents.report import (
    GroupAnswered,
    InterestDeclared,
    Said,
    StatementFact,
    StatementPart,
)
from assessments.documents.result import ResultDocument
from assessments.models import Assessment, BoardPaper, FrozenResult, PublicRecord
from assessments.results.frozen import PanelSource, document_of, with_what_stands_beside
from assessments.vocabulary import Visibility
from attributes.memory import MemoryCache

# Who does not know has not rated.
RATED = ("answered", "not_applicable")


@dataclass(frozen=True)
class Publication:
    """Under which number of the public record a result stands, and since which day ("" where it is not told)."""

    number: str
    on: str


@dataclass(frozen=True)
class FrozenFacts:
    """The facts that frozen documents tell, and the number of groups named; those of a panel are None without one."""

    named: int
    asked: StatementFact | None
    response: StatementFact | None
    second_rater: StatementFact
    reviewed: StatementFact
    reply: StatementFact
    opened: StatementFact
    interests: tuple[InterestDeclared, ...]

    @classmethod
    def of(cls, result: ResultDocument, panel: PanelDocument | None) -> "FrozenFacts":
        """Read them from a result and the public numbers of its panel."""
        return cls(
            named=len(set(result.process.groups)),
            asked=_asked(result, panel) if panel else None,
            response=_response(panel) if panel else None,
            second_rater=_second_rater(result),
            reviewed=_reviewed(result),
            reply=_reply(result),
            opened=_opened(result),
            interests=_of_reviewer(result),
        )


# What is frozen never changes: the page of a result need not read its documents again for a folded part of it.
_kept: MemoryCache[tuple[str, str], FrozenFacts] = MemoryCache(256)


def statement_on_page(assessment: Assessment, result: FrozenResult, panel: PanelSource | None) -> StatementPart:
    """Return the process statement of a frozen result for its page. At most three queries once it was read."""

    def read() -> FrozenFacts:
        # What is read for everybody is not read again.
        public = replace(panel, restricted=False) if panel and panel.restricted else panel
        return FrozenFacts.of(document_of(result), public.document() if public else None)

    key = (result.digest, panel.snapshot.public_digest if panel else "")
    return _statement(assessment, _kept.get_or_make(key, read), None)


def statement_of(
    assessment: Assessment,
    result: ResultDocument,
    panel: PanelDocument | None,
    *,
    published: Publication | None = None,
) -> StatementPart:
    """Return the process statement of a result, with the public numbers of its panel.

    `published` is given by whoever is just publishing it; else the public record is asked. At most four queries.
    """
    return _statement(assessment, FrozenFacts.of(result, panel), published)


def _statement(assessment: Assessment, frozen: FrozenFacts, published: Publication | None) -> StatementPart:
    stored = _stored(assessment)
    asked = frozen.asked or _not_asked(frozen.named, launched=stored.launched)
    return StatementPart(
        facts=[
            _commissioned(stored.paper),
            asked,
            frozen.response or StatementFact(key="response", said=asked.said),
            frozen.second_rater,
            frozen.reviewed,
            frozen.reply,
            frozen.opened,
            _actions(stored.before),
            _published(assessment, published or stored.record),
            _conflicts(stored.paper, frozen.interests),
        ],
    )


@dataclass(frozen=True)
class Stored:
    """What is stored beside the documents: of the round before the primary key and the number, None without one."""

    paper: BoardPaper | None
    launched: bool
    record: Publication | None
    before: tuple[int, int] | None


def _stored(assessment: Assessment) -> Stored:
    """Read it. No query where the page of a first round asks and nothing is there: the page of every result does."""
    row: Any = assessment
    if not hasattr(assessment, "is_launched"):
        row = with_what_stands_beside().get(pk=assessment.pk)
    return Stored(
        paper=getattr(row, "board_paper", None),
        launched=row.is_launched,
        record=_publication(assessment) if row.has_record else None,
        before=None if assessment.is_first else _round_before(assessment),
    )


def _publication(assessment: Assessment) -> Publication:
    record = (
        PublicRecord.objects.published().filter(assessment=assessment).only("number", "published_at").order_by("pk")[0]
    )
    return Publication(record.number, record.published_at.date().isoformat())


def _round_before(assessment: Assessment) -> tuple[int, int] | None:
    before = Assessment.objects.submitted().filter(process=assessment.process_id, round__lt=assessment.round)
    return before.order_by("-round").values_list("pk", "round").first()


def _commissioned(paper: BoardPaper | None) -> StatementFact:
    if paper is None or not paper.commissioned_by:
        return StatementFact(key="commissioned", said="not_said")
    return StatementFact(key="commissioned", said="yes", who=[paper.commissioned_by])


def _asked(result: ResultDocument, panel: PanelDocument) -> StatementFact:
    """How many of the groups named were asked."""
    groups = [group.name for group in panel.groups if _was_asked(group)]
    return StatementFact(
        key="asked",
        said="yes" if groups else "no",
        on=panel.wave.opened_on or "",
        who=groups,
        count=len(groups),
        of=len({*result.process.groups, *groups}),
    )


def _not_asked(named: int, *, launched: bool) -> StatementFact:
    """Whether nobody was asked. A wave that is still open is nobody's business yet."""
    return StatementFact(key="asked", said="not_said" if launched else "no", of=named or None)


def _was_asked(group: PanelGroup) -> bool:
    return group.mode == "on_record" or bool(group.invited) or bool(group.received)


def _response(panel: PanelDocument) -> StatementFact:
    """How many answered, of all and of each group, as far as that is told."""
    groups = [
        GroupAnswered(group=group.name, invited=group.invited, answered=group.received, group_names=group.names)
        for group in panel.groups
        if _was_asked(group)
    ]
    return StatementFact(
        key="response",
        said="yes" if groups else "no",
        on=panel.wave.closed_on or "",
        # Where a group is too small to be counted, the sum of all would tell its number.
        count=panel.received if panel.withheld == 0 else None,
        of=panel.invited,
        short_form=panel.short_form,
        groups=groups,
    )


def _second_rater(result: ResultDocument) -> StatementFact:
    """Who rated a second time, when they finished, and how many items: only once both ratings were there."""
    rating = result.second_rating
    if rating is None:
        return StatementFact(key="second_rater", said="no")
    return StatementFact(
        key="second_rater",
        said="yes",
        on=rating.second_finished_on,
        who=[rating.rater],
        count=sum(item.second.said in RATED for item in rating.items),
        is_blind=rating.is_blind,
    )


def _reviewed(result: ResultDocument) -> StatementFact:
    """Who signed a review, and how many attributes it reaches."""
    review = result.review
    if review is None:
        return StatementFact(key="reviewed", said="no")
    return StatementFact(
        key="reviewed",
        said="yes",
        on=review.signed_on,
        who=[", ".join(filter(None, [review.signed_as or review.reviewer, review.affiliation]))],
        count=sum(attribute.is_reviewed for attribute in review.attributes),
        of=len(review.attributes),
    )


def _reply(result: ResultDocument) -> StatementFact:
    """How much of what the review proposed and asked was replied to; without a review there is nothing to say."""
    review = result.review
    if review is None:
        return StatementFact(key="reply", said="not_said")
    replies = [opinion.replied_on or "" for opinion in review.opinions if opinion.reply]
    replies += [question.answered_on or "" for question in review.questions]
    given = [day for day in replies if day]
    said: Said = "yes" if given else "no" if replies else "not_said"
    return StatementFact(key="reply", said=said, on=_latest(given), count=len(given), of=len(replies))


def _opened(result: ResultDocument) -> StatementFact:
    """How many links and files somebody else has opened, each as often as it is given for an item."""
    items = result.items().values()
    given = sum(len(set(item.evidence_links)) + len({file.sha256 for file in item.evidence_files}) for item in items)
    openings = [opening for item in items for opening in item.openings]
    return StatementFact(
        key="opened",
        said="yes" if openings else "no",
        on=_latest(opening.on for opening in openings),
        count=len(openings),
        of=given,
        shown=sum(opening.shows for opening in openings),
    )


def _actions(before: tuple[int, int] | None) -> StatementFact:
    """What became of what was promised on the round before: of the public actions, the others are not told of."""
    if before is None:
        return StatementFact(key="actions", said="not_said")
    number = str(before[1])
    promised = actions_of(Assessment(pk=before[0]), public_only=True)
    if not promised:
        return StatementFact(key="actions", said="not_said", number=number)
    states = [action.state for action in promised]
    return StatementFact(
        key="actions",
        said="yes",
        on=_latest(action.closed_on for action in promised),
        count=states.count("done"),
        of=len(promised),
        open=states.count("open"),
        dropped=states.count("dropped"),
        number=number,
    )


def _published(assessment: Assessment, found: Publication | None) -> StatementFact:
    """Since when everybody may read it: in the public record, or because the process is public (no day is kept)."""
    if found is not None:
        return StatementFact(key="published", said="yes", on=found.on, number=found.number)
    is_public = assessment.process.visibility == Visibility.PUBLIC and assessment.is_submitted
    return StatementFact(key="published", said="yes" if is_public else "no")


def _conflicts(paper: BoardPaper | None, of_reviewer: Iterable[InterestDeclared]) -> StatementFact:
    """What reviewer and organiser declared of their interests. Who declared that there are none has declared too."""
    declared = [*of_reviewer, *_of_organiser(paper)]
    return StatementFact(key="conflicts", said="yes" if declared else "not_said", declared=declared)


def _of_organiser(paper: BoardPaper | None) -> list[InterestDeclared]:
    if paper is None or not paper.interests:
        return []
    return [InterestDeclared(role="organiser", by=paper.made_by, words=paper.interests)]


def _of_reviewer(result: ResultDocument) -> tuple[InterestDeclared, ...]:
    review = result.review
    if review is None or not review.interests:
        return ()
    return (InterestDeclared(role="reviewer", by=review.reviewer, words=review.interests),)


def _latest(days: Iterable[str]) -> str:
    return max(days, default="")
