"""A second person rates the same evidence without seeing the levels; both are kept, and what they agree on."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.assessment import Assessment, RawAnswer
from assessments.vocabulary import RatingSide, SecondRatingState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from msgov.accounts.models import User

# A rating that is asked for, going on or finished; there is one at most in an assessment.
LIVE = (SecondRatingState.ASKED, SecondRatingState.RATING, SecondRatingState.REVEALED)


class SecondRatingQuerySet(models.QuerySet["SecondRating"]):
    """Reads of second ratings that mean something."""

    def live(self) -> "SecondRatingQuerySet":
        """Those that were neither declined nor taken back nor ended too early."""
        return self.filter(state__in=LIVE)

    def revealed(self) -> "SecondRatingQuerySet":
        """Those in which both have finished: from then on both ratings may be read."""
        return self.filter(state=SecondRatingState.REVEALED)

    def of(self, assessment: Assessment) -> "SecondRating | None":
        """The live one of an assessment, if there is one. One query."""
        found = self.live().filter(assessment=assessment).first()
        if found is not None:
            found.assessment = assessment
        return found

    def waiting_for(self, user: "User | AnonymousUser") -> "SecondRatingQuerySet":
        """Those of drafts in which this person was asked, or rates and has not finished."""
        return self.filter(
            rater=user.pk,
            state__in=[SecondRatingState.ASKED, SecondRatingState.RATING],
            second_finished_at=None,
        )


class SecondRating(models.Model):
    """One second rating of an assessment (method 3.14): who rates, and how far both are.

    Names are those of then: they outlive the accounts, and are all that an imported one has.
    """

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="second_ratings")
    rater = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="second_ratings"
    )
    rater_name = models.CharField(max_length=150, blank=True)
    # Of somebody who was asked by mail, and joins the process with it.
    invitation = models.ForeignKey(
        "assessments.Invitation", models.SET_NULL, null=True, blank=True, related_name="second_ratings"
    )
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    invited_by_name = models.CharField(max_length=150, blank=True)
    state = models.CharField(max_length=10, choices=SecondRatingState.choices, default=SecondRatingState.ASKED)
    # As the rater says when beginning: whether they had not seen the answers of this round.
    is_blind = models.BooleanField(default=True)
    invited_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    # When the organiser said that their own ratings are finished, and they were written down; by whom.
    first_finished_at = models.DateTimeField(null=True, blank=True)
    first_finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    first_finished_by_name = models.CharField(max_length=150, blank=True)
    second_finished_at = models.DateTimeField(null=True, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SecondRatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("second rating")
        verbose_name_plural = _("second ratings")
        ordering = ["invited_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"],
                condition=Q(state__in=["asked", "rating", "revealed"]),
                name="one_live_second_rating",
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.get_state_display()}"

    @property
    def is_revealed(self) -> bool:
        """Whether both have finished, and both may be read."""
        return self.state == SecondRatingState.REVEALED


class RatedAnswer(RawAnswer):
    """What one of the two said of one item, or what they agreed on afterwards.

    The item is named by code and revision, so that a rating follows an assessment to another version of its question
    set. Of the second rater and of what was agreed there is no evidence: that of the answer holds. `comment` is the
    reason.
    """

    second_rating = models.ForeignKey(SecondRating, models.CASCADE, related_name="answers")
    item = models.CharField(max_length=50)
    revision = models.PositiveSmallIntegerField(default=1)
    side = models.CharField(max_length=10, choices=RatingSide.choices)
    # Who set the level; of the first side the one who last saved the answer.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    user_name = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("rated answer")
        verbose_name_plural = _("rated answers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["second_rating", "side", "item"], name="rated_once_by_each_side")
        ]

    def __str__(self) -> str:
        return f"{self.item}, {self.side}: {self.state}"


class MeasuredNoise(models.Model):
    """How far two ratings of one item differ in this installation, as it was computed on a day (method 3.10).

    The newest row holds. It enters comparisons that are made from then on; each of these keeps the one it was made
    with.
    """

    at = models.DateTimeField(default=timezone.now)
    assessments = models.PositiveIntegerField()
    items = models.PositiveIntegerField()
    # Mean squared difference in levels, as an exact fraction; of two people, and half of it of one person later.
    different = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("measured difference of two raters")
        verbose_name_plural = _("measured differences of two raters")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.different} ({self.at:%Y-%m-%d})"
