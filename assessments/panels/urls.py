"""Addresses of the organiser's side of stakeholder panels."""

from django.urls import path

from assessments.panels.views import groups, links, mails, overview, people, running, setup, texts

PANEL = "assessments/<str:code>/panel/"
GROUP = PANEL + "groups/<int:pk>/"

urlpatterns = [
    path(PANEL, overview.panel, name="panel"),
    path(PANEL + "prepare/", setup.prepare, name="panel-prepare"),
    path(PANEL + "setup/", setup.setup, name="panel-setup"),
    path(PANEL + "forms/", setup.forms_compared, name="panel-forms"),
    path(PANEL + "discard/", setup.discard, name="panel-discard"),
    path(PANEL + "test/", setup.test_run, name="panel-test"),
    path(PANEL + "launch/", setup.launch, name="panel-launch"),
    path(PANEL + "texts/", texts.texts, name="panel-texts"),
    path(PANEL + "people/", people.people, name="panel-people"),
    path(PANEL + "groups/", groups.groups, name="panel-groups"),
    path(PANEL + "groups/new/", groups.group_add, name="panel-add-group"),
    path(GROUP, setup.group, name="panel-group"),
    path(GROUP + "remove/", setup.group_remove, name="panel-group-remove"),
    path(PANEL + "extend/", running.extend, name="panel-extend"),
    path(PANEL + "close/", running.close, name="panel-close"),
    path(PANEL + "reopen/", running.reopen, name="panel-reopen"),
    path(GROUP + "add/", groups.add_people, name="panel-add-people"),
    path(GROUP + "address/", groups.correct_address, name="panel-correct"),
    path(GROUP + "take-out/", groups.take_people_out, name="panel-take-out"),
    path(PANEL + "mails/", mails.mails, name="panel-mails"),
    path(PANEL + "mails/remind/", mails.remind_all, name="panel-remind-all"),
    path(PANEL + "mails/thank/", mails.thank, name="panel-thank"),
    path(PANEL + "mails/again/", mails.send_mails_again, name="panel-mails-again"),
    path(PANEL + "mails/<str:kind>/<str:language>/", mails.mail_text, name="panel-mail-text"),
    path(GROUP + "forward/", mails.forward, name="panel-forward"),
    path(GROUP + "links/", links.links, name="panel-links"),
    path(GROUP + "send/", links.send, name="panel-send"),
    path(GROUP + "again/", links.again, name="panel-again"),
    path(GROUP + "undeliverable/", links.undeliverable, name="panel-undeliverable"),
    path(GROUP + "remind/", links.reminder, name="panel-remind"),
    path(GROUP + "revoke/", links.revoke_links, name="panel-revoke"),
    path(GROUP + "cards/", links.cards, name="panel-cards"),
    path(GROUP + "open-link/", links.open_link, name="panel-open-link"),
]
