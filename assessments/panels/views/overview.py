"""The overview of the waves of an assessment: while one is open counts per group, and nothing else."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.exceptions import Conflict, NotAllowed
from assessments.models import Assessment, PanelComment, Wave, WaveGroup
from assessments.models.panel import LAUNCHED, current_wave
from assessments.panels.asked import changes_of, coded_groups
from assessments.panels.mails_shown import mails_context
from assessments.panels.pooling import if_closed_now
from assessments.panels.seen_fields import SeenForm
from assessments.panels.services.as_before import wave_before
from assessments.panels.services.people import waiting_people
from assessments.panels.services.setup import missing_for_launch
from assessments.panels.wave_texts import unsaid
from assessments.permissions import Right, comment_readers, may_moderate, may_open, panel_for, rights_in
from assessments.results.panel_changes import change_lines
from assessments.scoring import whole
from assessments.vocabulary import CommentState, GroupMode, WaveState
from attributes.pages import CONFLICT, form_page, taken
from attributes.texts import language_name


@dataclass(frozen=True)
class GroupRow:
    """A group with what may be told of it."""

    group: WaveGroup
    counted: str
    rate: str | None  # per cent of those invited, None where nobody knows

    @property
    def on_record(self) -> bool:
        """Whether the group answers once, openly."""
        return self.group.mode == GroupMode.ON_RECORD

    @property
    def assisted(self) -> str:
        """How many of the answers came on paper, in words; empty where none did, or the number of all is not told."""
        if self.on_record or not self.group.by_assistant or self.group.received < self.group.wave.threshold:
            return ""
        return _("Entered by an assistant: %(number)s of %(received)s") % {
            "number": self.group.by_assistant,
            "received": self.group.received,
        }


@dataclass(frozen=True)
class UnreadComments:
    """How many comments of a closed wave nobody has decided on, and who may. Organisers read the number elsewhere too:
    where they reply to comments."""

    number: int
    readers: str

    @classmethod
    def of(cls, wave: Wave) -> "UnreadComments | None":
        """Those of a wave; None where there are none. At most two queries."""
        if wave.state != WaveState.CLOSED or not wave.asks_comments:
            return None
        number = PanelComment.objects.filter(wave=wave, state=CommentState.WAITING).count()
        return cls(number, ", ".join(str(reader) for reader in comment_readers(wave))) if number else None


def wave_of(assessment: Assessment) -> Wave:
    """Return the latest wave of an assessment, or answer 404."""
    wave = current_wave(assessment)
    if wave is None:
        raise Http404
    return wave


def wave_context(wave: Wave, **more: object) -> dict[str, object]:
    """What every page about a wave is drawn from, and more."""
    return {"assessment": wave.assessment, "process": wave.assessment.process, "wave": wave, **more}


def seen_form_page(
    request: HttpRequest,
    template: str,
    form: SeenForm,
    save: Callable[[], HttpResponse],
    new: Callable[[], Mapping[str, Any]],
    context: Mapping[str, Any],
) -> HttpResponse:
    """Answer as `taken` and `form_page` do; at a Conflict with the page as it was filled in, beside what a colleague
    has stored since it was drawn. `new`: what of a valid form is to be stored, by field."""
    try:
        return taken(form, save) or form_page(request, template, form, context)
    except Conflict as conflict:
        clashes = form.clashes_with(conflict.current, new())
        more = {**context, "form": form, "conflict": conflict.message, "clashes": clashes}
        return render(request, template, more, status=CONFLICT)


def launched_already() -> NotAllowed:
    """The refusal of what can be settled before a launch only."""
    return NotAllowed(str(LAUNCHED))


def too_late_page(request: HttpRequest, wave: Wave, rows: Sequence[Mapping[str, str]]) -> HttpResponse:
    """What was typed before a launch and came after it, to be copied: nothing of it was stored. Refused where that is
    nothing."""
    if not rows:
        raise launched_already()
    context = wave_context(wave, rows=rows)
    return render(request, "assessments/panels/too_late.html", context, status=CONFLICT)


def group_row(wave: Wave, group: WaveGroup) -> GroupRow:
    """What may be told of a group: how many answered, and how many are missing for it to be shown."""
    group.wave = wave
    if group.mode == GroupMode.ON_RECORD:
        not_filed = _("No response filed") if wave.state == WaveState.CLOSED else _("Not filed yet")
        return GroupRow(group, _("Response filed") if group.received else not_filed, None)
    if group.received < wave.threshold:
        # The exact number would tell in a small group who took part, and its changes when somebody did.
        return GroupRow(group, _("fewer than %(threshold)s received") % {"threshold": wave.threshold}, None)
    counted = _("%(received)s received") % {"received": group.received}
    rate = whole(Fraction(100 * group.received, group.invited)) if group.invited else None
    return GroupRow(group, counted, rate)


@require_safe
def panel(request: HttpRequest, code: str) -> HttpResponse:
    """The current wave, its groups, what can be done next, and the waves before."""
    assessment = panel_for(request, code, Right.VIEW_PANEL)
    waves = list(Wave.objects.filter(assessment=assessment).order_by("-number").select_related("created_by"))
    for found in waves:
        found.assessment = assessment
    wave = waves[0] if waves else None
    rights = rights_in(assessment.process, request.user)
    may_manage = Right.MANAGE_PANEL in rights
    may_reply = bool(wave and wave.asks_comments and Right.REPLY_TO_COMMENTS in rights)
    groups = coded_groups(wave) if wave else {}
    rows = [group_row(wave, group) for group in groups.values()] if wave else []
    changes = changes_of(wave, groups) if wave and not wave.is_preparing else []
    context = {
        "assessment": assessment,
        "process": assessment.process,
        "wave": wave,
        "panel_changes": change_lines(changes, {code: group.name for code, group in groups.items()}),
        "is_extended": any(change.kind == "date_moved" for change in changes),
        "earlier": waves[1:],
        "rows": rows,
        "before": wave_before(assessment) if wave is None and may_manage else None,
        "languages": [language_name(language) for language in wave.languages] if wave else [],
        "may_manage": may_manage,
        "may_moderate": may_moderate(assessment, request.user),
        "may_open": may_open(assessment, rights),
        "unsaid": unsaid(wave, list(groups.values())) if wave and may_manage else [],
        "missing": missing_for_launch(wave) if wave and wave.is_preparing and may_manage else [],
        "listed": waiting_people(wave) if wave and wave.is_preparing else 0,
        "nobody_reads": bool(
            wave and wave.asks_comments and wave.state == WaveState.OPEN and not comment_readers(wave)
        ),
        "may_reply": may_reply,
        "unread": UnreadComments.of(wave) if wave and may_reply else None,
        "now": if_closed_now(wave, groups.values()) if wave and wave.state == WaveState.OPEN else None,
    }
    if wave and may_manage:
        context |= mails_context(wave)
    return render(request, "assessments/panels/panel.html", context)
