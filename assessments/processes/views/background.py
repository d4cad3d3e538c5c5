"""What is known of a process before its questions are answered: groups, screener, goals register."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.exceptions import Conflict, NotAllowed
from assessments.models import Goal, Process, StakeholderGroup
from assessments.permissions import Right, process_for, signed_in
from assessments.processes.forms.background import GoalForm, ScreenerForm
from assessments.processes.services import background as services
from assessments.rounds.services.start import set_of
from assessments.scoring import screener_fit
from assessments.vocabulary import SCREENER_LABELS, ScreenerChoice
from attributes.catalogue.framework_types import CatalogueCriterion
from attributes.catalogue.types import CatalogueSet
from attributes.pages import CONFLICT, OK, UNPROCESSABLE, form_page, refusals_lead_to, sent, taken, whole_number
from attributes.texts import localise, plain_lines, text

NEW_LENGTH = 5000  # of several names, one per line
MAX_NAMES = 200  # more fields than that come from no page of ours


@dataclass(frozen=True)
class FitLine:
    """One criterion, answered or not."""

    criterion: CatalogueCriterion
    choice: str
    note: str


@dataclass(frozen=True)
class FitView:
    """How well the issue fits the approach: the advice, and what it rests on."""

    verdict: str
    lines: list[FitLine]

    @property
    def is_started(self) -> bool:
        """Whether anything was answered."""
        return any(line.choice or line.note for line in self.lines)


def fit_of(process: Process, catalogue_set: CatalogueSet | None) -> FitView | None:
    """Return the screener of a process as it stands, or None if no question set asks one."""
    if catalogue_set is None or not catalogue_set.criteria:
        return None
    state = services.screener_state(process, [criterion.code for criterion in catalogue_set.criteria])
    names = dict(ScreenerChoice.choices)
    lines = [
        FitLine(criterion, str(names.get(state[criterion.code][0], "")), state[criterion.code][1])
        for criterion in catalogue_set.criteria
    ]
    return FitView(screener_fit([choice for choice, _note in state.values()]).verdict, lines)


# --- Stakeholder groups ---------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def process_groups(request: HttpRequest, code: str) -> HttpResponse:
    """The stakeholder groups. Every button saves the names typed, so that none is lost by moving a group."""
    process = process_for(request, code, Right.EDIT_CONTEXT)
    problems: list[str] = []
    new = ""
    if request.method == "POST":
        names = _typed_names(request)
        new = plain_lines(request.POST.get("new", "").replace("\x00", ""))[:NEW_LENGTH]
        before = {name.casefold() for name in _names(process)}
        problems = services.save_groups(process=process, user=signed_in(request), names=names, new=new)
        added = {name.casefold() for name in _names(process)} - before
        # Those that could not be added stay where they were typed.
        new = "\n".join(line for line in new.splitlines() if " ".join(line.split()).casefold() not in added)
        verb, pk = _button(request)
        if not problems:
            if verb == "remove":
                return redirect("assessments:group-remove", process.code, pk)
            if verb in {"up", "down"}:
                services.move_group(process=process, pk=pk, by=-1 if verb == "up" else 1)
            else:
                messages.success(request, _("The groups have been saved."))
            return redirect("assessments:process-groups", process.code)
    context = {
        "process": process,
        "groups": list(process.groups.all()),
        "problems": problems,
        "new": new,
        "is_full": process.groups.count() >= services.MAX_GROUPS,
    }
    return render(request, "assessments/processes/groups.html", context, status=UNPROCESSABLE if problems else OK)


def _typed_names(request: HttpRequest) -> dict[int, tuple[str, str]]:
    """Group id to (name the page showed, name typed)."""
    names = {}
    for field in list(request.POST)[:MAX_NAMES]:
        pk = whole_number(field.removeprefix("name-"))
        if field.startswith("name-") and pk is not None:
            shown = request.POST.get(f"shown-{pk}", "")
            names[pk] = (shown, request.POST[field].replace("\x00", "")[:1000])
    return names


def _button(request: HttpRequest) -> tuple[str, int]:
    """Which button was pressed: ("up" | "down" | "remove", group id), or ("", 0) to save."""
    verb, _colon, pk = request.POST.get("action", "").partition(":")
    found = whole_number(pk)
    return (verb, found) if verb in {"up", "down", "remove"} and found is not None else ("", 0)


@require_http_methods(["GET", "HEAD", "POST"])
def group_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Remove a stakeholder group, after asking."""
    process = process_for(request, code, Right.EDIT_CONTEXT)
    group = get_object_or_404(StakeholderGroup, process=process, pk=pk)
    if request.method == "POST":
        services.remove_group(group=group, user=signed_in(request))
        messages.success(request, _("“%(name)s” has been removed.") % {"name": group.name})
        return redirect("assessments:process-groups", process.code)
    return render(request, "assessments/processes/group_remove.html", {"process": process, "group": group})


# --- Screener -------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def process_screener(request: HttpRequest, code: str) -> HttpResponse:
    """Is this the kind of issue the approach works best on? Advice, whatever the answer."""
    process = process_for(request, code, Right.EDIT_CONTEXT)
    catalogue_set = set_of(process)
    criteria = catalogue_set.criteria if catalogue_set else ()
    stored = services.screener_state(process, [criterion.code for criterion in criteria])
    form = ScreenerForm(sent(request), criteria=criteria, stored=stored, resource=process.resource)

    def save() -> HttpResponse:
        services.save_screener(process=process, user=signed_in(request), before=form.before(), after=form.after())
        messages.success(request, _("The answers have been saved."))
        return redirect("assessments:process-screener", process.code)

    def page(clashes: Sequence[dict[str, object]] = ()) -> dict[str, object]:
        questions = [(form[f"{code_}-choice"], form[f"{code_}-note"]) for code_ in form.codes]
        return {
            "process": process,
            "form": form,
            "questions": questions,
            "fit": fit_of(process, catalogue_set),
            "clashes": clashes,
        }

    template = "assessments/processes/screener.html"
    try:
        return taken(form, save) or form_page(request, template, form, page())
    except Conflict as conflict:
        form.data = data = request.POST.copy()
        clashes = _screener_clashes(data, criteria, conflict.current, form.after())
        return render(request, template, page(clashes), status=CONFLICT)


def _screener_clashes(
    data: QueryDict,
    criteria: tuple[CatalogueCriterion, ...],
    stored: services.ScreenerState,
    typed: services.ScreenerState,
) -> list[dict[str, object]]:
    """Both versions of the criteria that differ; the page goes on from what is stored now."""
    clashes: list[dict[str, object]] = []
    for criterion in criteria:
        now, ours = stored[criterion.code], typed[criterion.code]
        data[f"{criterion.code}-choice-shown"], data[f"{criterion.code}-note-shown"] = now
        if now != ours:
            theirs, own = (f"{SCREENER_LABELS[choice]}. {note}".strip(" .") for choice, note in (now, ours))
            clashes.append({"label": text(criterion.text), "theirs": theirs, "ours": own})
    return clashes


# --- Goals register -------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:process-goals", "code")
def process_goals(request: HttpRequest, code: str) -> HttpResponse:
    """The register; POST adds one of the shared goals of the question set."""
    process = process_for(request, code, Right.EDIT_CONTEXT)
    catalogue_set = set_of(process)
    shared = {goal.code: goal for goal in catalogue_set.goals} if catalogue_set else {}
    if request.method == "POST":
        goal = shared.get(request.POST.get("shared_goal", ""))
        if goal is None:
            messages.error(request, _("Choose one of the goals in the list."))
            return redirect("assessments:process-goals", process.code)
        fields = {"text": str(localise(goal.text))}
        added = services.add_goal(process=process, user=signed_in(request), fields=fields, shared_goal=goal.code)
        messages.success(request, _("The goal is in the register. Say who agreed to it, if anybody did."))
        return redirect("assessments:goal-edit", process.code, added.pk)
    goals = list(process.goals.all())
    taken = {goal.shared_goal for goal in goals}
    context = {
        "process": process,
        "goals": goals,
        "left": [goal for goal_code, goal in shared.items() if goal_code not in taken],
    }
    return render(request, "assessments/processes/goals.html", context)


def _names(process: Process) -> list[str]:
    return [group.name for group in process.groups.all()]


@require_http_methods(["GET", "HEAD", "POST"])
def goal_create(request: HttpRequest, code: str) -> HttpResponse:
    """Add a goal of the process's own."""
    process = process_for(request, code, Right.EDIT_CONTEXT)
    form = GoalForm(sent(request), groups=_names(process))

    def add() -> HttpResponse:
        services.add_goal(process=process, user=signed_in(request), fields=form.after())
        messages.success(request, _("The goal has been added."))
        return redirect("assessments:process-goals", process.code)

    context = {"process": process}
    return taken(form, add, at=NON_FIELD_ERRORS) or form_page(request, "assessments/processes/goal.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def goal_edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Change a goal, or say who agreed to it."""
    process = process_for(request, code, Right.EDIT_CONTEXT)
    goal = get_object_or_404(Goal, process=process, pk=pk)
    form = GoalForm(sent(request), goal=goal, groups=_names(process))
    template, context = "assessments/processes/goal.html", {"process": process, "goal": goal, "form": form}

    def save() -> HttpResponse:
        services.edit_goal(goal=goal, user=signed_in(request), before=form.before(), after=form.after())
        messages.success(request, _("The goal has been saved."))
        return redirect("assessments:process-goals", process.code)

    try:
        return taken(form, save) or form_page(request, template, form, context)
    except Conflict as conflict:
        form.data = data = request.POST.copy()
        clashes = _goal_clashes(form, data, conflict.current, form.after())
        return render(request, template, {**context, "clashes": clashes}, status=CONFLICT)
    except NotAllowed as refusal:
        form.add_error(None, refusal.message)
        return render(request, template, context, status=CONFLICT)


def _goal_clashes(form: GoalForm, data: QueryDict, stored: Goal, typed: dict[str, str]) -> list[dict[str, str]]:
    """Both versions of the fields that differ; the page goes on from what is stored now."""
    clashes = []
    for name, ours in typed.items():
        theirs = getattr(stored, name)
        data[f"{name}-shown"] = theirs
        if theirs != ours:
            clashes.append({"label": str(form.fields[name].label), "theirs": theirs, "ours": ours})
    return clashes


@require_http_methods(["GET", "HEAD", "POST"])
def goal_delete(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a goal out of the register, after asking."""
    process = process_for(request, code, Right.EDIT_CONTEXT)
    goal = get_object_or_404(Goal, process=process, pk=pk)
    if request.method == "POST":
        services.delete_goal(goal=goal, user=signed_in(request))
        messages.success(request, _("The goal has been deleted."))
        return redirect("assessments:process-goals", process.code)
    return render(request, "assessments/processes/goal_delete.html", {"process": process, "goal": goal})
