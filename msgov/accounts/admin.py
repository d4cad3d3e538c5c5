"""The audit trail in the admin site."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from attributes.searching import FoldedSearch
from msgov.accounts.models import AuditEvent


@admin.register(AuditEvent)
class AuditEventAdmin(FoldedSearch):
    """The audit trail, to read."""

    list_display = ("at", "action", "actor", "actor_number", "object_kind", "object_code", "address_hash", "request_id")
    list_filter = ("action", "at")
    list_select_related = ("actor",)
    search_fields = ("action", "actor__email", "object_code", "request_id", "address_hash")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
