"""What somebody is shown of rounds over time, for files: the same document as on its page."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from assessments.documents.over_time import OverTimeDocument
from assessments.over_time import sentences
from assessments.over_time.picture import time_lines
from assessments.over_time.views import rounds_for
from assessments.pictures import Drawing
from assessments.pictures.words import letter_key


def over_time_shown(request: HttpRequest, code: str) -> OverTimeDocument:
    """Return the document that the page shows to this reader; 404 where there is nothing to show."""
    document = rounds_for(request, code).document()
    if document is None:
        raise Http404
    return document


def drawing_over_time(document: OverTimeDocument) -> Drawing:
    """The picture, with its words."""
    picture = time_lines(document)
    source = ". ".join([sentences.caption(document), *sentences.stamps(document)]) + "."
    return Drawing(
        "over-time", sentences.title(document), picture.sentence, picture, source, (*picture.keys, letter_key())
    )


def about_over_time(document: OverTimeDocument) -> list[tuple[str, str]]:
    """The first sheet of a workbook: what it is about."""
    return [
        (_("Process"), document.process_name),
        (_("Rounds"), sentences.caption(document)),
        (_("Method"), document.method_version),
        (_("Marks"), ", ".join(sentences.stamps(document))),
    ]
