"""The stakeholder panel of the invented process: prepared, answered, closed and moderated as people would do it."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from assessments.answers.value import ANSWERED, DONT_KNOW
from assessments.comments.services import moderation, replies, themes
from assessments.demo.spec import DemoPart
from assessments.models import Assessment, PanelComment, PaperAssistant, Wave, WaveGroup
from assessments.panels.services import adding, closing, links, setup, waves
from assessments.panels.services.as_before import prepare_as_before
from assessments.panels.services.mails import save_plan
from assessments.paper.services.entering import enter_from_paper
from assessments.paper.services.paper import name_assistant
from assessments.respond import services
from assessments.respond.receipts import new_paper_receipt
from assessments.vocabulary import CommentState, GroupMode, LinkKind, QuestionnaireForm, WaveChangeKind
from attributes.catalogue.types import CatalogueSet

if TYPE_CHECKING:
    from msgov.accounts.models import User

FOLDER = Path(__file__).parent / "panels"
OPEN_FOR = timedelta(days=14)


class AskedSpec(DemoPart):
    """A group: how many were invited, how many answered, how many of these on paper.

    `invited_first`: how many were invited at the launch, where more were added while the wave was open.
    """

    name: str
    invited: int
    received: int
    on_paper: int = 0
    invited_first: int = 0


class CommentSpec(DemoPart):
    """A comment on an attribute or an item; `shown` is what the reviewer leaves of it: "" nothing, None undecided.

    `theme` is the title of one of the file's; `public`: chosen to be quoted where everybody reads.
    """

    group: str
    about: str
    text: str
    shown: str | None
    theme: str = ""
    public: bool = False


class ThemeSpec(DemoPart):
    """What several comments are about; `reply` is what the organiser published, "" where they have not yet."""

    title: str
    summary: str
    reply: str = ""


class ChangedSpec(DemoPart):
    """What was changed while the wave was open: people were added, and the closing date moved from an earlier day."""

    days_ago: int
    closed_first_days_ago: int
    reason: str


class NextWaveSpec(DemoPart):
    """A wave that is being prepared as the one before, with another form; its mails are planned."""

    form: QuestionnaireForm
    notice: str
    closes_in: int
    results_in: int
    reminders: list[str]


class PanelSpec(DemoPart):
    """A whole file: one wave. Numbers of people are written "3 4 1 0": at the lowest state first, by group in order."""

    process: str
    round: int
    notice: str
    asked_days_ago: int
    # Of an earlier year: when it was closed. Otherwise on the day of the first start.
    closed_days_ago: int = 0
    # When results are planned, counted from the first start.
    results_in: int | None = None
    entered_by: str = ""
    changed: ChangedSpec | None = None
    next: NextWaveSpec | None = None
    groups: list[AskedSpec]
    ratings: dict[str, list[str]]
    checklists: dict[str, dict[str, list[str]]]
    comments: list[CommentSpec]
    themes: list[ThemeSpec] = []


def read_panels() -> dict[tuple[str, int], PanelSpec]:
    """The shipped panels, by process and round."""
    files = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.yaml"))]
    found = [PanelSpec.model_validate(yaml.safe_load(text)) for text in files]
    return {(spec.process, spec.round): spec for spec in found}


ASKED_BY = {"responsible": "Secretariat of the invented process", "contact": "secretariat@example.org"}


def seed_panel(
    *, spec: PanelSpec, assessment: Assessment, organiser: "User", reviewer: "User", question_set: CatalogueSet
) -> None:
    """Ask the groups of an assessment, close, and decide on the comments."""
    wave = _launched(spec, assessment, organiser)
    for place, (asked, group) in enumerate(zip(spec.groups, wave.groups.order_by("position"), strict=True)):
        made = links.hand_out(group=group, user=organiser, number=asked.received - asked.on_paper, made=0)
        comments = _comments(spec, asked.name)
        paper = _assistant(spec, group, organiser) if asked.on_paper else None
        for person in range(asked.received):
            words = comments[person] if person < len(comments) else {}
            answers = _questionnaire(spec, question_set, place, person)
            if paper is not None and person >= len(made):
                enter_from_paper(assistant=paper, answers=answers, comments=words, receipt=new_paper_receipt())
            else:
                _answer(made[person].token, answers, words)
    _end(spec, wave, organiser)
    _moderate(spec, wave, reviewer)
    _reply(spec, wave, organiser)
    if spec.next is not None:
        seed_next_wave(spec.next, assessment, organiser)


def _launched(spec: PanelSpec, assessment: Assessment, organiser: "User") -> Wave:
    wave = waves.prepare_wave(assessment=assessment, user=organiser)
    closes_on = wave.today + OPEN_FOR
    setup.save_settings(wave=wave, fields={"notice": spec.notice, "closes_on": closes_on, **ASKED_BY})
    there = {group.name: group for group in wave.groups.all()}
    for asked in spec.groups:
        fields: dict[str, Any] = {
            "name": asked.name,
            "mode": GroupMode.INDIVIDUAL,
            "link_kind": LinkKind.PERSONAL,
            "invited": asked.invited_first or asked.invited,
            "cap": None,
        }
        setup.save_group(wave=wave, fields=fields, group=there.get(asked.name))
    setup.launch_prepared(wave=wave, user=organiser)
    # As if it had been open for a while: dates of the demonstration are those of its first start.
    Wave.objects.filter(pk=wave.pk).update(opened_on=wave.today - timedelta(days=spec.asked_days_ago))
    if spec.changed is not None:
        _change(spec, spec.changed, wave, organiser)
    if spec.results_in is not None:
        Wave.objects.filter(pk=wave.pk).update(results_on=wave.today + timedelta(days=spec.results_in))
    wave.refresh_from_db()
    return wave


def _change(spec: PanelSpec, changed: ChangedSpec, wave: Wave, organiser: "User") -> None:
    """Add people and move the closing date to the day of the closing, as if on the day on which that was done."""
    for asked in spec.groups:
        if asked.invited_first:
            group = wave.groups.get(name=asked.name)
            adding.raise_number(group=group, user=organiser, to=asked.invited)
    waves.extend_wave(
        wave=wave, user=organiser, closes_on=wave.today + OPEN_FOR + timedelta(days=1), reason=changed.reason
    )
    wave.changes.update(day=wave.today - timedelta(days=changed.days_ago))
    first = wave.today - timedelta(days=changed.closed_first_days_ago)
    wave.changes.filter(kind=WaveChangeKind.DATE_MOVED).update(before=first.isoformat(), after=wave.today.isoformat())
    Wave.objects.filter(pk=wave.pk).update(closes_on=wave.today)


def _assistant(spec: PanelSpec, group: WaveGroup, organiser: "User") -> PaperAssistant:
    """Whoever enters what was answered on paper."""
    name_assistant(group=group, user=organiser, name=spec.entered_by, of_organiser=False)
    return PaperAssistant.objects.get(group=group)


def seed_next_wave(spec: NextWaveSpec, assessment: Assessment, organiser: "User") -> None:
    """Prepare another wave as the one before, and plan its mails. Nobody is asked."""
    prepare_as_before(assessment=assessment, user=organiser)
    wave = Wave.objects.filter(assessment=assessment).order_by("-number")[0]
    days = {"closes_on": spec.closes_in, "results_on": spec.results_in}
    fields = {name: wave.today + timedelta(days=number) for name, number in days.items()}
    setup.save_settings(wave=wave, fields={"form": spec.form, "notice": spec.notice, **fields})
    save_plan(wave=wave, user=organiser, reminders=spec.reminders, thanks=True, root="")


def _end(spec: PanelSpec, wave: Wave, organiser: "User") -> None:
    """Close the wave; one of an earlier year as if on the day on which it was to close."""
    if not spec.closed_days_ago:
        closing.close_and_freeze(wave=wave, user=organiser)
        return
    closed = wave.today - timedelta(days=spec.closed_days_ago)
    row = Wave.objects.filter(pk=wave.pk)
    row.update(closes_on=closed)
    closing.close_and_freeze(wave=wave, user=organiser)
    row.update(closed_on=closed)
    wave.snapshots.update(made_on=closed)


def _answer(token: str, answers: dict[str, dict[str, Any]], comments: dict[str, str]) -> None:
    link = services.usable_link(token)
    if link is None:
        raise LookupError("A link of the demonstration cannot be used.")
    questionnaire, _token = services.begin(link=link, language="en")
    services.finish(
        questionnaire=services.save_questionnaire(questionnaire=questionnaire, answers=answers, comments=comments)
    )


def _questionnaire(spec: PanelSpec, question_set: CatalogueSet, place: int, person: int) -> dict[str, dict[str, Any]]:
    """What one person of a group answers: the numbers of the file, turned a little from item to item."""
    received = spec.groups[place].received
    found: dict[str, dict[str, Any]] = {}
    for turn, (code, counts) in enumerate(spec.ratings.items()):
        level = _nth(counts[place], (person + turn) % received)
        found[code] = {"state": DONT_KNOW} if level is None else {"state": ANSWERED, "level": level}
    for code, options in spec.checklists.items():
        states = [state.key for state in question_set.items[code].states]
        lines = {}
        for shift, (key, counts) in enumerate(options.items()):
            chosen = _nth(counts[place], (person + shift) % received)
            lines[key] = DONT_KNOW if chosen is None else states[chosen]
        found[code] = {"state": ANSWERED, "options": lines}
    return found


def _nth(counts: str, person: int) -> int | None:
    """The state the nth person is at; None for those who are left."""
    everybody = [at for at, count in enumerate(counts.split()) for _ in range(int(count))]
    return everybody[person] if person < len(everybody) else None


def _comments(spec: PanelSpec, group: str) -> list[dict[str, str]]:
    """The comments of a group, one for each of its first people."""
    return [{entry.about: entry.text} for entry in spec.comments if entry.group == group]


def _moderate(spec: PanelSpec, wave: Wave, reviewer: "User") -> None:
    for title in (theme.title for theme in spec.themes):
        themes.theme_named(wave=wave, title=title)
    said = {entry.text: entry for entry in spec.comments}
    for comment in PanelComment.objects.filter(wave=wave).order_by("pk"):
        entry = said[comment.text]
        words = entry.shown
        if words is None:
            continue
        state = CommentState.SHOWN if words else CommentState.WITHHELD
        decision = moderation.CommentDecision(
            comment=comment, state=state, edited=words, theme=entry.theme, chosen_for_public=entry.public
        )
        moderation.moderate(decision=decision, user=reviewer)


def _reply(spec: PanelSpec, wave: Wave, organiser: "User") -> None:
    """Say what people say on each theme, and publish the organiser's replies."""
    for theme in spec.themes:
        row = wave.themes.get(title=theme.title)
        row.summary = theme.summary
        row.save(update_fields=["summary"])
        if theme.reply:
            replies.save_reply(theme=row, user=organiser, text=theme.reply, version=0, publish=True)
