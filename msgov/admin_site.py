"""What the admin site of Django shows: rows to look at, and nothing that could be changed past the pages.

Apps register what they have: second factors and sessions as raw data, addresses to be marked as confirmed by hand,
permissions that mean nothing here. People and their roles have pages of their own (`msgov.site`).
"""

from django.contrib import admin

MEANT = frozenset(
    {
        "accounts.AuditEvent",
        "assessments.Assessment",
        "assessments.FrozenResult",
        "assessments.Invitation",
        "assessments.Membership",
        "assessments.Process",
        "assessments.Report",
        "attributes.Item",
        "attributes.QuestionSet",
        "django_tasks_database.DBTaskResult",
    }
)


def show_only_what_is_meant() -> None:
    """Take out everything else, also what a later version of a package brings along."""
    for model in [model for model in admin.site._registry if model._meta.label not in MEANT]:
        admin.site.unregister(model)
    admin.site.site_header = admin.site.site_title = "msgov"
