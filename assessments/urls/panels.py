"""Addresses of the organiser's side of stakeholder panels."""

from django.urls import path

from assessments.views import panels, panels_links, panels_running, panels_setup

PANEL = "assessments/<str:code>/panel/"
GROUP = PANEL + "groups/<int:pk>/"

urlpatterns = [
    path(PANEL, panels.panel, name="panel"),
    path(PANEL + "prepare/", panels_setup.prepare, name="panel-prepare"),
    path(PANEL + "setup/", panels_setup.setup, name="panel-setup"),
    path(PANEL + "discard/", panels_setup.discard, name="panel-discard"),
    path(PANEL + "test/", panels_setup.test_run, name="panel-test"),
    path(PANEL + "launch/", panels_setup.launch, name="panel-launch"),
    path(PANEL + "groups/new/", panels_setup.group_add, name="panel-add-group"),
    path(GROUP, panels_setup.group, name="panel-group"),
    path(GROUP + "remove/", panels_setup.group_remove, name="panel-group-remove"),
    path(PANEL + "extend/", panels_running.extend, name="panel-extend"),
    path(PANEL + "close/", panels_running.close, name="panel-close"),
    path(PANEL + "reopen/", panels_running.reopen, name="panel-reopen"),
    path(GROUP + "links/", panels_links.links, name="panel-links"),
    path(GROUP + "send/", panels_links.send, name="panel-send"),
    path(GROUP + "again/", panels_links.again, name="panel-again"),
    path(GROUP + "undeliverable/", panels_links.undeliverable, name="panel-undeliverable"),
    path(GROUP + "remind/", panels_links.reminder, name="panel-remind"),
    path(GROUP + "revoke/", panels_links.revoke_links, name="panel-revoke"),
    path(GROUP + "cards/", panels_links.cards, name="panel-cards"),
    path(GROUP + "open-link/", panels_links.open_link, name="panel-open-link"),
]
