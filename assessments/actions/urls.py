"""Addresses of actions, of decisions, and of what a person wants to hear of them."""

from django.urls import path

from assessments.actions.views import calendars, closing, decisions, pages, writing

ASSESSMENT = "assessments/<str:code>/"
ACTION = ASSESSMENT + "actions/<str:action>/"

urlpatterns = [
    path("processes/<str:code>/actions/", pages.process_actions, name="process-actions"),
    path("processes/<str:code>/actions.ics", calendars.process_calendar, name="process-calendar"),
    path("actions/", calendars.own, name="own-actions"),
    path("actions/mails/", calendars.mails, name="own-actions-mails"),
    path("actions/calendar/", calendars.renew, name="own-actions-calendar"),
    path("calendar/<str:secret>.ics", calendars.own_calendar, name="own-calendar"),
    path(ASSESSMENT + "decision/", decisions.decision, name="decision"),
    path(ASSESSMENT + "decision/remove/", decisions.decision_remove, name="decision-remove"),
    path(ASSESSMENT + "actions/", pages.assessment_actions, name="actions"),
    path(ASSESSMENT + "actions/add/", writing.action_add, name="actions-add"),
    path(ASSESSMENT + "actions/take/", writing.actions_take, name="actions-take"),
    path(ACTION + "edit/", writing.action_edit, name="action-edit"),
    path(ACTION + "move/", writing.action_move, name="action-move"),
    path(ACTION + "public/", writing.action_public, name="action-public"),
    path(ACTION + "carry/", writing.action_carry, name="action-carry"),
    path(ACTION + "delete/", writing.action_delete, name="action-delete"),
    path(ACTION + "done/", closing.action_done, name="action-done"),
    path(ACTION + "drop/", closing.action_drop, name="action-drop"),
    path(ACTION + "reopen/", closing.action_reopen, name="action-reopen"),
]
