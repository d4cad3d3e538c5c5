"""People who sign in, by e-mail address."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from attributes.memory import Statement

# Fields that give somebody power over the site, or take it away.
ROLE_FLAGS = ("is_active", "is_staff", "is_superuser", "is_question_set_admin")


class UserManager(BaseUserManager["User"]):
    """Creates users by e-mail address; addresses are compared without regard to case."""

    def _create(self, email: str, password: str | None, **fields: Any) -> "User":
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an ordinary user."""
        return self._create(email, password, **fields)

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a site administrator."""
        return self._create(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A person. Site roles are flags here; roles in a process are memberships."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True, help_text=_("As it should appear in reports."))
    is_question_set_admin = models.BooleanField(
        _("question set administrator"), default=False, help_text=_("May edit, version and publish question sets.")
    )

    changed_by: "User | None" = None  # who is about to save other flags, for the audit trail
    loaded_flags: dict[str, bool] | None = None  # as they are stored; None for a user not yet stored

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()  # type: ignore[assignment,misc]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_user_email_unique")]

    def __str__(self) -> str:
        return self.name or self.email

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **kwargs: Any) -> "User":
        """Remember the flags as loaded, so that a change of them can be written into the audit trail."""
        user = super().from_db(db, field_names, values, **kwargs)
        user.loaded_flags = user.flags()
        return user

    def flags(self) -> dict[str, bool]:
        """What the person may do on the site, as far as it is loaded."""
        return {name: self.__dict__[name] for name in ROLE_FLAGS if name in self.__dict__}

    @property
    def is_site_admin(self) -> bool:
        """Whether the person administers the whole site, now: where a second factor is required, only with one."""
        return self.is_superuser and self.is_protected

    @property
    def edits_question_sets(self) -> bool:
        """Whether the person may edit, version and publish question sets, now."""
        return self.is_question_set_admin and self.is_protected

    @property
    def lacks_second_factor(self) -> bool:
        """Whether the person has powers over the site that wait for a second factor."""
        return (self.is_staff or self.is_superuser or self.is_question_set_admin) and not self.is_protected

    @cached_property
    def is_protected(self) -> bool:
        """Whether the account is protected as its powers require. Looked up only for those who have any."""
        return not settings.REQUIRE_ADMIN_MFA or bool(_factors_of(self.pk))

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name or self.email.split("@")[0]


# Asked with every request of an administrator.
_factors_of = Statement(
    lambda user: apps.get_model("mfa.Authenticator")._default_manager.filter(user=user).order_by().only("pk")[:1]
)


class AuditEvents(models.QuerySet["AuditEvent"]):
    """Events can be added and read."""

    def update(self, **kwargs: Any) -> int:
        raise TypeError("Audit events are never changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("Audit events are never deleted.")


class AuditEvent(models.Model):
    """Something that happened and that somebody may later have to answer for.

    An account that is deleted takes its name along, not its events: they keep its number.
    """

    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    action = models.CharField(_("what"), max_length=40, db_index=True)
    actor = models.ForeignKey(User, models.SET_NULL, null=True, verbose_name=_("who"), related_name="+")
    actor_number = models.BigIntegerField(_("number of the account"), null=True)
    object_kind = models.CharField(_("kind of object"), max_length=60, blank=True)
    object_code = models.CharField(_("object"), max_length=64, blank=True)
    details = models.JSONField(_("details"), default=dict)
    # Tells two addresses apart without naming either.
    address_hash = models.CharField(_("address, hashed"), max_length=16, blank=True)
    request_id = models.CharField(_("request"), max_length=64, blank=True)

    objects = AuditEvents.as_manager()

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["object_kind", "object_code"], name="audit_event_object")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the event. Raises TypeError for one that is already there."""
        if self.pk is not None:
            raise TypeError("Audit events are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("Audit events are never deleted.")
