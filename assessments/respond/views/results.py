"""The page that everybody who was asked can read after the closing: by the address on mail, card and receipt, and by
their link."""

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from assessments.feedback.reading import STEPS, feedback_of
from assessments.models import Wave
from assessments.respond.access import confidential
from assessments.respond.languages import drawn, language_for, languages_of
from assessments.vocabulary import WaveState
from assessments.wording import speaking
from assessments.wording.saying import names_of
from attributes.catalogue.published import catalogue_of


@confidential
@require_safe
def respond_results(request: HttpRequest, wave: str) -> HttpResponse:
    """How things stand, and what is public of the result: the same to whoever opens it."""
    if "\x00" in wave:
        raise Http404
    found = get_object_or_404(_launched(), code=wave)
    languages = languages_of(found, catalogue_of(found.assessment.question_set))
    language = language_for(request, languages)
    with speaking(language):
        page, names = feedback_of(found), names_of(found, language)
        context = {
            "found": page,
            "record": page.record,
            "wave": found,
            "names": names,
            # Of what was decided, promised and replied it is not stored in which language; most write in theirs.
            "theirs": found.assessment.process.language,
            "who": names.responsible or names.organisation,
            "contact": format_html('<a href="mailto:{0}" dir="ltr" translate="no">{0}</a>', found.contact),
            "address": results_url(request, found),
            "languages": languages,
            "language": language,
            "boxes": range(1, len(STEPS) + 1),
            # Not those the site is written in by chance, but those its public pages can be read in.
            "in_english": (translation.get_language() or "").split("-")[0] in dict(settings.LANGUAGES),
        }
        return drawn(request, "assessments/feedback/feedback.html", context)


def _launched() -> QuerySet[Wave]:
    launched = Wave.objects.exclude(state=WaveState.PREPARING)
    along = launched.select_related("assessment__process", "assessment__question_set")
    return along.defer("assessment__question_set__document")  # large, and in memory


def results_url(request: HttpRequest, wave: Wave) -> str:
    """The address of the page as it is printed."""
    return request.build_absolute_uri(reverse("assessments:respond-results", args=[wave.code]))
