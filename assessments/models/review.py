"""An independent review of an assessment: who reviews, what they say of each item, and what the organiser replies.

Nothing of it is overwritten: a later opinion, reply or event stands beside the earlier one.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.assessment import Assessment
from assessments.models.process import Invitation
from assessments.vocabulary import OpinionKind, ReviewState

ENDED = (ReviewState.DECLINED, ReviewState.WITHDRAWN)
# Accepted, and not ended: what is submitted again goes on with it.
ACCEPTED = (ReviewState.IN_REVIEW, ReviewState.CHANGES_ASKED, ReviewState.REPLIES, ReviewState.SIGNED)
WORKING = (ReviewState.IN_REVIEW, ReviewState.CHANGES_ASKED, ReviewState.REPLIES)


class ReviewQuerySet(models.QuerySet["Review"]):
    """Reads of reviews that mean something."""

    def standing(self) -> "ReviewQuerySet":
        """Reviews that were neither declined nor withdrawn; an assessment has one at most."""
        return self.exclude(state__in=ENDED)


class Review(models.Model):
    """A review that somebody was asked for. `reviewer` is empty until a mail's invitation is accepted."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="reviews")
    state = models.CharField(max_length=16, choices=ReviewState.choices, default=ReviewState.INVITED)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    # The name as it was when it was written: outlives the account, and is all that an imported review has.
    reviewer_name = models.CharField(max_length=150, blank=True)
    affiliation = models.CharField(_("works for"), max_length=150, blank=True)
    invitation = models.ForeignKey(Invitation, models.SET_NULL, null=True, blank=True, related_name="reviews")
    # Declared before anything is seen, and printed; "none" is an answer.
    interests = models.TextField(_("interests"), max_length=1500, blank=True)
    invited_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    # The last day for replies to proposals: without one by then the organiser disagrees.
    reply_by = models.DateField(_("reply by"), null=True, blank=True)
    # What is reviewed: the number of the result that the reviewer last said something of.
    number = models.PositiveIntegerField(null=True, blank=True)
    solid = models.TextField(_("what is solid"), max_length=1200, blank=True)
    not_solid = models.TextField(_("what is not"), max_length=1200, blank=True)
    # One line for each of three questions.
    board_asks = models.TextField(_("what the board should ask"), max_length=900, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_as = models.CharField(_("signed"), max_length=150, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"], condition=~Q(state__in=["declined", "withdrawn"]), name="one_standing_review"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessment}: {self.get_state_display()}"

    @property
    def is_working(self) -> bool:
        """Whether it was accepted and is not signed yet."""
        return self.state in WORKING


class ItemOpinion(models.Model):
    """What the reviewer said of one item, at one time. Append-only: the last one of an item holds.

    `made_for` is the fingerprint of the answer it was said of: once that changes the item is asked again. Until
    `sent_at` it is a draft that nobody but the reviewer sees.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="opinions")
    item = models.CharField(max_length=50)
    made_for = models.CharField(max_length=64)
    says = models.CharField(max_length=12, choices=OpinionKind.choices)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    # What is proposed to the lines of a list: state by option.
    states = models.JSONField(default=dict, blank=True)
    seen = models.BooleanField(default=False)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("opinion of a reviewer")
        verbose_name_plural = _("opinions of reviewers")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.item}: {self.says}"


class OpinionReply(models.Model):
    """What the organiser replied to a proposal. Append-only: the last one holds."""

    opinion = models.ForeignKey(ItemOpinion, models.CASCADE, related_name="replies")
    agrees = models.BooleanField()
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reply to an opinion")
        verbose_name_plural = _("replies to opinions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.opinion_id}: {self.agrees}"


class ReviewQuestion(models.Model):
    """Something the reviewer asked the organiser, about an item or the whole. Answered once."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="questions")
    item = models.CharField(max_length=50, blank=True)
    text = models.TextField(_("question"), max_length=2000)
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_by_name = models.CharField(max_length=150, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("question of a reviewer")
        verbose_name_plural = _("questions of reviewers")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]


class ReviewEvent(models.Model):
    """What happened to a review, with who, when and in which words. Append-only."""

    class Kind(models.TextChoices):
        INVITED = "invited", _("Reviewer invited")
        ACCEPTED = "accepted", _("Review accepted, interests declared")
        DECLINED = "declined", _("Review declined")
        WITHDRAWN = "withdrawn", _("Invitation to review withdrawn")
        SENT = "sent", _("Opinions sent")
        CHANGES = "changes", _("Changes asked for")
        RESUBMITTED = "resubmitted", _("Submitted again")
        REPLIED = "replied", _("Replies given")
        SIGNED = "signed", _("Review signed")
        REOPENED = "reopened", _("Reopened after the signature")
        IMPORTED = "imported", _("Imported")

    review = models.ForeignKey(Review, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    words = models.TextField(max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("event of a review")
        verbose_name_plural = _("events of reviews")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"
