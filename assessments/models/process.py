"""A multistakeholder process and who works on it. What is known of it besides is in `background`."""

from datetime import tzinfo
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.vocabulary import (
    KIND_HELP,
    KIND_LABELS,
    AssessmentState,
    InvitationState,
    Promise,
    Role,
    Visibility,
)
from assessments.working_languages import called
from assessments.zones import LONGEST_NAME, site_time_zone, until_moment, zone_named
from attributes.codes import new_code
from attributes.searching import containing, tagged, tags_in

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from msgov.accounts.models import User


# States of assessments that have a frozen result.
DONE = (AssessmentState.SUBMITTED, AssessmentState.SUPERSEDED)


class ProcessQuerySet(models.QuerySet["Process"]):
    """Reads of processes that mean something."""

    def visible_to(self, user: "User | AnonymousUser") -> "ProcessQuerySet":
        """Processes whose existence the user may know of: own, shared by visibility, or all for a site admin."""
        if user.is_authenticated and user.is_site_admin:
            return self
        # "assessments" by name: the model is defined above this one in the import order.
        done = Q(pk__in=self.model.objects.filter(assessments__state__in=DONE).values("pk"))
        shared = Q(visibility=Visibility.PUBLIC) & done
        if not user.is_authenticated:
            return self.filter(shared)
        shared |= Q(visibility=Visibility.SIGNED_IN) & done
        return self.filter(Q(Exists(Membership.objects.filter(process=OuterRef("pk"), user=user))) | shared)

    def of_member(self, user: "User") -> "ProcessQuerySet":
        """Processes the user is a member of."""
        return self.filter(Exists(Membership.objects.filter(process=OuterRef("pk"), user=user)))

    def narrowed(
        self, user: "User", *, text: str = "", role: str = "", state: str = "", tag: str = ""
    ) -> "ProcessQuerySet":
        """Those with a text in name or organisation, the user's role, a tag, and how far the assessment is.

        `role` is a Role or "visitor" (none); `state` is "none", "draft" (as far as the user may know of
        drafts) or "submitted"; a `tag` is that of members. Empty values narrow nothing.
        """
        found = self
        if text:
            found = found.filter(containing(text, "name", "organisation"))
        own = Membership.objects.filter(process=OuterRef("pk"), user=user)
        if role == "visitor":
            found = found.exclude(Exists(own))
        elif role:
            found = found.filter(Exists(own.filter(role=role)))
        if tag:
            found = found.filter(tagged(tag))
            if not user.is_site_admin:
                found = found.filter(Exists(own))
        # By name, as above.
        assessed = self.model._meta.get_field("assessments").related_model._default_manager.filter(
            process=OuterRef("pk")
        )
        if state == "none":
            found = found.exclude(Exists(assessed))
        elif state == "submitted":
            found = found.filter(Exists(assessed.filter(state__in=DONE)))
        elif state == "draft":
            found = found.filter(Exists(assessed.filter(state=AssessmentState.DRAFT)))
            if not user.is_site_admin:
                found = found.filter(Exists(own))
        return found


class Process(models.Model):
    """What is assessed: a forum, a working group, a panel, a consultation."""

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    name = models.CharField(_("name of the process"), max_length=200)
    # Empty where nobody has chosen: all items apply then. Every change of it is a KindChange.
    kind = models.CharField(_("what it does"), max_length=20, choices=list(KIND_LABELS.items()), blank=True, default="")
    issue = models.TextField(_("issue it deals with"), max_length=2000, blank=True)
    organisation = models.CharField(_("organisation that runs it"), max_length=200, blank=True)
    period = models.CharField(_("period"), max_length=100, blank=True)
    outcome_expected = models.TextField(_("outcome expected"), max_length=2000, blank=True)
    resource = models.CharField(_("resource or domain governed"), max_length=120, blank=True)
    promise = models.CharField(_("promise made to participants"), max_length=12, choices=Promise.choices, blank=True)
    # In words: many processes are of a region, or of the whole world.
    country = models.CharField(_("country or region"), max_length=120, blank=True)
    # The code of the one in which most is said and written.
    language = models.CharField(_("working language"), max_length=20, blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True)
    # By what members sort their processes; shown to members only. Each once, by alphabet: see `tags_in`.
    tags = models.CharField(_("tags"), max_length=200, blank=True)
    # An IANA name. Days of the process end there, and its pages show the time that it is there.
    time_zone = models.CharField(_("time zone"), max_length=LONGEST_NAME, default=site_time_zone)
    visibility = models.CharField(
        _("who may read submitted assessments"),
        max_length=10,
        choices=Visibility.choices,
        default=Visibility.PRIVATE,
    )
    # Shown wherever the process is shown, so that nobody takes an example for a finding.
    is_invented = models.BooleanField(default=False, editable=False)
    is_example = models.BooleanField(default=False, editable=False)
    # Set by an import: the code the process had where it was exported.
    origin_code = models.CharField(max_length=16, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ProcessQuerySet.as_manager()

    class Meta:
        verbose_name = _("process")
        verbose_name_plural = _("processes")
        ordering = ["name", "pk"]
        # Lists are read in this order and stop after a page.
        indexes = [models.Index(fields=["name", "id"], name="process_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def tag_list(self) -> list[str]:
        """Its tags, one by one."""
        return tags_in(self.tags)

    @property
    def zone(self) -> tzinfo:
        """The zone its days end in."""
        return zone_named(self.time_zone)

    @property
    def kind_help(self) -> str:
        """The sentence that says what its kind means; empty where nobody has chosen one."""
        return str(KIND_HELP.get(self.kind, ""))

    @property
    def language_called(self) -> str:
        """Its working language in the language of the page."""
        return called(self.language)

    @property
    def website_link(self) -> str:
        """The website if it may be linked to: an address that is not http(s) could run code when followed."""
        return self.website if self.website.lower().startswith(("http://", "https://")) else ""


class Membership(models.Model):
    """A person's role in a process."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["role", "pk"]
        constraints = [models.UniqueConstraint(fields=["process", "user"], name="member_unique_in_process")]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"


class PastRole(models.Model):
    """A role with which somebody wrote in a process, and until when: who had one does not read comments on it.

    Kept although the person may have left and come back in another role, and shown to all members.
    """

    process = models.ForeignKey(Process, models.CASCADE, related_name="past_roles")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    until = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("past role")
        verbose_name_plural = _("past roles")
        ordering = ["-until", "-pk"]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Reads of invitations that mean something."""

    def pending(self) -> "InvitationQuerySet":
        """Invitations that can be accepted now."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())

    def open(self) -> "InvitationQuerySet":
        """Invitations neither accepted nor withdrawn; some may have expired."""
        return self.filter(accepted_at=None, revoked_at=None)


class Invitation(models.Model):
    """An offer of a role by e-mail. Only the hash of the link's token is stored."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    # When the mail server took the mail; empty after a failure, until it was sent again.
    sent_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.email} ({self.get_role_display()})"

    @property
    def state(self) -> InvitationState:
        """Where the invitation stands now."""
        if self.accepted_at is not None:
            return InvitationState.ACCEPTED
        if self.revoked_at is not None:
            return InvitationState.REVOKED
        return InvitationState.EXPIRED if self.expires_at <= timezone.now() else InvitationState.PENDING

    @property
    def until(self) -> str:
        """Until when it can be accepted, in words."""
        return until_moment(self.expires_at, self.process.zone)
