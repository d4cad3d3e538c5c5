"""One time of asking stakeholder groups: its settings, its days, and what it is called in which language."""

from datetime import UTC, date, timedelta, tzinfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.exceptions import NotAllowed
from assessments.models.assessment import Assessment
from assessments.vocabulary import QuestionnaireForm, WaveState
from assessments.zones import LONGEST_NAME, LastDay, end_of, zone_named
from attributes.codes import new_code
from attributes.memory import Statement
from attributes.texts import FALLBACK_LANGUAGE, LocalisedText, TextMap, localise

DEFAULT_THRESHOLD = 5
LOWEST_THRESHOLD = 5
HIGHEST_THRESHOLD = 20
ADDRESSES_KEPT = 14  # days after the closing
# After the last day of a wave, for whoever has begun by then.
GRACE = timedelta(hours=1)
MOMENT = timedelta(microseconds=1)  # between the last moment of a day and the first of the next
# Why what can be settled before a launch only is refused.
LAUNCHED = _("This wave has been launched: its settings can no longer be changed.")


def last_day_over(zone: tzinfo) -> date:
    """The first day whose waves are not over: a wave ends with its last day, and GRACE for those who have begun."""
    return timezone.localdate(timezone.now() - GRACE, zone)


class Wave(models.Model):
    """One time of asking the stakeholder groups of an assessment. Locked once it is open."""

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="waves")
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=WaveState.choices, default=WaveState.PREPARING)
    # Fewer answers than this from a group are in no figure (method 3.8).
    threshold = models.PositiveSmallIntegerField(_("smallest group shown"), default=DEFAULT_THRESHOLD)
    # Once a group has its number of people it stays: with another one, groups could be let in or left out by choice.
    threshold_fixed = models.BooleanField(default=False, editable=False)
    # Who chose another one than the usual, and when: printed with the result.
    threshold_chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    threshold_chosen_on = models.DateField(null=True, editable=False)
    languages = models.JSONField(default=list)
    # Which items people are asked: settled with the launch, because other weights would tell answers apart.
    form = models.CharField(
        _("form of the questionnaire"),
        max_length=10,
        choices=QuestionnaireForm.choices,
        default=QuestionnaireForm.FULL,
    )
    notice = models.TextField(_("who asks, and why"), max_length=2000, blank=True)
    # {language: {"notice" | "responsible" | "process" | "organisation" | "resource": text}}, of the first language too
    # where the process has its own words in another.
    texts = models.JSONField(default=dict, blank=True)
    # Who answers for what is done with the answers, and whom to ask: respondents are told before the first question.
    responsible = models.CharField(_("who is responsible"), max_length=200, blank=True)
    contact = models.EmailField(_("e-mail address for questions"), blank=True)
    asks_comments = models.BooleanField(_("ask for comments too"), default=True)
    # That of the process, kept when the wave opens: people were told in which zone its last day ends.
    time_zone = models.CharField(max_length=LONGEST_NAME, blank=True, editable=False)
    closes_on = models.DateField(_("closing date"), null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    # Whoever becomes a reader of comments after that reads none of this wave: respondents were told other names.
    launched_at = models.DateTimeField(null=True, blank=True)
    # Respondents of this wave were told that a comment may be quoted with the name of its group; of others none is.
    tells_of_quotes = models.BooleanField(default=False, editable=False)
    # Respondents of this wave were told that themes, replies and comments chosen by their reader are for everybody.
    tells_of_themes = models.BooleanField(default=False, editable=False)
    # Since when no answers are taken though the closing date is to come. Until then they can be taken back.
    stopped_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    # When those who are asked can read what came of it; told with the invitation and the receipt.
    results_on = models.DateField(_("results planned for"), null=True, blank=True)
    # The last time it was opened again, and why.
    reopened_on = models.DateField(null=True, blank=True)
    reopen_reason = models.TextField(max_length=2000, blank=True)
    # Answered in one room: closing it shows the result at once, as respondents are told before the first question.
    is_workshop = models.BooleanField(_("answered in a workshop"), default=False)
    # Where sheets are given back, by language.
    paper_return = models.JSONField(default=dict, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("wave")
        verbose_name_plural = _("waves")
        ordering = ["assessment_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="wave_number"),
            models.UniqueConstraint(fields=["assessment"], condition=~Q(state="closed"), name="one_wave_at_a_time"),
            # Waves that were closed under an earlier rule keep the number they were closed with.
            models.CheckConstraint(
                condition=Q(threshold__gte=LOWEST_THRESHOLD) | Q(state="closed"), name="wave_threshold"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment}: {self.number}"

    @property
    def zone(self) -> tzinfo:
        """The zone its days end in: that of the process until it is launched, and then the one it was launched in."""
        return zone_named(self.time_zone or self.assessment.process.time_zone)

    @property
    def today(self) -> date:
        """The day it is in its zone."""
        return timezone.localdate(timezone=self.zone)

    @property
    def gives_back(self) -> bool:
        """Whether answers can be taken back: launched, not closed, and neither the last day nor GRACE is over."""
        return self.state == WaveState.OPEN and not self.is_due

    @property
    def is_open(self) -> bool:
        """Whether questionnaires can be answered: as long as they can be taken back, unless it was stopped before."""
        return self.gives_back and self.stopped_on is None

    @property
    def is_over(self) -> bool:
        """Whether it was launched and nobody can answer any more, begun or not."""
        return self.state != WaveState.PREPARING and not self.is_open

    @property
    def takes_new(self) -> bool:
        """Whether questionnaires can be begun: until the last day ends. Who has begun by then has GRACE longer."""
        return self.is_open and (self.closes_on is None or self.closes_on >= self.today)

    @property
    def may_be_quoted(self) -> bool:
        """Whether respondents are told that a comment may be quoted: those of waves launched since that is so."""
        return self.tells_of_quotes or self.launched_at is None

    @property
    def shows_themes(self) -> bool:
        """Whether respondents are told that themes, replies and comments chosen by their reader are for everybody."""
        return self.tells_of_themes or self.launched_at is None

    @property
    def ends_soon(self) -> bool:
        """Whether answers are taken until tomorrow at the latest: whoever is answering is told."""
        return self.is_open and self.closes_on is not None and self.closes_on <= self.today + timedelta(days=1)

    @property
    def is_due(self) -> bool:
        """Whether it is open though its last day is over. The next sweep closes it."""
        return self.state == WaveState.OPEN and self.closes_on is not None and self.closes_on < last_day_over(self.zone)

    @property
    def ended_on(self) -> date | None:
        """The last day on which answers were taken: somebody may have closed it before the closing date."""
        days = (self.closes_on, self.stopped_on, self.closed_on)
        return min((day for day in days if day is not None), default=None)

    @property
    def gave_back_until(self) -> date | None:
        """The last day on which answers could be taken back."""
        return min((day for day in (self.closes_on, self.closed_on) if day is not None), default=None)

    @property
    def until_when(self) -> LastDay | None:
        """Until when answers are taken and can be taken back; None where no closing date is set.

        After the last day, of those who have begun by then: nobody else is told anything then.
        """
        if self.closes_on is None:
            return None
        moment = end_of(self.closes_on, self.zone).astimezone(UTC) + GRACE + MOMENT
        in_grace = self.gives_back and self.closes_on < self.today
        return LastDay(self.closes_on, self.zone, moment if in_grace else None)

    @property
    def ended_when(self) -> LastDay | None:
        """Until when answers were taken."""
        return self._last(self.ended_on, self.stopped_on, self.closed_on)

    @property
    def gave_back_when(self) -> LastDay | None:
        """Until when they could be taken back."""
        return self._last(self.gave_back_until, self.closed_on)

    @property
    def until(self) -> str:
        """`until_when` in words for organisers; empty for none."""
        return str(self.until_when or "")

    @property
    def ended(self) -> str:
        """Until when answers were taken, in words."""
        return str(self.ended_when or "")

    def _last(self, day: date | None, *broken_off: date | None) -> LastDay | None:
        return LastDay(day, self.zone, broken_off=day in broken_off) if day else None

    # --- In the languages of those who are asked --------------------------------------------------------------

    @property
    def first_language(self) -> str:
        """The language its texts are in that exist only once: of the organiser, not of those who are asked."""
        return str(self.languages[0]) if self.languages else FALLBACK_LANGUAGE

    def _by_language(self, kind: str, own: str, language: str) -> TextMap:
        found = {language: own} if own else {}
        return found | {code: texts[kind] for code, texts in self.texts.items() if texts.get(kind)}

    def notice_in(self, language: str) -> LocalisedText:
        """Who asks, and why; in the first language where it is not said in this one."""
        return localise(self._by_language("notice", self.notice, self.first_language), language)

    def responsible_in(self, language: str) -> LocalisedText:
        """Who is responsible for the answers."""
        return localise(self._by_language("responsible", self.responsible, self.first_language), language)

    def organisation_in(self, language: str) -> LocalisedText:
        """The organisation that runs the process; empty where nobody said which."""
        process = self.assessment.process
        own = self._by_language("organisation", process.organisation, process.language or self.first_language)
        return localise(own, language)

    def process_in(self, language: str) -> LocalisedText:
        """What the process is called."""
        return localise(self.process_names, language)

    @property
    def process_names(self) -> TextMap:
        """What the process is called, by language."""
        process = self.assessment.process
        return self._by_language("process", process.name, process.language or self.first_language)

    @property
    def resources(self) -> TextMap:
        """What the process governs, by language; empty where nobody said it."""
        process = self.assessment.process
        return self._by_language("resource", process.resource, process.language or self.first_language)

    @property
    def is_short(self) -> bool:
        """Whether people are asked the short form."""
        return self.form == QuestionnaireForm.SHORT

    @property
    def is_preparing(self) -> bool:
        """Whether its settings can be changed."""
        return self.state == WaveState.PREPARING

    def locked(self, state: WaveState) -> "Wave":
        """The stored wave, locked until the transaction ends. Raises NotAllowed unless it is in this state."""
        found = _locked.first(self.pk)
        if found is None:
            raise Wave.DoesNotExist
        if found.state != state:
            messages = {
                WaveState.PREPARING: LAUNCHED,
                WaveState.OPEN: _("This wave is not open."),
                WaveState.CLOSED: _("This wave is not closed."),
            }
            raise NotAllowed(str(messages[state]))
        return found


_locked = Statement(
    lambda pk: (
        Wave.objects.select_for_update(of=("self",)).select_related("assessment__process").filter(pk=pk).order_by()
    )
)
_latest = Statement(lambda assessment: Wave.objects.filter(assessment=assessment).order_by("-number")[:1])


def current_wave(assessment: Assessment) -> Wave | None:
    """Return the latest wave of an assessment, with the assessment it was asked for. One query."""
    wave = _latest.first(assessment.pk)
    if wave is not None:
        wave.assessment = assessment
    return wave
