"""Replies of stakeholder groups: asked for, filed by a personal link, entered, answered, and taken off the page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import visitor_limits
from assessments.exceptions import NotAllowed
from assessments.models import GroupReply, PublicRecord
from assessments.permissions import signed_in
from assessments.records.access import RecordRole, record_for
from assessments.records.forms import AnswerReplyForm, AskGroupForm, DecideReplyForm, EnteredReplyForm, ReplyForm
from assessments.records.limits import too_many
from assessments.records.page import record_parts
from assessments.records.reading import document_of, refuse_where_switched_off, replies_to, version_for
from assessments.records.services.replies import (
    answer_reply,
    decide_on_reply,
    enter_reply,
    file_reply,
    invitation_of,
    invite_group,
    send_reply_invitation,
)
from assessments.vocabulary import ReplyState
from attributes.pages import form_page, refusals_lead_to, sent, taken

GONE = 410


def _groups(record: PublicRecord) -> list[str]:
    """The groups that are named in the newest version; none of one that was withdrawn."""
    if record.is_withdrawn:
        return []
    version = version_for(record.number)
    return list(record_parts(version.digest, lambda: document_of(version)).groups)


def _silent(record: PublicRecord) -> list[str]:
    """The groups that have not replied."""
    replied = set(record.replies.values_list("group", flat=True))
    return [group for group in _groups(record) if group not in replied]


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def record_reply_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page that the personal link of a group leads to."""
    refuse_where_switched_off()
    invitation = invitation_of(token)
    if invitation is None:
        if visitor_limits.exceeded(request, visitor_limits.UNKNOWN_LINKS):
            return too_many(request)
        visitor_limits.count(request, visitor_limits.UNKNOWN_LINKS)
        raise Http404
    record = invitation.record
    if record.is_withdrawn or not invitation.is_open:
        context = {"record": record, "invitation": invitation}
        return render(request, "assessments/records/reply_over.html", context, status=GONE)
    form = ReplyForm(sent(request))

    def write() -> HttpResponse:
        file_reply(
            invitation=invitation,
            text=form.cleaned_data["text"],
            filed_by=form.cleaned_data["filed_by"],
            capacity=form.cleaned_data["capacity"],
        )
        messages.success(request, _("The reply is on the record. Thank you."))
        return redirect(f"{reverse('assessments:record', args=[record.number])}#replies")

    context = {"record": record, "invitation": invitation}
    try:
        return taken(form, write) or form_page(request, "assessments/records/reply.html", form, context)
    except NotAllowed as refused:
        messages.error(request, refused.message)
        return redirect("assessments:record", record.number)


@require_safe
def record_replies(request: HttpRequest, number: str) -> HttpResponse:
    """What groups replied, and what can be done about it, for those who look after the record."""
    record, roles = record_for(request, number, *RecordRole)
    return _replies_page(request, record, roles, AskGroupForm(groups=_silent(record)))


def _replies_page(
    request: HttpRequest, record: PublicRecord, roles: frozenset[RecordRole], form: AskGroupForm
) -> HttpResponse:
    context = {
        "record": record,
        "roles": roles,
        "replies": replies_to(record),
        "asked": list(record.reply_invitations.filter(used_at=None)),
        "silent": _silent(record),
    }
    return form_page(request, "assessments/records/replies.html", form, context)


@require_POST
@refusals_lead_to("assessments:record-replies", "number")
def record_reply_ask(request: HttpRequest, number: str) -> HttpResponse:
    """Mail the contact of a group a personal link."""
    record, roles = record_for(request, number, RecordRole.PUBLISHER)
    groups = _silent(record)
    form = AskGroupForm(request.POST, groups=groups)

    def write() -> HttpResponse:
        user = signed_in(request)
        invitation, token = invite_group(
            record=record,
            user=user,
            group=form.cleaned_data["group"],
            email=form.cleaned_data["email"],
            groups=groups,
        )
        link = request.build_absolute_uri(reverse("assessments:record-reply-link", args=[token]))
        page = request.build_absolute_uri(reverse("assessments:record", args=[record.number]))
        if send_reply_invitation(invitation=invitation, user=user, link=link, page=page):
            messages.success(request, _("The link was sent to %(address)s.") % {"address": invitation.email})
        else:
            messages.error(request, _("The mail server did not take the mail. Ask the group again later."))
        return redirect("assessments:record-replies", record.number)

    return taken(form, write) or _replies_page(request, record, roles, form)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:record-replies", "number")
def record_reply_enter(request: HttpRequest, number: str) -> HttpResponse:
    """Type in a reply that came another way, on behalf of a group."""
    record, _roles = record_for(request, number, RecordRole.READER)
    groups = _silent(record)
    form = EnteredReplyForm(sent(request), groups=groups)

    def write() -> HttpResponse:
        fields = {name: form.cleaned_data[name] for name in ("group", "text", "filed_by", "capacity")}
        enter_reply(record=record, user=signed_in(request), groups=groups, **fields)
        messages.success(request, _("The reply is on the record."))
        return redirect("assessments:record-replies", record.number)

    context = {"record": record, "silent": groups}
    return taken(form, write) or form_page(request, "assessments/records/reply_enter.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:record-replies", "number")
def record_reply_decide(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Take a reply off the page, or show it again."""
    record, _roles = record_for(request, number, RecordRole.READER, RecordRole.ADMIN)
    reply = _reply(record, code)
    form = DecideReplyForm(sent(request), initial={"state": reply.state, "note": reply.note})

    def write() -> HttpResponse:
        state = ReplyState(form.cleaned_data["state"])
        decide_on_reply(reply=reply, user=signed_in(request), state=state, note=form.cleaned_data["note"])
        messages.success(request, _("The decision was saved."))
        return redirect("assessments:record-replies", record.number)

    context = {"record": record, "reply": reply}
    return taken(form, write) or form_page(request, "assessments/records/reply_decide.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:record-replies", "number")
def record_reply_answer(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Answer a reply, once."""
    record, _roles = record_for(request, number, RecordRole.PUBLISHER)
    reply = _reply(record, code)
    form = AnswerReplyForm(sent(request))

    def write() -> HttpResponse:
        answer_reply(reply=reply, user=signed_in(request), text=form.cleaned_data["answer"])
        messages.success(request, _("The answer is on the record."))
        return redirect("assessments:record-replies", record.number)

    if reply.answer:
        raise NotAllowed(_("This reply was answered before. An answer is given once."))
    context = {"record": record, "reply": reply}
    return taken(form, write) or form_page(request, "assessments/records/reply_answer.html", form, context)


def _reply(record: PublicRecord, code: str) -> GroupReply:
    return get_object_or_404(record.replies, code=code)
