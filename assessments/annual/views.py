"""The annual page: to be read, to be copied, and what the organiser chooses for it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.actions.reading import actions_of, name_of_part
from assessments.annual.build import annual_document, annual_page_of
from assessments.annual.content import annual_content
from assessments.annual.forms import AnnualPageForm
from assessments.annual.plain import annual_text
from assessments.annual.services import save_annual_page
from assessments.documents.annual import AnnualDocument
from assessments.documents.result import ResultDocument
from assessments.documents.values import canonical_json
from assessments.file_names import hyphenated
from assessments.locked_forms import taken_or_asked_again
from assessments.models import Assessment, PanelComment, Report
from assessments.permissions import (
    Right,
    assessment_for,
    may_open,
    open_to_visitors,
    readers_for,
    results_for,
    rights_in,
    signed_in,
)
from assessments.results.build import build_document
from assessments.results.frozen import document_of, latest
from assessments.results.last_time import earlier_round_of
from assessments.vocabulary import CommentState, ReportKind
from assessments.zones import today_in, zone_named
from attributes.catalogue.published import catalogue_of
from attributes.pages import form_page, sent

LISTED = 4
NAME_LENGTH = 60


@open_to_visitors
@require_safe
def annual(request: HttpRequest, code: str) -> HttpResponse:
    """What was promised, what became of it, what moved, what groups say, what is promised next, how sure it is."""
    assessment = results_for(request, code)
    rights = rights_in(assessment.process, request.user)
    document = _document(request, assessment)
    context = {
        "assessment": assessment,
        "process": assessment.process,
        "annual": annual_content(document),
        "document": document,
        "rights": rights,
        "may_choose": Right.EDIT_BOARD in rights,
        "may_request": Right.DOWNLOAD in rights and may_open(assessment, rights),
        "reports": _reports(request, assessment),
    }
    return render(request, "assessments/annual/annual.html", context)


@open_to_visitors
@require_safe
def annual_as_text(request: HttpRequest, code: str) -> HttpResponse:
    """The same as text to be copied into a report of one's own; without a script."""
    assessment = results_for(request, code)
    text = annual_text(_document(request, assessment))
    context = {"assessment": assessment, "process": assessment.process, "text": text, "rows": text.count("\n") + 1}
    return render(request, "assessments/annual/text.html", context)


@open_to_visitors
@require_safe
def annual_text_file(request: HttpRequest, code: str) -> HttpResponse:
    """The same text as a file."""
    assessment = results_for(request, code)
    return _file(assessment, annual_text(_document(request, assessment)).encode(), "text/plain; charset=utf-8", ".txt")


@open_to_visitors
@require_safe
def annual_data(request: HttpRequest, code: str) -> HttpResponse:
    """The document of the page as JSON: all that it is drawn from, and no more."""
    assessment = results_for(request, code)
    return _file(assessment, canonical_json(_document(request, assessment)), "application/json", ".json")


@require_http_methods(["GET", "HEAD", "POST"])
def annual_choices(request: HttpRequest, code: str) -> HttpResponse:
    """Title, year, foreword, promises and one comment: what the organiser chooses; all else is there by rule."""
    assessment = assessment_for(request, code, Right.EDIT_BOARD)
    stored = annual_page_of(assessment)
    form = AnnualPageForm(
        sent(request), stored=stored, actions=_named_actions(assessment), comments=_quotable(assessment)
    )

    def save() -> HttpResponse:
        version = form.cleaned_data["version"]
        save_annual_page(assessment=assessment, user=signed_in(request), version=version, **form.chosen())
        messages.success(request, _("The annual page has been saved."))
        return redirect("assessments:annual", assessment.code)

    context = {"assessment": assessment, "process": assessment.process}
    return taken_or_asked_again(form, save) or form_page(request, "assessments/annual/choices.html", form, context)


def _document(request: HttpRequest, assessment: Assessment) -> AnnualDocument:
    """The page as it stands, with the promises that the reader may know."""
    knows_all = Right.VIEW_ACTIONS in rights_in(assessment.process, request.user)
    today = today_in(zone_named(assessment.process.time_zone))
    return annual_document(assessment, _result(request, assessment), public_only=not knows_all, today=today)


def _result(request: HttpRequest, assessment: Assessment) -> ResultDocument:
    """The result that holds; a draft as it stands for those who work on it, for others what was frozen before."""
    if assessment.is_draft and may_open(assessment, rights_in(assessment.process, request.user)):
        return build_document(assessment)
    frozen = latest(assessment)
    if frozen is None:
        raise Http404
    return document_of(frozen)


def _reports(request: HttpRequest, assessment: Assessment) -> list[Report]:
    """The newest papers of this page as far as the reader may open them; without an account those that are ready."""
    found = Report.objects.listed_for(
        assessment.pk,
        readers=readers_for(assessment.process, request.user),
        drafts=assessment.is_draft,
        waiting=request.user.is_authenticated,
    )
    return list(found.filter(kind=ReportKind.ANNUAL)[:LISTED])


def _named_actions(assessment: Assessment) -> list[tuple[str, str]]:
    """The actions of the round before and of this one, by code, in the words of their pages."""
    earlier = earlier_round_of(assessment)
    then, now = actions_of(earlier) if earlier else [], actions_of(assessment)
    items = catalogue_of(assessment.question_set).items
    return [
        *((action.code, _("Last time: %(promise)s") % {"promise": name_of_part(action, items)}) for action in then),
        *((action.code, _("Now: %(promise)s") % {"promise": name_of_part(action, items)}) for action in now),
    ]


def _quotable(assessment: Assessment) -> list[PanelComment]:
    """The comments that their reader chose for everybody, with the name of their group, whose authors knew of it."""
    told = {"wave__assessment": assessment, "wave__tells_of_quotes": True, "chosen_for_public": True}
    found = PanelComment.objects.filter(**told, state=CommentState.SHOWN)
    return list(found.exclude(group=None).select_related("group").order_by("group__position", "pk"))


def _file(assessment: Assessment, content: bytes, content_type: str, ending: str) -> HttpResponse:
    name = hyphenated(assessment.process.name, NAME_LENGTH) or assessment.code
    stem = _("%(name)s-%(round)s-annual-page") % {"name": name, "round": assessment.round}
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, f"{stem}{ending}")
    response["X-Content-Type-Options"] = "nosniff"
    return response
