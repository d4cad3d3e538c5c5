"""A process: list, description, create, edit, delete."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.exceptions import Conflict
from assessments.models import Assessment, FrozenResult, Membership, Process, PublicRecord, Wave
from assessments.pages import paged
from assessments.permissions import Right, may_open, open_to_visitors, process_for, rights_in, signed_in
from assessments.processes.forms.process import DeleteProcessForm, ProcessFilterForm, ProcessForm
from assessments.processes.lists import listed, process_rows, tags_of
from assessments.processes.services.process import create_process, delete_process, edit_process, losses
from assessments.processes.views.background import fit_of
from assessments.rounds.forms import StartForm
from assessments.rounds.services.start import set_of, sets_to_start_with
from assessments.vocabulary import AssessmentState
from attributes.pages import CONFLICT, form_page, sent, taken

PAGE = 20


@require_safe
def process_list(request: HttpRequest) -> HttpResponse:
    """The processes the user may see, a page at a time. Not counted: that would read them all."""
    user = signed_in(request)
    form = ProcessFilterForm(request.GET, tags=tags_of(user))
    form.is_valid()  # what is not in the lists narrows nothing
    wanted = form.cleaned_data
    processes = Process.objects.visible_to(user).narrowed(
        user,
        text=wanted.get("q", ""),
        role=wanted.get("role", ""),
        state=wanted.get("state", ""),
        tag=wanted.get("tag", ""),
    )
    page = paged(request, listed(processes).order_by("name", "pk"), PAGE)
    context = {
        "form": form,
        "wanted": wanted,
        "rows": process_rows(page.rows, user),
        "is_filtered": any(wanted.values()),
        **page.context,
    }
    return render(request, "assessments/processes/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def process_create(request: HttpRequest) -> HttpResponse:
    """Describe a new process."""
    form = ProcessForm(sent(request))

    def create() -> HttpResponse:
        process = create_process(user=signed_in(request), fields=form.described())
        messages.success(request, _("“%(name)s” has been created.") % {"name": process.name})
        return redirect("assessments:process-detail", process.code)

    return taken(form, create) or form_page(request, "assessments/processes/form.html", form)


@require_http_methods(["GET", "HEAD", "POST"])
def process_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Edit the description; show both versions if somebody else did so as well."""
    process = process_for(request, code, Right.EDIT_PROCESS)
    form = ProcessForm(sent(request), process=process)

    def edit() -> HttpResponse:
        version = form.cleaned_data["version"]
        edit_process(process=process, user=signed_in(request), version=version, fields=form.described())
        messages.success(request, _("The description has been saved."))
        return redirect("assessments:process-detail", process.code)

    try:
        return taken(form, edit) or form_page(request, "assessments/processes/form.html", form, {"process": process})
    except Conflict as conflict:
        clashes = form.clashes_with(conflict.current)
        # The next save is meant to replace what the page now shows.
        form.data = data = request.POST.copy()
        data["version"] = str(conflict.current.version)
        context = {"process": process, "form": form, "conflict": conflict.message, "clashes": clashes}
        return render(request, "assessments/processes/form.html", context, status=CONFLICT)


@open_to_visitors
@require_safe
def process_detail(request: HttpRequest, code: str) -> HttpResponse:
    """A process with its context and its rounds, as far as the person may see them."""
    process = process_for(request, code, Right.VIEW_PROCESS)
    rights = rights_in(process, request.user)
    visible = Assessment.objects.visible_to(request.user).filter(process=process)
    waves = Exists(Wave.objects.filter(assessment=OuterRef("pk")))
    results = Exists(FrozenResult.objects.filter(assessment=OuterRef("pk")))
    found = visible.with_question_set().annotate(has_wave=waves, has_result=results)
    rounds: list[Any] = list(found.order_by("-round", "-pk"))
    members = (
        list(Membership.objects.filter(process=process).select_related("user").order_by("pk")[:6])
        if Right.VIEW_MEMBERS in rights
        else []
    )
    has_draft = any(assessment.state == AssessmentState.DRAFT for assessment in rounds)
    may_start = Right.START_ASSESSMENT in rights and not has_draft
    catalogue_set = set_of(process)
    context = {
        "process": process,
        "rights": rights,
        "rounds": [(assessment, may_open(assessment, rights)) for assessment in rounds],
        # What was promised and what became of it: the newest page that says so.
        "annual_of": next((row for row in rounds if row.is_submitted and may_open(row, rights)), None),
        "has_over_time": sum(assessment.has_result for assessment in rounds) > 1,
        "kind_changes": list(process.kind_changes.all()),
        "groups": process.groups.all(),
        "goals": process.goals.all(),
        "fit": fit_of(process, catalogue_set),
        # Before a round is started nobody has chosen the questions, and so not what they are about.
        "resource_default": catalogue_set.resource_default if catalogue_set and rounds else {},
        "members": members[:5],
        "has_more_members": len(members) > 5,
        "start_form": StartForm(question_sets=sets_to_start_with()) if may_start and not rounds else None,
        "may_start_next": may_start and bool(rounds),
    }
    return render(request, "assessments/processes/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def process_delete(request: HttpRequest, code: str) -> HttpResponse:
    """Say what would be lost, and delete the process once its name was typed."""
    process = process_for(request, code, Right.DELETE_PROCESS)
    form = DeleteProcessForm(sent(request), process=process)

    def delete() -> HttpResponse:
        name = process.name
        delete_process(process=process, user=signed_in(request))
        messages.success(request, _("“%(name)s” and everything in it has been deleted.") % {"name": name})
        return redirect("home")

    if done := taken(form, delete):
        return done
    published = list(PublicRecord.objects.of_process(process))
    context = {"process": process, "losses": losses(process), "published": published}
    return form_page(request, "assessments/processes/delete.html", form, context)
