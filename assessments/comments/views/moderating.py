"""Comments of stakeholders, for the reviewer who reads them before they are shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from assessments.comments.forms import AS_WRITTEN, ModerationForm
from assessments.comments.hints import hints_in
from assessments.comments.reading import KnownWave, known_waves
from assessments.comments.services.moderation import CommentDecision, moderate_all
from assessments.exceptions import Conflict, InvalidAnswer
from assessments.models import Assessment, CommentTheme, PanelComment, Wave
from assessments.pages import page_number, paged
from assessments.permissions import Right, may_moderate, moderated_waves, panel_for, signed_in
from assessments.results.frozen import comment_heads
from assessments.vocabulary import CommentState
from attributes.catalogue.published import catalogue_of
from attributes.pages import OK, UNPROCESSABLE, whole_number

PAGE_LENGTH = 20
ALL = "all"


@dataclass(frozen=True)
class Moderation:
    """What somebody may moderate in an assessment: its waves, and what is needed to draw a form for a comment."""

    assessment: Assessment
    waves: Sequence[Wave]

    @cached_property
    def themes(self) -> Mapping[int, list[str]]:
        """The titles of themes by wave. One query."""
        found: dict[int, list[str]] = {wave.pk: [] for wave in self.waves}
        for theme in CommentTheme.objects.filter(wave__in=found).order_by("position", "pk"):
            found[theme.wave_id].append(theme.title)
        return found

    @cached_property
    def known(self) -> Mapping[int, KnownWave]:
        """What is looked for in comments, and whether one without its group may be quoted, by wave. Two queries."""
        return known_waves(self.assessment, self.waves)

    def form(self, comment: PanelComment, data: Any = None, *, is_open: bool = False) -> ModerationForm:
        """The form of a comment, which was read with its wave, group and theme."""
        wave = comment.wave
        told = wave.tells_of_quotes or wave.tells_of_themes
        return ModerationForm(
            data,
            comment=comment,
            themes=self.themes[wave.pk],
            languages=wave.languages,
            public=told if comment.group_id else self.known[wave.pk].quotes_nameless,
            hints=hints_in(comment.text, self.known[wave.pk].names, names_group=comment.group_id is not None),
            is_open=is_open,
        )


@require_http_methods(["GET", "HEAD", "POST"])
def panel_comments(request: HttpRequest, code: str) -> HttpResponse:
    """The comments that wait, or all of them, a page at a time, each with a form to decide on it."""
    here = moderation_for(request, code)
    return _decide(request, here) if request.method == "POST" else _listed(request, here)


def moderation_for(request: HttpRequest, code: str) -> Moderation:
    """Return what the person may moderate, or answer 404 or 403. Of each wave by itself: see `moderated_waves`."""
    assessment = panel_for(request, code, Right.MODERATE)
    own = moderated_waves(request.user).filter(assessment=assessment)
    waves = list(own.annotate(closings=Count("snapshots")).order_by("-number"))
    if not waves and not may_moderate(assessment, request.user):
        raise PermissionDenied
    return Moderation(assessment, waves)


def _decide(request: HttpRequest, here: Moderation) -> HttpResponse:
    """Save every decision of a page, or none if one of them cannot be taken. What has none stays undecided."""
    pks = [whole_number(pk) for pk in request.POST.getlist("comment")]
    found = PanelComment.objects.filter(pk__in=[pk for pk in pks if pk], wave__in=[wave.pk for wave in here.waves])
    comments = list(found.select_related("wave", "group", "theme").order_by("-wave__number", "attribute", "pk"))
    if len(comments) < len(pks):
        raise Http404
    shows_rest = request.POST.get("rest") == AS_WRITTEN
    decided = [comment for comment in comments if request.POST.get(f"c{comment.pk}-state")]
    forms = [here.form(comment, request.POST, is_open=bool(decided) or shows_rest) for comment in comments]
    if not forms:
        messages.error(request, _("No comment was chosen."))
        return redirect(_address(request, here.assessment))
    if not all(form.is_valid() for form in forms):
        return _listed(request, here, refused=forms)
    decisions = [form.decision(rest=AS_WRITTEN if shows_rest and not form.hints else "") for form in forms]
    taken = [decision for decision in decisions if decision]
    if not _taken(request, forms, taken):
        return _listed(request, here, refused=forms)
    _say_what_happened(request, taken)
    return redirect(_address(request, here.assessment))


def _taken(request: HttpRequest, forms: Sequence[ModerationForm], decisions: Sequence[CommentDecision]) -> bool:
    """Store all decisions; False where one cannot be, which is said on its form."""
    by_comment = {form.comment.pk: form for form in forms}
    try:
        moderate_all(decisions=decisions, user=signed_in(request))
    except Conflict as conflict:
        by_comment[conflict.current.pk].meet(conflict.current, conflict.message)
    except InvalidAnswer as refusal:
        forms[0].add_error(None, refusal.message)
    else:
        return True
    return False


def _say_what_happened(request: HttpRequest, decisions: Sequence[CommentDecision]) -> None:
    shown = sum(decision.state == CommentState.SHOWN for decision in decisions)
    hidden = sum(decision.state == CommentState.WITHHELD for decision in decisions)
    kept = len(decisions) - shown - hidden
    texts = (
        (shown, ngettext("The comment will be shown.", "%(n)s comments will be shown.", shown)),
        (hidden, ngettext("The comment will not be shown.", "%(n)s comments will not be shown.", hidden)),
        (kept, ngettext("One comment keeps waiting.", "%(n)s comments keep waiting.", kept)),
    )
    messages.success(request, " ".join(text % {"n": number} for number, text in texts if number))


def _address(request: HttpRequest, assessment: Assessment) -> str:
    address = reverse("assessments:panel-comments", args=[assessment.code])
    return f"{address}?show={ALL}&page={page_number(request)}" if _wants_all(request) else address


def _wants_all(request: HttpRequest) -> bool:
    return request.GET.get("show") == ALL


def _listed(request: HttpRequest, here: Moderation, refused: Sequence[ModerationForm] = ()) -> HttpResponse:
    wants_all = _wants_all(request)
    everything = PanelComment.objects.filter(wave__in=[wave.pk for wave in here.waves])
    chosen = everything if wants_all else everything.filter(state=CommentState.WAITING)
    rows = chosen.select_related("wave", "group", "theme").order_by("-wave__number", "attribute", "pk")
    page = paged(request, rows, PAGE_LENGTH, {"show": ALL} if wants_all else {})
    catalogue = catalogue_of(here.assessment.question_set)
    heads = comment_heads(catalogue.attributes, catalogue.items.values())
    sent = {form.comment.pk: form for form in refused}
    forms = list(refused) or [here.form(row) for row in page.rows]
    context: dict[str, Any] = {
        "assessment": here.assessment,
        "process": here.assessment.process,
        "entries": [(sent.get(form.comment.pk, form), heads.get(form.comment.attribute)) for form in forms],
        "refused": next((form for form in refused if form.errors), None),
        "wants_all": wants_all,
        **everything.aggregate(total=Count("pk"), waiting=Count("pk", filter=Q(state=CommentState.WAITING))),
        "has_themes": any(here.themes.values()),
        "is_nameless": any(form.comment.group_id is None for form in forms),
        "may_skip": any(not form.hints for form in forms),
        **page.context,
    }
    return render(request, "assessments/comments/comments.html", context, status=UNPROCESSABLE if refused else OK)
