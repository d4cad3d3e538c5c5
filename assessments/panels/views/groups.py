"""The groups of a wave: all on one page before the launch; people and groups that come later; an address put right."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.exceptions import NotAllowed
from assessments.models import Wave, WaveGroup
from assessments.panels.group_forms import GroupForm
from assessments.panels.people_forms import AddPeopleForm, CorrectAddressForm, GroupRowForm, group_rows
from assessments.panels.services import adding
from assessments.panels.services.links import personal_links
from assessments.panels.services.setup import save_group, take_out
from assessments.panels.views.links import group_of, link_named
from assessments.panels.views.overview import too_late_page, wave_context, wave_of
from assessments.permissions import Right, panel_for, signed_in
from assessments.vocabulary import GroupMode
from attributes.exceptions import Refusal
from attributes.pages import OK, UNPROCESSABLE, form_page, refusals_lead_to, sent, taken


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:panel", "code")
def groups(request: HttpRequest, code: str) -> HttpResponse:
    """All groups of a wave that is being prepared: names, how they answer, how many people."""
    wave = wave_of(panel_for(request, code, Right.MANAGE_PANEL))
    rows = group_rows(sent(request), wave.groups.all())
    if not wave.is_preparing:
        typed = [line for row in rows for line in row.lines_not_stored()] if request.method == "POST" else []
        return too_late_page(request, wave, typed)
    wrong = [row for row in rows if not row.is_valid()] if request.method == "POST" else rows
    if not wrong and _saved(wave, rows):
        messages.success(request, _("The groups have been saved."))
        return redirect("assessments:panel-groups" if "more" in request.POST else "assessments:panel", code)
    context = wave_context(wave, rows=rows, problems=[row for row in rows if row.errors])
    status = UNPROCESSABLE if request.method == "POST" else OK
    return render(request, "assessments/panels/groups.html", context, status=status)


def _saved(wave: Wave, rows: list[GroupRowForm]) -> bool:
    """Save all lines of the table or, with what is wrong said at its line, none."""
    with transaction.atomic():
        for row in rows:
            if row.is_left_empty or row.is_as_drawn or _is_there(wave, row) or row.refuse_clash():
                continue
            try:
                save_group(wave=wave, fields=row.after(), group=row.group)
            except Refusal as refusal:
                for name, words in (refusal.errors or {"name": refusal.message}).items():
                    row.add_error("way" if name == "link_kind" else name, words)
        is_saved = not any(row.errors for row in rows)
        transaction.set_rollback(not is_saved)
    return is_saved


def _is_there(wave: Wave, row: GroupRowForm) -> bool:
    """Whether a new line was stored already, by the first of two clicks."""
    if row.group is not None:
        return False
    after = row.after()
    there = WaveGroup.objects.filter(wave=wave, name=after["name"], mode=after["mode"], link_kind=after["link_kind"])
    invited = {after["invited"], 1} if after["mode"] == GroupMode.ON_RECORD else {after["invited"]}
    return there.filter(invited__in=invited).exists()


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:panel", "code")
def group_add(request: HttpRequest, code: str) -> HttpResponse:
    """Add a group: before the launch, or while the wave is open."""
    wave = wave_of(panel_for(request, code, Right.MANAGE_PANEL))
    if not wave.is_preparing and not wave.takes_new:
        raise NotAllowed(_("Groups can be added before the launch and while the wave is open."))
    form = GroupForm(sent(request))

    def save() -> HttpResponse:
        if wave.is_preparing:
            saved = save_group(wave=wave, fields=form.after())
            messages.success(request, _("“%(group)s” has been saved.") % {"group": saved.name})
            return redirect("assessments:panel", code)
        saved = adding.add_group(wave=wave, user=signed_in(request), fields=form.after())
        messages.success(request, _("“%(group)s” is asked from now on. Invite its people.") % {"group": saved.name})
        return redirect("assessments:panel-links", code, saved.pk)

    return taken(form, save, at="name") or form_page(
        request, "assessments/panels/group.html", form, wave_context(wave, group=None)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:panel", "code")
def add_people(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """More people of a group that is being asked."""
    group = _asked(request, code, pk)
    form = AddPeopleForm(sent(request), group=group)

    def save() -> HttpResponse:
        adding.raise_number(group=group, user=signed_in(request), **form.cleaned_data)
        messages.success(request, _("From today %(number)s people are invited.") % {"number": group.invited})
        return redirect("assessments:panel-links", code, pk)

    context = wave_context(group.wave, group=group)
    return taken(form, save) or form_page(request, "assessments/panels/add_people.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:panel-links", "code", "pk")
def correct_address(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Put an address right: another link goes to the right one, whatever became of the one before."""
    group = _asked(request, code, pk)
    link = link_named(request, group)
    if link is None or not link.email or link.is_revoked:
        raise NotAllowed(_("This link has no address to correct."))
    form = CorrectAddressForm(sent(request), initial={"email": link.email})

    def save() -> HttpResponse:
        email = form.cleaned_data["email"]
        root = request.build_absolute_uri("/")
        made = adding.correct_address(group=group, link=link, user=signed_in(request), email=email, root=root)
        messages.success(request, _("The mail to %(email)s is on its way.") % {"email": made.email})
        return redirect("assessments:panel-links", code, pk)

    context = wave_context(group.wave, group=group, link=link)
    return taken(form, save, at="email") or form_page(request, "assessments/panels/correct.html", form, context)


def _asked(request: HttpRequest, code: str, pk: int) -> WaveGroup:
    """A group of a wave that takes people; refused of others."""
    group = group_of(request, code, pk)
    if not group.wave.takes_new:
        raise NotAllowed(_("The closing date has passed.") if group.wave.is_open else _("This wave is not open."))
    return group


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:panel", "code")
def take_people_out(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take one person, or all, out of the list of a group before the launch, after asking."""
    wave = wave_of(panel_for(request, code, Right.MANAGE_PANEL))
    if not wave.is_preparing:
        raise NotAllowed(_("The wave has been launched: revoke the link instead."))
    group = get_object_or_404(WaveGroup, wave=wave, pk=pk)
    group.wave = wave
    link = link_named(request, group)
    if request.method == "POST":
        take_out(group=group, link=link)
        messages.success(request, _("Taken out of the list."))
        return redirect("assessments:panel-links", code, pk)
    listed = personal_links(group).count()
    context = wave_context(wave, group=group, link=link, listed=listed)
    return render(request, "assessments/panels/take_out.html", context)
