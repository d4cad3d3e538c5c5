"""The pictures of a result that can be had as files, by the names they have in addresses."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from assessments.documents.result import AttributeResult
from assessments.downloads.shown import ShownResult
from assessments.headlines.known import known
from assessments.headlines.names import short_title
from assessments.pictures import (
    Drawing,
    KnownBar,
    Profile,
    ProfileLine,
    groups_heat,
    item_row,
    items_heat,
    points_then,
    profile_of,
)
from assessments.pictures.words import letter_key
from attributes.texts import localise

ATTRIBUTE = "attribute-"


def drawing_of(shown: ShownResult, name: str) -> Drawing | None:
    """Return a picture by its name, or None where there is no such picture of this result."""
    made: dict[str, Callable[[ShownResult], Drawing | None]] = {
        "profile": _profile,
        "known": _known,
        "groups": _groups,
        "items": _items,
    }
    if name.startswith(ATTRIBUTE):
        code = name.removeprefix(ATTRIBUTE)
        found = next((entry for entry in shown.document.attributes if entry.code == code), None)
        return _attribute(shown, found) if found else None
    return made[name](shown) if name in made else None


def _profile(shown: ShownResult) -> Drawing:
    profile = profile_of(shown.document, shown.joint, points_then(shown.last))
    title = shown.document.process.name
    return Drawing("profile", title, profile.sentence, profile, shown.source, profile.keys)


def _known(shown: ShownResult) -> Drawing:
    found = known(shown.document)
    bar = KnownBar(found.shown, found.claimed, found.unknown)
    return Drawing("known", _("How much is known"), bar.sentence, bar, shown.source)


def _groups(shown: ShownResult) -> Drawing | None:
    if shown.joint is None:
        return None
    table = groups_heat(shown.joint)
    return Drawing("groups", table.caption, table.sentence, table, shown.source, (letter_key(),))


def _items(shown: ShownResult) -> Drawing | None:
    if shown.joint is None:
        return None
    table = items_heat(shown.joint)
    return Drawing("items", table.caption, table.sentence, table, shown.source, (letter_key(),))


def _attribute(shown: ShownResult, attribute: AttributeResult) -> Drawing:
    """The items of an attribute, in the order of the questions."""
    lines = []
    for item in (item for question in attribute.questions for item in question.items if item.scored):
        found = shown.joint.panel.item(item.code) if shown.joint else None
        row = item_row(item, found)
        lines.append(
            ProfileLine(
                name=localise(item.short),
                row=row,
                letter=item.letter or "",
                whole=item.counted.whole_points if item.counted else "",
                words=""
                if item.letter
                else (_("not applicable") if row.status == "not_applicable" else _("not known")),
                groups_letter=(found.letter or "") if found else "",
                groups_whole=found.score.whole if found and found.score else "",
            )
        )
    sentence = _("What can be shown of %(attribute)s, item by item; points from 0 to 100.") % {
        "attribute": short_title(attribute)
    }
    profile = Profile(sentence, tuple(lines), _("Item"))
    name = f"{ATTRIBUTE}{attribute.code}"
    return Drawing(name, localise(attribute.title), sentence, profile, shown.source, (letter_key(),))
