"""Before a wave is launched: prepare, settings, groups, test run, launch, discard."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.models import Wave, WaveGroup
from assessments.models.panel import current_wave
from assessments.panels.forms import WaveForm
from assessments.panels.group_forms import GroupForm
from assessments.panels.mails_shown import mails_context
from assessments.panels.services import setup as services
from assessments.panels.services.as_before import prepare_as_before
from assessments.panels.services.people import waiting_people
from assessments.panels.services.waves import prepare_wave
from assessments.panels.two_forms import two_forms
from assessments.panels.views.overview import (
    launched_already,
    seen_form_page,
    too_late_page,
    wave_context,
    wave_of,
)
from assessments.panels.wave_texts import unsaid
from assessments.permissions import Right, comment_readers, panel_for, signed_in
from attributes.catalogue.published import catalogue_of
from attributes.pages import OK, UNPROCESSABLE, refusals_lead_to, sent


@require_POST
@refusals_lead_to("assessments:panel", "code")
def prepare(request: HttpRequest, code: str) -> HttpResponse:
    """Start preparing a wave, as in the round before if that is wanted.

    A second click finds the one that was prepared by the first.
    """
    assessment = panel_for(request, code, Right.MANAGE_PANEL)
    found = current_wave(assessment)
    if found is None or not found.is_preparing:
        if "as_before" in request.POST:
            left_out = prepare_as_before(assessment=assessment, user=signed_in(request))
            messages.success(
                request, _("Prepared as last time, without links and dates. Change what is different now.")
            )
            for words in left_out:
                messages.warning(request, words)
            return redirect("assessments:panel", code)
        prepare_wave(assessment=assessment, user=signed_in(request))
    return redirect("assessments:panel-setup", code)


def _preparing(request: HttpRequest, code: str) -> Wave:
    """The wave that is being prepared; refused where it has been launched."""
    wave = wave_of(panel_for(request, code, Right.MANAGE_PANEL))
    if not wave.is_preparing:
        raise launched_already()
    return wave


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:panel", "code")
def setup(request: HttpRequest, code: str) -> HttpResponse:
    """What holds for all groups."""
    wave = wave_of(panel_for(request, code, Right.MANAGE_PANEL))
    form = WaveForm(sent(request), wave=wave)
    if not wave.is_preparing:
        rows = form.not_stored({name: getattr(wave, name) for name in services.SETTINGS}) if form.is_bound else []
        return too_late_page(request, wave, rows)

    def save() -> HttpResponse:
        fields = form.changed(services.SETTINGS)
        services.save_settings(wave=wave, fields=fields, user=signed_in(request), seen=form.seen_marks())
        messages.success(request, _("The settings have been saved."))
        return redirect("assessments:panel", code)

    context = wave_context(wave, forms=two_forms(wave))
    page = "assessments/panels/setup.html"
    return seen_form_page(request, page, form, save, lambda: form.changed(services.SETTINGS), context)


@require_safe
def forms_compared(request: HttpRequest, code: str) -> HttpResponse:
    """The full and the short form side by side: how long they take, what is asked, what is lost."""
    wave = wave_of(panel_for(request, code, Right.MANAGE_PANEL))
    resource = wave.assessment.process.resource or catalogue_of(wave.assessment.question_set).resource_default
    context = wave_context(wave, forms=two_forms(wave), resource=resource)
    return render(request, "assessments/panels/forms.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:panel", "code")
def group(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Change a group."""
    wave = wave_of(panel_for(request, code, Right.MANAGE_PANEL))
    found = get_object_or_404(WaveGroup, wave=wave, pk=pk)
    form = GroupForm(sent(request), group=found)
    if not wave.is_preparing:
        fields = {name: getattr(found, name) for name in (*services.GROUP_FIELDS, *services.MORE_OF_GROUP)}
        return too_late_page(request, wave, form.not_stored(fields) if form.is_bound else [])

    def save() -> HttpResponse:
        saved = services.save_group(wave=wave, fields=form.after(), group=found, seen=form.seen_marks())
        messages.success(request, _("“%(group)s” has been saved.") % {"group": saved.name})
        return redirect("assessments:panel", code)

    context = wave_context(wave, group=found)
    return seen_form_page(request, "assessments/panels/group.html", form, save, form.after, context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:panel", "code")
def group_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a group out, after asking."""
    wave = _preparing(request, code)
    found = get_object_or_404(WaveGroup, wave=wave, pk=pk)
    if request.method == "POST":
        services.remove_group(group=found)
        messages.success(request, _("“%(group)s” is not asked.") % {"group": found.name})
        return redirect("assessments:panel", code)
    return render(request, "assessments/panels/group_remove.html", wave_context(wave, group=found))


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:panel", "code")
def discard(request: HttpRequest, code: str) -> HttpResponse:
    """Give up a wave that was not launched, after asking."""
    wave = _preparing(request, code)
    if request.method == "POST":
        services.discard_wave(wave=wave, user=signed_in(request))
        messages.success(request, _("The wave has been discarded."))
        return redirect("assessments:panel", code)
    return render(request, "assessments/panels/discard.html", wave_context(wave))


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:panel", "code")
def test_run(request: HttpRequest, code: str) -> HttpResponse:
    """Answer as a respondent would: the page that says what a test run is, then a link like theirs."""
    wave = _preparing(request, code)
    groups = list(wave.groups.all())
    problem = ""
    if request.method == "POST":
        chosen = next((found for found in groups if str(found.pk) == request.POST.get("group")), None)
        if chosen is not None:
            chosen.wave = wave
            return redirect("assessments:respond-link", services.start_test(group=chosen))
        problem = _("Choose the group to answer for")
    first = groups[0].pk if groups and not problem else None
    context = wave_context(wave, groups=groups, problem=problem, chosen=first)
    return render(request, "assessments/panels/test.html", context, status=UNPROCESSABLE if problem else OK)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:panel-launch", "code")
def launch(request: HttpRequest, code: str) -> HttpResponse:
    """Say what launching means and what is missing, then do it. A second click leads to the open wave."""
    wave = wave_of(panel_for(request, code, Right.MANAGE_PANEL))
    if not wave.is_preparing:
        return redirect("assessments:panel", code)
    if request.method == "POST":
        root = request.build_absolute_uri("/")
        listed = waiting_people(wave)
        all_queued = services.launch_prepared(wave=wave, user=signed_in(request), root=root)
        messages.success(request, _launched(listed))
        if not all_queued:
            messages.warning(request, _("More mails wait than may be sent in a day. Send them from the groups later."))
        return redirect("assessments:panel", code)
    groups = list(wave.groups.all())
    context = wave_context(
        wave,
        groups=groups,
        may_manage=True,
        unsaid=unsaid(wave, groups),
        missing=services.missing_for_launch(wave),
        listed=waiting_people(wave),
        **mails_context(wave),
        few=len(groups) < 3,
        reader_names=[str(reader) for reader in comment_readers(wave)] if wave.asks_comments else [],
    )
    return render(request, "assessments/panels/launch.html", context)


def _launched(listed: int) -> str:
    if not listed:
        return _("The wave is open. Invite the people in each group.")
    words = ngettext(
        "The wave is open. The mail to the person who is listed goes out now.",
        "The wave is open. The mails to the %(number)s people who are listed go out now.",
        listed,
    )
    return words % {"number": listed}
