"""Pictures of a frozen result, and of both tracks where stakeholders were asked: no score comes about here.

Only the document that the reader may have is looked at: what a public one leaves out is left out of the picture.
"""

from collections.abc import Mapping
from dataclasses import replace

from assessments.documents.both_tracks import JointDocument
from assessments.documents.last_time import LastTimePart
from assessments.documents.panel import PanelAttribute
from assessments.documents.panel_items import PanelItem
from assessments.documents.result import AttributeResult, ItemResult, ResultDocument
from assessments.documents.values import Figure
from assessments.headlines.names import short_title
from assessments.pictures.profile import PROVISIONAL, WITHHELD, Profile, ProfileLine, ProfileRow
from assessments.pictures.words import letter_key, profile_sentence, range_key, row_sentence
from assessments.scoring.method import FULL_SCORE
from attributes.memory import gettext as _
from attributes.texts import localise

NOTHING: Mapping[str, str] = {}


def profile_of(
    document: ResultDocument,
    joint: JointDocument | None = None,
    last: Mapping[str, Figure | None] | None = None,
    links: Mapping[str, str] = NOTHING,
) -> Profile:
    """Return the profile of a result: an attribute a line, in the order of the question set.

    `last` has the score of the round before (`points_then`), `links` where more is said, by the code of the attribute.
    """
    lines = []
    for attribute in document.attributes:
        found = joint.panel.attribute(attribute.code) if joint else None
        row = attribute_row(attribute, found, last.get(attribute.code) if last else None)
        lines.append(
            ProfileLine(
                name=short_title(attribute),
                row=row,
                letter=attribute.letter or "",
                whole=attribute.score.whole if attribute.score else "",
                words=_status_words(attribute.status),
                groups_letter=(found.letter or "") if found else "",
                groups_whole=found.score.whole if found and found.score else "",
                groups_words=_status_words(found.status) if found else (_("not asked") if joint else ""),
                link=links.get(attribute.code, ""),
            )
        )
    profile = Profile("", tuple(lines))
    has_range = any(line.row.has_range for line in lines)
    return replace(
        profile,
        sentence=profile_sentence(groups=profile.has_groups, last=profile.has_last),
        keys=((range_key(),) if has_range else ()) + (letter_key(),),
    )


def points_then(last: LastTimePart | None) -> dict[str, Figure | None]:
    """The scores of the round before, by the code of the attribute: of what can be compared, and nothing else."""
    return {then.code: then.score for then in last.attributes if not then.why} if last else {}


def attribute_row(
    attribute: AttributeResult, found: PanelAttribute | None = None, last: Figure | None = None
) -> ProfileRow:
    """Return the row of an attribute; `found` is what stakeholders say of it, `last` its score in the last round."""
    sampling = found.sampling if found else None
    row = ProfileRow(
        title="",
        status=attribute.status,
        score=_number(attribute.score),
        claimed=_number(attribute.claimed),
        low=_number(attribute.low),
        high=_number(attribute.high),
        last=_number(last),
        experience=_number(found.score) if found else None,
        experience_low=sampling.low if sampling else None,
        experience_high=sampling.high if sampling else None,
        experience_status=found.status if found else "shown",
        at_most=bool(sampling and sampling.at_most),
    )
    return replace(row, title=row_sentence(short_title(attribute), row))


def experience_row(found: PanelAttribute) -> ProfileRow:
    """Return a row of what stakeholders say of an attribute, and nothing else."""
    row = ProfileRow(
        title="",
        status="",
        score=None,
        claimed=None,
        low=None,
        high=None,
        experience=_number(found.score),
        experience_low=found.sampling.low,
        experience_high=found.sampling.high,
        experience_status=found.status,
        at_most=found.sampling.at_most,
    )
    return replace(row, title=row_sentence(short_title(found), row))


def item_row(item: ItemResult, found: PanelItem | None = None) -> ProfileRow:
    """Return the strip of an item; `found` is what stakeholders say of it. One that is not known could lie anywhere."""
    applies = item.state != "not_applicable"
    known = item.counted is not None
    row = ProfileRow(
        title="",
        status=("shown" if known else WITHHELD) if applies else "not_applicable",
        score=_points(item.counted),
        claimed=_points(item.claimed),
        low=(_points(item.counted) if known else 0) if applies else None,
        high=(_points(item.claimed) if known else float(FULL_SCORE)) if applies else None,
        experience=_number(found.score) if found else None,
    )
    return replace(row, title=row_sentence(localise(item.short), row))


def _status_words(status: str) -> str:
    words = {
        PROVISIONAL: _("provisional"),
        WITHHELD: _("withheld"),
        "not_applicable": _("not applicable"),
    }
    return words.get(status, "")


def _number(figure: Figure | None) -> float | None:
    return None if figure is None else figure.number


def _points(figure: Figure | None) -> float | None:
    """The value of an item, 0 to 1, as points."""
    return None if figure is None else figure.number * float(FULL_SCORE)
