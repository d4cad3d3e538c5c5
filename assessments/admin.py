"""What site administrators can look at. Nothing can be changed here: that is for the pages, whose services check
it and write it down. Answers are not shown at all."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment, FrozenResult, Invitation, Membership, Process, Report
from attributes.searching import FoldedSearch


class LookOnly(FoldedSearch):
    """Lists and shows rows; adds, changes and deletes none."""

    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return bool(getattr(request.user, "is_site_admin", False))


class LookOnlyInline(admin.TabularInline[Any, Any]):
    """Rows that belong to another, to look at."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return bool(getattr(request.user, "is_site_admin", False))


class MembershipInline(LookOnlyInline):
    model = Membership
    fields = ("user", "role", "created_at")
    readonly_fields = fields


@admin.register(Process)
class ProcessAdmin(LookOnly):
    """Processes; members are handed over on the page of the process, which site administrators may open."""

    list_display = ("name", "code", "kind", "organisation", "visibility", "created_at")
    list_filter = ("kind", "visibility", "is_invented", "is_example")
    search_fields = ("name", "code", "organisation")
    fields = (
        "name",
        "page",
        "kind",
        "country",
        "language",
        "organisation",
        "issue",
        "period",
        "visibility",
        "is_invented",
        "is_example",
        "created_by",
        "created_at",
        "updated_at",
    )
    readonly_fields = fields
    inlines: ClassVar = [MembershipInline]

    @admin.display(description=_("page"))
    def page(self, process: Process) -> str:
        """Where members and deletion are."""
        address = reverse("assessments:process-detail", args=[process.code])
        return format_html('<a href="{}">{}</a>', address, process.code)


@admin.register(Membership)
class MembershipAdmin(LookOnly):
    """Who belongs to what."""

    list_display = ("user", "process", "role", "created_at")
    list_filter = ("role",)
    list_select_related = ("user", "process")
    search_fields = ("user__email", "user__name", "process__name", "process__code")


@admin.register(Invitation)
class InvitationAdmin(LookOnly):
    """Invitations; the hash of the link is of no use to anybody."""

    list_display = ("email", "process", "role", "stands", "created_at", "sent_at")
    list_filter = ("role",)
    list_select_related = ("process",)
    search_fields = ("email", "process__name", "process__code")
    exclude = ("token_hash",)

    @admin.display(description=_("state"))
    def stands(self, invitation: Invitation) -> str:
        """Pending, accepted, withdrawn or expired."""
        return str(invitation.state.label)


@admin.register(Assessment)
class AssessmentAdmin(LookOnly):
    """Rounds of assessment, without their answers."""

    list_display = ("process", "round", "code", "state", "question_set", "submitted_at")
    list_filter = ("state", "question_set")
    search_fields = ("code", "process__name", "process__code")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With what the list names."""
        return Assessment.objects.select_related("process").with_question_set()


@admin.register(FrozenResult)
class FrozenResultAdmin(LookOnly):
    """That a result exists and what its digest is; the document is on the page of results."""

    list_display = ("assessment", "number", "method_version", "digest", "created_at")
    list_select_related = ("assessment__process",)
    search_fields = ("assessment__code", "assessment__process__name", "digest")
    exclude = ("document",)


@admin.register(Report)
class ReportAdmin(LookOnly):
    """How far reports are, and why one failed."""

    list_display = ("code", "kind", "state", "attempts", "requested_by", "requested_at", "finished_at")
    list_filter = ("state", "kind", "is_draft")
    list_select_related = ("requested_by",)
    search_fields = ("code", "requested_by__email", "error")
    exclude = ("document", "assessments")
