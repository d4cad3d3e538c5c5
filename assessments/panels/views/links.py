"""Links to questionnaires of one group: mail them, hand them out, print them, take them back.

No page of these shows whose link was used. Tokens are shown in the one answer that follows their making.
"""

import csv
from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.models import PanelLink, WaveGroup
from assessments.pages import paged
from assessments.panels.link_forms import HandOutForm, InviteRespondentsForm
from assessments.panels.mails_shown import forwarded
from assessments.panels.qr import Card, card_of
from assessments.panels.services import links as services
from assessments.panels.services.mails import remind
from assessments.panels.short_codes import printed
from assessments.panels.views.links_asked import LinksAsked
from assessments.panels.views.overview import group_row, wave_of
from assessments.permissions import Right, panel_for, signed_in
from assessments.vocabulary import LinkKind, WaveState
from assessments.wording import speaking
from assessments.wording.saying import names_of
from attributes.pages import OK, UNPROCESSABLE, refusals_lead_to, taken, whole_number
from attributes.texts import language_name

PAGE = 50
SHORT = 10  # links that need no search
GOOD = "good"  # of a list of addresses, those that are in order


def group_of(request: HttpRequest, code: str, pk: int) -> WaveGroup:
    """The group of the latest wave, with wave, assessment and process; or 404 or 403."""
    wave = wave_of(panel_for(request, code, Right.MANAGE_PANEL))
    group = get_object_or_404(WaveGroup, wave=wave, pk=pk)
    group.wave = wave
    return group


def _root(request: HttpRequest) -> str:
    return request.build_absolute_uri("/")


def _to_links(group: WaveGroup) -> HttpResponse:
    return redirect("assessments:panel-links", group.wave.assessment.code, group.pk)


def link_named(request: HttpRequest, group: WaveGroup) -> PanelLink | None:
    """The link that a form or an address names; None where it names none, 404 where there is no such link."""
    named = request.POST.get("link") or request.GET.get("link") or ""
    if not named:
        return None
    return get_object_or_404(PanelLink, group=group, is_test=False, pk=whole_number(named) or 0)


def _page(
    request: HttpRequest,
    group: WaveGroup,
    *,
    invite: InviteRespondentsForm | None = None,
    handing: HandOutForm | None = None,
) -> HttpResponse:
    wave = group.wave
    personal = services.personal_links(group)
    made = personal.count()
    is_personal = group.link_kind == LinkKind.PERSONAL
    asked = LinksAsked.of(request)
    page = paged(request, asked.among(personal) if is_personal else personal.none(), PAGE, asked.kept)
    numbers = {pk: number for number, pk in enumerate(personal.values_list("pk", flat=True), 1)} if made else {}
    left = services.left_to_invite(group)
    failed = personal.filter(is_revoked=False).exclude(email="").exclude(failure="").count()
    context = {
        "assessment": wave.assessment,
        "process": wave.assessment.process,
        "wave": wave,
        "group": group,
        "row": group_row(wave, group),
        "is_personal": is_personal,
        "links": [(numbers[link.pk], link, _language(link)) for link in page.rows],
        "asked": asked,
        "is_long": made > SHORT,
        "made": made,
        "left": left,
        "waiting": personal.filter(is_revoked=False, sent_on=None, failure="").exclude(email="").count(),
        "failed": failed,
        "mailed": personal.filter(is_revoked=False).exclude(email="").exclude(sent_on=None).exists(),
        "open_link": PanelLink.objects.filter(group=group, is_open_link=True).first(),
        "reminded_today": group.reminded_on == wave.today,
        "invite": invite or InviteRespondentsForm(),
        "handing": handing or HandOutForm(initial={"number": min(left, services.MAX_HANDED_OUT) or 1, "made": made}),
        "form": invite or handing,
        "good": _number_of_good(group, invite),
        "most": services.MAX_HANDED_OUT,
        "learns_of_bounces": bool(settings.BOUNCE_MAILBOX or settings.BOUNCE_WEBHOOK_SECRET),
        **page.context,
    }
    refused = invite is not None or handing is not None
    return render(request, "assessments/panels/links.html", context, status=UNPROCESSABLE if refused else OK)


def _language(link: PanelLink) -> str:
    return language_name(link.language) if link.language else ""


def _number_of_good(group: WaveGroup, invite: InviteRespondentsForm | None) -> int:
    """How many of the addresses that were sent could be invited, where others could not."""
    found = services.sorted_out(group, str(invite.data.get("addresses", "")) if invite else "")
    return len(found.good) if found.problems else 0


@require_safe
def links(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The links of a group: what was sent where, never who used theirs. Before the launch, who is listed."""
    return _page(request, group_of(request, code, pk))


def _too_early(request: HttpRequest, group: WaveGroup) -> HttpResponse | None:
    """Back to the wave, while it is being prepared: there are no links yet to show a form beside."""
    if not group.wave.is_preparing:
        return None
    messages.error(request, _("Links can be made once the wave has been launched."))
    return redirect("assessments:panel", group.wave.assessment.code)


@require_POST
@refusals_lead_to("assessments:panel", "code")
def send(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Invite by e-mail."""
    group = group_of(request, code, pk)
    if early := _too_early(request, group):
        return early
    form = InviteRespondentsForm(request.POST)

    def invite() -> HttpResponse:
        number = services.invite_by_mail(
            group=group,
            user=signed_in(request),
            text=form.cleaned_data["addresses"],
            root=_root(request),
            without_the_rest=request.POST.get("only") == GOOD,
        )
        text = ngettext("%(number)s mail is on its way.", "%(number)s mails are on their way.", number)
        messages.success(request, text % {"number": number})
        return _to_links(group)

    return taken(form, invite) or _page(request, group, invite=form)


@require_POST
@refusals_lead_to("assessments:panel-links", "code", "pk")
def again(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Send the mail to one address again, or all that failed."""
    group = group_of(request, code, pk)
    link, user, root = link_named(request, group), signed_in(request), _root(request)
    services.send_again(group=group, user=user, link=link, root=root)
    done = _("The mail to %(email)s is on its way.") % {"email": link.email} if link else _("They are on their way.")
    messages.success(request, done)
    return _to_links(group)


@require_POST
@refusals_lead_to("assessments:panel-links", "code", "pk")
def undeliverable(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Note that a mail came back."""
    group = group_of(request, code, pk)
    link = link_named(request, group)
    if link is not None:
        services.mark_undeliverable(group=group, link=link)
        messages.success(request, _("%(email)s is marked as undeliverable.") % {"email": link.email})
    return _to_links(group)


@require_POST
@refusals_lead_to("assessments:panel-links", "code", "pk")
def reminder(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Remind those who have not answered, without saying who or how many they are."""
    group = group_of(request, code, pk)
    remind(group=group, user=signed_in(request), root=_root(request))
    messages.success(request, _("Reminders are on their way to those who have not answered yet."))
    return _to_links(group)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:panel-links", "code", "pk")
def revoke_links(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Make one link stop working, or all of the group, after asking."""
    group = group_of(request, code, pk)
    link = link_named(request, group)
    if group.wave.state != WaveState.OPEN:
        messages.error(request, _("This wave is not open."))
        return redirect("assessments:panel", code)
    if request.method == "POST":
        services.revoke(group=group, user=signed_in(request), link=link)
        done = _("The link no longer works.") if link else _("No link of this group works any more.")
        messages.success(request, done)
        return _to_links(group)
    number = services.personal_links(group).filter(pk__lte=link.pk).count() if link else 0
    context = {
        "assessment": group.wave.assessment,
        "process": group.wave.assessment.process,
        "group": group,
        "link": link,
        "number": number,
    }
    return render(request, "assessments/panels/revoke.html", context)


@require_POST
def cards(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Make links to hand out, and show them the one time: as a list, a file, or cards to print."""
    group = group_of(request, code, pk)
    if early := _too_early(request, group):
        return early
    form = HandOutForm(request.POST)

    def hand_out() -> HttpResponse:
        made = services.hand_out(group=group, user=signed_in(request), **form.cleaned_data)
        if request.POST.get("as") == "csv":
            return _csv(request, group, made)
        return _show(request, group, made, is_list=request.POST.get("as") == "list")

    return taken(form, hand_out, at="number") or _page(request, group, handing=form)


@require_POST
@refusals_lead_to("assessments:panel-links", "code", "pk")
def open_link(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Make the one open link of a group, or another in its place, and show it the one time."""
    group = group_of(request, code, pk)
    link = services.make_open_link(group=group, user=signed_in(request))
    return _show(request, group, [link], is_list=False)


def _address(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("assessments:respond-link", args=[token]))


def _typing_address(request: HttpRequest) -> str:
    """Where a code is typed, without what nobody has to type."""
    return request.build_absolute_uri(reverse("assessments:type-code")).partition("://")[2].rstrip("/")


def _show(request: HttpRequest, group: WaveGroup, found: Sequence[services.NewLink], *, is_list: bool) -> HttpResponse:
    made: list[Card] = [
        card_of(link.number, _address(request, link.token), with_code=not is_list, typed=printed(link.code))
        for link in found
    ]
    wave = group.wave
    context = {
        "assessment": wave.assessment,
        "process": wave.assessment.process,
        "wave": wave,
        "group": group,
        "cards": made,
        "is_list": is_list,
        "drawn": SafeString("") if is_list else _drawn(request, group, made),
        "texts": forwarded(group, _address(request, found[0].token)) if group.link_kind == LinkKind.OPEN else [],
    }
    return render(request, "assessments/panels/cards.html", context)


def _drawn(request: HttpRequest, group: WaveGroup, made: Sequence[Card]) -> SafeString:
    """The cards, in the language that was chosen for those who get them."""
    asked = request.POST.get("language", "")
    language = asked if asked in group.wave.languages else group.wave.first_language
    with speaking(language):
        context = {
            "cards": made,
            "group": group,
            "wave": group.wave,
            "names": names_of(group.wave, language, group),
            "typing_address": _typing_address(request),
            "results_address": request.build_absolute_uri(
                reverse("assessments:respond-results", args=[group.wave.code])
            ),
            "card_language": get_language(),
        }
        return SafeString(render_to_string("assessments/panels/_cards.html", context))


def _csv(request: HttpRequest, group: WaveGroup, found: Sequence[services.NewLink]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="links-{group.wave.assessment.code}-{group.pk}.csv"'
    writer = csv.writer(response)
    writer.writerow([_("Number"), _("Link"), _("Code")])
    writer.writerows([link.number, _address(request, link.token), printed(link.code)] for link in found)
    return response
