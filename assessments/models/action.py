"""What is done about a result: the decision of those who decide, the actions with their history, and who was told that
one is late."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.assessment import Assessment
from assessments.models.process import DONE, Membership
from assessments.vocabulary import ActionChange, ActionState, Role
from attributes.codes import new_code

if TYPE_CHECKING:
    from msgov.accounts.models import User


class ActionQuerySet(models.QuerySet["Action"]):
    """Reads of actions that mean something."""

    def open(self) -> Self:
        """Neither done nor dropped."""
        return self.filter(state=ActionState.OPEN)

    def as_told(self) -> Self:
        """With `is_carried_on`, whether a later action took each over: what documents say of it."""
        later = self.model.objects.filter(carried_from=OuterRef("pk"))
        return self.annotate(is_carried_on=Exists(later))

    def public(self) -> Self:
        """Those that visitors of a public process may read."""
        return self.filter(is_public=True)

    def going_on(self) -> Self:
        """Open ones that were not carried over: of those the later action is open."""
        return self.open().filter(carried_to=None)

    def readable_by(self, user: "User") -> Self:
        """Those that the user may read as a member: reviewers not those of a round that is not submitted."""
        own = Membership.objects.filter(process=OuterRef("assessment__process"), user=user)
        done = Q(assessment__state__in=DONE)
        return self.filter(Q(Exists(own.exclude(role=Role.REVIEWER))) | (Q(Exists(own)) & done))

    def of_submitted(self) -> Self:
        """Those of rounds that are submitted."""
        return self.filter(assessment__state__in=DONE)

    def with_history(self) -> Self:
        """With their events, and the actions they were carried over from and into."""
        return self.select_related("carried_to__assessment", "carried_from__assessment").prefetch_related("events")

    def with_names(self) -> Self:
        """With their assessments, processes, and question sets, but for the documents of these: enough to name them."""
        found = self.select_related("assessment__process", "assessment__question_set")
        return found.defer("assessment__question_set__document")


class Action(models.Model):
    """Something that was promised on the result of a round: what, by whom, until when, and what became of it.

    `item` is the code of the item whose step it takes, empty for an action of one's own.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="actions")
    item = models.CharField(max_length=50, blank=True)
    # Empty: the step itself.
    text = models.CharField(_("what will be done"), max_length=160, blank=True)
    # In words: most who carry out an action have no account.
    owner = models.CharField(_("owner"), max_length=80, blank=True)
    due = models.DateField(_("by"), null=True, blank=True)
    known_by = models.CharField(_("how one will know"), max_length=160, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=ActionState.choices, default=ActionState.OPEN)
    happened = models.TextField(_("what happened"), max_length=1000, blank=True)
    closed_on = models.DateField(_("day"), null=True, blank=True)
    reason = models.TextField(_("why it was dropped"), max_length=500, blank=True)
    is_public = models.BooleanField(_("public"), default=False)
    carried_from = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="carried_to"
    )
    # When others may first have read it: it was public, or stood in a paper. It is dropped then, and not deleted.
    shown_at = models.DateTimeField(null=True, blank=True, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    # Optimistic lock.
    version = models.PositiveIntegerField(default=1)

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["state", "due"], name="action_state_due")]

    def __str__(self) -> str:
        return self.text or self.item

    @property
    def is_open(self) -> bool:
        return self.state == ActionState.OPEN

    @property
    def never_shown(self) -> bool:
        """Whether nobody but its writers can have read of it, and nothing became of it: then it may be deleted."""
        return self.shown_at is None and self.is_open and self.carried_from_id is None

    def is_late(self, today: date) -> bool:
        """Whether its day is over and nothing was said of it."""
        return self.is_open and self.due is not None and self.due < today


class ActionEvent(models.Model):
    """What happened to an action, who did it and when. Append-only."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=ActionChange.choices)
    # What was changed: the name of each field, with what stood there before.
    before = models.JSONField(default=dict, blank=True)
    note = models.TextField(max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # As it was then: outlives the account, and is all that an imported one has.
    by_name = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("event of an action")
        verbose_name_plural = _("events of actions")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"


class Decision(models.Model):
    """What the board or steering group decided on the result of a round, and said of it."""

    assessment = models.OneToOneField(Assessment, models.CASCADE, related_name="decided")
    body = models.CharField(_("who decided"), max_length=120)
    decided_on = models.DateField(_("day"))
    decision = models.TextField(_("decision"), max_length=1000)
    comment = models.TextField(_("comment"), max_length=1000, blank=True)
    # Optimistic lock.
    version = models.PositiveIntegerField(default=1)
    entered_at = models.DateTimeField(default=timezone.now)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    # As it was then: outlives the account, and is all that an imported one has.
    entered_by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self) -> str:
        return f"{self.body} {self.decided_on:%Y-%m-%d}"


class ActionMailing(models.Model):
    """What a person wants to hear: mails on late actions and on panels, and a calendar. No row: mails, no calendar."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="action_mailing")
    wants_mail = models.BooleanField(_("mails on late actions"), default=True)
    wants_panel_mail = models.BooleanField(_("mails on stakeholder panels"), default=True)
    # The last mail: there is one a day at most.
    mailed_at = models.DateTimeField(null=True, blank=True)
    # Half of the secret address of the calendar; the other half is made from it and the key of the site.
    calendar = models.CharField(max_length=16, unique=True, null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("mails and calendar of actions")
        verbose_name_plural = _("mails and calendars of actions")

    def __str__(self) -> str:
        return str(self.user)


class LateNotice(models.Model):
    """When somebody was last told that an action is late: of the same one they are told once a week at most."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="late_notices")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        verbose_name = _("mail on a late action")
        verbose_name_plural = _("mails on late actions")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["action", "user"], name="late_action_told_once")]

    def __str__(self) -> str:
        return f"{self.action_id}: {self.user_id}"
