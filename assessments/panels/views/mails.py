"""The mails of a wave: what goes out by itself, what each says, and reminding or thanking everybody now."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.exceptions import NotAllowed
from assessments.models import Wave, WaveGroup, WaveMailText
from assessments.panels.mail_forms import MailPlanForm, MailTextForm
from assessments.panels.mailing import link_placeholder, writer_for, written
from assessments.panels.mails_shown import forwarded, mailed_groups, mails_context
from assessments.panels.services import mails as services
from assessments.panels.services.mail_days import try_again
from assessments.panels.services.mail_texts import save_mail_text, send_test
from assessments.panels.views.overview import seen_form_page, wave_context, wave_of
from assessments.permissions import Right, panel_for, signed_in
from assessments.vocabulary import GroupMode, MailKind
from attributes.pages import refusals_lead_to, sent, whole_number
from attributes.texts import direction, language_name


@dataclass(frozen=True)
class MailInLanguage:
    """A kind of mail in one language of the wave; `is_own`: the organiser has written something of it."""

    code: str
    name: str
    is_own: bool


def _wave(request: HttpRequest, code: str) -> Wave:
    return wave_of(panel_for(request, code, Right.MANAGE_PANEL))


def _root(request: HttpRequest) -> str:
    return request.build_absolute_uri("/")


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:panel-mails", "code")
def mails(request: HttpRequest, code: str) -> HttpResponse:
    """What goes out by itself, what was sent, and the texts in each language; POST plans."""
    wave = _wave(request, code)
    form = MailPlanForm(sent(request), wave=wave, plan=services.plan_of(wave))

    def save() -> HttpResponse:
        seen, root = form.seen_marks(), _root(request)
        services.save_plan(wave=wave, user=signed_in(request), root=root, seen=seen, **form.changed(form.names))
        messages.success(request, _("The plan has been saved."))
        return redirect("assessments:panel-mails", code)

    own = set(WaveMailText.objects.filter(wave=wave).values_list("kind", "language"))
    texts = [
        (kind, [MailInLanguage(one, language_name(one), (kind.value, one) in own) for one in wave.languages])
        for kind in MailKind
    ]
    context = {**wave_context(wave, texts=texts, groups=mailed_groups(wave)), **mails_context(wave)}
    page = "assessments/panels/mails.html"
    return seen_form_page(request, page, form, save, lambda: form.changed(form.names), context)


@require_http_methods(["GET", "HEAD", "POST"])
def mail_text(request: HttpRequest, code: str, kind: str, language: str) -> HttpResponse:
    """A mail as it will be read, with what the organiser may write of it; POST saves, resets, or sends a test."""
    wave = _wave(request, code)
    groups = list(wave.groups.all())
    if kind not in MailKind.values or language not in wave.languages or not groups:
        raise Http404
    mail = MailKind(kind)
    group = _chosen(request, groups)
    group.wave = wave
    stored = WaveMailText.objects.filter(wave=wave, kind=mail, language=language).first()
    here = redirect("assessments:panel-mail-text", code, kind, language)
    if group != groups[0]:
        here["Location"] += f"?group={group.pk}"
    user = signed_in(request)
    if request.POST.get("do") == "test":
        _test(request, group, mail, language)
        return here
    form = MailTextForm(None if request.POST.get("do") == "reset" else sent(request), stored=stored)

    def save(fields: Mapping[str, str], seen: Mapping[str, str] | None = None) -> HttpResponse:
        saved = save_mail_text(wave=wave, user=user, kind=mail, language=language, seen=seen, **fields)
        messages.success(request, _("The text has been saved.") if saved else _("The usual text is used."))
        return here

    if request.POST.get("do") == "reset":
        return save({"subject": "", "opening": ""})
    context = wave_context(
        wave,
        groups=groups,
        group=group,
        kind=mail,
        language=MailInLanguage(language, language_name(language), stored is not None),
        direction=direction(language),
        mail=written(writer_for(group, _root(request)), link_placeholder(language), mail, language),
        others=[(one, language_name(one)) for one in wave.languages if one != language],
    )
    page = "assessments/panels/mail_text.html"
    return seen_form_page(request, page, form, lambda: save(form.written(), form.seen_marks()), form.written, context)


def _chosen(request: HttpRequest, groups: list[WaveGroup]) -> WaveGroup:
    """The group that the address names; the first where it names none."""
    named = whole_number(request.GET.get("group", "")) if request.GET.get("group") else groups[0].pk
    found = next((group for group in groups if group.pk == named), None)
    if found is None:
        raise Http404
    return found


def _test(request: HttpRequest, group: WaveGroup, kind: MailKind, language: str) -> None:
    user = signed_in(request)
    try:
        send_test(group=group, user=user, kind=kind, root=_root(request), language=language)
    except NotAllowed as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("A test mail to %(email)s is on its way.") % {"email": user.email})


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:panel-mails", "code")
def remind_all(request: HttpRequest, code: str) -> HttpResponse:
    """Remind those of all groups who have not answered, after saying how many were invited in each."""
    wave = _wave(request, code)
    if not wave.takes_new:
        messages.error(request, _("No more answers are taken: nobody is reminded."))
        return redirect("assessments:panel-mails", code)
    if request.method == "POST":
        services.remind_all(wave=wave, user=signed_in(request), root=_root(request))
        messages.success(request, _("Reminders are on their way to those who have not answered yet."))
        return redirect("assessments:panel-mails", code)
    groups = mailed_groups(wave)
    context = wave_context(wave, groups=groups, to_remind=[found for found in groups if not found.reminded_today])
    return render(request, "assessments/panels/remind_all.html", context)


@require_POST
@refusals_lead_to("assessments:panel-mails", "code")
def thank(request: HttpRequest, code: str) -> HttpResponse:
    """Thank everybody who was invited by e-mail, now."""
    services.thank_now(wave=_wave(request, code), user=signed_in(request), root=_root(request))
    messages.success(request, _("The thank-you is on its way to everybody who was invited."))
    return redirect("assessments:panel-mails", code)


@require_POST
@refusals_lead_to("assessments:panel-mails", "code")
def send_mails_again(request: HttpRequest, code: str) -> HttpResponse:
    """Send reminders and thank-yous to those whom the mail server did not reach, now."""
    try_again(wave=_wave(request, code), root=_root(request))
    messages.success(request, _("The mails are on their way once more. This page says if the server is still away."))
    return redirect("assessments:panel-mails", code)


@require_safe
def forward(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Texts to pass on in a list or a chat, in each language of the wave: for open links, and for links handed out."""
    wave = _wave(request, code)
    # One person files for a group on the record: there is nobody else to write to.
    group = get_object_or_404(WaveGroup, wave=wave, pk=pk, mode=GroupMode.INDIVIDUAL)
    group.wave = wave
    context = wave_context(wave, group=group, texts=forwarded(group))
    return render(request, "assessments/panels/forward.html", context)
