"""Addresses of the processes pages."""

from django.urls import path

from assessments.views import context, invitations, members, processes

PROCESS = "processes/<str:code>/"

urlpatterns = [
    path("processes/", processes.process_list, name="process-list"),
    path("processes/new/", processes.process_create, name="process-create"),
    path(PROCESS, processes.process_detail, name="process-detail"),
    path(PROCESS + "edit/", processes.process_edit, name="process-edit"),
    path(PROCESS + "delete/", processes.process_delete, name="process-delete"),
    path(PROCESS + "start/", processes.assessment_start, name="assessment-start"),
    path(PROCESS + "groups/", context.process_groups, name="process-groups"),
    path(PROCESS + "groups/<int:pk>/remove/", context.group_remove, name="group-remove"),
    path(PROCESS + "fit/", context.process_screener, name="process-screener"),
    path(PROCESS + "goals/", context.process_goals, name="process-goals"),
    path(PROCESS + "goals/new/", context.goal_create, name="goal-create"),
    path(PROCESS + "goals/<int:pk>/", context.goal_edit, name="goal-edit"),
    path(PROCESS + "goals/<int:pk>/delete/", context.goal_delete, name="goal-delete"),
    path(PROCESS + "members/", members.process_members, name="process-members"),
    path(PROCESS + "members/<int:pk>/role/", members.member_role, name="member-role"),
    path(PROCESS + "members/<int:pk>/remove/", members.member_remove, name="member-remove"),
    path(PROCESS + "leave/", members.process_leave, name="process-leave"),
    path(PROCESS + "invitations/<int:pk>/resend/", members.invitation_resend, name="invitation-resend"),
    path(PROCESS + "invitations/<int:pk>/withdraw/", members.invitation_revoke, name="invitation-revoke"),
    path("invitations/accept/", invitations.invitation_accept, name="invitation-accept"),
    path("invitations/<int:pk>/open/", invitations.invitation_open, name="invitation-open"),
    path("invitations/<str:token>/", invitations.invitation_link, name="invitation-link"),
]
