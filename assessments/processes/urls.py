"""Addresses of the processes pages."""

from django.urls import path

from assessments.processes.views import background, invitations, members, portfolio, process, second_rater

PROCESS = "processes/<str:code>/"

urlpatterns = [
    path("processes/", process.process_list, name="process-list"),
    path("processes/new/", process.process_create, name="process-create"),
    path("processes/side-by-side/", portfolio.portfolio, name="portfolio"),
    path(PROCESS, process.process_detail, name="process-detail"),
    path(PROCESS + "edit/", process.process_edit, name="process-edit"),
    path(PROCESS + "delete/", process.process_delete, name="process-delete"),
    path(PROCESS + "groups/", background.process_groups, name="process-groups"),
    path(PROCESS + "groups/<int:pk>/remove/", background.group_remove, name="group-remove"),
    path(PROCESS + "fit/", background.process_screener, name="process-screener"),
    path(PROCESS + "goals/", background.process_goals, name="process-goals"),
    path(PROCESS + "goals/new/", background.goal_create, name="goal-create"),
    path(PROCESS + "goals/<int:pk>/", background.goal_edit, name="goal-edit"),
    path(PROCESS + "goals/<int:pk>/delete/", background.goal_delete, name="goal-delete"),
    path(PROCESS + "members/", members.process_members, name="process-members"),
    path(PROCESS + "members/<int:pk>/role/", members.member_role, name="member-role"),
    path(PROCESS + "members/<int:pk>/remove/", members.member_remove, name="member-remove"),
    path(PROCESS + "leave/", members.process_leave, name="process-leave"),
    path(PROCESS + "invitations/<int:pk>/resend/", members.invitation_resend, name="invitation-resend"),
    path(PROCESS + "invitations/<int:pk>/withdraw/", members.invitation_revoke, name="invitation-revoke"),
    path(
        "assessments/<str:code>/second-rating/invite/", second_rater.second_rating_invite, name="second-rating-invite"
    ),
    path("invitations/accept/", invitations.invitation_accept, name="invitation-accept"),
    path("invitations/<int:pk>/open/", invitations.invitation_open, name="invitation-open"),
    path("invitations/<token:token>/", invitations.invitation_link, name="invitation-link"),
]
